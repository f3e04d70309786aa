import { parentPort } from 'node:worker_threads';
import { dataOfError } from '../base/error-data.js';
import type { StreamAnswer } from '../wasm/stream-answers.js';
import { StreamFiller } from '../wasm/stream-filler.js';
import { StreamPages } from '../wasm/stream-pages.js';
import { bytesOfSource } from './file-bytes.js';
import type { StreamOrder } from './process-stream-thread.js';
import { fileDecoders } from './wasm-module.js';

// The thread behind process-stream-thread.ts: keeps the pages of all streams of one engine ahead of what is played.

const answer = (message: StreamAnswer): void => parentPort?.postMessage(message);
const filler = new StreamFiller(fileDecoders, answer, () => new Promise((resolve) => setImmediate(resolve)));

parentPort?.on('message', ({ key, open, close }: StreamOrder) => {
  if (open !== undefined) begin(key, open);
  if (close === true) filler.close(key);
  filler.wake();
});

function begin(key: number, { source, memory, shape }: NonNullable<StreamOrder['open']>): void {
  const pages = new StreamPages(memory, shape.channels, shape.frames);
  try {
    filler.open(key, bytesOfSource(source), null, pages, shape);
  } catch (error) {
    pages.fail();
    answer({ key, failure: dataOfError(error) });
  }
}
