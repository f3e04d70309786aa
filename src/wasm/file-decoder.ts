import type { SoundShape } from '../wire/core.js';
import type { ByteSource } from './byte-source.js';
import { type OggPackages, openOggDecoder } from './ogg-decoder.js';
import { OggFile, oggCodecOf } from './ogg-file.js';
import { checkResult } from './result-error.js';
import { WasmInstance } from './wasm-instance.js';

/** A sound that is decoded piece by piece, from any position. */
export interface FileDecoder extends SoundShape {
  /**
   * Decodes `count` frames from `frame` on into the start of `target`, interleaved. Throws ERR_DECODE and what reading
   * the bytes throws. After a failure it can be asked again, as when bytes were missing.
   */
  read(frame: number, count: number, target: Float32Array): void | Promise<void>;
  /** Lets go of the decoder and of its bytes. */
  close(): void;
}

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

/** wav, flac and mp3, by the engine's own module. */
class ModuleDecoder implements FileDecoder {
  readonly channels: number;
  readonly sampleRate: number;
  readonly frames: number;
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
    const out = instance.allocate(32);
    try {
      new Float64Array(instance.buffer, out, 4).fill(0);
      module.call('decoder_open', this.#handle, bytes.size, out);
    } catch (error) {
      module.remove(this.#handle);
      // The decoder may have opened all the same, if it took the failure for the end of the file.
      const decoder = new Float64Array(instance.buffer, out, 1)[0]!;
      if (decoder !== 0) instance.call('decoder_close', decoder);
      instance.release(out);
      throw error;
    }
    const [decoder, channels, sampleRate, frames] = new Float64Array(instance.buffer, out, 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    instance.release(out);
    this.#decoder = decoder;
    this.channels = channels;
    this.sampleRate = sampleRate;
    this.frames = frames;
  }

  read(frame: number, count: number, target: Float32Array): void {
    const { instance } = this.#module;
    if (count > this.#outFrames) {
      if (this.#out !== 0) instance.release(this.#out);
      this.#out = instance.allocate(count * this.channels * 4);
      this.#outFrames = count;
    }
    this.#module.call('decoder_read', this.#decoder, frame, count, this.#out);
    target.set(new Float32Array(instance.buffer, this.#out, count * this.channels));
  }

  close(): void {
    const { instance } = this.#module;
    instance.call('decoder_close', this.#decoder);
    if (this.#out !== 0) instance.release(this.#out);
    this.#module.remove(this.#handle);
    this.#bytes.close();
  }
}

/** Opens files for one thread. */
export class FileDecoders {
  readonly #compiled: () => WebAssembly.Module;
  readonly #packages: OggPackages;
  #module: ReadingModule | null = null;

  /** `compiled` gives the engine's module, when a file needs it. */
  constructor(compiled: () => WebAssembly.Module, packages: OggPackages) {
    this.#compiled = compiled;
    this.#packages = packages;
  }

  /**
   * Opens a sound to be decoded piece by piece. The decoder owns the bytes from then on. Rejects ERR_DECODE,
   * ERR_UNAVAILABLE where the decoder of its format cannot be loaded, and what reading the bytes throws.
   */
  async open(bytes: ByteSource): Promise<FileDecoder> {
    const codec = oggCodecOf(bytes);
    const decoder =
      codec === 'vorbis' || codec === 'opus'
        ? await openOggDecoder(new OggFile(bytes), this.#packages)
        : this.#open(bytes);
    bytes.opened?.();
    return decoder;
  }

  /** What a file holds, without decoding it. Throws ERR_DECODE, ERR_FILE_READ. The bytes stay the caller's. */
  probe(bytes: ByteSource): SoundShape {
    const codec = oggCodecOf(bytes);
    if (codec === 'vorbis' || codec === 'opus') return new OggFile(bytes);
    const shared: ByteSource = {
      size: bytes.size,
      read: (offset, target) => bytes.read(offset, target),
      expectUnchanged() {},
      close() {},
    };
    const decoder = this.#open(shared);
    const { channels, sampleRate, frames } = decoder;
    decoder.close();
    return { channels, sampleRate, frames };
  }

  #open(bytes: ByteSource): FileDecoder {
    this.#module ??= new ReadingModule(this.#compiled());
    return new ModuleDecoder(this.#module, bytes);
  }
}
