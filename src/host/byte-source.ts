import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { AudioError } from '../base/errors.js';
import { fileError } from './files-node.js';

/** The bytes of a file that is decoded piece by piece. */
export interface ByteSource {
  readonly size: number;
  /** Fills `target` with what lies from `offset` on, as far as there is something; returns how many bytes. Throws ERR_FILE_READ. */
  read(offset: number, target: Uint8Array): number;
  /** Throws ERR_FILE_NOT_FOUND or ERR_FILE_READ when the file is not any more what it was when it was opened. */
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

/** A file, held open. */
export class FileBytes implements ByteSource {
  readonly size: number;
  readonly #path: string;
  readonly #descriptor: number;
  #closed = false;

  /** Opens it. Throws ERR_FILE_NOT_FOUND, ERR_FILE_READ. */
  constructor(path: string | URL) {
    this.#path = String(path);
    try {
      this.#descriptor = openSync(path, 'r');
    } catch (cause) {
      throw fileError(path, cause);
    }
    const status = fstatSync(this.#descriptor);
    this.size = status.size;
    if (status.isFile()) return;
    this.close();
    throw new AudioError('ERR_FILE_READ', `${this.#path} is not a file`);
  }

  read(offset: number, target: Uint8Array): number {
    if (this.#closed) throw new AudioError('ERR_FILE_READ', `The file ${this.#path} was closed`);
    let done = 0;
    try {
      while (done < target.length) {
        const count = readSync(this.#descriptor, target, done, target.length - done, offset + done);
        if (count === 0) break;
        done += count;
      }
    } catch (cause) {
      throw fileError(this.#path, cause);
    }
    return done;
  }

  expectUnchanged(): void {
    const { nlink, size } = fstatSync(this.#descriptor);
    if (nlink === 0) throw new AudioError('ERR_FILE_NOT_FOUND', `The file ${this.#path} was deleted while it was played`);
    if (size < this.size) throw new AudioError('ERR_FILE_READ', `The file ${this.#path} was cut off while it was played`);
  }

  /** Idempotent: the number of a closed file may be another file's already. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.#descriptor);
  }
}

const windowBytes = 65536;

/** Looks at short stretches of a source, which it reads in larger pieces. */
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
