import type { DecodedAudio } from '../host/core.js';
import { WasmDecoder } from '../host/wasm-decoder.js';
import type { Failure } from './messages.js';
import { failureOf } from './worklet-engine.js';

/** What the decoding worker is asked: first with the module, then with bytes that are its own. */
export type DecodeRequest = { readonly module: WebAssembly.Module } | { readonly job: number; readonly bytes: Uint8Array };

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

/** Decodes what it is sent, in order, until the worker is ended. */
export function answerDecoding(): void {
  const scope = globalThis as unknown as WorkerScope;
  let decoder: WasmDecoder | null = null;
  scope.onmessage = ({ data }) => {
    const request = data as DecodeRequest;
    if ('module' in request) {
      decoder = new WasmDecoder(request.module);
      return;
    }
    const { job, bytes } = request;
    try {
      const audio = decoder!.decode(bytes);
      const { buffer } = audio.samples;
      // Shared memory is seen by both; other memory is handed over.
      scope.postMessage({ job, audio } satisfies DecodeAnswer, buffer instanceof ArrayBuffer ? [buffer] : []);
    } catch (error) {
      scope.postMessage({ job, failure: failureOf(error) } satisfies DecodeAnswer, []);
    }
  };
}
