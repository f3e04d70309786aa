import { MemoryBytes } from '../../wasm/byte-source.js';
import { decodeOgg } from '../../wasm/ogg-decoder.js';
import { OggFile, oggCodecOf } from '../../wasm/ogg-file.js';
import { resampled } from '../../wasm/resampling.js';
import { WasmCore } from '../../wasm/wasm-core.js';
import { WasmDecoder } from '../../wasm/wasm-decoder.js';
import { WasmInstance } from '../../wasm/wasm-instance.js';
import type { DecodedAudio } from '../../wire/core.js';
import type { Failure } from '../links/messages.js';
import { failureOf } from '../worklet/worklet-engine.js';
import type { DecoderStart } from './start-worker.js';
import { oggPackagesAt, type WorkerScope } from './worker-scope.js';

/** What the decoding worker is asked. The bytes become its own. */
export interface DecodeRequest {
  readonly job: number;
  readonly bytes: Uint8Array;
  /** To be resampled to. */
  readonly sampleRate?: number;
}

/** What it answers: one of the two. */
export interface DecodeAnswer {
  readonly job: number;
  readonly audio?: DecodedAudio;
  readonly failure?: Failure;
}

/** Decodes what it is sent until the worker is ended. */
export function answerDecoding(scope: WorkerScope, { module, ogg }: DecoderStart): void {
  const decoder = new WasmDecoder(module);
  const packages = oggPackagesAt(ogg, scope);
  const decode = (bytes: Uint8Array): DecodedAudio | Promise<DecodedAudio> => {
    const source = new MemoryBytes(bytes);
    const codec = oggCodecOf(source);
    return codec === 'vorbis' || codec === 'opus' ? decodeOgg(new OggFile(source), packages) : decoder.decode(bytes);
  };
  scope.onmessage = async ({ data }) => {
    const { job, bytes, sampleRate } = data as DecodeRequest;
    try {
      const audio = await resampled(
        await decode(bytes),
        sampleRate,
        (options) => new WasmCore(new WasmInstance(module), options),
      );
      const { buffer } = audio.samples;
      // Shared memory is seen by both; other memory is handed over.
      scope.postMessage({ job, audio } satisfies DecodeAnswer, buffer instanceof ArrayBuffer ? [buffer] : []);
    } catch (error) {
      scope.postMessage({ job, failure: failureOf(error) } satisfies DecodeAnswer);
    }
  };
}
