import { existsSync } from 'node:fs';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { AudioError } from '../base/errors.js';
import { audioOf, type DecodeAnswer, DecodeJobs } from '../wasm/decode-jobs.js';
import type { DecodedAudio } from '../wire/core.js';
import { compiledFile } from './compiled-file.js';

/** What the decoding thread is asked. */
export interface DecodeRequest {
  readonly job: number;
  readonly bytes: Uint8Array;
  /** Where the answer goes if the asking thread blocks until it is there: to the port, then 1 to the signal. */
  readonly reply?: { readonly port: MessagePort; readonly signal: SharedArrayBuffer };
}

const workerPath = compiledFile('process-decoding-worker.js');

/** In milliseconds: after this the thread is taken for dead. */
const longestWait = 600_000;

let worker: Worker | null = null;
const jobs = new DecodeJobs();

/** False where a bundle lacks the worker's file: then the calling thread has to decode. */
export function hasDecodeThread(): boolean {
  return worker !== null || existsSync(workerPath);
}

/**
 * Decodes on a thread of its own: wav, flac and mp3 with WebAssembly, ogg vorbis and opus with theirs. Rejects
 * ERR_DECODE, ERR_TOO_LARGE, ERR_OUT_OF_MEMORY.
 */
export function decodeInThread(bytes: Uint8Array): Promise<DecodedAudio> {
  const thread = worker ?? startWorker();
  return jobs.add((job) => {
    // Only while something is being decoded does the thread keep the process alive.
    thread.ref();
    thread.postMessage({ job, bytes } satisfies DecodeRequest);
  });
}

/**
 * Decodes on a thread of its own while the calling thread blocks, for what can only be decoded asynchronously.
 * Throws ERR_DECODE, ERR_OUT_OF_MEMORY.
 */
export function decodeInThreadSync(bytes: Uint8Array): DecodedAudio {
  const thread = worker ?? startWorker();
  if (jobs.count === 0) thread.unref();
  const { port1, port2 } = new MessageChannel();
  const signal = new SharedArrayBuffer(4);
  thread.postMessage({ job: 0, bytes, reply: { port: port2, signal } } satisfies DecodeRequest, [port2]);
  Atomics.wait(new Int32Array(signal), 0, 0, longestWait);
  const answer = receiveMessageOnPort(port1)?.message as DecodeAnswer | undefined;
  port1.close();
  return audioOf(answer);
}

function startWorker(): Worker {
  // Flags of the program are not the worker's: --input-type, for one, would keep a file from being run.
  const thread = new Worker(workerPath, { execArgv: [] });
  thread.on('message', (answer: DecodeAnswer) => {
    jobs.take(answer);
    if (jobs.count === 0) thread.unref();
  });
  thread.on('error', (error) => failAll(thread, error));
  thread.on('exit', () => failAll(thread, undefined));
  worker = thread;
  return thread;
}

function failAll(thread: Worker, cause: unknown): void {
  if (worker !== thread) return;
  worker = null;
  jobs.fail(new AudioError('ERR_INTERNAL', 'The decoding thread ended before its work was done', { cause }));
}
