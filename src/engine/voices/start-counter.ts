/**
 * Numbers the starts of a sound, so that the end of one play is not taken for the end of a newer one: the engine gives
 * the number back with ENDED and STOPPED. The sound is at rest when what was begun by the start that acts last is over.
 */
export class StartCounter {
  /** A stop that acts at once and without a fade was sent after the newest start: the next start is a new play. */
  haltAsked = false;
  #count = 0;
  /** The number of the start that acts last, and when it acts. */
  #last = 0;
  #lastFrame = 0;
  /** A stop was sent after the newest start. It cancels starts that wait, so whatever it ends is the last. */
  #stopAsked = false;

  /** A start at a frame (0: at once) is sent while the clock is at `now`; returns its number. */
  start(frame: number, now: number): number {
    this.#count += 1;
    this.#stopAsked = false;
    const actsAt = Math.max(frame, now);
    // One that was sent before may still act after this one.
    if (actsAt >= this.#lastFrame || this.#lastFrame <= now) {
      this.#last = this.#count;
      this.#lastFrame = actsAt;
    }
    return this.#count;
  }

  /** A stop that begins at once is sent; `halts` says that it does not fade. */
  stop(halts: boolean): void {
    this.#stopAsked = true;
    if (halts) this.haltAsked = true;
  }

  /** True if nothing follows what the engine says is over. */
  isLast(result: 'ended' | 'stopped', start: number): boolean {
    return start === this.#last || (this.#stopAsked && result === 'stopped');
  }

  /** The sound is at rest. */
  reset(): void {
    this.haltAsked = false;
    this.#lastFrame = 0;
  }
}
