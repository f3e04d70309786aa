import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AudioError, type AudioErrorCode } from '../base/errors.js';
import type { DecodedAudio } from './core.js';
import { decodeWasmSync } from './wasm-module.js';

/** What the decoding thread is asked. */
export interface DecodeRequest {
  readonly job: number;
  readonly bytes: Uint8Array;
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

/** The compiled worker, from dist/host and, for programs that run the sources, from src/host. */
const workerPath = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../../dist/host/decode-worker.js' : './decode-worker.js', import.meta.url));

let worker: Worker | null = null;
const jobs = new Map<number, Job>();
let lastJob = 0;

/** Decodes with WebAssembly on a thread of its own. Rejects ERR_DECODE, ERR_TOO_LARGE, ERR_OUT_OF_MEMORY. */
export async function decodeWasm(bytes: Uint8Array): Promise<DecodedAudio> {
  // A bundle may have left the worker's file behind: then the calling thread has to do it.
  if (worker === null && !existsSync(workerPath)) return decodeWasmSync(bytes);
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

function startWorker(): Worker {
  // Flags of the program are not the worker's: --input-type, for one, would keep a file from being run.
  const thread = new Worker(workerPath, { execArgv: [] });
  thread.on('message', ({ job, audio, failure }: DecodeAnswer) => {
    const waiting = jobs.get(job);
    jobs.delete(job);
    if (jobs.size === 0) thread.unref();
    if (audio !== undefined) waiting?.resolve(audio);
    else
      waiting?.reject(new AudioError(failure?.code ?? 'ERR_INTERNAL', failure?.message ?? 'The decoding thread gave no answer', { result: failure?.result }));
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
  for (const job of failed) job.reject(new AudioError('ERR_INTERNAL', 'The decoding thread ended before its work was done', { cause }));
}
