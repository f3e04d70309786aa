import { Deferred } from '../api/deferred.js';
import type { FinishReason } from '../api/finish.js';
import type { PlayerRun } from './player-run.js';

/** What a player plays, oldest first, and the promise of its end. */
export class PlayerRuns {
  readonly #onEnded: () => void;
  #runs: PlayerRun[] = [];
  #finished: Deferred<FinishReason> | null = null;
  #result: FinishReason | null = null;

  /** `onEnded` is called when the last one came to its end by itself. */
  constructor(onEnded: () => void) {
    this.#onEnded = onEnded;
  }

  /** All of them, oldest first. */
  get all(): readonly PlayerRun[] {
    return this.#runs;
  }

  /** Of the present play or, while nothing plays, the next one. */
  get finished(): Promise<FinishReason> {
    if (this.#finished === null) {
      this.#finished = new Deferred();
      if (this.#result !== null) this.#finished.resolve(this.#result);
    }
    for (const run of this.#runs) run.hold();
    return this.#finished.promise;
  }

  /** One more plays. */
  add(run: PlayerRun): void {
    if (this.#result !== null) {
      this.#result = null;
      this.#finished = null;
    }
    this.#runs.push(run);
    if (this.#finished !== null) run.hold();
  }

  /** Of more than so many the oldest end. */
  keep(count: number): void {
    while (this.#runs.length > count) this.#runs.shift()!.dispose();
  }

  /** One is over. */
  over(run: PlayerRun, reason: 'ended' | 'stopped'): void {
    this.#runs = this.#runs.filter((other) => other !== run);
    if (this.#runs.length > 0) return;
    this.#settle(reason);
    if (reason === 'ended') this.#onEnded();
  }

  /** All end. */
  stop(): void {
    if (this.#runs.length === 0) return;
    this.keep(0);
    this.#settle('stopped');
  }

  /** All end for good; `gone` says that the engine has ended them already. */
  dispose(gone: boolean): void {
    if (gone) this.#runs = [];
    this.keep(0);
    this.#settle('disposed');
  }

  #settle(result: FinishReason): void {
    if (this.#result !== null) return;
    this.#result = result;
    this.#finished?.resolve(result);
  }
}
