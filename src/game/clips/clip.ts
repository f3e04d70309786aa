import { disposedError } from '../../base/disposal.js';
import { AudioError } from '../../base/errors.js';
import type { Container, SampleArray } from '../../base/types.js';
import { expectInteger, expectNumber, expectOptions, wrongKind } from '../../base/validate.js';
import { AudioBuffer, type DecodedBuffer, decodeAtOnce, decodeLater } from '../../engine/audio-buffer.js';
import { bytesOf, expectLoadOptions, expectPath, type LoadOptions, loadBytes } from '../../engine/loading.js';
import { secondsMaximum } from '../../engine/ramp-options.js';
import { platform, type SoundInfo } from '../../engine/session/platform.js';
import { copyFrames } from './copy-frames.js';

/** How `AudioClip.tone` sounds. */
export interface ToneOptions {
  /** Length in seconds, 0..3600, default 1. */
  seconds?: number;
  /** Largest magnitude, linear, 0..16, default 0.3. */
  amplitude?: number;
  /** Hz, an integer, 1000..768000, default 44100. */
  sampleRate?: number;
  /** Length of the fade at either end in seconds, 0..3600, default 0.02; at most half the tone. */
  fadeSeconds?: number;
}

const anAddress = /^(?!file:)[a-z][a-z0-9+.-]+:/i;

/**
 * A piece of sound to be played: a file, an address, the bytes of a file, or samples. It is read and decoded once, when
 * it is first needed.
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
   * A clip of a path, an address (http, https, data, blob), the bytes of a file (copied; what is in them is found out
   * from them), or a buffer, which stays its owner's. Nothing is read yet. Throws a TypeError for anything else.
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
    else throw wrongKind('a path, an address, the bytes of a file or an AudioBuffer', 'source', source);
  }

  /** A clip of a file. Nothing is read yet. */
  static fromPath(path: string | URL): AudioClip {
    return new AudioClip(expectPath(path, 'path'));
  }

  /** A clip of an address. Nothing is read yet: `load()` fetches it. */
  static fromUrl(url: string | URL): AudioClip {
    return new AudioClip(expectPath(url, 'url'));
  }

  /** A clip of the bytes of a file, which are copied. */
  static fromBytes(bytes: ArrayBuffer | ArrayBufferView): AudioClip {
    if (bytesOf(bytes) === undefined) throw wrongKind('an ArrayBuffer or a view of one', 'bytes', bytes);
    return new AudioClip(bytes);
  }

  /**
   * A clip of interleaved samples; `sampleRate` in Hz, 1000..768000, `channels` 1..8. Throws as the constructor of
   * AudioBuffer does.
   */
  static fromPcm(samples: SampleArray, options: { sampleRate: number; channels: number }): AudioClip {
    return new AudioClip(new AudioBuffer(samples, options));
  }

  /** A sine in one channel, `hz` 0..384000, faded in and out. */
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

  /** A clip without a frame of sound: it is over as soon as it is played. */
  static empty(): AudioClip {
    return AudioClip.fromPcm(new Float32Array(0), { sampleRate: 44100, channels: 1 });
  }

  /** `new AudioClip(source).load(options)`. */
  static load(source: string | URL | ArrayBuffer | ArrayBufferView, options?: LoadOptions): Promise<AudioClip> {
    return new AudioClip(source).load(options);
  }

  /** The path or address it was made of; null for bytes and samples. */
  get source(): string | URL | null {
    return this.#source;
  }

  /**
   * True for an address (http, https, data, blob; in a page also one that is relative to it), which `load()` has to
   * fetch.
   */
  get remote(): boolean {
    return this.#source !== null && (isPage() || anAddress.test(String(this.#source)));
  }

  /** True when it is decoded, so that playing it costs no time. */
  get loaded(): boolean {
    return this.#buffer !== null;
  }

  /**
   * Reads and decodes off the calling thread. Resolves with the clip; once loaded, at once. Rejects ERR_FILE_NOT_FOUND,
   * ERR_FILE_READ, ERR_NETWORK, ERR_DECODE, ERR_DISPOSED, or with the signal's reason.
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
   * The samples. What is not loaded yet is read and decoded at once; throws ERR_FILE_NOT_FOUND, ERR_FILE_READ,
   * ERR_DECODE, and ERR_NOT_READY for an address, and in a page for any clip, that was not loaded.
   */
  get buffer(): AudioBuffer {
    this.#expectOpen();
    if (mustBeLoaded(this)) throw this.#notLoaded();
    if (this.#buffer === null) this.#keep(decodeAtOnce(this.#bytes ?? platform().readFileSync(this.#source!)));
    return this.#buffer!;
  }

  /**
   * A clip of a part of this one, as of a sheet of short sounds: from `fromSeconds`, 0..duration, for `seconds`,
   * 0..20000, default and at most to the end. The samples are copied. Throws as `buffer` does, and a RangeError.
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
   * What kind of file it is, by its bytes; 'pcm' for samples. Of a clip that is not loaded only what tells it is read.
   * Throws ERR_FILE_NOT_FOUND, ERR_FILE_READ, ERR_DECODE for what is none, and ERR_NOT_READY for an address that was
   * not loaded, and in a page for any clip while the engine's module is still being fetched.
   */
  get container(): Container | 'pcm' {
    if (this.#isOfSamples) return 'pcm';
    return this.#decodedFrom ?? this.#header().container;
  }

  /** Hz, from the header. Throws as `container` does. */
  get sampleRate(): number {
    return this.#buffer?.sampleRate ?? this.#header().sampleRate;
  }

  /** Number of channels, from the header. Throws as `container` does. */
  get channels(): number {
    return this.#buffer?.channels ?? this.#header().channels;
  }

  /**
   * Length in seconds, exactly as it will be decoded. Before that it comes from the header, or where that does not
   * tell, from the end of the file or from the headers of an mp3's frames. Throws as `container` does.
   */
  get duration(): number {
    this.#expectOpen();
    if (this.#buffer !== null) return this.#buffer.durationSeconds;
    const { frames, sampleRate } = this.#header();
    return frames / sampleRate;
  }

  /**
   * Gives the samples back; sounds that play them finish first. A buffer that the clip was made of stays. Idempotent.
   */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    if (!this.#isOfSamples) this.#buffer?.dispose();
    this.#bytes = null;
  }

  /** The same as `dispose()`. */
  shutdown(): void {
    this.dispose();
  }

  /** The same as `dispose()`, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** True after `dispose()`. */
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
    return new AudioError('ERR_NOT_READY', `${this.#name()} was not loaded: await its load() first`);
  }

  #name(): string {
    return this.#source === null ? 'The clip' : String(this.#source).slice(0, 100);
  }
}

/** A page never reads or decodes on the spot: that would block it. */
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
