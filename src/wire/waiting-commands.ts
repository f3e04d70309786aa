import * as layout from './wire-layout.js';

/** Views on one or more command records. */
interface RecordViews {
  readonly words: Uint32Array;
  readonly floats: Float32Array;
  readonly doubles: Float64Array;
}

const recordWords = layout.COMMAND_BYTES / 4;
/** Commands that set a value of one param and nothing else. */
const settingOps: readonly number[] = [
  layout.CommandOp.SOUND_SPATIAL,
  layout.CommandOp.SOUND_VECTOR,
  layout.CommandOp.LISTENER_VECTOR,
  layout.CommandOp.LISTENER_ENABLED,
];
/** Distance between the keys of two ops: larger than any target and param. */
const keysOfAnOp = 2 ** 40;

/**
 * Commands that found the ring full, in the order they were sent. Only plain sets of parameters may be merged: one that
 * still waits is overwritten by a later one of the same target and parameter, as long as nothing but plain sets was
 * sent between them. So a program that writes parameters for hours while no engine takes them needs memory for its
 * parameters, not for its writes.
 */
export class WaitingCommands {
  #records = views(64);
  /** Index of the oldest record, and how many records there are; the memory is used as a circular queue. */
  #first = 0;
  #count = 0;
  /** For each parameter set since the last other command: how many records were taken or waited before it. */
  readonly #sets = new Map<number, number>();
  /** Records taken out so far. */
  #gone = 0;
  readonly #scratch = views(1);

  /** How many wait. */
  get count(): number {
    return this.#count;
  }

  /** The scratch record with its fixed fields filled in, for the caller to put the value into. */
  begin(op: number, target: number, frame: number, param: number, curve: number, flags: number): RecordViews {
    this.#scratch.words[0] = op | (param << 8) | (curve << 16) | (flags << 24);
    this.#scratch.words[layout.COMMAND_TARGET / 4] = target;
    this.#scratch.doubles[layout.COMMAND_FRAME / 8] = frame;
    return this.#scratch;
  }

  /** Copies the scratch record to `word` of `target`. */
  copyScratch(target: Uint32Array, word: number): void {
    copyRecord(this.#scratch.words, 0, target, word);
  }

  /**
   * Puts the scratch record at the end. `written` is the number of commands that went before all that wait here;
   * returns the ticket.
   */
  addScratch(written: number): number {
    const word = this.#scratch.words[0]!;
    const op = word & 0xff;
    if (settingOps.includes(op) && this.#scratch.doubles[layout.COMMAND_FRAME / 8] === 0) {
      return this.#addSet(
        written,
        op * keysOfAnOp + this.#scratch.words[layout.COMMAND_TARGET / 4]! * 256 + ((word >> 8) & 0xff),
        true,
      );
    }
    this.#sets.clear();
    return this.#append(written);
  }

  /**
   * Puts a command with a number as its value at the end, or in place of one that it makes pointless. Returns the
   * ticket.
   */
  add(
    written: number,
    op: number,
    target: number,
    frame: number,
    value: number,
    frames: number,
    token: number,
    param: number,
    curve: number,
    flags: number,
  ): number {
    const record = this.begin(op, target, frame, param, curve, flags);
    record.doubles[layout.COMMAND_VALUE / 8] = value;
    record.words[layout.COMMAND_FRAMES / 4] = frames;
    record.words[layout.COMMAND_TOKEN / 4] = token;
    if (op !== layout.CommandOp.RAMP || frame !== 0 || token !== 0 || flags !== 0) return this.addScratch(written);
    return this.#addSet(written, op * keysOfAnOp + target * 256 + param, frames === 0);
  }

  /**
   * Puts the scratch record, a plain set, in place of the one of the same key that waits, or at the end. `jumps`:
   * it takes no time.
   */
  #addSet(written: number, key: number, jumps: boolean): number {
    const before = this.#sets.get(key);
    if (before !== undefined && before >= this.#gone) {
      const position = before - this.#gone;
      const word = this.#slotOf(position) * recordWords;
      const waitingFrames = this.#records.words[word + layout.COMMAND_FRAMES / 4]!;
      // A jump must be seen before a ramp that starts from it; everything else that acts at the same frame is wholly
      // replaced by what follows.
      if (waitingFrames > 0 || jumps) {
        this.copyScratch(this.#records.words, word);
        return written + position + 1;
      }
    }
    this.#sets.set(key, this.#gone + this.#count);
    return this.#append(written);
  }

  /** Takes the oldest record out and copies it to `word` of `target`. */
  takeInto(target: Uint32Array, word: number): void {
    copyRecord(this.#records.words, this.#first * recordWords, target, word);
    this.#first = (this.#first + 1) & (this.#capacity - 1);
    this.#count -= 1;
    this.#gone += 1;
    if (this.#count === 0) this.#sets.clear();
  }

  /** Forgets all. */
  clear(): void {
    this.#records = views(64);
    this.#first = 0;
    this.#count = 0;
    this.#sets.clear();
  }

  get #capacity(): number {
    return this.#records.words.length / recordWords;
  }

  #slotOf(position: number): number {
    return (this.#first + position) & (this.#capacity - 1);
  }

  #append(written: number): number {
    if (this.#count === this.#capacity) {
      const larger = views(this.#capacity * 2);
      for (let position = 0; position < this.#count; position += 1) {
        copyRecord(this.#records.words, this.#slotOf(position) * recordWords, larger.words, position * recordWords);
      }
      this.#records = larger;
      this.#first = 0;
    }
    this.copyScratch(this.#records.words, this.#slotOf(this.#count) * recordWords);
    this.#count += 1;
    return written + this.#count;
  }
}

function views(records: number): RecordViews {
  const memory = new ArrayBuffer(records * layout.COMMAND_BYTES);
  return { words: new Uint32Array(memory), floats: new Float32Array(memory), doubles: new Float64Array(memory) };
}

/** Copies by words, not by doubles: a pair of u32 may look like a NaN, whose bits a double need not keep. */
function copyRecord(source: Uint32Array, sourceWord: number, target: Uint32Array, targetWord: number): void {
  for (let word = 0; word < recordWords; word += 1) target[targetWord + word] = source[sourceWord + word]!;
}
