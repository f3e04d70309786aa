import { disposedError } from '../../base/disposal.js';
import { AudioError } from '../../base/errors.js';
import { type PreparedStream, type SampleFormat, StreamKind, sampleBytes } from '../../wire/core.js';
import { STREAM_HEADER_BYTES } from '../../wire/wire-layout.js';
import type { Owned, Session, SessionBuffer } from '../session/session.js';
import type { LentRing } from './port-ring.js';
import type { Source, SourceReader } from './source.js';
import { type RingLocation, StreamRing } from './stream-ring.js';

/**
 * Frames of a ring beyond twice what may be written: so neither an interpolator's looks back and ahead nor what follows
 * a reset fall on frames that are being read.
 */
const ringSlack = 1024;

/** In place of the memory of a disposed stream. */
const nowhere: PreparedStream = {
  memory: new ArrayBuffer(STREAM_HEADER_BYTES),
  byteOffset: 0,
  byteLength: STREAM_HEADER_BYTES,
};

/** A caller that waits for room. */
interface Waiting {
  readonly frames: number;
  resolve(): void;
  reject(error: AudioError): void;
}

/** A live stream as its engine knows it: a ring that TypeScript writes and the audio side reads. */
export class StreamData implements Source, Owned, SessionBuffer {
  readonly className = 'StreamSource';
  readonly frames = Number.NaN;
  readonly live = true;
  readonly sampleRate: number;
  /** Bytes of a frame. */
  readonly frameBytes: number;
  /** Frames that fit. */
  readonly sizeFrames: number;
  disposed = false;
  ended = false;

  readonly #session: Session;
  readonly #id: number;
  #made: PreparedStream;
  readonly #capacity: number;
  #ring: StreamRing;
  /** Called when another thread can write. */
  #whenMoved: () => void = () => {};
  #reader: SourceReader | null = null;
  #playing = false;
  #waiting: Waiting[] = [];
  #holding = false;

