import { disposedError } from '../../base/disposal.js';
import { AudioError } from '../../base/errors.js';
import type { Container, SampleArray } from '../../base/types.js';
import { expectInteger, expectNumber, expectOptions, wrongKind } from '../../base/validate.js';
import { AudioBuffer, type DecodedBuffer, decodeAtOnce, decodeLater } from '../../engine/audio-buffer.js';
import { bytesOf, expectLoadOptions, expectPath, type LoadOptions, loadBytes } from '../../engine/loading.js';
import { secondsMaximum } from '../../engine/ramp-options.js';
import { platform, type SoundInfo } from '../../engine/session/platform.js';
import { copyFrames } from './copy-frames.js';

/** Options of {@link AudioClip.tone}. */
export interface ToneOptions {
  /**
   * Length in seconds, 0..3600.
   *
   * @defaultValue `1`
   */
  seconds?: number;
  /**
   * Peak level, linear, 0..16.
   *
   * @defaultValue `0.3`
   */
  amplitude?: number;
  /**
   * Sample rate in Hz, an integer, 1000..768000.
   *
   * @defaultValue `44100`
   */
  sampleRate?: number;
  /**
   * Length of the fade at each end in seconds, 0..3600. Each takes at most half of the tone.
   *
   * @defaultValue `0.02`
   */
  fadeSeconds?: number;
}

const anAddress = /^(?!file:)[a-z][a-z0-9+.-]+:/i;

/**
 * A sound to play: a file, a URL, the bytes of a file, or samples. It is read and decoded once, when it is first
 * needed.
 *
 * @example
 * ```ts
 * import { AudioClip, AudioPlayer, Engine, EngineBackend } from 'miniaudio-engine';
 *
 * const backend = new EngineBackend(new Engine({ device: false }));
 * const file = AudioClip.tone(440, { seconds: 0.5 }).buffer.toWav(); // stands for a file or URL
 * const clip = await AudioClip.load(file);
 * console.log(clip.container, clip.duration, clip.channels, clip.sampleRate);
 * new AudioPlayer(backend, { stream: clip }).play();
 * backend.engine.readPcmFrames(480);
 * backend.shutdown();
 * clip.dispose();
 * ```
 */
export class AudioClip implements Disposable {
  readonly #source: string | URL | null;
  #bytes: Uint8Array | null;
  #buffer: AudioBuffer | null = null;
  #loading: Promise<AudioBuffer> | null = null;
  /** What the file holds; null until its header was read. */
  #info: SoundInfo | null = null;
  /** The kind of the file that was decoded; null before, and for samples. */
  #decodedFrom: Container | null = null;
  #disposed = false;

  /**
   * Makes a clip. Nothing is read yet.
   *
   * @param source - A path; a URL (http, https, data, blob); the bytes of a file, which are copied; or a buffer, which
   *   the caller keeps and disposes.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` for anything else.
   */
  constructor(source: string | URL | ArrayBuffer | ArrayBufferView | AudioBuffer) {
    this.#source = null;
    this.#bytes = null;
    if (source instanceof AudioBuffer) {
      this.#buffer = source;
      return;
    }
    const bytes = bytesOf(source);
    if (bytes !== undefined) this.#bytes = bytes.slice();
    else if (typeof source === 'string' || source instanceof URL) this.#source = source;
    else throw wrongKind('a path, a URL, the bytes of a file or an AudioBuffer', 'source', source);
  }

  /**
   * Makes a clip of a file. Nothing is read yet.
   *
   * @param path - The path, or a file URL.
   * @returns The clip.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` for anything else.
   */
  static fromPath(path: string | URL): AudioClip {
    return new AudioClip(expectPath(path, 'path'));
  }

  /**
   * Makes a clip of a URL. Nothing is read yet: `AudioClip.load` fetches it.
   *
   * @param url - The URL.
   * @returns The clip.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` for anything else.
   */
  static fromUrl(url: string | URL): AudioClip {
    return new AudioClip(expectPath(url, 'url'));
  }

  /**
   * Makes a clip of the bytes of a file. Its format is found from the bytes.
   *
   * @param bytes - The whole file. The bytes are copied.
   * @returns The clip.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` for anything else.
   */
  static fromBytes(bytes: ArrayBuffer | ArrayBufferView): AudioClip {
    if (bytesOf(bytes) === undefined) throw wrongKind('an ArrayBuffer or a view of one', 'bytes', bytes);
    return new AudioClip(bytes);
  }

  /**
   * Makes a clip of samples.
   *
   * @param samples - Interleaved samples.
   * @param options - Sample rate in Hz, 1000..768000, and channels, 1..8.
   * @returns The clip.
   * @throws As the constructor of {@link AudioBuffer} does.
   * @example
   * ```ts
   * import { AudioClip } from 'miniaudio-engine';
   *
   * const noise = Float32Array.from({ length: 24000 }, () => Math.random() * 0.2 - 0.1);
   * const clip = AudioClip.fromPcm(noise, { sampleRate: 48000, channels: 1 });
   * console.log(clip.duration); // 0.5
   * ```
   */
  static fromPcm(samples: SampleArray, options: { sampleRate: number; channels: number }): AudioClip {
    return new AudioClip(new AudioBuffer(samples, options));
  }

