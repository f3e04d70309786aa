import { disposedError } from '../base/disposal.js';
import { expectInteger, expectNumber, expectOneOf, expectOptions, wrongKind } from '../base/validate.js';
import { SampleFormat } from '../wire/core.js';
import type { Engine } from './engine.js';
import { expectSession } from './session/session.js';
import { type DataSource, makeDataSource, type Source } from './sources/source.js';
import { StreamData } from './sources/stream-data.js';

/**
 * Sample formats of streams: signed 16 bit, float32, unsigned 8 bit, signed 24 bit packed in three bytes, signed 32
 * bit; little-endian.
 */
export type StreamSampleFormat = 's16' | 'f32' | 'u8' | 's24' | 's32';

/** What a stream is made with. */
export interface StreamSourceOptions {
  /** Frames in each second of sound: Hz, an integer, 1000..768000. */
  sampleRate: number;
  /** Channels in each frame, 1..8. */
  channels: number;
  /** How much is buffered: seconds, 0..600, default 0.5. At least one frame. */
  bufferSeconds?: number;
  /** Sample format, default 's16'. */
  format?: StreamSampleFormat;
}

const formats = ['s16', 'f32', 'u8', 's24', 's32'] as const;
const bufferSecondsDefault = 0.5;
const bufferSecondsMaximum = 600;
/** The arrays whose elements are samples of a format; 24 bits have none. */
const arrays = { s16: Int16Array, f32: Float32Array, u8: Uint8Array, s24: null, s32: Int32Array } as const;

let dataOf: (source: StreamSource) => StreamData;

/**
 * Sound that the program makes while it is heard: a ring buffer with one writer (the program) and one reader (the sound
 * made by `Sound.fromStream`), resampled to the engine's rate. The audio thread never waits for it. Where it runs
 * empty, what was heard last dies away over the smoothing time, silence follows, and what comes next rises over the
 * smoothing time. A paused or stopped sound takes no frames: writes fill the ring and then take 0. Its engine owns it.
 */
export class StreamSource implements Disposable {
  readonly #data: StreamData;
  readonly #format: StreamSampleFormat;
  readonly #channels: number;
  #dataSource: DataSource | null = null;

  static {
    dataOf = (source) => source.#data;
  }

  /**
   * A stream of an engine. Throws ERR_DISPOSED, ERR_BUFFER_LIMIT beyond 65,535 buffers and streams, ERR_OUT_OF_MEMORY.
   */
  constructor(engine: Engine, options: StreamSourceOptions) {
    const session = expectSession(engine);
    if (options === undefined) throw wrongKind('an object', 'options', options);
    const { sampleRate, channels, bufferSeconds, format } = expectOptions(options, 'options');
    const rate = expectInteger(sampleRate, 'sampleRate', 1000, 768000);
    this.#channels = expectInteger(channels, 'channels', 1, 8);
    const seconds =
      bufferSeconds === undefined
        ? bufferSecondsDefault
        : expectNumber(bufferSeconds, 'bufferSeconds', 0, bufferSecondsMaximum);
    this.#format = format === undefined ? 's16' : expectOneOf(format, 'format', formats);
    this.#data = new StreamData(
      session,
      SampleFormat[this.#format],
      this.#channels,
      rate,
      Math.max(1, Math.floor(seconds * rate)),
    );
  }

  /**
   * Puts frames in, as many as fit, and returns how many; never blocks. A trailing partial frame is left out. Takes an
   * array of the format's kind, or bytes (Uint8Array, DataView, ArrayBuffer). NaN and infinity are played as 0. Throws
   * a TypeError for another kind of array, ERR_WRONG_STATE after `end()`.
   */
  write(chunk: ArrayBufferView | ArrayBuffer): number {
    return this.#live().put(this.#bytesOf(chunk));
  }

  /** Nothing follows: what is buffered plays out, then the sound is at its end. `reset()` takes it back. */
  end(): void {
    this.#live().end();
  }

  /** Drops what is buffered: what is heard dies away over the smoothing time. The stream takes frames again. */
  reset(): void {
    this.#live().reset();
  }

  /** Frames that `write` would take now. */
  get availableWriteFrames(): number {
    return this.#live().freeFrames;
  }

  /** Frames that are buffered and not played yet. */
  get availableReadFrames(): number {
    return this.#live().filledFrames;
  }

