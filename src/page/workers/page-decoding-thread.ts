import { AudioError } from '../../base/errors.js';
import type { DecodedAudio } from '../../wire/core.js';
import { loadModule } from '../browser/assets.js';
import type { DecodeAnswer } from './page-decoding-worker.js';
import { startWorker } from './start-worker.js';

interface Job {
  resolve(audio: DecodedAudio): void;
  reject(error: unknown): void;
}

/** A worker that was idle for this long is ended, to free its memory. */
const idleMilliseconds = 10_000;

let worker: WebWorker | null = null;
const jobs = new Map<number, Job>();
let lastJob = 0;
let idle: ReturnType<typeof setTimeout> | undefined;

/**
 * Decodes in a worker, and resamples there where a rate is given. The bytes are taken over: they must be the caller's
 * alone. Rejects ERR_DECODE, ERR_TOO_LARGE, ERR_OUT_OF_MEMORY, ERR_NETWORK.
 */
export async function decodeInWorker(bytes: Uint8Array, sampleRate?: number): Promise<DecodedAudio> {
  const module = await loadModule();
  clearTimeout(idle);
  const thread = worker ?? startDecoder(module);
  lastJob += 1;
  const job = lastJob;
  return new Promise<DecodedAudio>((resolve, reject) => {
    jobs.set(job, { resolve, reject });
    const { buffer } = bytes;
    thread.postMessage({ job, bytes, sampleRate }, buffer instanceof ArrayBuffer ? [buffer] : []);
  });
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

function take({ job, audio, failure }: DecodeAnswer): void {
  const waiting = jobs.get(job);
  jobs.delete(job);
  if (audio !== undefined) waiting?.resolve(audio);
  else
    waiting?.reject(
      new AudioError(failure?.code ?? 'ERR_INTERNAL', failure?.message ?? 'The decoder gave no answer', {
        result: failure?.result,
      }),
    );
  if (jobs.size === 0) idle = setTimeout(endWorker, idleMilliseconds);
}

function endWorker(): void {
  worker?.terminate();
  worker = null;
}

function failAll(thread: WebWorker, cause: unknown): void {
  if (worker !== thread) return;
  endWorker();
  const failed = [...jobs.values()];
  jobs.clear();
  for (const job of failed)
    job.reject(
      new AudioError(
        'ERR_INTERNAL',
        `The decoder ended before its work was done${cause === undefined ? '' : `: ${cause}`}`,
        { cause },
      ),
    );
}
