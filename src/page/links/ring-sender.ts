import { type StreamShape, sampleBytes } from '../../wire/core.js';
import {
  STREAM_DROPPED,
  STREAM_ENDED,
  STREAM_HEADER_BYTES,
  STREAM_READ,
  STREAM_UNDERRUNS,
  STREAM_WRITTEN,
} from '../../wire/wire-layout.js';
import type { RingNews } from './messages.js';

/**
 * Bytes under way at once: what the worklet copies between two quanta without being late, and more than 20 MB in a
 * second.
 */
const bytesUnderWay = 384 * 1024;
/** Bytes of one ring in one piece, so that a long ring does not keep the others waiting. */
const pieceBytes = 64 * 1024;
/** More frames than any interpolator sees behind the read head. */
const framesSeenBehind = 320;

interface Ring {
  readonly words: Uint32Array;
  readonly frames: Uint8Array;
  readonly frameBytes: number;
  /** Positions up to which frames were sent, and have arrived in the worklet. */
  sent: number;
  arrived: number;
  /** Called when everything has arrived. */
  whenArrived: (() => void)[];
}

/** Carries what is written to rings to the worklet, in order and piece by piece, and brings back what was read. */
export class RingSender {
  readonly #rings = new Map<number, Ring>();
  /** Rings with something that was not sent yet. */
  readonly #changed = new Set<number>();
  #whenSent: (() => void)[] = [];

  /** Adds a ring whose memory the program writes to. */
  add(id: number, { format, channels }: StreamShape, memory: ArrayBuffer): void {
    this.#rings.set(id, {
      words: new Uint32Array(memory, 0, STREAM_HEADER_BYTES / 4),
      frames: new Uint8Array(memory, STREAM_HEADER_BYTES),
      frameBytes: sampleBytes(format) * channels,
      sent: 0,
      arrived: 0,
      whenArrived: [],
    });
  }

  /** Something was written to a ring. */
  changed(id: number): void {
    if (this.#rings.has(id)) this.#changed.add(id);
  }

  /** Removes a ring that the engine has let go of. */
  remove(id: number): void {
    for (const resolve of this.#rings.get(id)?.whenArrived ?? []) resolve();
    this.#rings.delete(id);
    this.#changed.delete(id);
    this.#settleSent();
  }

  /** Settles when everything written is on its way, ahead of any later message to the worklet. */
  sent(): Promise<void> {
    return new Promise((resolve) => {
      this.#whenSent.push(resolve);
      this.#settleSent();
    });
  }

  /** Settles when everything written to a ring is in the worklet's ring. */
  arrived(id: number): Promise<void> {
    return new Promise((resolve) => {
      const ring = this.#rings.get(id);
      if (ring === undefined || ring.arrived === ring.words[STREAM_WRITTEN / 4]) resolve();
      else ring.whenArrived.push(resolve);
    });
  }

  /** Stops sending. */
  close(): void {
    for (const id of [...this.#rings.keys()]) this.remove(id);
    this.#changed.clear();
    this.#settleSent();
  }

  /** What to send now. */
  take(): RingNews[] {
    const news: RingNews[] = [];
    let room = bytesUnderWay;
    for (const { sent, arrived, frameBytes } of this.#rings.values()) room -= ((sent - arrived) >>> 0) * frameBytes;
    // A ring that still has frames goes to the end of the set and gets another turn.
    for (const id of this.#changed) {
      const ring = this.#rings.get(id)!;
      const piece = takePiece(id, ring, Math.min(room, pieceBytes));
      if (piece === null) break;
      news.push(piece);
      room -= piece.frames.byteLength;
      this.#changed.delete(id);
      if (ring.sent !== ring.words[STREAM_WRITTEN / 4]) this.#changed.add(id);
    }
    this.#settleSent();
    return news;
  }

  /** Takes what the worklet reports about its rings. */
  took(told: ArrayBuffer): void {
    const records = new Uint32Array(told);
    for (let at = 0; at < records.length; at += 4) {
      const ring = this.#rings.get(records[at]!);
      if (ring === undefined) continue;
      ring.arrived = records[at + 1]!;
      ring.words[STREAM_READ / 4] = records[at + 2]!;
      ring.words[STREAM_UNDERRUNS / 4] = records[at + 3]!;
      // More than was written here: another thread writes.
      if (((ring.arrived - ring.words[STREAM_WRITTEN / 4]!) | 0) > 0) {
        ring.words[STREAM_WRITTEN / 4] = ring.arrived;
        ring.sent = ring.arrived;
      }
      if (ring.arrived !== ring.words[STREAM_WRITTEN / 4]) continue;
      for (const resolve of ring.whenArrived) resolve();
      ring.whenArrived = [];
    }
  }

  #settleSent(): void {
    if (this.#changed.size > 0) return;
    for (const resolve of this.#whenSent) resolve();
    this.#whenSent = [];
  }
}

/** The next frames of a ring, at most this many bytes; null if there is no room for any. */
function takePiece(id: number, ring: Ring, bytes: number): RingNews | null {
  const { words, frames, frameBytes } = ring;
  const written = words[STREAM_WRITTEN / 4]!;
  const dropped = words[STREAM_DROPPED / 4]!;
  // What was dropped before it was sent stays here, but for what an interpolator still sees.
  const useful = (dropped - framesSeenBehind) >>> 0;
  const first = ((useful - ring.sent) | 0) > 0 ? useful : ring.sent;
  const left = (written - first) >>> 0;
  const count = Math.min(left, Math.max(0, Math.floor(bytes / frameBytes)));
  if (count === 0 && left > 0) return null;
  ring.sent = (first + count) >>> 0;
  const samples = new Uint8Array(count * frameBytes);
  const capacity = frames.length / frameBytes;
  const position = first & (capacity - 1);
  const straight = Math.min(count, capacity - position);
  samples.set(frames.subarray(position * frameBytes, (position + straight) * frameBytes));
  samples.set(frames.subarray(0, (count - straight) * frameBytes), straight * frameBytes);
  return {
    id,
    written: ring.sent,
    ended: count === left && words[STREAM_ENDED / 4] === 1,
    dropped,
    frames: samples.buffer,
  };
}
