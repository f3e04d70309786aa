import type { Wire } from '../../wire/wire.js';
import { SOUND_AT_END, SOUND_PAUSED, SOUND_PLAYING } from '../../wire/wire-layout.js';

/**
 * Where a sound is and whether it moves. While its newest command waits to be taken by the engine, the answers
 * are what was asked for; afterwards they are what the engine publishes.
 */
export class TransportState {
  /** Ticket of the newest command that moves the sound; Infinity until the sound exists in the engine. */
  ticket = Infinity;

  readonly #wire: Wire;
  readonly #slot: number;
  readonly #id: number;
  #playing = false;
  #paused = false;
  #atEnd = false;
  /** NaN if no position was asked for: the engine publishes it. */
  #cursor = 0;

  /** For the sound with this id, at rest at its beginning. */
  constructor(wire: Wire, slot: number, id: number) {
    this.#wire = wire;
    this.#slot = slot;
    this.#id = id;
  }

  /** Moving; false while paused. */
  get playing(): boolean {
    return this.#waits()
      ? this.#playing
      : (this.#wire.soundFlags(this.#slot, this.#id) & (SOUND_PLAYING | SOUND_PAUSED)) === SOUND_PLAYING;
  }

  /** Standing still until it is resumed. */
  get paused(): boolean {
    return this.#waits() ? this.#paused : (this.#wire.soundFlags(this.#slot, this.#id) & SOUND_PAUSED) !== 0;
  }

  /** At the end of its range. */
  get atEnd(): boolean {
    return this.#waits() ? this.#atEnd : (this.#wire.soundFlags(this.#slot, this.#id) & SOUND_AT_END) !== 0;
  }

  /** The source frame that is read next. */
  get cursorFrames(): number {
    return this.#waits() && !Number.isNaN(this.#cursor) ? this.#cursor : this.#wire.soundCursor(this.#slot);
  }

  /** Asked to play what lies between two source frames, from `begin` if it stands at the end. */
  askPlay(begin: number, end: number): void {
    this.#ask();
    if (this.#atEnd || (!this.#playing && this.cursorFrames >= end)) this.#cursor = begin;
    this.#playing = true;
    this.#paused = false;
    this.#atEnd = false;
  }

  /** Asked to halt. */
  askStop(): void {
    this.#ask();
    this.#playing = false;
    this.#paused = false;
  }

  /** Asked to stand still; false if it does not play. */
  askPause(): boolean {
    this.#ask();
    if (!this.#playing) return false;
    this.#playing = false;
    this.#paused = true;
    return true;
  }

  /** Asked to go on; false if it is not paused. */
  askResume(): boolean {
    this.#ask();
    if (!this.#paused) return false;
    this.#playing = true;
    this.#paused = false;
    this.#atEnd = false;
    return true;
  }

  /** Asked to be at a source frame within the range, which ends at `end`. */
  askSeek(frames: number, end: number): void {
    this.#ask();
    this.#cursor = frames;
    this.#atEnd = !this.#playing && frames >= end;
  }

  /** Asked to keep to a range of the source; it was asked to begin at `formerBegin` before. */
  askRange(formerBegin: number, begin: number, end: number): void {
    const cursor = this.cursorFrames;
    this.#ask();
    if (this.#atEnd) this.#cursor = end;
    else if (cursor < begin || cursor >= end || (cursor === formerBegin && !this.#playing && !this.#paused))
      this.#cursor = begin;
  }

  #waits(): boolean {
    const { ticket } = this;
    if (ticket === 0) return false;
    if (this.#wire.isPending(ticket)) return true;
    this.ticket = 0;
    return false;
  }

  /** If no command waits, what is asked for starts from the published state. */
  #ask(): void {
    if (this.#waits()) return;
    const flags = this.#wire.soundFlags(this.#slot, this.#id);
    this.#playing = (flags & (SOUND_PLAYING | SOUND_PAUSED)) === SOUND_PLAYING;
    this.#paused = (flags & SOUND_PAUSED) !== 0;
    this.#atEnd = (flags & SOUND_AT_END) !== 0;
    this.#cursor = Number.NaN;
  }
}
