import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { AudioError } from '../base/errors.js';
import { type ByteSource, MemoryBytes } from '../wasm/byte-source.js';
import { fileError } from './files.js';

/** A file, held open. */
class FileBytes implements ByteSource {
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
    if (nlink === 0)
      throw new AudioError('ERR_FILE_NOT_FOUND', `The file ${this.#path} was deleted while it was played`);
    if (size < this.size)
      throw new AudioError('ERR_FILE_READ', `The file ${this.#path} was cut off while it was played`);
  }

  /** Idempotent: the descriptor of a closed file may belong to another file already. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.#descriptor);
  }
}

/** The bytes of a path, or of memory that nobody writes to any more. Throws ERR_FILE_NOT_FOUND, ERR_FILE_READ. */
export function bytesOfSource(source: string | URL | Uint8Array): ByteSource {
  return source instanceof Uint8Array ? new MemoryBytes(source) : new FileBytes(source);
}
