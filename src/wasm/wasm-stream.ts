import { AudioError } from '../base/errors.js';
import { type PreparedStream, StreamKind, type StreamMemory, type StreamShape, streamBytes } from '../wire/core.js';

/** Memory outside an engine, for a stream whose engine is on another thread. Throws ERR_OUT_OF_MEMORY. */
export function ownStreamMemory(byteLength: number): ArrayBuffer {
  try {
    return new ArrayBuffer(byteLength);
  } catch (cause) {
    throw new AudioError('ERR_OUT_OF_MEMORY', `There is no memory for a stream of ${byteLength} bytes`, { cause });
  }
}

/** The memory of a stream whose engine is still loading. */
export class EarlyStream implements PreparedStream {
  early = true;
  onMove: (() => void) | null = null;
  readonly byteLength: number;
  #memory: ArrayBufferLike;
  #byteOffset = 0;

  /** For a ring that can be written to at once, or for pages, which come later. Throws ERR_OUT_OF_MEMORY. */
  constructor(shape: StreamShape) {
    this.byteLength = streamBytes(shape);
    this.#memory = ownStreamMemory(shape.kind === StreamKind.ring ? this.byteLength : 0);
  }

  get memory(): ArrayBufferLike {
    return this.#memory;
  }

  get byteOffset(): number {
    return this.#byteOffset;
  }

  /** Moves what was written to memory that the engine has made. */
  moveTo({ memory, byteOffset }: StreamMemory): void {
    new Uint8Array(memory, byteOffset, this.byteLength).set(new Uint8Array(this.#memory));
    this.#memory = memory;
    this.#byteOffset = byteOffset;
    this.early = false;
    this.onMove?.();
  }
}
