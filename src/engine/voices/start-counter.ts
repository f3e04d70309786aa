/**
 * Numbers the starts of a sound, so that the end of one run is not taken for the end of a newer one: the engine gives
 * the number back with ENDED and STOPPED. A sound's run is over when the start that acts last is.
 */
export class Runs {
  /**
   * A stop that acts at once and without a fade was asked for after the newest start: a start after it begins a new
   * run.
   */
  haltAsked = false;
  #starts = 0;
  #last = 0;
  #lastFrame = 0;
  /**
   * A stop was asked for after the newest start. It calls off starts that wait, so whatever run it ends is the last.
   */
  #stopAsked = false;

  /** A start at a frame (0: at once) is sent while the clock is at `now`; returns its number. */
  start(frame: number, now: number): number {
    this.#starts += 1;
    this.#stopAsked = false;
    const acts = Math.max(frame, now);
    // One that was sent before may still act after this one.
    if (acts >= this.#lastFrame || this.#lastFrame <= now) {
      this.#last = this.#starts;
      this.#lastFrame = acts;
    }
    return this.#starts;
  }

  /** A stop that begins at once is sent; `halts` says that it does not fade. */
  stop(halts: boolean): void {
    this.#stopAsked = true;
    if (halts) this.haltAsked = true;
  }

  /** True if nothing more comes after the run that the engine says is over. */
  isLast(result: 'ended' | 'stopped', run: number): boolean {
    return run === this.#last || (this.#stopAsked && result === 'stopped');
  }

  /** The sound is at rest. */
  over(): void {
    this.haltAsked = false;
    this.#lastFrame = 0;
  }
}
