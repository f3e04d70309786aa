import { AudioError } from '../../base/errors.js';
import type {
  FindOptions,
  FoundStream,
  PreparedStream,
  StreamEvents,
  StreamHandle,
  StreamThread,
} from '../../wire/core.js';
import { loadModule } from '../browser/assets.js';
import { noFiles } from '../browser/unsupported.js';
import type { StreamOrigin } from './byte-supplies.js';
import type { PageStreamAnswer, PageStreamOrder } from './page-stream-worker.js';
import { startWorker } from './start-worker.js';

/** What waits for the worker's answers about one stream. */
interface Entry {
  finding: {
    resolve(found: FoundStream): void;
    reject(error: unknown): void;
    onProgress: FindOptions['onProgress'];
  } | null;
  events: StreamEvents | null;
  whenClosed: (() => void) | null;
}

/** The worker that fetches and decodes ahead for all streams of an engine. */
export class PageStreamThread implements StreamThread {
  readonly #entries = new Map<number, Entry>();
  #worker: WebWorker | null = null;
  /** Messages that wait until it has started. */
  #waiting: [PageStreamOrder, Transferable[]][] = [];
  #lastKey = 0;
  /** Why it can no longer be used. */
  #over: unknown = null;

  /** The worker starts as soon as the engine's module is loaded. */
  constructor() {
    loadModule().then(
      (module) => this.#start(module),
      (error: unknown) => this.#lost(error),
    );
  }

  async find(source: URL | Request | Blob | Uint8Array, options: FindOptions): Promise<FoundStream> {
    const { onProgress, signal = source instanceof Request ? source.signal : undefined } = options;
    const origin = await originOf(source);
    signal?.throwIfAborted();
    if (this.#over !== null) throw this.#over;
    this.#lastKey += 1;
    const key = this.#lastKey;
    const found = new Promise<FoundStream>((resolve, reject) => {
      this.#entries.set(key, { finding: { resolve, reject, onProgress }, events: null, whenClosed: null });
    });
    this.#tell({ key, find: origin }, origin.kind === 'bytes' ? [origin.bytes.buffer] : []);
    const abort = (): void => {
      this.#entries.get(key)?.finding?.reject(signal?.reason);
      this.#close(key, () => {});
    };
    signal?.addEventListener('abort', abort, { once: true });
    try {
      return await found;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  findNow(): never {
    return noFiles();
  }

  #open(key: number, prepared: PreparedStream, events: StreamEvents): StreamHandle {
    const entry = this.#entries.get(key);
    // The worker may have failed meanwhile.
    if (entry === undefined) events.failed(this.#over as AudioError);
    else entry.events = events;
    const fill = (): void => {
      const { memory, byteOffset, byteLength } = prepared;
      const port = (prepared.port as WebMessagePort | undefined) ?? null;
      this.#tell({ key, fill: { memory: { memory, byteOffset, byteLength }, port } }, port === null ? [] : [port]);
    };
    if (prepared.early === true) prepared.onMove = fill;
    else fill();
    return {
      wake: () => this.#tell({ key }),
      // A page does not end by itself, and must never block.
      hold: () => () => {},
      waitReady: () => {},
      close: (whenClosed) => {
        prepared.onMove = null;
        this.#close(key, whenClosed);
      },
    };
  }

  end(): void {
    this.#over ??= new AudioError('ERR_DISPOSED', 'The engine was disposed before the stream was there');
    for (const { finding } of this.#entries.values()) finding?.reject(this.#over);
    this.#entries.clear();
    this.#waiting = [];
    this.#worker?.terminate();
  }

  #start(module: WebAssembly.Module): void {
    if (this.#over !== null) return;
    try {
      this.#worker = startWorker('stream', module);
    } catch (error) {
      this.#lost(error);
      return;
    }
    this.#worker.onmessage = ({ data }) => this.#hear(data as PageStreamAnswer);
    this.#worker.onerror = (event) => {
      event.preventDefault?.();
      this.#lost(
        new AudioError(
          'ERR_INTERNAL',
          `The worker that decodes streams ended before its work was done: ${event.message ?? ''}`,
        ),
      );
    };
    for (const [order, transfer] of this.#waiting) this.#worker.postMessage(order, transfer);
    this.#waiting = [];
  }

  #tell(order: PageStreamOrder, transfer: Transferable[] = []): void {
    if (this.#over !== null) return;
    if (this.#worker === null) this.#waiting.push([order, transfer]);
    else this.#worker.postMessage(order, transfer);
  }

  #close(key: number, whenClosed: () => void): void {
    const entry = this.#entries.get(key);
    if (this.#over !== null || entry === undefined) {
      whenClosed();
      return;
    }
    entry.whenClosed = whenClosed;
    this.#tell({ key, close: true });
  }

  #hear({ key, found, progress, ready, closed, failure }: PageStreamAnswer): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    if (closed) {
      this.#entries.delete(key);
      entry.whenClosed?.();
    }
    if (entry.whenClosed !== null) return;
    if (progress !== undefined) entry.finding?.onProgress?.(...progress);
    if (found !== undefined) {
      entry.finding?.resolve({
        shape: found,
        open: (prepared, events) => this.#open(key, prepared, events),
        drop: () => this.#close(key, () => {}),
      });
      entry.finding = null;
    }
    if (ready) entry.events?.ready();
    if (failure !== undefined) this.#fail(key, entry, new AudioError(failure.code, failure.message));
  }

  #fail(key: number, entry: Entry, error: unknown): void {
    if (entry.events !== null) {
      entry.events.failed(error as AudioError);
      return;
    }
    // Nothing was found: there is nothing to close.
    this.#entries.delete(key);
    entry.finding?.reject(error);
  }

  /** The worker did not start, or failed. */
  #lost(error: unknown): void {
    if (this.#over !== null) return;
    this.#over = error;
    for (const [key, entry] of [...this.#entries]) {
      if (entry.whenClosed !== null) entry.whenClosed();
      else this.#fail(key, entry, error);
    }
    this.#entries.clear();
  }
}

/** A source as plain data for another thread. */
async function originOf(source: URL | Request | Blob | Uint8Array): Promise<StreamOrigin> {
  if (source instanceof Uint8Array) return { kind: 'bytes', bytes: source };
  if (source instanceof Blob) return { kind: 'blob', blob: source };
  if (source instanceof URL) return { kind: 'address', address: { url: source.href, init: {} } };
  const { url, method, credentials, mode, cache, redirect, referrerPolicy, integrity } = source;
  const body = method === 'GET' || method === 'HEAD' ? undefined : await source.arrayBuffer();
  const init = {
    method,
    headers: [...source.headers] as [string, string][],
    credentials,
    mode,
    cache,
    redirect,
    referrerPolicy,
    integrity,
  };
  return { kind: 'address', address: { url, init: body === undefined ? init : { ...init, body } } };
}
