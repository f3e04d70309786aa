import type { SoundInfo } from '../wire/core.js';
import type { ByteSource } from './byte-source.js';
import { ModuleDecoders } from './module-decoders.js';
import { type OggPackages, openOggDecoder } from './ogg-decoder.js';
import { inspect, OggFile, oggCodecOf } from './ogg-file.js';

/** A sound that is decoded piece by piece, from any position. */
export interface FileDecoder {
  /** What the file holds. */
  readonly info: SoundInfo;
  /**
   * Decodes `count` frames from `frame` on into the start of `target`, interleaved. Throws ERR_DECODE and what reading
   * the bytes throws. After a failure it can be asked again, as when bytes were missing.
   */
  read(frame: number, count: number, target: Float32Array): void | Promise<void>;
  /** Lets go of the decoder and of its bytes. */
  close(): void;
}

/** Opens files of every kind, for one thread. */
export class FileDecoders {
  readonly #modules: ModuleDecoders;
  readonly #packages: OggPackages;

  /** `compiled` gives the engine's module, when a file needs it. */
  constructor(compiled: () => WebAssembly.Module, packages: OggPackages) {
    this.#modules = new ModuleDecoders(compiled);
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
        : this.#modules.open(bytes);
    bytes.opened?.();
    return decoder;
  }

  /** What a file holds, without decoding it; the bytes stay the caller's. Throws ERR_DECODE, ERR_FILE_READ. */
  inspect(bytes: ByteSource): SoundInfo {
    return inspect(bytes, (file) => this.#modules.inspect(file));
  }
}
