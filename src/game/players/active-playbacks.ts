import { Deferred } from '../../engine/session/deferred.js';
import type { FinishReason } from '../../engine/voices/finish.js';
import type { Playback } from './playback.js';

/** What a player plays, oldest first, and the promise of its end. */
export class ActivePlaybacks {
  readonly #onEnded: () => void;
  #playbacks: Playback[] = [];
  #finished: Deferred<FinishReason> | null = null;
  #result: FinishReason | null = null;
  /** Grows with every stop, so that what is loaded too late does not play. */
  #stops = 0;
  #loadingCount = 0;
  #pausedWhileLoading = false;

  /** `onEnded` is called when the last one came to its end by itself. */
  constructor(onEnded: () => void) {
    this.#onEnded = onEnded;
  }

  /** All of them, oldest first. */
  get all(): readonly Playback[] {
    return this.#playbacks;
  }

  /** Of the present play or, while nothing plays, the next one. */
  get finished(): Promise<FinishReason> {
    if (this.#finished === null) {
      this.#finished = new Deferred();
      if (this.#result !== null) this.#finished.resolve(this.#result);
    }
    for (const playback of this.#playbacks) playback.keepProcessAlive();
    return this.#finished.promise;
  }

  /** True while something is being loaded to be played. */
  get loading(): boolean {
    return this.#loadingCount > 0;
  }

  /** True where it was paused before it was loaded. */
  get pausedWhileLoading(): boolean {
    return this.#pausedWhileLoading;
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
    this.#pausedWhileLoading = this.loading;
    for (const playback of this.#playbacks) playback.pause();
  }

  /** What was paused before it was loaded stands still now that it is. */
  pauseLoaded(): void {
    if (this.#pausedWhileLoading) this.pause();
  }

  /** All go on. */
  resume(): void {
    this.#pausedWhileLoading = false;
    for (const playback of this.#playbacks) playback.resume();
  }

  /** One more plays. */
  add(playback: Playback): void {
    if (this.#result !== null) {
      this.#result = null;
      this.#finished = null;
    }
    this.#playbacks.push(playback);
    if (this.#finished !== null) playback.keepProcessAlive();
  }

  /** Of more than so many the oldest end. */
  keepNewest(count: number): void {
    while (this.#playbacks.length > count) this.#playbacks.shift()!.dispose();
  }

  /** One is over. */
  over(playback: Playback, reason: 'ended' | 'stopped'): void {
    this.#playbacks = this.#playbacks.filter((other) => other !== playback);
    if (this.#playbacks.length > 0) return;
    this.#settle(reason);
    if (reason === 'ended') this.#onEnded();
  }

  /** All end. */
  stop(): void {
    this.#forgetLoading();
    if (this.#playbacks.length === 0) return;
    this.keepNewest(0);
    this.#settle('stopped');
  }

  /** All end for good; `gone` says that the engine has ended them already. */
  dispose(gone: boolean): void {
    this.#forgetLoading();
    if (gone) this.#playbacks = [];
    this.keepNewest(0);
    this.#settle('disposed');
  }

  #forgetLoading(): void {
    this.#stops += 1;
    this.#loadingCount = 0;
    this.#pausedWhileLoading = false;
  }

  #settle(result: FinishReason): void {
    if (this.#result !== null) return;
    this.#result = result;
    this.#finished?.resolve(result);
  }
}