  /** A ring for at least `sizeFrames` frames. Throws ERR_BUFFER_LIMIT, ERR_OUT_OF_MEMORY. */
  constructor(session: Session, format: SampleFormat, channels: number, sampleRate: number, sizeFrames: number) {
    this.#session = session;
    this.sampleRate = sampleRate;
    this.sizeFrames = sizeFrames;
    this.frameBytes = sampleBytes(format) * channels;
    const capacity = 2 ** Math.ceil(Math.log2(2 * sizeFrames + ringSlack));
    const shape = { kind: StreamKind.ring, format, channels, sampleRate, capacity, frames: 0 };
    let made!: PreparedStream;
    this.#id = session.addSource(this, (core, id) => {
      made = core.prepareStream(id, shape);
    });
    this.#made = made;
    this.#capacity = capacity;
    this.#ring = new StreamRing(this.#location());
    made.onMove = () => {
      this.#ring = new StreamRing(this.#location());
      this.#whenMoved();
    };
    session.owned.add(this);
  }

  idFor(session: Session): number {
    if (session !== this.#session)
      throw new AudioError('ERR_WRONG_ENGINE', 'The StreamSource belongs to another engine');
    return this.#id;
  }

  attach(reader: SourceReader): void {
    if (this.#reader !== null) {
      throw new AudioError(
        'ERR_STREAM_TAKEN',
        'Another sound plays this StreamSource, whose frames can be heard but once: dispose that sound first',
      );
    }
    this.#reader = reader;
  }

  detach(reader: SourceReader): void {
    if (this.#reader !== reader) return;
    this.#reader = null;
    this.heard(false);
  }

  heard(playing: boolean): void {
    this.#playing = playing;
    this.#updateHold();
  }

  // the ring
  // ------------------------------------------------------------------------------------------------------------

  /** Frames that are buffered. */
  get filledFrames(): number {
    return this.#ring.filledFrames;
  }

  /** Frames that can be written. */
  get freeFrames(): number {
    return this.#ring.freeFrames;
  }

  /** Times it ran empty while it was played. */
  get underruns(): number {
    return this.#ring.underruns;
  }

  /** Frames written since the beginning, modulo 2^32. */
  get writtenFrames(): number {
    return this.#ring.writtenFrames;
  }

  /** Copies as many whole frames as fit; returns how many. Throws ERR_WRONG_STATE after the end. */
  put(bytes: Uint8Array): number {
    if (this.ended)
      throw new AudioError(
        'ERR_WRONG_STATE',
        'end() was called on this StreamSource: it takes frames again after reset()',
      );
    const count = this.#ring.put(bytes);
    if (count > 0) this.#made.changed?.();
    return count;
  }

  /**
   * Gives the writing side to another thread: `take` hears where it is, as soon as that is known, or null if no other
   * thread can write there. From when that thread writes on, nobody may do so here.
   */
  lend(take: (ring: LentRing | null) => void): void {
    const { memory, lend } = this.#made;
    if (this.disposed) return;
    if (lend !== undefined)
      take({ kind: 'port', port: lend(), frameBytes: this.frameBytes, sizeFrames: this.sizeFrames });
    else if (typeof SharedArrayBuffer === 'function' && memory instanceof SharedArrayBuffer)
      take({ kind: 'memory', location: this.#location() });
    else if (this.#made.early === true) this.#whenMoved = () => this.lend(take);
    else take(null);
  }

  /** Settles when all that was written here is where the engine reads it. */
  async settled(): Promise<void> {
    await this.#made.settled?.();
  }

  #location(): RingLocation {
    const { memory, byteOffset } = this.#made;
    return { memory, byteOffset, capacity: this.#capacity, frameBytes: this.frameBytes, sizeFrames: this.sizeFrames };
  }

  /** Nothing follows what is buffered. */
  end(): void {
    this.ended = true;
    this.#ring.end();
    this.#made.changed?.();
  }

  /** Drops what is buffered and takes frames again. */
  reset(): void {
    this.ended = false;
    this.#ring.reset();
    this.#made.changed?.();
    this.#lookForRoom();
  }

  /** Resolves when so many frames can be written; rejects ERR_DISPOSED. */
  room(frames: number): Promise<void> {
    if (this.freeFrames >= frames) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ frames, resolve, reject });
      this.#session.watches.add(this.#lookForRoom);
      this.#session.attention.poke();
      this.#updateHold();
    });
  }

  readonly #lookForRoom = (): void => {
    if (this.#waiting.length === 0) return;
    const free = this.freeFrames;
    const remaining = this.#waiting.filter((waiting) => waiting.frames > free);
    for (const waiting of this.#waiting) if (waiting.frames <= free) waiting.resolve();
    this.#waiting = remaining;
    if (remaining.length > 0) return;
    this.#session.watches.delete(this.#lookForRoom);
    this.#updateHold();
  };

  /** The process waits for room only while a sound plays the stream and so makes room. */
  #updateHold(): void {
    const wanted = this.#playing && this.#waiting.length > 0;
    if (wanted === this.#holding) return;
    this.#holding = wanted;
    if (wanted) this.#session.attention.hold();
    else this.#session.attention.release();
  }

  // the end
  // ---------------------------------------------------------------------------------------------------------------

  /** A sound that plays it comes to its end when it has played what is buffered. Idempotent. */
  dispose(): void {
    if (this.disposed) return;
    this.end();
    this.#session.destroyBuffer(this.#id);
    this.abandon();
  }

  abandon(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.#session.owned.delete(this);
    this.#session.watches.delete(this.#lookForRoom);
    const given = this.#waiting;
    this.#waiting = [];
    this.#updateHold();
    // A program that keeps the disposed stream must not keep the engine's memory.
    this.#made.onMove = null;
    this.#made = nowhere;
    this.#ring = new StreamRing({ ...nowhere, capacity: 0, frameBytes: this.frameBytes, sizeFrames: 0 });
    for (const waiting of given) waiting.reject(disposedError(this.className));
  }

  forget(): void {}
}
