import type { SoundInfo } from '../wire/core.js';
import type { ByteSource } from './byte-source.js';
import type { FileDecoder } from './file-decoder.js';
import { checkResult } from './result-error.js';
import { pointerAndInfo, pointerAndInfoBytes } from './sound-info.js';
import { WasmInstance } from './wasm-instance.js';

/** The engine's module, reading files that it knows by numbers. */
class ReadingModule {
  readonly instance: WasmInstance;
  readonly #files = new Map<number, ByteSource>();
  #lastHandle = 0;
  /**
   * What reading a file threw while the module was decoding. It is thrown again when the module has returned; until
   * then nothing can be read.
   */
  #failure: unknown = null;

  constructor(module: WebAssembly.Module) {
    this.instance = new WasmInstance(module, undefined, (handle, offset, pointer, size) =>
      this.#read(handle, offset, pointer, size),
    );
  }

  add(bytes: ByteSource): number {
    this.#lastHandle += 1;
    this.#files.set(this.#lastHandle, bytes);
    return this.#lastHandle;
  }

  remove(handle: number): void {
    this.#files.delete(handle);
  }

  /** Calls a function that reads files. Throws what reading threw, or its result's error. */
  call(name: string, ...numbers: number[]): void {
    const result = this.instance.call(name, ...numbers);
    const failure = this.#failure;
    this.#failure = null;
    if (failure !== null) throw failure;
    checkResult(result);
  }

  #read(handle: number, offset: number, pointer: number, size: number): number {
    const source = this.#files.get(handle);
    if (source === undefined || this.#failure !== null) return 0;
    const piece = new Uint8Array(size);
    try {
      const count = source.read(offset, piece);
      new Uint8Array(this.instance.buffer, pointer, count).set(piece.subarray(0, count));
      return count;
    } catch (error) {
      this.#failure = error;
      return 0;
    }
  }
}

/** A file of wav, aiff, flac or mp3. */
class ModuleDecoder implements FileDecoder {
  readonly info: SoundInfo;
  readonly #module: ReadingModule;
  readonly #bytes: ByteSource;
  readonly #handle: number;
  #decoder = 0;
  #out = 0;
  #outFrames = 0;

  /** Takes the bytes over when it succeeds. Throws ERR_DECODE and what reading the bytes throws. */
  constructor(module: ReadingModule, bytes: ByteSource) {
    const { instance } = module;
    this.#module = module;
    this.#bytes = bytes;
    this.#handle = module.add(bytes);
    const out = instance.allocate(pointerAndInfoBytes);
    try {
      new Float64Array(instance.buffer, out, 1).fill(0);
      module.call('decoder_open', this.#handle, bytes.size, out);
    } catch (error) {
      module.remove(this.#handle);
      // The decoder may have opened all the same, if it took the failure for the end of the file.
      const decoder = new Float64Array(instance.buffer, out, 1)[0]!;
      if (decoder !== 0) instance.call('decoder_close', decoder);
      instance.release(out);
      throw error;
    }
    const { pointer, info } = pointerAndInfo(instance.buffer, out);
    instance.release(out);
    this.#decoder = pointer;
    this.info = info;
  }

  read(frame: number, count: number, target: Float32Array): void {
    const { instance } = this.#module;
    const { channels } = this.info;
    if (count > this.#outFrames) {
      if (this.#out !== 0) instance.release(this.#out);
      this.#out = instance.allocate(count * channels * 4);
      this.#outFrames = count;
    }
    this.#module.call('decoder_read', this.#decoder, frame, count, this.#out);
    target.set(new Float32Array(instance.buffer, this.#out, count * channels));
  }

  close(): void {
    const { instance } = this.#module;
    instance.call('decoder_close', this.#decoder);
    if (this.#out !== 0) instance.release(this.#out);
    this.#module.remove(this.#handle);
    this.#bytes.close();
  }
}

/** Opens what the engine's own module decodes: wav, aiff, flac and mp3. For one thread. */
export class ModuleDecoders {
  readonly #compiled: () => WebAssembly.Module;
  #module: ReadingModule | null = null;

  /** `compiled` gives the module, when the first file needs it. */
  constructor(compiled: () => WebAssembly.Module) {
    this.#compiled = compiled;
  }

  /** Opens a file; the decoder owns its bytes from then on. Throws ERR_DECODE and what reading the bytes throws. */
  open(bytes: ByteSource): FileDecoder {
    this.#module ??= new ReadingModule(this.#compiled());
    return new ModuleDecoder(this.#module, bytes);
  }

  /** What a file holds, without decoding it; the bytes stay the caller's. Throws the same. */
  inspect(bytes: ByteSource): SoundInfo {
    const decoder = this.open({
      size: bytes.size,
      read: (offset, target) => bytes.read(offset, target),
      expectUnchanged() {},
      close() {},
    });
    decoder.close();
    return decoder.info;
  }
}
