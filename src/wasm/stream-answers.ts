import { type ErrorData, errorOfData } from '../base/error-data.js';
import type { AudioError } from '../base/errors.js';
import type { SoundShape, StreamEvents } from '../wire/core.js';

/** What a thread that decodes streams reports of one of them: one of these. */
export interface StreamAnswer {
  readonly key: number;
  /** What it holds, where the thread was asked to find that out. */
  readonly found?: SoundShape;
  /** Bytes fetched meanwhile, and the total. */
  readonly progress?: readonly [number, number];
  readonly ready?: boolean;
  readonly closed?: boolean;
  readonly failure?: ErrorData;
}

/** What waits for a stream to be found. */
interface Finding {
  resolve(shape: SoundShape): void;
  reject(error: unknown): void;
  onProgress?: ((done: number, total: number) => void) | undefined;
}

interface Entry {
  finding: Finding | null;
  events: StreamEvents | null;
  whenClosed: (() => void) | null;
}

/** The streams of one decoding thread, on the side that hears of them. */
export class StreamAnswers {
  readonly #entries = new Map<number, Entry>();
  #lastKey = 0;
  #over: AudioError | null = null;

  /** Why the thread can no longer be used; null while it can. */
  get over(): AudioError | null {
    return this.#over;
  }

  /** A stream that is yet to be found, or one that `events` hear of from now on; returns its key. */
  add(finding: Finding | null, events: StreamEvents | null): number {
    this.#lastKey += 1;
    this.#entries.set(this.#lastKey, { finding, events, whenClosed: null });
    return this.#lastKey;
  }

  /** From now on `events` hear of a stream that was found: also if the thread has failed meanwhile. */
  open(key: number, events: StreamEvents): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) entry.events = events;
    else if (this.#over !== null) events.failed(this.#over);
  }

  /** Nothing of a stream is reported any more but that the thread has let go of it, for which `ask` asks. */
  close(key: number, ask: () => void, whenClosed: () => void): void {
    const entry = this.#entries.get(key);
    if (this.#over !== null || entry === undefined) {
      whenClosed();
      return;
    }
    entry.whenClosed = whenClosed;
    ask();
  }

  /** Passes on what the thread reports. */
  hear({ key, found, progress, ready, closed, failure }: StreamAnswer): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    if (closed) {
      this.#entries.delete(key);
      entry.whenClosed?.();
    }
    if (entry.whenClosed !== null) return;
    if (progress !== undefined) entry.finding?.onProgress?.(...progress);
    if (found !== undefined) {
      entry.finding?.resolve(found);
      entry.finding = null;
    }
    if (ready) entry.events?.ready();
    if (failure !== undefined) this.#fail(key, entry, errorOfData(failure));
  }

  /** The thread has failed. */
  lose(error: AudioError): void {
    if (this.#over !== null) return;
    this.#over = error;
    for (const [key, entry] of [...this.#entries]) {
      if (entry.whenClosed !== null) entry.whenClosed();
      else this.#fail(key, entry, error);
    }
    this.#entries.clear();
  }

  /** The thread is ended: only those who wait for a stream to be found hear of it. */
  end(error: AudioError): void {
    this.#over ??= error;
    for (const { finding } of this.#entries.values()) finding?.reject(this.#over);
    this.#entries.clear();
  }

  #fail(key: number, entry: Entry, error: AudioError): void {
    if (entry.events !== null) {
      entry.events.failed(error);
      return;
    }
    // Nothing was found: there is nothing to close.
    this.#entries.delete(key);
    entry.finding?.reject(error);
  }
}
