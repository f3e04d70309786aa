import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AudioError } from '../base/errors.js';
import type { StreamAnswer } from '../wasm/stream-filler.js';
import { StreamPages } from '../wasm/stream-pages.js';
import type { FoundStream, SoundShape, StreamEvents, StreamHandle, StreamMemory, StreamThread } from '../wire/core.js';
import { bytesOfSource } from './file-bytes.js';
import { fileDecoders } from './wasm-module.js';

/** What the decoding thread is told of one stream. */
export interface StreamOrder {
  readonly key: number;
  readonly open?: { readonly source: string | Uint8Array; readonly memory: StreamMemory; readonly shape: SoundShape };
  readonly close?: boolean;
}

/** The compiled worker, from dist/process and, for programs that run the sources, from src/process. */
const workerPath = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? '../../dist/process/process-stream-worker.js' : './process-stream-worker.js',
    import.meta.url,
  ),
);
/**
 * The thread's objects are short-lived. Without limits V8 keeps 32 MB of them, and hundreds of what files that were
 * closed leave behind.
 */
const heapLimits = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 48 };
/** An engine without a device waits this long for a page that does not come. */
const pageTimeoutMilliseconds = 5000;

/** True when the process ends: that its threads end then is no error. */
let exiting = false;
let exitWatched = false;

function watchExit(): void {
  if (exitWatched) return;
  exitWatched = true;
  process.once('exit', () => {
    exiting = true;
  });
}

interface Entry {
  readonly events: StreamEvents;
  whenClosed: (() => void) | null;
  /** How many pages had come when a wait timed out: until another comes, nothing waits again. */
  givenUpAt: number;
}

/** One thread that decodes ahead for all streams of an engine. */
export class ProcessStreamThread implements StreamThread {
  readonly #worker: Worker;
  readonly #entries = new Map<number, Entry>();
  #lastKey = 0;
  #holds = 0;
  #ended = false;

  /** Starts the thread; it does not keep the process alive. Throws ERR_UNSUPPORTED_HOST where its file is not there. */
  constructor() {
    if (!existsSync(workerPath))
      throw new AudioError(
        'ERR_UNSUPPORTED_HOST',
        'Files cannot be decoded as they play here, because the file of the decoding thread is not there',
      );
    watchExit();
    // The flags of the program (--eval, --inspect-brk, ...) are not the thread's.
    this.#worker = new Worker(workerPath, { execArgv: [], resourceLimits: heapLimits });
    this.#worker.on('message', (message: StreamAnswer) => this.#hear(message));
    this.#worker.on('error', (cause) => this.#lost(cause));
    this.#worker.on('exit', () => this.#lost(undefined));
    // Last: a listener for messages would make it hold the process again.
    this.#worker.unref();
  }

  findNow(source: string | Uint8Array): FoundStream {
    const bytes = bytesOfSource(source);
    try {
      const { channels, sampleRate, frames } = fileDecoders.inspect(bytes);
      const shape = { channels, sampleRate, frames };
      return { shape, open: (memory, events) => this.#open(source, memory, shape, events), drop() {} };
    } finally {
      bytes.close();
    }
  }

  #open(source: string | Uint8Array, memory: StreamMemory, shape: SoundShape, events: StreamEvents): StreamHandle {
    this.#lastKey += 1;
    const key = this.#lastKey;
    const { channels, frames } = shape;
    const pages = new StreamPages(memory, channels, frames);
    const entry: Entry = { events, whenClosed: null, givenUpAt: -1 };
    this.#entries.set(key, entry);
    this.#tell({
      key,
      open: {
        source,
        memory: { memory: memory.memory, byteOffset: memory.byteOffset, byteLength: memory.byteLength },
        shape,
      },
    });
    return {
      wake: () => this.#tell({ key }),
      hold: () => this.#hold(),
      waitReady: () => this.#waitReady(key, pages, entry),
      close: (whenClosed) => this.#close(key, whenClosed),
    };
  }

  end(): void {
    this.#ended = true;
    this.#entries.clear();
    void this.#worker.terminate();
  }

  #hold(): () => void {
    this.#holds += 1;
    if (!this.#ended) this.#worker.ref();
    return () => {
      this.#holds -= 1;
      if (this.#holds === 0 && !this.#ended) this.#worker.unref();
    };
  }

  #tell(order: StreamOrder): void {
    if (!this.#ended) this.#worker.postMessage(order);
  }

  /** Blocks until half of the pages ahead are there. */
  #waitReady(key: number, pages: StreamPages, entry: Entry): void {
    const most = Math.ceil(pages.aheadPages / 2);
    if (entry.givenUpAt === pages.filled || pages.missingRank(most) < 0) return;
    this.#tell({ key });
    let deadline = performance.now() + pageTimeoutMilliseconds;
    let filled = pages.filled;
    while (!pages.failed && pages.missingRank(most) >= 0) {
      pages.wait(filled, 50);
      if (pages.filled !== filled) deadline = performance.now() + pageTimeoutMilliseconds;
      else if (performance.now() > deadline) {
        entry.givenUpAt = filled;
        return;
      }
      filled = pages.filled;
    }
  }

  #close(key: number, whenClosed: () => void): void {
    const entry = this.#entries.get(key);
    if (this.#ended || entry === undefined) {
      whenClosed();
      return;
    }
    entry.whenClosed = whenClosed;
    this.#tell({ key, close: true });
  }

  #hear({ key, ready, closed, failure }: StreamAnswer): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    if (closed) {
      this.#entries.delete(key);
      entry.whenClosed?.();
    }
    if (entry.whenClosed !== null) return;
    if (ready) entry.events.ready();
    if (failure !== undefined) entry.events.failed(new AudioError(failure.code, failure.message));
  }

  #lost(cause: unknown): void {
    if (this.#ended || exiting) return;
    this.#ended = true;
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    for (const { events, whenClosed } of entries) {
      if (whenClosed !== null) whenClosed();
      else
        events.failed(
          new AudioError('ERR_INTERNAL', 'The thread that decodes streams ended before its work was done', { cause }),
        );
    }
  }
}
