import { disposedError } from '../base/disposal.js';
import type { Container, SampleArray } from '../base/types.js';
import { expectBoolean, expectInteger, expectOneOf, expectOptions, outOfRange, wrongKind } from '../base/validate.js';
import type { DecodedAudio } from '../wire/core.js';
import { abortable, bytesOf, expectLoadOptions, expectPath, type LoadOptions, loadBytes } from './loading.js';
import { platform } from './session/platform.js';
import { copySamples, formatOf, isDetached, SampleData, sampleReader, takeSamples } from './sources/sample-data.js';
import { type DataSource, makeDataSource } from './sources/source.js';
import { encodeWav, type WavFormat, wavFormats } from './wav.js';

const channelsMaximum = 8;
const sourceRateMinimum = 1000;
const sourceRateMaximum = 768000;
const engineRateMinimum = 8000;
const engineRateMaximum = 192000;

let dataOf: (buffer: AudioBuffer) => SampleData;
const fromData = Symbol('fromData');

/** What describes bare samples. */
export interface AudioBufferOptions {
  /** Frames in each second of sound: Hz, an integer, 1000..768000. */
  sampleRate: number;
  /** Channels in each frame, 1..8. */
  channels: number;
  /**
   * True: the ArrayBuffer behind the samples is taken over without a copy; the caller's view is empty afterwards.
   * Default false.
   */
  transfer?: boolean;
}

/**
 * Samples in memory that any number of sounds of any number of engines play. An engine that has played them keeps them
 * until `dispose()`, or until the engine itself is disposed.
 */
export class AudioBuffer implements Disposable {
  readonly #data: SampleData;
  #dataSource: DataSource | null = null;

  static {
    dataOf = (buffer) => buffer.#data;
  }

  /**
   * A buffer of interleaved samples. A view of a SharedArrayBuffer is used in place on the native host (what is written
   * to it later is heard); with `transfer` an ArrayBuffer is taken over; otherwise the samples are copied once.
   * WebAssembly copies once for each engine. NaN and infinity are played as 0. Throws TypeError for another kind of
   * array, RangeError for a length that is no multiple of `channels`, ERR_OUT_OF_MEMORY.
   */
  constructor(samples: SampleArray, options: AudioBufferOptions) {
    const given = options as AudioBufferOptions & { [fromData]?: SampleData };
    if (typeof given === 'object' && given !== null && given[fromData] !== undefined) {
      this.#data = given[fromData];
      return;
    }
    const format = formatOf(samples);
    if (format === undefined)
      throw wrongKind('a Float32Array, Int16Array, Uint8Array or Int32Array', 'samples', samples);
    if (isDetached(samples)) throw wrongKind('an array whose memory was not transferred away', 'samples', samples);
    if (options === undefined) throw wrongKind('an object', 'options', options);
    const { sampleRate, channels, transfer } = expectOptions(options, 'options');
    const rate = expectInteger(sampleRate, 'sampleRate', sourceRateMinimum, sourceRateMaximum);
    const count = expectInteger(channels, 'channels', 1, channelsMaximum);
    const taken = transfer === undefined ? false : expectBoolean(transfer, 'transfer');
    if (samples.length % count !== 0)
      throw outOfRange(`a multiple of channels (${count})`, 'samples.length', samples.length);
    const shared = typeof SharedArrayBuffer === 'function' && samples.buffer instanceof SharedArrayBuffer;
    const memory = shared ? samples : taken ? takeSamples(samples) : copySamples(samples);
    this.#data = new SampleData(
      {
        samples: memory,
        format,
        channels: count,
        sampleRate: rate,
        frames: memory.length / count,
        trusted: !shared && !taken,
      },
      shared,
    );
  }

  /**
   * Decodes a whole file of wav, flac, mp3, ogg vorbis or opus in memory, off the calling thread. `sampleRate` (Hz, an
   * integer, 8000..192000) resamples; default: the file's own rate. Rejects ERR_DECODE.
   */
  static async decode(bytes: ArrayBuffer | ArrayBufferView, options?: { sampleRate?: number }): Promise<AudioBuffer> {
    const present = bytesOf(bytes);
    if (present === undefined) throw wrongKind('an ArrayBuffer or a view of one', 'bytes', bytes);
    const sampleRate = expectTargetRate(expectOptions(options, 'options').sampleRate);
    // A copy: the caller may write to its memory while the decoder reads.
    return (await decodeLater(present.slice(), sampleRate)).buffer;
  }

  /**
   * Loads and decodes a file or address (http, https, data, blob). Options: `sampleRate` as in `decode`, `onProgress`
   * (bytes done, bytes in total or 0), `signal`. Rejects ERR_FILE_NOT_FOUND, ERR_FILE_READ, ERR_NETWORK with the HTTP
   * status, ERR_DECODE, or with the signal's reason.
   */
  static async load(pathOrUrl: string | URL, options?: LoadOptions & { sampleRate?: number }): Promise<AudioBuffer> {
    expectPath(pathOrUrl, 'pathOrUrl');
    const given = expectOptions(options, 'options');
    expectLoadOptions(given);
    const sampleRate = expectTargetRate(given.sampleRate);
    const bytes = await loadBytes(pathOrUrl, given);
    return (await abortable(decodeLater(bytes, sampleRate), given.signal)).buffer;
  }

  /** Reads and decodes a file at once. Throws ERR_FILE_NOT_FOUND, ERR_FILE_READ, ERR_DECODE. */
  static fromFile(path: string | URL): AudioBuffer {
    return decodeAtOnce(platform().readFileSync(expectPath(path, 'path'))).buffer;
  }

  /** Frames in each second of sound, in Hz. */
  get sampleRate(): number {
    return this.#live().memory.sampleRate;
  }

  /** Number of channels, 1..8. */
  get channels(): number {
    return this.#live().memory.channels;
  }

  /** Length in frames. */
  get lengthFrames(): number {
    return this.#live().memory.frames;
  }

  /** Length in seconds. */
  get durationSeconds(): number {
    const { frames, sampleRate } = this.#live().memory;
    return frames / sampleRate;
  }

  /** True if the samples lie in a SharedArrayBuffer of the caller and are used in place. */
  get shared(): boolean {
    return this.#live().shared;
  }

  /** What `Sound.fromDataSource` plays; always the same object. */
  get dataSource(): DataSource {
    const data = this.#live();
    this.#dataSource ??= makeDataSource(data);
    return this.#dataSource;
  }

  /** A copy of one channel as it is played: floats, nominal range -1..1. `channel` is 0..channels - 1. */
  getChannelData(channel: number): Float32Array {
    const { memory } = this.#live();
    expectInteger(channel, 'channel', 0, memory.channels - 1);
    const read = sampleReader(memory);
    const data = new Float32Array(memory.frames);
    for (let frame = 0; frame < memory.frames; frame += 1) data[frame] = read(frame * memory.channels + channel);
    return data;
  }

  /**
   * A WAV file of the samples: 16 bits (default), 24 bits or floats; integers are rounded to the nearest and clamped.
   * Throws ERR_TOO_LARGE above 4 GiB.
   */
  toWav(format: WavFormat = 's16'): Uint8Array {
    const { memory } = this.#live();
    return encodeWav(memory, expectOneOf(format, 'format', wavFormats));
  }

  /** The same as `dispose()`. */
  shutdown(): void {
    this.dispose();
  }

  /** No new sound can be made from it. Sounds that play it finish first, then the memory goes. Idempotent. */
  dispose(): void {
    this.#data.dispose();
  }

  /** The same as `dispose()`, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** True after `dispose()`. */
  get disposed(): boolean {
    return this.#data.disposed;
  }

  #live(): SampleData {
    if (this.#data.disposed) throw disposedError('AudioBuffer');
    return this.#data;
  }
}

