import type { StreamMemory } from '../wire/core.js';
import {
  STREAM_BEGIN,
  STREAM_CURSOR,
  STREAM_END,
  STREAM_FAILED,
  STREAM_FILLED,
  STREAM_HEADER_BYTES,
  STREAM_LEFT,
  STREAM_LEFT_LOOP,
  STREAM_LOOP_BEGIN,
  STREAM_LOOP_END,
  STREAM_LOOPING,
  STREAM_PAGE_FRAMES,
  STREAM_PAGE_TABLE,
  STREAM_PAGES_MAX,
  STREAM_SEAM,
  STREAM_SEQUENCE,
} from '../wire/wire-layout.js';

/** Memory that the pages of one stream may take. */
const memoryBytes = 1024 * 1024;
const fewestPages = 12;
/** More frames than any interpolator sees behind the read head. */
const behindFrames = 320;

/** How many pages a stream of so many channels has. */
export function pageCountFor(channels: number): number {
  return Math.min(
    STREAM_PAGES_MAX,
    Math.max(fewestPages, Math.floor(memoryBytes / (STREAM_PAGE_FRAMES * channels * 4))),
  );
}

function pageOf(frame: number): number {
  return Math.floor(frame / STREAM_PAGE_FRAMES);
}

/** What the engine publishes about the sound that reads a stream, in source frames. */
interface Control {
  sequence: number;
  cursor: number;
  begin: number;
  end: number;
  loopBegin: number;
  loopEnd: number;
  looping: boolean;
  /** Where the cursor was before it jumped, and where it would have continued at the end of its loop. */
  left: number;
  leftLoop: number;
  /** From where it last jumped back to the start of the loop; 0: it did not. */
  seam: number;
}

/**
 * The pages of a stream, for the side that fills them: which will be needed, which are there, which may be replaced.
 */
