import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AudioError } from '../base/errors.js';
import { FileDecoders } from '../wasm/file-decoder.js';
import { WasmDecoder } from '../wasm/wasm-decoder.js';
import { expectWireVersion, WasmInstance } from '../wasm/wasm-instance.js';
import type { DecodedAudio } from '../wire/core.js';
import { installedOggPackages } from './installed-ogg-packages.js';

/** Where the build puts the module, from src/process and dist/process alike. */
export const wasmPath = fileURLToPath(new URL('../../dist/miniaudio_engine.wasm', import.meta.url));

let compiled: WebAssembly.Module | null = null;
/** The instance that told the module's version, until it is taken: making one takes a millisecond. */
let spare: WasmInstance | null = null;

/** The compiled module, one for the process. Throws an AudioError: ERR_FILE_NOT_FOUND, ERR_UNAVAILABLE or ERR_WIRE. */
export function wasmModule(): WebAssembly.Module {
  if (compiled !== null) return compiled;
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(wasmPath);
  } catch (error) {
    throw new AudioError('ERR_FILE_NOT_FOUND', 'The file is not there', { cause: error });
  }
  let fresh: WebAssembly.Module;
  try {
    fresh = new WebAssembly.Module(bytes);
  } catch (error) {
    throw new AudioError(
      'ERR_UNAVAILABLE',
      `The file is not a WebAssembly module that this runtime can compile: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
  spare = new WasmInstance(fresh);
  expectWireVersion(spare);
  compiled = fresh;
  return fresh;
}

/** An instance of the module that nobody has used. Throws as wasmModule does. */
export function wasmInstance(): WasmInstance {
  const module = wasmModule();
  const instance = spare ?? new WasmInstance(module);
  spare = null;
  return instance;
}

/** Decoders that work piece by piece, of the thread that imports this. */
export const fileDecoders = new FileDecoders(wasmModule, installedOggPackages);

let decoder: WasmDecoder | null = null;

/** Decodes at once, on this thread. Throws ERR_DECODE, ERR_TOO_LARGE, ERR_OUT_OF_MEMORY. */
export function decodeWasmSync(bytes: Uint8Array): DecodedAudio {
  decoder ??= new WasmDecoder(wasmModule());
  return decoder.decode(bytes);
}