function wrap(data: SampleData): AudioBuffer {
  const { sampleRate, channels } = data.memory;
  return new AudioBuffer(new Float32Array(0), { sampleRate, channels, [fromData]: data } as AudioBufferOptions);
}

function expectTargetRate(sampleRate: number | undefined): number | undefined {
  return sampleRate === undefined
    ? undefined
    : expectInteger(sampleRate, 'sampleRate', engineRateMinimum, engineRateMaximum);
}

/** A file that was decoded: its samples, and what kind of file it was. */
export interface DecodedBuffer {
  readonly buffer: AudioBuffer;
  readonly container: Container;
}

/** Decodes the bytes of a whole file at once, on the calling thread. Throws ERR_DECODE, ERR_TOO_LARGE. */
export function decodeAtOnce(bytes: Uint8Array): DecodedBuffer {
  return wrapDecoded(platform().decodeBytesSync(bytes));
}

/** Decodes off the calling thread; nobody writes to the bytes until it settles. Rejects ERR_DECODE, ERR_TOO_LARGE. */
export async function decodeLater(bytes: Uint8Array, sampleRate?: number): Promise<DecodedBuffer> {
  return wrapDecoded(await platform().decodeBytes(bytes, sampleRate));
}

function wrapDecoded(decoded: DecodedAudio): DecodedBuffer {
  return { buffer: wrap(SampleData.fromDecoded(decoded)), container: decoded.container };
}

/**
 * The samples of a buffer that is in use. Throws a TypeError for anything else, ERR_DISPOSED for one that was disposed.
 */
export function expectSampleData(buffer: unknown, name: string): SampleData {
  if (!(buffer instanceof AudioBuffer)) throw wrongKind('an instance of AudioBuffer', name, buffer);
  const data = dataOf(buffer);
  if (data.disposed) throw disposedError('AudioBuffer');
  return data;
}
