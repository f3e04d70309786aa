import { allocateShared } from '../base/memory.js';
import type { DecodedAudio } from '../wire/core.js';
import { checkResult } from './result-error.js';
import { pointerAndInfo, pointerAndInfoBytes } from './sound-info.js';
import { WasmInstance } from './wasm-instance.js';

/** A decoder whose memory has grown beyond this is dropped after use, with its memory. */
const keptBytes = 64 * 1024 * 1024;

/** Decodes wav, aiff, flac and mp3 on its own thread. */
export class WasmDecoder {
  readonly #module: WebAssembly.Module;
  #instance: WasmInstance | null = null;

  /** The module is instantiated when there is something to decode. */
  constructor(module: WebAssembly.Module) {
    this.#module = module;
  }

  /** Decodes a whole file. Throws ERR_DECODE, ERR_TOO_LARGE, ERR_OUT_OF_MEMORY. */
  decode(bytes: Uint8Array): DecodedAudio {
    const instance = this.#instance ?? new WasmInstance(this.#module);
    this.#instance = null;
    const input = instance.allocate(bytes.byteLength);
    const out = instance.allocate(pointerAndInfoBytes);
    new Uint8Array(instance.buffer, input, bytes.byteLength).set(bytes);
    const result = instance.call('decode', input, bytes.byteLength, out);
    const { pointer, info } = pointerAndInfo(instance.buffer, out);
    try {
      checkResult(result);
      const samples = new Float32Array(allocateShared(info.frames * info.channels * 4));
      samples.set(new Float32Array(instance.buffer, pointer, samples.length));
      return { ...info, samples };
    } finally {
      for (const used of [input, out, pointer]) instance.release(used);
      if (instance.byteLength <= keptBytes) this.#instance = instance;
    }
  }
}
