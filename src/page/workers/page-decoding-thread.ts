import { AudioError } from '../../base/errors.js';
import { type DecodeAnswer, DecodeJobs } from '../../wasm/decode-jobs.js';
import type { DecodedAudio } from '../../wire/core.js';
import { loadModule } from '../browser/assets.js';
import type { DecodeRequest } from './page-decoding-worker.js';
import { startWorker } from './start-worker.js';

/** A worker that was idle for this long is ended, to free its memory. */
const idleMilliseconds = 10_000;

let worker: WebWorker | null = null;
const jobs = new DecodeJobs();
let idle: ReturnType<typeof setTimeout> | undefined;

/**
 * Decodes in a worker, and resamples there where a rate is given. The bytes are taken over: they must be the caller's
 * alone. Rejects ERR_DECODE, ERR_TOO_LARGE, ERR_OUT_OF_MEMORY, ERR_NETWORK.
 */
export async function decodeInWorker(bytes: Uint8Array, sampleRate?: number): Promise<DecodedAudio> {
  const module = await loadModule();
  clearTimeout(idle);
  const thread = worker ?? startDecoder(module);
  const { buffer } = bytes;
  return jobs.add((job) =>
    thread.postMessage(
      { job, bytes, sampleRate } satisfies DecodeRequest,
      buffer instanceof ArrayBuffer ? [buffer] : [],
    ),
  );
}

function startDecoder(module: WebAssembly.Module): WebWorker {
  const thread = startWorker('decode', module);
  thread.onmessage = ({ data }) => take(data as DecodeAnswer);
  thread.onmessageerror = () => failAll(thread, undefined);
  thread.onerror = (event) => {
    event.preventDefault?.();
    failAll(thread, event.message);
  };
  worker = thread;
  return thread;
}

function take(answer: DecodeAnswer): void {
  jobs.take(answer);
  if (jobs.count === 0) idle = setTimeout(endWorker, idleMilliseconds);
}

function endWorker(): void {
  worker?.terminate();
  worker = null;
}

function failAll(thread: WebWorker, cause: unknown): void {
  if (worker !== thread) return;
  endWorker();
  jobs.fail(
    new AudioError(
      'ERR_INTERNAL',
      `The decoder ended before its work was done${cause === undefined ? '' : `: ${cause}`}`,
      { cause },
    ),
  );
}
