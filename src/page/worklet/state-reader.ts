import * as layout from '../../wire/wire-layout.js';
import type { Published } from '../links/messages.js';

const eventMask = layout.EVENT_CAPACITY - 1;
const eventWords = layout.EVENT_BYTES / 4;
const soundWords = layout.SOUND_STATE_BYTES / 4;
const nodeWords = layout.NODE_STATE_BYTES / 4;
const headBytes = layout.COMMAND_OFFSET - layout.STATE_TIME_FRAMES;

/** Reads events and published state off the wire in the worklet, and returns what is new. */
export class StateReader {
  /** How many slots may be in use. */
  soundCount = 0;
  nodeCount = 1;
  readonly #memory: ArrayBufferLike;
  readonly #wire: number;
  readonly #words: Uint32Array;
  readonly #atoms: Int32Array;
  #eventsRead = 0;
  /** What the page knows. */
  #soundsTold = new Uint32Array(64 * soundWords);
  #nodesTold = new Uint32Array(16 * nodeWords);

  /** Of the wire at `wire` in `memory`. */
  constructor(memory: ArrayBufferLike, wire: number) {
    this.#memory = memory;
    this.#wire = wire;
    this.#words = new Uint32Array(memory, wire, layout.TOTAL_BYTES / 4);
    this.#atoms = new Int32Array(memory, wire, layout.TOTAL_BYTES / 4);
  }

  /**
   * All that is new, with at most so many events and what is new of rings. The page gets the events before the state
   * that goes with them.
   */
  read(eventRoom: number, rings: ArrayBuffer | null): Published {
    return {
      type: 'published',
      events: this.#readEvents(eventRoom),
      commandsTaken: this.#words[layout.COMMAND_TAIL / 4]!,
      head: copyOf(this.#memory, this.#wire + layout.STATE_TIME_FRAMES, headBytes),
      sounds: this.#readSounds(),
      nodes: this.#readNodes(),
      rings,
    };
  }

  #readEvents(room: number): ArrayBuffer | null {
    const head = Atomics.load(this.#atoms, layout.EVENT_HEAD / 4);
    const count = Math.min((head - this.#eventsRead) >>> 0, room);
    if (count === 0) return null;
    const records = new Uint32Array(count * eventWords);
    for (let record = 0; record < count; record += 1) {
      const from = layout.EVENT_OFFSET / 4 + ((this.#eventsRead + record) & eventMask) * eventWords;
      for (let word = 0; word < eventWords; word += 1) records[record * eventWords + word] = this.#words[from + word]!;
    }
    this.#eventsRead = (this.#eventsRead + count) | 0;
    Atomics.store(this.#atoms, layout.EVENT_TAIL / 4, this.#eventsRead);
    return records.buffer;
  }

  #readSounds(): ArrayBuffer | null {
    if (this.#soundsTold.length < this.soundCount * soundWords)
      this.#soundsTold = grown(this.#soundsTold, this.soundCount * soundWords);
    return this.#changed(this.#soundsTold, layout.SOUND_STATE_OFFSET / 4, this.soundCount, soundWords);
  }

  #readNodes(): ArrayBuffer | null {
    if (this.#nodesTold.length < this.nodeCount * nodeWords)
      this.#nodesTold = grown(this.#nodesTold, this.nodeCount * nodeWords);
    const changed = this.#changed(this.#nodesTold, layout.NODE_STATE_OFFSET / 4, this.nodeCount, nodeWords);
    if (changed === null) return null;
    // These peaks are reported now: the next ones start from here.
    const told = new Uint32Array(changed);
    for (let at = 0; at < told.length; at += 1 + nodeWords) {
      const word = layout.NODE_STATE_OFFSET / 4 + told[at]! * nodeWords + layout.NODE_PEAK_RESET / 4;
      this.#nodesTold[told[at]! * nodeWords + layout.NODE_PEAK_RESET / 4] = Atomics.add(this.#atoms, word, 1) + 1;
    }
    return changed;
  }

  /** The records that differ from the last report, each preceded by its slot. */
  #changed(told: Uint32Array, base: number, count: number, recordWords: number): ArrayBuffer | null {
    const words = this.#words;
    const slots: number[] = [];
    for (let slot = 0; slot < count; slot += 1) {
      const from = base + slot * recordWords;
      for (let word = 0; word < recordWords; word += 1) {
        if (words[from + word] === told[slot * recordWords + word]) continue;
        slots.push(slot);
        break;
      }
    }
    if (slots.length === 0) return null;
    const records = new Uint32Array(slots.length * (1 + recordWords));
    let at = 0;
    for (const slot of slots) {
      records[at] = slot;
      at += 1;
      for (let word = 0; word < recordWords; word += 1) {
        const value = words[base + slot * recordWords + word]!;
        records[at] = value;
        told[slot * recordWords + word] = value;
        at += 1;
      }
    }
    return records.buffer;
  }
}

function grown(words: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(length);
  larger.set(words);
  return larger;
}

function copyOf(memory: ArrayBufferLike, offset: number, bytes: number): ArrayBuffer {
  const copy = new Uint8Array(bytes);
  copy.set(new Uint8Array(memory, offset, bytes));
  return copy.buffer;
}
