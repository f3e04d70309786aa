import { Deferred } from '../../engine/session/deferred.js';
import type { FinishReason } from '../../engine/voices/finish.js';
import type { Playback } from './playback.js';

/** What a player plays, oldest first, and the promise of its end. */
export class ActivePlaybacks {
  readonly #onEnded: () => void;
  #playbacks: Playback[] = [];
  #finished: Deferred<FinishReason> | null = null;
  #result: FinishReason | null = null;
  /** Counts the stops, so that what was loaded too late does not play. */
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

  /** Resolves when nothing plays any more; while nothing plays, after the next play. */
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

  /** True if the player was paused while something was being loaded. */
  get pausedWhileLoading(): boolean {
    return this.#pausedWhileLoading;
  }

  /**
   * Waits for what has to be loaded before it plays. Resolves true when it is loaded, false if the player was stopped
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

  /** Pauses all, and what is still being loaded too. */
  pause(): void {
    this.#pausedWhileLoading = this.loading;
    for (const playback of this.#playbacks) playback.pause();
  }

  /** Pauses what was just loaded, if the player was paused meanwhile. */
  pauseLoaded(): void {
    if (this.#pausedWhileLoading) this.pause();
  }

  /** Resumes all. */
  resume(): void {
    this.#pausedWhileLoading = false;
    for (const playback of this.#playbacks) playback.resume();
  }

  /** Adds one that has begun to play. */
  add(playback: Playback): void {
    if (this.#result !== null) {
      this.#result = null;
      this.#finished = null;
    }
    this.#playbacks.push(playback);
    if (this.#finished !== null) playback.keepProcessAlive();
  }

  /** Ends the oldest ones, until at most `count` are left. */
  keepNewest(count: number): void {
    while (this.#playbacks.length > count) this.#playbacks.shift()!.dispose();
  }

  /** Removes one that is over. */
  over(playback: Playback, reason: 'ended' | 'stopped'): void {
    this.#playbacks = this.#playbacks.filter((other) => other !== playback);
    if (this.#playbacks.length > 0) return;
    this.#settle(reason);
    if (reason === 'ended') this.#onEnded();
  }

  /** Ends all. */
  stop(): void {
    this.#forgetLoading();
    if (this.#playbacks.length === 0) return;
    this.keepNewest(0);
    this.#settle('stopped');
  }

  /** Ends all for good; `gone` tells that the engine has ended them already. */
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
