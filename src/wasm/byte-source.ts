/** Thrown by a read of bytes that have not arrived yet. When they have, the caller starts over what it was doing. */
export class BytesMissing extends Error {
  readonly offset: number;
  readonly count: number;

  /** `count` bytes from `offset` on. */
  constructor(offset: number, count: number) {
    super(`${count} bytes at ${offset} are not there yet`);
    this.offset = offset;
    this.count = count;
  }
}

/** The bytes of a file that is decoded piece by piece. */
export interface ByteSource {
  readonly size: number;
  /**
   * Fills `target` from `offset` on, as far as the file goes; returns the number of bytes. Throws
   * ERR_FILE_READ, and BytesMissing where there is `fetch`.
   */
  read(offset: number, target: Uint8Array): number;
  /** Fetches what a read has missed. Rejects ERR_NETWORK, ERR_FILE_READ. */
  fetch?(missing: BytesMissing): Promise<void>;
  /** All that a decoder needs to know of the file as a whole was read: from now on it jumps between positions. */
  opened?(): void;
  /** Throws ERR_FILE_NOT_FOUND or ERR_FILE_READ if the file was changed after it was opened. */
  expectUnchanged(): void;
  /** Lets go of the file. */
  close(): void;
}

/** Bytes in memory. */
export class MemoryBytes implements ByteSource {
  readonly size: number;
  readonly #bytes: Uint8Array;

  /** Nobody writes to the bytes any more. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.size = bytes.length;
  }

  read(offset: number, target: Uint8Array): number {
    const piece = this.#bytes.subarray(offset, offset + target.length);
    target.set(piece);
    return piece.length;
  }

  expectUnchanged(): void {}

  close(): void {}
}

const windowBytes = 65536;

/** Reads a source in large pieces and gives out short stretches of it. */
export class ByteWindow {
  readonly source: ByteSource;
  #piece = new Uint8Array(0);
  #begin = 0;

  /** Nothing is read yet. */
  constructor(source: ByteSource) {
    this.source = source;
  }

  /** `count` bytes from `offset` on, to be used before the next call; null where there are not so many. */
  at(offset: number, count: number): Uint8Array | null {
    const from = offset - this.#begin;
    if (from >= 0 && from + count <= this.#piece.length) return this.#piece.subarray(from, from + count);
    if (offset + count > this.source.size) return null;
    const piece = new Uint8Array(Math.max(count, Math.min(windowBytes, this.source.size - offset)));
    this.#piece = piece.subarray(0, this.source.read(offset, piece));
    this.#begin = offset;
    return count <= this.#piece.length ? this.#piece.subarray(0, count) : null;
  }
}
