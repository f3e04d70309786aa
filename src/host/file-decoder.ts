import { AudioError } from '../base/errors.js';
import type { ByteSource } from './byte-source.js';
import type { SoundShape } from './core.js';
import { openOggDecoder } from './ogg-decoder.js';
import { OggFile, oggCodecOf } from './ogg-file.js';
import { checkResult } from './result-error.js';
import { WasmInstance } from './wasm-instance.js';
import { wasmModule } from './wasm-module.js';

/** A sound that is decoded piece by piece, from anywhere. */
export interface FileDecoder extends SoundShape {
  /** Decodes `count` frames from `frame` on into the start of `target`, interleaved. Throws ERR_DECODE, ERR_FILE_READ, ERR_FILE_NOT_FOUND. */
  read(frame: number, count: number, target: Float32Array): void | Promise<void>;
  /** Lets go of the decoder and of its bytes. */
  close(): void;
}

const fileHandles = new Map<number, ByteSource>();
let lastHandle = 0;
/** What reading a file threw while the module was decoding: it is thrown again when the module has returned. */
let readFailure: unknown = null;
let instance: WasmInstance | null = null;

function readFile(handle: number, offset: number, pointer: number, size: number): number {
  const source = fileHandles.get(handle);
  if (source === undefined || instance === null) return 0;
  const piece = new Uint8Array(size);
  try {
    const count = source.read(offset, piece);
    new Uint8Array(instance.buffer, pointer, count).set(piece.subarray(0, count));
    return count;
  } catch (error) {
    readFailure ??= error;
    return 0;
  }
}

function checkRead(result: number): void {
  const failure = readFailure;
  readFailure = null;
  if (failure !== null) throw failure;
  checkResult(result);
}

/** wav, flac and mp3, by the engine's own module. */
class ModuleDecoder implements FileDecoder {
  readonly channels: number;
  readonly sampleRate: number;
  readonly frames: number;
  readonly #bytes: ByteSource;
  readonly #handle: number;
  readonly #decoder: number;
  #out = 0;
  #outFrames = 0;

  /** Takes the bytes over when it succeeds. Throws ERR_DECODE, ERR_FILE_READ. */
  constructor(bytes: ByteSource) {
    instance ??= new WasmInstance(wasmModule(), undefined, readFile);
    lastHandle += 1;
    this.#handle = lastHandle;
    this.#bytes = bytes;
    fileHandles.set(this.#handle, bytes);
    const out = instance.allocate(32);
    try {
      checkRead(instance.call('decoder_open', this.#handle, bytes.size, out));
      const [decoder, channels, sampleRate, frames] = new Float64Array(instance.buffer, out, 4) as unknown as [number, number, number, number];
      this.#decoder = decoder;
      this.channels = channels;
      this.sampleRate = sampleRate;
      this.frames = frames;
    } catch (error) {
      fileHandles.delete(this.#handle);
      throw error;
    } finally {
      instance.release(out);
    }
  }

  read(frame: number, count: number, target: Float32Array): void {
    const module = instance as WasmInstance;
    if (count > this.#outFrames) {
      if (this.#out !== 0) module.release(this.#out);
      this.#out = module.allocate(count * this.channels * 4);
      this.#outFrames = count;
    }
    checkRead(module.call('decoder_read', this.#decoder, frame, count, this.#out));
    target.set(new Float32Array(module.buffer, this.#out, count * this.channels));
  }

  close(): void {
    const module = instance as WasmInstance;
    module.call('decoder_close', this.#decoder);
    if (this.#out !== 0) module.release(this.#out);
    fileHandles.delete(this.#handle);
    this.#bytes.close();
  }
}

/** Opens a sound to be decoded piece by piece. It owns the bytes from now on. Rejects ERR_DECODE, ERR_FILE_READ, ERR_UNAVAILABLE where the decoder of its format is not installed. */
export async function openFileDecoder(bytes: ByteSource): Promise<FileDecoder> {
  try {
    const codec = oggCodecOf(bytes);
    return codec === 'vorbis' || codec === 'opus' ? await openOggDecoder(new OggFile(bytes)) : new ModuleDecoder(bytes);
  } catch (error) {
    bytes.close();
    throw error;
  }
}

/** What a file holds, without decoding it. Throws ERR_DECODE, ERR_FILE_READ. The bytes stay the caller's. */
export function probeFile(bytes: ByteSource): SoundShape {
  const codec = oggCodecOf(bytes);
  if (codec === 'vorbis' || codec === 'opus') return new OggFile(bytes);
  const shared: ByteSource = { size: bytes.size, read: (offset, target) => bytes.read(offset, target), expectUnchanged() {}, close() {} };
  const decoder = new ModuleDecoder(shared);
  const { channels, sampleRate, frames } = decoder;
  decoder.close();
  return { channels, sampleRate, frames };
}

/** The error of bytes that no decoder knows. */
export function unknownFormat(): AudioError {
  return new AudioError('ERR_DECODE', 'The data is not sound in a known format, or is damaged');
}
