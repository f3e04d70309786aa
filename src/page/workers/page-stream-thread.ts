import { AudioError } from '../../base/errors.js';
import { type StreamAnswer, StreamAnswers } from '../../wasm/stream-answers.js';
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
import type { PageStreamOrder } from './page-stream-worker.js';
import { startWorker } from './start-worker.js';

/** The worker that fetches and decodes ahead for all streams of an engine. */
export class PageStreamThread implements StreamThread {
  readonly #answers = new StreamAnswers();
  #worker: WebWorker | null = null;
  /** Messages that wait until it has started. */
  #waiting: [PageStreamOrder, Transferable[]][] = [];

  /** The worker starts as soon as the engine's module is loaded. */
  constructor() {
    loadModule().then(
      (module) => this.#start(module),
      (error: AudioError) => this.#answers.lose(error),
    );
  }

  async find(source: URL | Request | Blob | Uint8Array, options: FindOptions): Promise<FoundStream> {
    const { onProgress, signal = source instanceof Request ? source.signal : undefined } = options;
    const origin = await originOf(source);
    signal?.throwIfAborted();
    if (this.#answers.over !== null) throw this.#answers.over;
    let abort = (): void => {};
    const found = new Promise<FoundStream>((resolve, reject) => {
      const open: FoundStream['open'] = (prepared, events) => this.#open(key, prepared, events);
      const drop = (): void => this.#close(key, () => {});
      const key = this.#answers.add({ resolve: (shape) => resolve({ shape, open, drop }), reject, onProgress }, null);
      this.#tell({ key, find: origin }, origin.kind === 'bytes' ? [origin.bytes.buffer] : []);
      abort = () => {
        reject(signal?.reason);
        drop();
      };
    });
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
    this.#answers.open(key, events);
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
    this.#answers.end(new AudioError('ERR_DISPOSED', 'The engine was disposed before the stream was there'));
    this.#waiting = [];
    this.#worker?.terminate();
  }

  #start(module: WebAssembly.Module): void {
    if (this.#answers.over !== null) return;
    try {
      this.#worker = startWorker('stream', module);
    } catch (error) {
      this.#answers.lose(error as AudioError);
      return;
    }
    this.#worker.onmessage = ({ data }) => this.#answers.hear(data as StreamAnswer);
    this.#worker.onerror = (event) => {
      event.preventDefault?.();
      this.#answers.lose(
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
    if (this.#answers.over !== null) return;
    if (this.#worker === null) this.#waiting.push([order, transfer]);
    else this.#worker.postMessage(order, transfer);
  }

  #close(key: number, whenClosed: () => void): void {
    this.#answers.close(key, () => this.#tell({ key, close: true }), whenClosed);
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
