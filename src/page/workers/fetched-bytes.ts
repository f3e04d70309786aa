import { type ByteSource, BytesMissing } from '../../wasm/byte-source.js';

/** Gives bytes of what lies elsewhere. */
export interface ByteSupply {
  readonly size: number;
  /** The bytes from `begin` up to `end`. One read follows the other. Rejects ERR_NETWORK, ERR_FILE_READ. */
  read(begin: number, end: number): Promise<Uint8Array>;
  /** Nothing is wanted any more. */
  close(): void;
}

const blockBytes = 65536;
/** Blocks that are kept, 2 MB: what is played next, and what a search in a file comes back to. */
const keptBlocks = 32;
/**
 * Blocks that are fetched ahead of what is being decoded: 3 seconds of 16 bits in stereo at 44.1 kHz, half a minute of
 * most other files.
 */
const aheadBlocks = 8;
/** The most blocks in one request; while a file is being opened, where all of it may have to be read. */
const runBlocks = 4;
const openingRunBlocks = 64;

/** The bytes of what lies elsewhere: those that are read soon, and were read lately, are kept. */
export class FetchedBytes implements ByteSource {
  readonly size: number;
  readonly #supply: ByteSupply;
  readonly #onProgress: (done: number, total: number) => void;
  /** By number; the one that was not read for longest comes first. */
  readonly #blocks = new Map<number, Uint8Array>();
  #requests: Promise<void> = Promise.resolve();
  #ahead = false;
  #opening = true;
  /** What had to be read as a whole is kept as a whole: it may have to be read again to reach a position. */
  #keepsAll = false;
  #closed = false;
  #fetched = 0;
  /** The block that was read last; where the last request ended, and how many blocks it asked for. */
  #lastRead = -1;
  #end = 0;
  #run = 1;

  /** `onProgress` hears how many bytes of how many were fetched while the file is being opened. */
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
    this.#run = first === this.#end ? Math.min(this.#run * 2, this.#opening ? openingRunBlocks : runBlocks) : 1;
    const to = Math.max(end, first + this.#run);
    // One connection that breaks, as when a telephone changes its network, is no reason to end what is heard.
    return this.#bring(first, to).catch(() => this.#bring(first, to));
  }

  /**
   * Until then all is kept: a file that does not say how long it is has to be read as a whole, and opening it begins
   * anew with each piece.
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

  /** Fetches what follows, where half of what is kept ahead is used up. */
  #lookAhead(last: number): void {
    let first = last + 1;
    while (first <= last + aheadBlocks / 2 && this.#blocks.has(first)) first += 1;
    if (this.#ahead || first >= this.#blockCount || first > last + aheadBlocks / 2) return;
    this.#ahead = true;
    const over = (): void => {
      this.#ahead = false;
    };
    // If it fails, so does the read that needs it, and that one is told.
    this.#bring(first, first + runBlocks).then(over, over);
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
