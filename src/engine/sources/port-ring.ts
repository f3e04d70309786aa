import type { PortFrames } from '../../wire/core.js';
import { type RingLocation, StreamRing } from './stream-ring.js';

// The writing side of a stream's ring on another thread: in memory that both see, or through a port to the thread that
// plays it, where no memory can be shared.

/** A ring as plain data for another thread; the port has to be transferred. */
export type LentRing =
  | { readonly kind: 'memory'; readonly location: RingLocation }
  | { readonly kind: 'port'; readonly port: object; readonly frameBytes: number; readonly sizeFrames: number };

/** The writing side, on the thread that it was lent to. */
export interface RingWriter {
  /** Frames that can be written. */
  readonly freeFrames: number;
  /** Copies as many whole frames as fit; returns how many. */
  put(bytes: Uint8Array): number;
  /** How much the previous writer has written, and how much of it is still buffered. */
  startAt(writtenFrames: number, filledFrames: number): void;
}

/** Largest piece of one message, so that no render quantum is late because of it. */
const pieceBytes = 64 * 1024;

/** Opens a ring that was lent. */
export function openLentRing(ring: LentRing): RingWriter {
  return ring.kind === 'port'
    ? new PortRing(ring.port as WebMessagePort, ring.frameBytes, ring.sizeFrames)
    : new StreamRing(ring.location);
}

class PortRing implements RingWriter {
  readonly #port: WebMessagePort;
  readonly #frameBytes: number;
  readonly #sizeFrames: number;
  #written = 0;
  #read = 0;

  constructor(port: WebMessagePort, frameBytes: number, sizeFrames: number) {
    this.#port = port;
    this.#frameBytes = frameBytes;
    this.#sizeFrames = sizeFrames;
    port.onmessage = ({ data }) => {
      this.#read = data as number;
    };
  }

  startAt(writtenFrames: number, filledFrames: number): void {
    this.#written = writtenFrames;
    // What came through the port may be newer.
    const read = (writtenFrames - filledFrames) >>> 0;
    if (((read - this.#read) | 0) > 0) this.#read = read;
  }

  get freeFrames(): number {
    return Math.max(0, this.#sizeFrames - ((this.#written - this.#read) >>> 0));
  }

  put(bytes: Uint8Array): number {
    const count = Math.min(Math.floor(bytes.length / this.#frameBytes), this.freeFrames);
    const piece = Math.floor(pieceBytes / this.#frameBytes);
    for (let done = 0; done < count; done += piece) {
      const frames = Math.min(piece, count - done);
      this.#written = (this.#written + frames) >>> 0;
      const copy = bytes.slice(done * this.#frameBytes, (done + frames) * this.#frameBytes).buffer;
      this.#port.postMessage({ written: this.#written, frames: copy } satisfies PortFrames, [copy]);
    }
    return count;
  }
}
