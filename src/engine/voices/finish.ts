import { Deferred } from '../session/deferred.js';

/** How a play of a sound came to its end. */
export type FinishReason = 'ended' | 'stopped' | 'disposed';

/** The promise of a sound's present play, made when it is asked for. */
export class Finish {
  #deferred: Deferred<FinishReason> | null = null;
  #result: FinishReason | null = null;
  /** True if the promise of the present play was asked for. */
  awaited = false;

  /** Of the present play, or of the next one if none has begun. */
  get promise(): Promise<FinishReason> {
    if (this.#deferred === null) {
      this.#deferred = new Deferred();
      if (this.#result !== null) this.#deferred.resolve(this.#result);
    }
    this.awaited = this.#result === null;
    return this.#deferred.promise;
  }

  /** A new play begins. A promise that is still open is now that of this play. */
  begin(): void {
    if (this.#result !== null) {
      this.#result = null;
      this.#deferred = null;
    }
  }

  /** The play is over. */
  settle(result: FinishReason): void {
    if (this.#result !== null) return;
    this.#result = result;
    this.awaited = false;
    this.#deferred?.resolve(result);
  }
}
