import { type PortFrames, StreamKind, type StreamMemory, type StreamShape, sampleBytes } from '../../wire/core.js';
import {
  STREAM_DROPPED,
  STREAM_ENDED,
  STREAM_HEADER_BYTES,
  STREAM_READ,
  STREAM_UNDERRUNS,
  STREAM_WRITTEN,
} from '../../wire/wire-layout.js';
import type { RingNews } from '../links/messages.js';
import { PageReceiver } from '../links/page-port.js';

interface Ring {
  readonly words: Uint32Array;
  readonly frames: Uint8Array;
  readonly frameBytes: number;
  /** As the page knows them. */
  written: number;
  read: number;
  underruns: number;
  /** The port of another writer, and how much that writer knows to be read. */
  port: WebMessagePort | null;
  told: number;
}

/**
 * The streams of an engine that the worklet has made: writes what others send to them, and reports what was read. All
 * of this runs on the audio thread, between two quanta or after one.
 */
export class WorkletStreams {
  readonly #rings = new Map<number, Ring>();
  readonly #pages = new Map<number, PageReceiver>();

  /** A stream in memory that the engine has made. Pages come through the port. */
  add(id: number, { kind, format, channels }: StreamShape, made: StreamMemory, port: WebMessagePort | null): void {
    if (kind === StreamKind.pages) {
      if (port !== null) this.#pages.set(id, new PageReceiver(port, made));
      return;
    }
    const { memory, byteOffset, byteLength } = made;
    this.#rings.set(id, {
      words: new Uint32Array(memory, byteOffset, STREAM_HEADER_BYTES / 4),
      frames: new Uint8Array(memory, byteOffset + STREAM_HEADER_BYTES, byteLength - STREAM_HEADER_BYTES),
      frameBytes: sampleBytes(format) * channels,
      written: 0,
      read: 0,
      underruns: 0,
      port: null,
      told: 0,
    });
  }

  /** Another thread writes to a ring, through a port. */
  lend(id: number, port: WebMessagePort): void {
    const ring = this.#rings.get(id);
    if (ring === undefined) return;
    ring.port = port;
    port.onmessage = ({ data }) => {
      const { written, frames } = data as PortFrames;
      this.takeRing({ id, written, frames, ended: false, dropped: ring.words[STREAM_DROPPED / 4]! });
    };
  }

  /** Lets go of a stream whose memory will be freed. */
  remove(id: number): void {
    this.#rings.get(id)?.port?.close();
    this.#rings.delete(id);
    this.#pages.get(id)?.close();
    this.#pages.delete(id);
  }

  /** Lets go of all streams. */
  close(): void {
    for (const id of [...this.#pages.keys(), ...this.#rings.keys()]) this.remove(id);
  }

  /** Writes what arrived for a ring. */
  takeRing({ id, written, ended, dropped, frames }: RingNews): void {
    const ring = this.#rings.get(id);
    // The engine may just have let go of it.
    if (ring === undefined) return;
    const samples = new Uint8Array(frames);
    const count = samples.length / ring.frameBytes;
    const position = (written - count) & (ring.frames.length / ring.frameBytes - 1);
    const straight = Math.min(samples.length, ring.frames.length - position * ring.frameBytes);
    ring.frames.set(samples.subarray(0, straight), position * ring.frameBytes);
    ring.frames.set(samples.subarray(straight), 0);
    ring.words[STREAM_DROPPED / 4] = dropped;
    ring.words[STREAM_WRITTEN / 4] = written;
    ring.words[STREAM_ENDED / 4] = ended ? 1 : 0;
  }

  /** The rings that changed since the last call, in the form of `Published`; null if none has. */
  readRings(): ArrayBuffer | null {
    const records: number[] = [];
    for (const [id, ring] of this.#rings) {
      const written = ring.words[STREAM_WRITTEN / 4]!;
      const read = ring.words[STREAM_READ / 4]!;
      const underruns = ring.words[STREAM_UNDERRUNS / 4]!;
      if (written === ring.written && read === ring.read && underruns === ring.underruns) continue;
      Object.assign(ring, { written, read, underruns });
      records.push(id, written, read, underruns);
    }
    return records.length === 0 ? null : Uint32Array.from(records).buffer;
  }

  /** Reports to those who fill pages what is needed, and to those who write to rings what was read. */
  tellFillers(): void {
    for (const pages of this.#pages.values()) pages.tell();
    for (const ring of this.#rings.values()) {
      const read = ring.words[STREAM_READ / 4]!;
      if (ring.port === null || ring.told === read) continue;
      ring.told = read;
      ring.port.postMessage(read);
    }
  }
}