  /**
   * Makes a clip of a sine tone in one channel, with a short fade at each end.
   *
   * @param hz - Frequency in Hz, 0..384000.
   * @param options - Length, level, sample rate and fades.
   * @returns The clip.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad argument.
   */
  static tone(hz: number, options?: ToneOptions): AudioClip {
    expectNumber(hz, 'hz', 0, 384000);
    const { seconds = 1, amplitude = 0.3, sampleRate = 44100, fadeSeconds = 0.02 } = expectOptions(options, 'options');
    expectNumber(seconds, 'seconds', 0, 3600);
    expectNumber(amplitude, 'amplitude', 0, 16);
    expectInteger(sampleRate, 'sampleRate', 1000, 768000);
    expectNumber(fadeSeconds, 'fadeSeconds', 0, 3600);
    const frames = Math.round(seconds * sampleRate);
    const fadeFrames = Math.min(fadeSeconds * sampleRate, frames / 2);
    const samples = new Float32Array(frames);
    for (let frame = 0; frame < frames; frame += 1) {
      const fade = fadeFrames === 0 ? 1 : Math.min(1, frame / fadeFrames, (frames - 1 - frame) / fadeFrames);
      samples[frame] = amplitude * fade * Math.sin((2 * Math.PI * hz * frame) / sampleRate);
    }
    return AudioClip.fromPcm(samples, { sampleRate, channels: 1 });
  }

  /**
   * Makes a clip without any sound. It ends as soon as it is played.
   *
   * @returns The clip.
   */
  static empty(): AudioClip {
    return AudioClip.fromPcm(new Float32Array(0), { sampleRate: 44100, channels: 1 });
  }

  /**
   * Makes a clip and loads it: `new AudioClip(source).load(options)`.
   *
   * @param source - A path, a URL, or the bytes of a file.
   * @param options - How to load, for example a signal that aborts.
   * @returns Resolves with the clip when it is decoded.
   * @throws As `AudioClip.load` and the constructor do.
   */
  static load(source: string | URL | ArrayBuffer | ArrayBufferView, options?: LoadOptions): Promise<AudioClip> {
    return new AudioClip(source).load(options);
  }

  /** The path or URL it was made of; null for bytes and samples. */
  get source(): string | URL | null {
    return this.#source;
  }

  /**
   * True for a URL that `AudioClip.load` has to fetch: http, https, data or blob, in a page also a relative one.
   */
  get remote(): boolean {
    return this.#source !== null && (isPage() || anAddress.test(String(this.#source)));
  }

  /** True when the clip is decoded, so that it plays without a delay. */
  get loaded(): boolean {
    return this.#buffer !== null;
  }

