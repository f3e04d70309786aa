import {
  STREAM_DROPPED,
  STREAM_ENDED,
  STREAM_HEADER_BYTES,
  STREAM_READ,
  STREAM_UNDERRUNS,
  STREAM_WRITTEN,
} from '../../wire/wire-layout.js';

/** Where a ring lies in memory. */
export interface RingLocation {
  readonly memory: ArrayBufferLike;
  readonly byteOffset: number;
  /** Frames of the memory, a power of two. */
  readonly capacity: number;
  readonly frameBytes: number;
  /** Frames that may be buffered. */
  readonly sizeFrames: number;
}

/** The writing side of a stream's ring, on whichever thread has it; one thread at a time. */
export class StreamRing {
  readonly #location: RingLocation;
  readonly #words: Int32Array;
  readonly #frames: Uint8Array;

  /** The ring at a location. */
  constructor(location: RingLocation) {
    const { memory, byteOffset, capacity, frameBytes } = location;
    this.#location = location;
    this.#words = new Int32Array(memory, byteOffset, STREAM_HEADER_BYTES / 4);
    this.#frames = new Uint8Array(memory, byteOffset + STREAM_HEADER_BYTES, capacity * frameBytes);
  }

  /** Frames written since the beginning, modulo 2^32. */
  get writtenFrames(): number {
    return Atomics.load(this.#words, STREAM_WRITTEN / 4) >>> 0;
  }

  /** Frames that are buffered. */
  get filledFrames(): number {
    // After a reset the audio side may not have come to it yet: what was dropped counts as gone at once.
    const dropped = Atomics.load(this.#words, STREAM_DROPPED / 4);
    const read = Atomics.load(this.#words, STREAM_READ / 4);
    return (this.writtenFrames - (((dropped - read) | 0) > 0 ? dropped : read)) >>> 0;
  }

  /** Frames that can be written. */
  get freeFrames(): number {
    return Math.max(0, this.#location.sizeFrames - this.filledFrames);
  }

  /** Times it ran empty while it was played. */
  get underruns(): number {
    return Atomics.load(this.#words, STREAM_UNDERRUNS / 4) >>> 0;
  }

  /** Copies as many whole frames as fit; returns how many. */
  put(bytes: Uint8Array): number {
    const { capacity, frameBytes } = this.#location;
    const count = Math.min(Math.floor(bytes.length / frameBytes), this.freeFrames);
    if (count === 0) return 0;
    const written = this.writtenFrames;
    const first = written & (capacity - 1);
    const beforeEdge = Math.min(count, capacity - first);
    this.#frames.set(bytes.subarray(0, beforeEdge * frameBytes), first * frameBytes);
    if (beforeEdge < count) this.#frames.set(bytes.subarray(beforeEdge * frameBytes, count * frameBytes), 0);
    Atomics.store(this.#words, STREAM_WRITTEN / 4, (written + count) | 0);
    return count;
  }

  /** The counters are in the memory. */
  startAt(): void {}

  /** Nothing follows what is buffered. */
  end(): void {
    Atomics.store(this.#words, STREAM_ENDED / 4, 1);
  }

  /** Drops what is buffered and takes frames again. */
  reset(): void {
    Atomics.store(this.#words, STREAM_ENDED / 4, 0);
    Atomics.store(this.#words, STREAM_DROPPED / 4, this.writtenFrames | 0);
  }
}
