import { parentPort } from 'node:worker_threads';
import { AudioError } from '../base/errors.js';
import type { DecodeAnswer, DecodeRequest } from './decode-thread.js';
import { decodeWasmSync } from './wasm-module.js';

// The thread behind decode-thread.ts: decodes what it is sent, in order.
parentPort?.on('message', ({ job, bytes }: DecodeRequest) => {
  parentPort?.postMessage(answer(job, bytes));
});

function answer(job: number, bytes: Uint8Array): DecodeAnswer {
  try {
    return { job, audio: decodeWasmSync(bytes) };
  } catch (error) {
    if (error instanceof AudioError) return { job, failure: { code: error.code, message: error.message, result: error.result } };
    return { job, failure: { code: 'ERR_INTERNAL', message: String(error), result: undefined } };
  }
}
