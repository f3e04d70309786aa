import type { DecodedAudio } from '../host/core.js';
import { resampled } from '../host/resample.js';
import { WasmCore } from '../host/wasm.js';
import { WasmDecoder } from '../host/wasm-decoder.js';
import type { Failure } from './messages.js';
import { failureOf } from './worklet-engine.js';

/** What the decoding worker is asked: first with the module, then with bytes that are its own. */
export type DecodeRequest = { readonly module: WebAssembly.Module } | { readonly job: number; readonly bytes: Uint8Array; readonly sampleRate?: number };

/** What it answers: one of the two. */
export interface DecodeAnswer {
  readonly job: number;
  readonly audio?: DecodedAudio;
  readonly failure?: Failure;
}

interface WorkerScope {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: unknown, transfer: ArrayBufferLike[]): void;
}

/** Decodes what it is sent until the worker is ended. */
export function answerDecoding(): void {
  const scope = globalThis as unknown as WorkerScope;
  let module: WebAssembly.Module;
  let decoder: WasmDecoder;
  scope.onmessage = async ({ data }) => {
    const request = data as DecodeRequest;
    if ('module' in request) {
      module = request.module;
      decoder = new WasmDecoder(module);
      return;
    }
    const { job, bytes, sampleRate } = request;
    try {
      const audio = await resampled(decoder.decode(bytes), sampleRate, (options) => new WasmCore(module, options));
      const { buffer } = audio.samples;
      // Shared memory is seen by both; other memory is handed over.
      scope.postMessage({ job, audio } satisfies DecodeAnswer, buffer instanceof ArrayBuffer ? [buffer] : []);
    } catch (error) {
      scope.postMessage({ job, failure: failureOf(error) } satisfies DecodeAnswer, []);
    }
  };
}
