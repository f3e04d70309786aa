import { type ByteSource, BytesMissing } from '../../wasm/byte-source.js';

/** Supplies the bytes of a remote file or Blob. */
export interface ByteSupply {
  readonly size: number;
  /** The bytes from `begin` up to `end`. One read at a time. Rejects ERR_NETWORK, ERR_FILE_READ. */
  read(begin: number, end: number): Promise<Uint8Array>;
  /** Ends all requests. */
  close(): void;
}

const blockBytes = 65536;
/** Blocks that are kept (2 MB): what is played next, and what searches in the file return to. */
const keptBlocks = 32;
/**
 * Blocks that are fetched ahead of what is being decoded: 3 seconds of 16 bits in stereo at 44.1 kHz, half a minute of
 * most other files.
 */
const aheadBlocks = 8;
/** The most blocks in one request; and the same while a file is opened, which may need all of it. */
const requestBlocksMaximum = 4;
const openingBlocksMaximum = 64;

/** The bytes of a remote file or Blob. Blocks that will be read soon or were read lately are kept. */
export class FetchedBytes implements ByteSource {
  readonly size: number;
  readonly #supply: ByteSupply;
  readonly #onProgress: (done: number, total: number) => void;
  /** By number; the least recently read comes first. */
  readonly #blocks = new Map<number, Uint8Array>();
  #requests: Promise<void> = Promise.resolve();
  #ahead = false;
  #opening = true;
  /** A file that had to be read as a whole is kept as a whole: reaching a position may need all of it again. */
  #keepsAll = false;
  #closed = false;
  #fetched = 0;
  /** The block that was read last; where the last request ended, and how many blocks it asked for. */
  #lastRead = -1;
  #end = 0;
  #requestBlocks = 1;

  /** `onProgress` is called with the bytes fetched and the total while the file is opened. */
  constructor(supply: ByteSupply, onProgress: (done: number, total: number) => void) {
    this.size = supply.size;
    this.#supply = supply;
    this.#onProgress = onProgress;
  }

  /** Bytes that are in memory. */
  get held(): number {
    let held = 0;
    for (const block of this.#blocks.values()) held += block.length;
    return held;
  }

  read(offset: number, target: Uint8Array): number {
    const count = Math.min(target.length, this.size - offset);
    if (count <= 0) return 0;
    const first = Math.floor(offset / blockBytes);
    const last = Math.floor((offset + count - 1) / blockBytes);
    for (let index = first; index <= last; index += 1)
      if (!this.#blocks.has(index)) throw new BytesMissing(offset, count);
    for (let index = first; index <= last; index += 1) {
      const block = this.#blocks.get(index)!;
      this.#blocks.delete(index);
      this.#blocks.set(index, block);
      const begin = index * blockBytes;
      const from = Math.max(0, offset - begin);
      target.set(block.subarray(from, offset + count - begin), begin + from - offset);
    }
    const continues = first === this.#lastRead || first === this.#lastRead + 1;
    this.#lastRead = last;
    if (continues && !this.#opening) this.#lookAhead(last);
    return count;
  }

  fetch({ offset, count }: BytesMissing): Promise<void> {
    let first = Math.floor(offset / blockBytes);
    const end = Math.ceil((offset + count) / blockBytes);
    while (first < end && this.#blocks.has(first)) first += 1;
    this.#requestBlocks =
      first === this.#end
        ? Math.min(this.#requestBlocks * 2, this.#opening ? openingBlocksMaximum : requestBlocksMaximum)
        : 1;
    const to = Math.max(end, first + this.#requestBlocks);
    // A single broken connection, as when a phone changes its network, should not end a sound.
    return this.#bring(first, to).catch(() => this.#bring(first, to));
  }

  /**
   * The file is open. Until now all was kept: a file without a length has to be read as a whole, and opening it starts
   * over with each piece.
   */
  opened(): void {
    this.#opening = false;
    this.#keepsAll = this.#blocks.size === this.#blockCount;
    this.#forget();
  }

  get #blockCount(): number {
    return Math.ceil(this.size / blockBytes);
  }

  expectUnchanged(): void {}

  close(): void {
    this.#closed = true;
    this.#supply.close();
    this.#blocks.clear();
  }

  /** Fetches the blocks that follow, once half of those ahead are used up. */
  #lookAhead(last: number): void {
    let first = last + 1;
    while (first <= last + aheadBlocks / 2 && this.#blocks.has(first)) first += 1;
    if (this.#ahead || first >= this.#blockCount || first > last + aheadBlocks / 2) return;
    this.#ahead = true;
    const over = (): void => {
      this.#ahead = false;
    };
    // If it fails, the read that needs it fails too, and reports it.
    this.#bring(first, first + requestBlocksMaximum).then(over, over);
  }

  /** Fetches blocks, but for those at either end that are there already. */
  #bring(from: number, to: number): Promise<void> {
    const job = this.#requests.then(async () => {
      let first = from;
      let end = Math.min(to, this.#blockCount);
      while (first < end && this.#blocks.has(first)) first += 1;
      while (first < end && this.#blocks.has(end - 1)) end -= 1;
      if (first >= end || this.#closed) return;
      const bytes = await this.#supply.read(first * blockBytes, Math.min(this.size, end * blockBytes));
      if (this.#closed) return;
      for (let index = first; index < end; index += 1) {
        this.#blocks.delete(index);
        this.#blocks.set(index, bytes.slice((index - first) * blockBytes, (index - first + 1) * blockBytes));
      }
      this.#end = end;
      this.#fetched += bytes.length;
      if (this.#opening) this.#onProgress(Math.min(this.#fetched, this.size), this.size);
      else this.#forget();
    });
    this.#requests = job.catch(() => {});
    return job;
  }

  #forget(): void {
    for (const index of this.#blocks.keys()) {
      if (this.#keepsAll || this.#blocks.size <= keptBlocks) return;
      this.#blocks.delete(index);
    }
  }
}
