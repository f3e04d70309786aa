import { type MessagePort, parentPort } from 'node:worker_threads';
import { answerJob, decodeWhole } from '../wasm/whole-files.js';
import { installedOggPackages } from './installed-ogg-packages.js';
import type { DecodeRequest } from './process-decoding-thread.js';
import { decodeWasmSync } from './wasm-module.js';

// The thread behind process-decoding-thread.ts: decodes what it is sent.
parentPort?.on('message', async ({ job, bytes, reply }: DecodeRequest) => {
  const done = await answerJob(job, () => decodeWhole(bytes, decodeWasmSync, installedOggPackages));
  if (reply === undefined) parentPort?.postMessage(done);
  else {
    (reply.port as MessagePort).postMessage(done);
    const signal = new Int32Array(reply.signal);
    Atomics.store(signal, 0, 1);
    Atomics.notify(signal, 0);
  }
});