  /**
   * Reads and decodes the clip without blocking the calling thread. Does nothing if it is loaded already.
   *
   * @param options - How to load, for example a signal that aborts.
   * @returns Resolves with this clip when it is decoded.
   * @throws {@link AudioError} `ERR_FILE_NOT_FOUND` or `ERR_FILE_READ` for a file; `ERR_NETWORK` for a URL;
   *   `ERR_DECODE` when it is not audio in a known format; `ERR_DISPOSED` after `dispose`. Rejects with the reason of
   *   the signal when that aborts.
   */
  async load(options?: LoadOptions): Promise<AudioClip> {
    this.#expectOpen();
    const given = expectOptions(options, 'options') as LoadOptions;
    expectLoadOptions(given);
    if (this.#buffer !== null) return this;
    if (this.#loading === null) {
      this.#loading = this.#decodeLater(given);
      this.#loading.catch(() => {
        this.#loading = null;
      });
    }
    await this.#loading;
    return this;
  }

  /**
   * The samples. A clip that is not loaded is read and decoded first, which blocks.
   *
   * @throws {@link AudioError} `ERR_NOT_READY` for a URL that is not loaded, and in a page for every clip that is not;
   *   `ERR_FILE_NOT_FOUND` or `ERR_FILE_READ` for a file; `ERR_DECODE` when it is not audio in a known format;
   *   `ERR_DISPOSED` after `dispose`.
   */
  get buffer(): AudioBuffer {
    this.#expectOpen();
    if (mustBeLoaded(this)) throw this.#notLoaded();
    if (this.#buffer === null) this.#keep(decodeAtOnce(this.#bytes ?? platform().readFileSync(this.#source!)));
    return this.#buffer!;
  }

  /**
   * Copies a part of this clip into a new one, for example one sound of a file that holds many.
   *
   * @param fromSeconds - Where the part starts, 0 to the clip's duration.
   * @param seconds - Length of the part, 0..20000. It ends at the end of the clip at the latest.
   * @returns The new clip.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad argument; and as
   *   {@link AudioClip.buffer} does.
   * @example
   * ```ts
   * import { AudioClip } from 'miniaudio-engine';
   *
   * const sheet = AudioClip.tone(440, { seconds: 2 });
   * const door = sheet.slice(1.5, 0.3);
   * console.log(door.duration); // 0.3
   * ```
   */
  slice(fromSeconds: number, seconds: number = secondsMaximum): AudioClip {
    const { sampleRate, channels, lengthFrames, durationSeconds } = this.buffer;
    const from = Math.round(expectNumber(fromSeconds, 'fromSeconds', 0, durationSeconds) * sampleRate);
    const to = Math.min(
      lengthFrames,
      from + Math.round(expectNumber(seconds, 'seconds', 0, secondsMaximum) * sampleRate),
    );
    const samples = new Float32Array((to - from) * channels);
    copyFrames(this.buffer, from, to, samples, 0);
    return AudioClip.fromPcm(samples, { sampleRate, channels });
  }

  /**
   * The kind of file, found from its bytes; 'pcm' for samples. While the clip is not loaded, only what tells the kind
   * is read.
   *
   * @throws {@link AudioError} `ERR_DECODE` when it is not audio in a known format; `ERR_FILE_NOT_FOUND` or
   *   `ERR_FILE_READ` when the file cannot be read; `ERR_NOT_READY` for an address that was not loaded, and in a page
   *   while the engine's module is still being fetched.
   */
  get container(): Container | 'pcm' {
    if (this.#isOfSamples) return 'pcm';
    return this.#decodedFrom ?? this.#header().container;
  }

  /**
   * Sample rate in Hz, read from the header.
   *
   * @throws As {@link AudioClip.container} does.
   */
  get sampleRate(): number {
    return this.#buffer?.sampleRate ?? this.#header().sampleRate;
  }

  /**
   * Number of channels, read from the header.
   *
   * @throws As {@link AudioClip.container} does.
   */
  get channels(): number {
    return this.#buffer?.channels ?? this.#header().channels;
  }

  /**
   * Length in seconds, exactly as it will be decoded. It comes from the header or, where the header does not tell, from
   * the end of the file or from the headers of an mp3's frames.
   *
   * @throws As {@link AudioClip.container} does.
   */
  get duration(): number {
    this.#expectOpen();
    if (this.#buffer !== null) return this.#buffer.durationSeconds;
    const { frames, sampleRate } = this.#header();
    return frames / sampleRate;
  }

  /**
   * Frees the samples; sounds that play them finish first. A buffer that the clip was made of is kept. Calling it again
   * does nothing.
   */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    if (!this.#isOfSamples) this.#buffer?.dispose();
    this.#bytes = null;
  }

  /** The same as {@link AudioClip.dispose}. */
  shutdown(): void {
    this.dispose();
  }

  /** The same as {@link AudioClip.dispose}, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** True after `dispose`. */
  get disposed(): boolean {
    return this.#disposed;
  }

  #expectOpen(): void {
    if (this.#disposed) throw disposedError('AudioClip');
  }

  /** True if it was made of samples or of somebody's buffer. */
  get #isOfSamples(): boolean {
    return this.#source === null && this.#bytes === null && this.#decodedFrom === null;
  }

  #header(): SoundInfo {
    this.#expectOpen();
    if (this.#info === null) {
      if (this.#bytes === null && this.remote) throw this.#notLoaded();
      this.#info = platform().inspect(this.#bytes ?? this.#source!);
    }
    return this.#info;
  }

  async #decodeLater(options: LoadOptions): Promise<AudioBuffer> {
    this.#bytes ??= await loadBytes(this.#source!, options);
    // A copy: bytes are given away, and those of a clip of bytes are its only ones.
    const decoded = await decodeLater(this.#bytes.slice());
    const { buffer } = decoded;
    options.signal?.throwIfAborted();
    if (this.#disposed) {
      buffer.dispose();
      throw disposedError('AudioClip');
    }
    // Meanwhile somebody may have asked for `buffer`, which decodes at once.
    if (this.#buffer !== null) buffer.dispose();
    else this.#keep(decoded);
    return this.#buffer!;
  }

  #keep({ buffer, container }: DecodedBuffer): void {
    this.#buffer = buffer;
    this.#decodedFrom = container;
    if (this.#source !== null) this.#bytes = null;
  }

  #notLoaded(): AudioError {
    return new AudioError('ERR_NOT_READY', `${this.#name()} is not loaded yet: await its load() first`);
  }

  #name(): string {
    return this.#source === null ? 'The clip' : String(this.#source).slice(0, 100);
  }
}

/** A page never reads or decodes while the caller waits: that would block it. */
function isPage(): boolean {
  return platform().baseAddress !== null;
}

/** True if there are no samples before `load()`. */
export function mustBeLoaded(clip: AudioClip | AudioBuffer): boolean {
  return clip instanceof AudioClip && !clip.loaded && (clip.remote || isPage());
}

/**
 * The samples of a clip, or of a buffer that is played as it is. Throws as `AudioClip.buffer` does, and a TypeError for
 * anything else.
 */
export function expectPlayable(value: unknown, name: string): AudioBuffer {
  if (value instanceof AudioClip) return value.buffer;
  if (value instanceof AudioBuffer) return value;
  throw wrongKind('an AudioClip or an AudioBuffer', name, value);
}
