import type { AudioError } from '../../base/errors.js';

/**
 * Buffers whose samples are still on their way to the engine. No command may name one of them before it has arrived.
 */
export class PendingSamples {
  readonly #pending = new Map<number, Promise<void>>();

  /** Notes what a core returned from `prepareBuffer`: a promise if the samples take time. */
  expect(id: number, arrival: Promise<void> | void): void {
    if (arrival === undefined) return;
    const over = (): void => void this.#pending.delete(id);
    const noted = arrival.finally(over);
    // Each sound that waits for the samples receives the error.
    noted.catch(() => {});
    this.#pending.set(id, noted);
  }

  /**
   * Runs `act` when the samples are there, at once if they are, and after all that waited for them before; `fail` when
   * they will never be.
   */
  after(id: number, act: () => void, fail: (error: AudioError) => void): void {
    const arrival = this.#pending.get(id);
    if (arrival === undefined) act();
    else arrival.then(act, fail);
  }
}
