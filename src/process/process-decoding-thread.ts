import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { AudioError, type AudioErrorCode } from '../base/errors.js';
import type { DecodedAudio } from '../wire/core.js';

/** What the decoding thread is asked. */
export interface DecodeRequest {
  readonly job: number;
  readonly bytes: Uint8Array;
  /** Where the answer goes if the asking thread blocks until it is there: to the port, then 1 to the signal. */
  readonly reply?: { readonly port: MessagePort; readonly signal: SharedArrayBuffer };
}

/** What it answers: one of the two. */
export interface DecodeAnswer {
  readonly job: number;
  readonly audio?: DecodedAudio;
  readonly failure?: { readonly code: AudioErrorCode; readonly message: string; readonly result: number | undefined };
}

interface Job {
  resolve(audio: DecodedAudio): void;
  reject(error: unknown): void;
}

/** The compiled worker, from dist/process and, for programs that run the sources, from src/process. */
const workerPath = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? '../../dist/process/process-decoding-worker.js' : './process-decoding-worker.js',
    import.meta.url,
  ),
);

/** In milliseconds: after this the thread is taken for dead. */
const longestWait = 600_000;

let worker: Worker | null = null;
const jobs = new Map<number, Job>();
let lastJob = 0;

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
  lastJob += 1;
  const job = lastJob;
  return new Promise<DecodedAudio>((resolve, reject) => {
    jobs.set(job, { resolve, reject });
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
  if (jobs.size === 0) thread.unref();
  const { port1, port2 } = new MessageChannel();
  const signal = new SharedArrayBuffer(4);
  thread.postMessage({ job: 0, bytes, reply: { port: port2, signal } } satisfies DecodeRequest, [port2]);
  Atomics.wait(new Int32Array(signal), 0, 0, longestWait);
  const answer = receiveMessageOnPort(port1)?.message as DecodeAnswer | undefined;
  port1.close();
  if (answer?.audio !== undefined) return answer.audio;
  throw failureOf(answer);
}

function failureOf(answer: DecodeAnswer | undefined): AudioError {
  const failure = answer?.failure;
  return new AudioError(failure?.code ?? 'ERR_INTERNAL', failure?.message ?? 'The decoding thread gave no answer', {
    result: failure?.result,
  });
}

function startWorker(): Worker {
  // Flags of the program are not the worker's: --input-type, for one, would keep a file from being run.
  const thread = new Worker(workerPath, { execArgv: [] });
  thread.on('message', ({ job, audio, failure }: DecodeAnswer) => {
    const waiting = jobs.get(job);
    jobs.delete(job);
    if (jobs.size === 0) thread.unref();
    if (audio !== undefined) waiting?.resolve(audio);
    else waiting?.reject(failureOf({ job, ...(failure && { failure }) }));
  });
  thread.on('error', (error) => failAll(thread, error));
  thread.on('exit', () => failAll(thread, undefined));
  worker = thread;
  return thread;
}

function failAll(thread: Worker, cause: unknown): void {
  if (worker !== thread) return;
  worker = null;
  const failed = [...jobs.values()];
  jobs.clear();
  for (const job of failed)
    job.reject(new AudioError('ERR_INTERNAL', 'The decoding thread ended before its work was done', { cause }));
}
