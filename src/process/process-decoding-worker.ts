import { type MessagePort, parentPort } from 'node:worker_threads';
import { AudioError } from '../base/errors.js';
import { MemoryBytes } from '../wasm/byte-source.js';
import { decodeOgg } from '../wasm/ogg-decoder.js';
import { OggFile, oggCodecOf } from '../wasm/ogg-file.js';
import type { DecodedAudio } from '../wire/core.js';
import { installedOggPackages } from './installed-ogg-packages.js';
import type { DecodeAnswer, DecodeRequest } from './process-decoding-thread.js';
import { decodeWasmSync } from './wasm-module.js';

// The thread behind process-decoding-thread.ts: decodes what it is sent.
parentPort?.on('message', async ({ job, bytes, reply }: DecodeRequest) => {
  const done = await answer(job, bytes);
  if (reply === undefined) parentPort?.postMessage(done);
  else {
    (reply.port as MessagePort).postMessage(done);
    const signal = new Int32Array(reply.signal);
    Atomics.store(signal, 0, 1);
    Atomics.notify(signal, 0);
  }
});

async function answer(job: number, bytes: Uint8Array): Promise<DecodeAnswer> {
  try {
    return { job, audio: await decode(bytes) };
  } catch (error) {
    if (error instanceof AudioError)
      return { job, failure: { code: error.code, message: error.message, result: error.result } };
    return { job, failure: { code: 'ERR_INTERNAL', message: String(error), result: undefined } };
  }
}

async function decode(bytes: Uint8Array): Promise<DecodedAudio> {
  const source = new MemoryBytes(bytes);
  const codec = oggCodecOf(source);
  return codec === 'vorbis' || codec === 'opus'
    ? decodeOgg(new OggFile(source), installedOggPackages)
    : decodeWasmSync(bytes);
}
