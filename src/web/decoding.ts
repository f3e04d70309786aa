import { AudioError } from '../base/errors.js';
import type { DecodedAudio } from '../host/core.js';
import type { DecodeAnswer } from './decoding-worker.js';
import { assetAddresses, loadModule } from './module.js';
import { page } from './page.js';

interface Job {
  resolve(audio: DecodedAudio): void;
  reject(error: unknown): void;
}

/** A worker that had nothing to do for so long is ended, with its memory. */
const idleMilliseconds = 10_000;

let worker: WebWorker | null = null;
const jobs = new Map<number, Job>();
let lastJob = 0;
let idle: ReturnType<typeof setTimeout> | undefined;

/** Decodes wav, flac or mp3 in a worker, and resamples there where a rate is given. The bytes are taken over: they must be the caller's alone. Rejects ERR_DECODE, ERR_TOO_LARGE, ERR_OUT_OF_MEMORY, ERR_NETWORK. */
export async function decodeInWorker(bytes: Uint8Array, sampleRate?: number): Promise<DecodedAudio> {
  const module = await loadModule();
  clearTimeout(idle);
  const thread = worker ?? startWorker(module);
  lastJob += 1;
  const job = lastJob;
  return new Promise<DecodedAudio>((resolve, reject) => {
    jobs.set(job, { resolve, reject });
    const { buffer } = bytes;
    thread.postMessage({ job, bytes, sampleRate }, buffer instanceof ArrayBuffer ? [buffer] : []);
  });
}

function startWorker(module: WebAssembly.Module): WebWorker {
  if (page.Worker === undefined) throw new AudioError('ERR_UNSUPPORTED_HOST', 'This browser has no workers, and decoding on the page would stop it');
  let thread: WebWorker;
  try {
    thread = new page.Worker(assetAddresses().worklet, { type: 'module', name: 'miniaudio-engine decoder' });
  } catch (cause) {
    throw new AudioError('ERR_NETWORK', `${assetAddresses().worklet} could not be started as a worker: it has to come from the page's own origin`, { cause });
  }
  thread.onmessage = ({ data }) => take(data as DecodeAnswer);
  thread.onmessageerror = () => failAll(thread, undefined);
  thread.onerror = (event) => {
    event.preventDefault?.();
    failAll(thread, event.message);
  };
  thread.postMessage({ module });
  worker = thread;
  return thread;
}

function take({ job, audio, failure }: DecodeAnswer): void {
  const waiting = jobs.get(job);
  jobs.delete(job);
  if (audio !== undefined) waiting?.resolve(audio);
  else waiting?.reject(new AudioError(failure?.code ?? 'ERR_INTERNAL', failure?.message ?? 'The decoder gave no answer', { result: failure?.result }));
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
    job.reject(new AudioError('ERR_INTERNAL', `The decoder ended before its work was done${cause === undefined ? '' : `: ${cause}`}`, { cause }));
}
