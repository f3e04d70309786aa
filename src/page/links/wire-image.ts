import * as layout from '../../wire/wire-layout.js';
import type { Published } from './messages.js';

const commandMask = layout.COMMAND_CAPACITY - 1;
const eventMask = layout.EVENT_CAPACITY - 1;
const eventWords = layout.EVENT_BYTES / 4;
const soundWords = layout.SOUND_STATE_BYTES / 4;
const nodeWords = layout.NODE_STATE_BYTES / 4;
const peakWords = layout.NODE_PEAKS / 4;
const peakCount = (layout.NODE_SQUARES - layout.NODE_PEAKS) / 4;
const resetWord = layout.NODE_PEAK_RESET / 4;

/**
 * The engine's end of a wire whose engine is elsewhere: takes commands off it to be sent there, and writes what came
 * back.
 */
export class WireImage {
  readonly #memory: ArrayBufferLike;
  readonly #words: Uint32Array;
  readonly #floats: Float32Array;
  /** Commands handed on. For the wire they count as taken when the engine has reported it. */
  #sent = 0;
  /** For each node: the count of resets by the reader that its peaks are since. */
  readonly #resets = new Map<number, number>();

  /** Of a wire at the start of `memory`. */
  constructor(memory: ArrayBufferLike) {
    this.#memory = memory;
    this.#words = new Uint32Array(memory);
    this.#floats = new Float32Array(memory);
  }

  /** Records sent since the last call, null if there are none. */
  takeCommands(): ArrayBuffer | null {
    const head = this.#words[layout.COMMAND_HEAD / 4]!;
    const count = (head - this.#sent) >>> 0;
    if (count === 0) return null;
    const records = new Uint8Array(count * layout.COMMAND_BYTES);
    const first = this.#sent & commandMask;
    const straight = Math.min(count, layout.COMMAND_CAPACITY - first);
    records.set(
      new Uint8Array(
        this.#memory,
        layout.COMMAND_OFFSET + first * layout.COMMAND_BYTES,
        straight * layout.COMMAND_BYTES,
      ),
    );
    records.set(
      new Uint8Array(this.#memory, layout.COMMAND_OFFSET, (count - straight) * layout.COMMAND_BYTES),
      straight * layout.COMMAND_BYTES,
    );
    this.#sent = head;
    return records.buffer;
  }

  /** How many events there is room for. */
  eventRoom(): number {
    return layout.EVENT_CAPACITY - ((this.#words[layout.EVENT_HEAD / 4]! - this.#words[layout.EVENT_TAIL / 4]!) >>> 0);
  }

  /** Takes what the engine reports. It never sends more events than there is room for. */
  take(news: Published): void {
    const words = this.#words;
    if (news.events !== null) {
      const records = new Uint32Array(news.events);
      const head = words[layout.EVENT_HEAD / 4]!;
      const count = records.length / eventWords;
      for (let record = 0; record < count; record += 1) {
        const to = layout.EVENT_OFFSET / 4 + ((head + record) & eventMask) * eventWords;
        for (let word = 0; word < eventWords; word += 1) words[to + word] = records[record * eventWords + word]!;
      }
      words[layout.EVENT_HEAD / 4] = head + count;
    }
    words[layout.COMMAND_TAIL / 4] = news.commandsTaken;
    words.set(new Uint32Array(news.head), layout.STATE_TIME_FRAMES / 4);
    if (news.sounds !== null) this.#takeSounds(new Uint32Array(news.sounds));
    if (news.nodes !== null) this.#takeNodes(new Uint32Array(news.nodes));
  }

  #takeSounds(records: Uint32Array): void {
    for (let at = 0; at < records.length; at += 1 + soundWords) {
      const to = layout.SOUND_STATE_OFFSET / 4 + records[at]! * soundWords;
      for (let word = 0; word < soundWords; word += 1) this.#words[to + word] = records[at + 1 + word]!;
    }
  }

  #takeNodes(records: Uint32Array): void {
    const floats = new Float32Array(records.buffer);
    for (let at = 0; at < records.length; at += 1 + nodeWords) {
      const slot = records[at]!;
      const to = layout.NODE_STATE_OFFSET / 4 + slot * nodeWords;
      const reset = this.#words[to + resetWord]!;
      const begun = this.#resets.get(slot) !== reset;
      this.#resets.set(slot, reset);
      for (let word = 0; word < nodeWords; word += 1) {
        const isPeak = word >= peakWords && word < peakWords + peakCount;
        // Each report covers one stretch; the reader wants the peak since its last reset.
        if (isPeak)
          this.#floats[to + word] = begun
            ? floats[at + 1 + word]!
            : Math.max(this.#floats[to + word]!, floats[at + 1 + word]!);
        else if (word !== resetWord) this.#words[to + word] = records[at + 1 + word]!;
      }
    }
  }
}
