import { Deferred } from '../session/deferred.js';

/** How a run of a sound came to its end. */
export type FinishReason = 'ended' | 'stopped' | 'disposed';

/** The promise of a sound's present run, made when somebody asks. */
export class Finish {
  #deferred: Deferred<FinishReason> | null = null;
  #result: FinishReason | null = null;
  /** True if somebody asked for the present run's promise. */
  awaited = false;

  /** Of the present run, or of the next one if none has begun. */
  get promise(): Promise<FinishReason> {
    if (this.#deferred === null) {
      this.#deferred = new Deferred();
      if (this.#result !== null) this.#deferred.resolve(this.#result);
    }
    this.awaited = this.#result === null;
    return this.#deferred.promise;
  }

  /** A new run begins. A promise that is still open goes on to be this run's. */
  begin(): void {
    if (this.#result !== null) {
      this.#result = null;
      this.#deferred = null;
    }
  }

  /** The run is over. */
  settle(result: FinishReason): void {
    if (this.#result !== null) return;
    this.#result = result;
    this.awaited = false;
    this.#deferred?.resolve(result);
  }
}