export class StreamPages {
  readonly #words: Int32Array;
  readonly #numbers: Float64Array;
  readonly #frames: Float32Array;
  readonly #pageSamples: number;
  readonly #frameCount: number;
  readonly #capacity: number;
  /** When each slot held a page that was needed, in rounds; a little less for what was needed later. */
  readonly #used: Float64Array;
  /** Where each page is. */
  readonly #slots = new Map<number, number>();
  #round = 0;
  readonly #control: Control;
  /** The pages that are needed, and for what: the same as long as the cursor stays on its page. */
  #needed: number[] = [];
  readonly #neededFor = {
    most: 0,
    page: -1,
    behind: -1,
    seen: 0,
    begin: 0,
    end: 0,
    loopBegin: 0,
    loopEnd: 0,
    looping: false,
  };

  /** Of a stream of `frames` frames whose memory an engine has made. */
  constructor({ memory, byteOffset, byteLength }: StreamMemory, channels: number, frames: number) {
    this.#words = new Int32Array(memory, byteOffset, STREAM_HEADER_BYTES / 4);
    this.#numbers = new Float64Array(memory, byteOffset, STREAM_HEADER_BYTES / 8);
    this.#frames = new Float32Array(memory, byteOffset + STREAM_HEADER_BYTES, (byteLength - STREAM_HEADER_BYTES) / 4);
    this.#pageSamples = STREAM_PAGE_FRAMES * channels;
    this.#frameCount = frames;
    this.#capacity = this.#frames.length / this.#pageSamples;
    this.#used = new Float64Array(this.#capacity);
    this.#control = {
      sequence: 0,
      cursor: 0,
      begin: 0,
      end: frames,
      loopBegin: 0,
      loopEnd: frames,
      looping: false,
      left: 0,
      leftLoop: 0,
      seam: 0,
    };
  }

  /** Pages kept ahead. The rest hold what was needed a moment ago and may still be fading out. */
  get aheadPages(): number {
    return Math.floor((this.#capacity * 2) / 3);
  }

  /** True if the engine has published something new since the last `missingRank`. */
  get changed(): boolean {
    return Atomics.load(this.#words, STREAM_SEQUENCE / 4) !== this.#control.sequence;
  }

  /**
   * The rank (position in the order of need) of the first page that is needed and not there; -1 where all of the
   * first `most` are there.
   */
  missingRank(most: number): number {
    const needed = this.#neededPages(most);
    this.#markNeeded(needed);
    for (let rank = 0; rank < needed.length; rank += 1) if (!this.#slots.has(needed[rank]!)) return rank;
    return -1;
  }

  /** The page of a rank, as `missingRank` has seen it. */
  pageOfRank(rank: number): number {
    return this.#needed[rank]!;
  }

  /**
   * Puts a page into the slot of the one that has not been needed for longest. Returns the slot, or -1 if the page was
   * not kept.
   */
  put(page: number, samples: Float32Array): number {
    const needed = this.#neededPages(this.aheadPages);
    this.#markNeeded(needed);
    if (this.#slots.has(page)) return -1;
    // What was heard before a jump is still fading out, for a page or two at most.
    const fading = [this.#control.left, this.#control.leftLoop].flatMap((frame) => [pageOf(frame), pageOf(frame) + 1]);
    let slot = -1;
    for (let candidate = 0; candidate < this.#capacity; candidate += 1) {
      const held = this.#words[STREAM_PAGE_TABLE / 4 + candidate]! - 1;
      const isKept = needed.includes(held) || (held >= 0 && fading.includes(held));
      if (!isKept && (slot < 0 || this.#used[candidate]! < this.#used[slot]!)) slot = candidate;
    }
    if (slot < 0) return -1;
    // A reader of the old page must find it gone before the new one overwrites it.
    Atomics.store(this.#words, STREAM_PAGE_TABLE / 4 + slot, 0);
    this.#frames.set(samples.subarray(0, this.#pageSamples), slot * this.#pageSamples);
    Atomics.store(this.#words, STREAM_PAGE_TABLE / 4 + slot, page + 1);
    this.#tell();
    return slot;
  }

  /**
   * Notes where each page is and which are needed now. Of pages that are no longer needed, those nearest to
   * where the sound was then are replaced last: something may be fading out there.
   */
  #markNeeded(needed: readonly number[]): void {
    this.#round += 1;
    this.#slots.clear();
    for (let slot = 0; slot < this.#capacity; slot += 1) {
      const page = this.#words[STREAM_PAGE_TABLE / 4 + slot]! - 1;
      if (page >= 0) this.#slots.set(page, slot);
    }
    for (let rank = 0; rank < needed.length; rank += 1) {
      const slot = this.#slots.get(needed[rank]!);
      if (slot !== undefined) this.#used[slot] = this.#round - rank / STREAM_PAGES_MAX;
    }
  }

  /** No page will come any more. */
  fail(): void {
    Atomics.store(this.#words, STREAM_FAILED / 4, 1);
    this.#tell();
  }

  /** True after `fail`. */
  get failed(): boolean {
    return Atomics.load(this.#words, STREAM_FAILED / 4) !== 0;
  }

  /** Blocks until a page comes, for at most this many milliseconds, unless one came since `filled` was read. */
  wait(filled: number, milliseconds: number): void {
    Atomics.wait(this.#words, STREAM_FILLED / 4, filled, milliseconds);
  }

  /** Grows with every page that comes. */
  get filled(): number {
    return Atomics.load(this.#words, STREAM_FILLED / 4);
  }

  #tell(): void {
    Atomics.add(this.#words, STREAM_FILLED / 4, 1);
    Atomics.notify(this.#words, STREAM_FILLED / 4);
  }

  /**
   * Reads what the engine publishes; while it is writing, the state before. Makes no garbage: an engine that is pulled
   * asks often.
   */
  #readControl(): void {
    const control = this.#control;
    const numbers = this.#numbers;
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const sequence = Atomics.load(this.#words, STREAM_SEQUENCE / 4);
      if (sequence === control.sequence) return;
      const cursor = numbers[STREAM_CURSOR / 8]!;
      const begin = numbers[STREAM_BEGIN / 8]!;
      const end = numbers[STREAM_END / 8]!;
      const loopBegin = numbers[STREAM_LOOP_BEGIN / 8]!;
      const loopEnd = numbers[STREAM_LOOP_END / 8]!;
      const left = numbers[STREAM_LEFT / 8]!;
      const leftLoop = numbers[STREAM_LEFT_LOOP / 8]!;
      const seam = numbers[STREAM_SEAM / 8]!;
      const looping = this.#words[STREAM_LOOPING / 4] !== 0;
      if (sequence % 2 !== 0 || Atomics.load(this.#words, STREAM_SEQUENCE / 4) !== sequence) continue;
      control.sequence = sequence;
      control.cursor = cursor;
      control.begin = begin;
      control.end = end;
      control.loopBegin = loopBegin;
      control.loopEnd = loopEnd;
      control.left = left;
      control.leftLoop = leftLoop;
      control.seam = seam;
      control.looping = looping;
      return;
    }
  }

  /** The pages that the sound plays next, in order, and those it returns to. */
  #neededPages(most: number): number[] {
    this.#readControl();
    const { cursor, begin, end, loopBegin, loopEnd, looping, seam } = this.#control;
    const page = pageOf(cursor);
    const behind = pageOf(Math.max(0, cursor - behindFrames));
    // Just behind a seam the interpolator still sees what lies before it.
    const seen = cursor - loopBegin < behindFrames ? seam : 0;
    const known = this.#neededFor;
    const isSame = known.most === most && known.page === page && known.behind === behind && known.seen === seen;
    const isSameRange =
      known.begin === begin &&
      known.end === end &&
      known.loopBegin === loopBegin &&
      known.loopEnd === loopEnd &&
      known.looping === looping;
    if (isSame && isSameRange) return this.#needed;
    Object.assign(known, { most, page, behind, seen, begin, end, loopBegin, loopEnd, looping });
    const pages = new Set<number>();
    const add = (frame: number): void => {
      if (frame >= 0 && frame < this.#frameCount) pages.add(pageOf(frame));
    };
    if (cursor < end) add(cursor);
    add(Math.max(0, cursor - behindFrames));
    if (seen > 0) {
      add(seen - 1);
      add(Math.max(0, seen - behindFrames));
    }
    const stretch = (from: number, to: number): void => {
      for (let next = pageOf(from); next * STREAM_PAGE_FRAMES < to && pages.size < most; next += 1)
        add(Math.max(from, next * STREAM_PAGE_FRAMES));
    };
    stretch(cursor, looping && cursor < loopEnd ? loopEnd : end);
    stretch(looping ? loopBegin : begin, looping ? loopEnd : Math.min(end, begin + 2 * STREAM_PAGE_FRAMES));
    this.#needed = [...pages];
    return this.#needed;
  }
}
