import { resampled } from '../../wasm/resampling.js';
import { WasmCore } from '../../wasm/wasm-core.js';
import { WasmDecoder } from '../../wasm/wasm-decoder.js';
import { WasmInstance } from '../../wasm/wasm-instance.js';
import { answerJob, decodeWhole } from '../../wasm/whole-files.js';
import type { DecoderStart } from './start-worker.js';
import { oggPackagesAt, type WorkerScope } from './worker-scope.js';

/** What the decoding worker is asked. The bytes become its own. */
export interface DecodeRequest {
  readonly job: number;
  readonly bytes: Uint8Array;
  /** To be resampled to. */
  readonly sampleRate?: number | undefined;
}

/** Decodes what it is sent until the worker is ended. */
export function answerDecoding(scope: WorkerScope, { module, ogg }: DecoderStart): void {
  const decoder = new WasmDecoder(module);
  const packages = oggPackagesAt(ogg, scope);
  scope.onmessage = async ({ data }) => {
    const { job, bytes, sampleRate } = data as DecodeRequest;
    const answer = await answerJob(job, async () =>
      resampled(
        await decodeWhole(bytes, (whole) => decoder.decode(whole), packages),
        sampleRate,
        (options) => new WasmCore(new WasmInstance(module), options),
      ),
    );
    const memory = answer.audio?.samples.buffer;
    // Shared memory is seen by both; other memory is handed over.
    scope.postMessage(answer, memory instanceof ArrayBuffer ? [memory] : []);
  };
}