  /** Frames that fit: max(1, floor(bufferSeconds * sampleRate)). */
  get bufferSizeFrames(): number {
    return this.#live().sizeFrames;
  }

  /** Times it ran empty while it was played. */
  get underruns(): number {
    return this.#live().underruns;
  }

  /** Sample format: 's16', 'f32', 'u8', 's24' or 's32'. */
  get format(): StreamSampleFormat {
    return this.#live() && this.#format;
  }

  /** Frames in each second of sound, in Hz. */
  get sampleRate(): number {
    return this.#live().sampleRate;
  }

  /** Channels in each frame. */
  get channels(): number {
    return this.#live() && this.#channels;
  }

  /** What `Sound.fromDataSource` plays; always the same object. */
  get dataSource(): DataSource {
    const data = this.#live();
    this.#dataSource ??= makeDataSource(data);
    return this.#dataSource;
  }

  /**
   * Takes the platform's own streams, with backpressure: `await response.body.pipeTo(stream.writable())`. Chunks are
   * those of `write`; partial frames are carried from chunk to chunk. Closing it is `end()`, aborting it drops what is
   * buffered and ends.
   */
  writable(): WritableStream<ArrayBufferView> {
    const data = this.#live();
    let carried = new Uint8Array(0);
    return new WritableStream<ArrayBufferView>({
      write: async (chunk) => {
        let bytes = join(carried, this.#bytesOf(chunk));
        for (;;) {
          bytes = bytes.subarray(this.#live().put(bytes) * data.frameBytes);
          const frames = Math.floor(bytes.length / data.frameBytes);
          if (frames === 0) break;
          await data.room(Math.min(frames, Math.ceil(data.sizeFrames / 2)));
        }
        carried = bytes.slice();
      },
      close: () => this.end(),
      abort: () => {
        if (data.disposed) return;
        data.reset();
        data.end();
      },
    });
  }

  /**
   * Resolves when at least so many frames can be written: an integer, 1..bufferSizeFrames, default half the ring.
   * Rejects ERR_DISPOSED.
   */
  async drained(frames?: number): Promise<void> {
    const data = this.#live();
    await data.room(
      frames === undefined ? Math.ceil(data.sizeFrames / 2) : expectInteger(frames, 'frames', 1, data.sizeFrames),
    );
  }

  /** The same as `dispose()`. */
  shutdown(): void {
    this.dispose();
  }

  /** Takes no frames any more. A sound that plays it plays what is buffered and comes to its end. Idempotent. */
  dispose(): void {
    this.#data.dispose();
  }

  /** The same as `dispose()`, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** True after `dispose()`, of itself or of the engine. */
  get disposed(): boolean {
    return this.#data.disposed;
  }

  #live(): StreamData {
    if (this.#data.disposed) throw disposedError('StreamSource');
    return this.#data;
  }

  #bytesOf(chunk: unknown): Uint8Array {
    const array = arrays[this.#format];
    const words =
      array === null
        ? 'bytes (Uint8Array, DataView, ArrayBuffer)'
        : `${array.name.startsWith('I') ? 'an' : 'a'} ${array.name} or bytes (Uint8Array, DataView, ArrayBuffer)`;
    const isView =
      chunk instanceof Uint8Array || chunk instanceof DataView || (array !== null && chunk instanceof array);
    try {
      if (chunk instanceof Uint8Array) return chunk;
      if (isView) return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      if (
        chunk instanceof ArrayBuffer ||
        (typeof SharedArrayBuffer === 'function' && chunk instanceof SharedArrayBuffer)
      )
        return new Uint8Array(chunk);
    } catch {
      // Only memory that was given away refuses to be looked at.
      throw wrongKind(`${words} whose memory was not transferred away`, 'chunk', chunk);
    }
    throw wrongKind(words, 'chunk', chunk);
  }
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}

/**
 * The stream of a source that is in use. Throws a TypeError for anything else, ERR_DISPOSED for one that was disposed.
 */
export function expectStream(value: unknown, name: string): Source {
  if (!(value instanceof StreamSource)) throw wrongKind('an instance of StreamSource', name, value);
  const data = dataOf(value);
  if (data.disposed) throw disposedError('StreamSource');
  return data;
}

/** The ring of a stream. */
export function ringOf(source: StreamSource): StreamData {
  return dataOf(source);
}
