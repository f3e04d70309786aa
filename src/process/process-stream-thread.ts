import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { AudioError } from '../base/errors.js';
import { type StreamAnswer, StreamAnswers } from '../wasm/stream-answers.js';
import { StreamPages } from '../wasm/stream-pages.js';
import type { FoundStream, SoundShape, StreamEvents, StreamHandle, StreamMemory, StreamThread } from '../wire/core.js';
import { compiledFile } from './compiled-file.js';
import { bytesOfSource } from './file-bytes.js';
import { fileDecoders } from './wasm-module.js';

/** What the decoding thread is told of one stream. */
export interface StreamOrder {
  readonly key: number;
  readonly open?: { readonly source: string | Uint8Array; readonly memory: StreamMemory; readonly shape: SoundShape };
  readonly close?: boolean;
}

const workerPath = compiledFile('process-stream-worker.js');
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

/** How an engine without a device waits for a stream. */
interface Wait {
  readonly pages: StreamPages;
  /** How many pages had come when a wait timed out: until another comes, nothing waits again. */
  givenUpAt: number;
}

/** One thread that decodes ahead for all streams of an engine. */
export class ProcessStreamThread implements StreamThread {
  readonly #worker: Worker;
  readonly #answers = new StreamAnswers();
  #holds = 0;

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
    this.#worker.on('message', (message: StreamAnswer) => this.#answers.hear(message));
    this.#worker.on('error', (cause) => this.#lose(cause));
    this.#worker.on('exit', () => this.#lose(undefined));
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
    const key = this.#answers.add(null, events);
    const { channels, frames } = shape;
    const wait = { pages: new StreamPages(memory, channels, frames), givenUpAt: -1 };
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
      waitReady: () => this.#waitReady(key, wait),
      close: (whenClosed) => this.#answers.close(key, () => this.#tell({ key, close: true }), whenClosed),
    };
  }

  end(): void {
    this.#answers.end(new AudioError('ERR_DISPOSED', 'The engine was disposed'));
    void this.#worker.terminate();
  }

  #hold(): () => void {
    this.#holds += 1;
    if (this.#answers.over === null) this.#worker.ref();
    return () => {
      this.#holds -= 1;
      if (this.#holds === 0 && this.#answers.over === null) this.#worker.unref();
    };
  }

  #tell(order: StreamOrder): void {
    if (this.#answers.over === null) this.#worker.postMessage(order);
  }

  /** Blocks until half of the pages ahead are there. */
  #waitReady(key: number, wait: Wait): void {
    const { pages } = wait;
    const most = Math.ceil(pages.aheadPages / 2);
    if (wait.givenUpAt === pages.filled || pages.missingRank(most) < 0) return;
    this.#tell({ key });
    let deadline = performance.now() + pageTimeoutMilliseconds;
    let filled = pages.filled;
    while (!pages.failed && pages.missingRank(most) >= 0) {
      pages.wait(filled, 50);
      if (pages.filled !== filled) deadline = performance.now() + pageTimeoutMilliseconds;
      else if (performance.now() > deadline) {
        wait.givenUpAt = filled;
        return;
      }
      filled = pages.filled;
    }
  }

  #lose(cause: unknown): void {
    if (!exiting)
      this.#answers.lose(
        new AudioError('ERR_INTERNAL', 'The thread that decodes streams ended before its work was done', { cause }),
      );
  }
}
