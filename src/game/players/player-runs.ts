import { Deferred } from '../../engine/session/deferred.js';
import type { FinishReason } from '../../engine/voices/finish.js';
import type { PlayerRun } from './player-run.js';

/** What a player plays, oldest first, and the promise of its end. */
export class PlayerRuns {
  readonly #onEnded: () => void;
  #runs: PlayerRun[] = [];
  #finished: Deferred<FinishReason> | null = null;
  #result: FinishReason | null = null;
  /** Grows with every stop, so that what is loaded too late does not play. */
  #stops = 0;
  #loadingCount = 0;
  #heldBack = false;

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

  /** True while something is being loaded to be played. */
  get loading(): boolean {
    return this.#loadingCount > 0;
  }

  /** True where it was paused before it was loaded. */
  get heldBack(): boolean {
    return this.#heldBack;
  }

  /**
   * Waits for what has to be loaded before it plays. Resolves true when it is there, false if all was stopped
   * meanwhile. Rejects with the reason.
   */
  async load(loading: Promise<unknown>): Promise<boolean> {
    const stops = this.#stops;
    this.#loadingCount += 1;
    try {
      await loading;
    } catch (error) {
      if (stops === this.#stops) throw error;
    } finally {
      if (stops === this.#stops) this.#loadingCount -= 1;
    }
    return stops === this.#stops;
  }

  /** All stand still; what is being loaded will. */
  pause(): void {
    this.#heldBack = this.loading;
    for (const run of this.#runs) run.pause();
  }

  /** What was paused before it was loaded stands still now that it is. */
  holdBack(): void {
    if (this.#heldBack) this.pause();
  }

  /** All go on. */
  resume(): void {
    this.#heldBack = false;
    for (const run of this.#runs) run.resume();
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
    this.#forgetLoading();
    if (this.#runs.length === 0) return;
    this.keep(0);
    this.#settle('stopped');
  }

  /** All end for good; `gone` says that the engine has ended them already. */
  dispose(gone: boolean): void {
    this.#forgetLoading();
    if (gone) this.#runs = [];
    this.keep(0);
    this.#settle('disposed');
  }

  #forgetLoading(): void {
    this.#stops += 1;
    this.#loadingCount = 0;
    this.#heldBack = false;
  }

  #settle(result: FinishReason): void {
    if (this.#result !== null) return;
    this.#result = result;
    this.#finished?.resolve(result);
  }
}
