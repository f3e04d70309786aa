import { dataOfError } from '../base/error-data.js';
import { AudioError } from '../base/errors.js';
import type { SoundShape } from '../wire/core.js';
import { STREAM_PAGE_FRAMES } from '../wire/wire-layout.js';
import { type ByteSource, BytesMissing } from './byte-source.js';
import type { FileDecoder, FileDecoders } from './file-decoder.js';
import type { StreamAnswer } from './stream-answers.js';

/** Milliseconds between two checks while something plays; a page lasts at least 21 ms, at 192 kHz. */
const busyInterval = 5;
const idleInterval = 50;
/** A stream counts as playing for this long after its last change. */
const busyAfterChange = 1000;
/** Milliseconds after which it reads its messages at the latest. */
const longestSilence = 4;

/** The pages of a stream, as the filler sees them. */
interface PageTarget {
  /** How many pages are kept ahead. */
  readonly aheadPages: number;
  /** True if the engine has published something new since the last `missingRank`. */
  readonly changed: boolean;
  /**
   * The rank (position in the order of need) of the first page that is needed and not there; -1 where all of the
   * first `most` are there.
   */
  missingRank(most: number): number;
  /** The page of a rank. */
  pageOfRank(rank: number): number;
  /** Stores a page where the engine finds it. */
  put(page: number, samples: Float32Array): void;
  /** No page will come any more. */
  fail(): void;
}

interface OpenStream {
  readonly bytes: ByteSource;
  readonly pages: PageTarget;
  readonly shape: SoundShape;
  decoder: FileDecoder | null;
  ready: boolean;
  /** Bytes that it needs are on their way. */
  waiting: boolean;
  /** Where samples are decoded to, before they go to their page at once. */
  readonly scratch: Float32Array;
  /** Rank of the first missing page, -1 if none is missing; undefined if that may have changed. */
  missing: number | undefined;
}

/** Keeps the pages of all streams of one engine ahead of what is played, on a thread of its own. */
export class StreamFiller {
  readonly #streams = new Map<number, OpenStream>();
  readonly #decoders: FileDecoders;
  readonly #answer: (message: StreamAnswer) => void;
  readonly #nextTask: () => Promise<void>;
  #working = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastChange = 0;

  /** `nextTask` lets messages in that arrived meanwhile. */
  constructor(decoders: FileDecoders, answer: (message: StreamAnswer) => void, nextTask: () => Promise<void>) {
    this.#decoders = decoders;
    this.#answer = answer;
    this.#nextTask = nextTask;
  }

  /** Begins to fill the pages of a stream. Its decoder, where there is one already, owns the bytes. */
  open(key: number, bytes: ByteSource, decoder: FileDecoder | null, pages: PageTarget, shape: SoundShape): void {
    const scratch = new Float32Array(STREAM_PAGE_FRAMES * shape.channels);
    this.#streams.set(key, { bytes, pages, shape, decoder, ready: false, waiting: false, scratch, missing: undefined });
    this.wake();
  }

  /** Lets go of a stream; when this returns nothing is written to its pages any more. */
  close(key: number): void {
    const stream = this.#streams.get(key);
    this.#streams.delete(key);
    if (stream !== undefined) release(stream);
    this.#answer({ key, closed: true });
  }

  /** Something has changed that may need other pages soon. */
  wake(): void {
    this.#lastChange = performance.now();
    if (!this.#working) void this.#work();
  }

  /** Loads the page that any stream needs soonest, until none is missing; then checks again later. */
  async #work(): Promise<void> {
    this.#working = true;
    clearTimeout(this.#timer);
    let heard = performance.now();
    for (let key = this.#mostUrgent(); key !== 0; key = this.#mostUrgent()) {
      await this.#loadPage(key, this.#streams.get(key)!);
      if (performance.now() - heard < longestSilence) continue;
      await this.#nextTask();
      heard = performance.now();
    }
    this.#working = false;
    const interval = performance.now() - this.#lastChange < busyAfterChange ? busyInterval : idleInterval;
    if (this.#streams.size > 0) this.#timer = setTimeout(() => void this.#work(), interval);
  }

  /** The key of the stream that needs a page soonest, 0 where none needs one. */
  #mostUrgent(): number {
    let urgent = 0;
    let soonest = Infinity;
    for (const [key, stream] of this.#streams) {
      if (stream.pages.changed) {
        this.#lastChange = performance.now();
        stream.missing = undefined;
      }
      stream.missing ??= stream.pages.missingRank(stream.pages.aheadPages);
      const { missing } = stream;
      if (missing < 0 || missing > 1) this.#tellReady(key, stream);
      if (!stream.waiting && missing >= 0 && missing < soonest) {
        urgent = key;
        soonest = missing;
      }
    }
    return urgent;
  }

  #tellReady(key: number, stream: OpenStream): void {
    if (stream.ready) return;
    stream.ready = true;
    this.#answer({ key, ready: true });
  }

  async #loadPage(key: number, stream: OpenStream): Promise<void> {
    const { bytes, shape, pages, scratch } = stream;
    const page = pages.pageOfRank(stream.missing!);
    stream.missing = undefined;
    try {
      bytes.expectUnchanged();
      if (stream.decoder === null) {
        const decoder = await this.#decoders.open(bytes);
        if (this.#streams.get(key) !== stream) {
          // Closed meanwhile, before it had this decoder.
          decoder.close();
          return;
        }
        stream.decoder = decoder;
        if (decoder.info.channels !== shape.channels || decoder.info.frames !== shape.frames)
          throw new AudioError('ERR_FILE_READ', 'The file was changed after it was opened');
      }
      const first = page * STREAM_PAGE_FRAMES;
      await stream.decoder.read(first, Math.min(STREAM_PAGE_FRAMES, shape.frames - first), scratch);
      if (this.#streams.get(key) === stream) pages.put(page, scratch);
    } catch (error) {
      if (this.#streams.get(key) !== stream) return;
      if (error instanceof BytesMissing && bytes.fetch !== undefined) this.#fetch(key, stream, bytes.fetch(error));
      else this.#fail(key, stream, causeOf(error, bytes));
    }
  }

  /** Other streams go on while bytes are on their way; then the page is tried again. */
  #fetch(key: number, stream: OpenStream, coming: Promise<void>): void {
    stream.waiting = true;
    coming.then(
      () => {
        stream.waiting = false;
        this.wake();
      },
      (error: unknown) => {
        if (this.#streams.get(key) === stream) this.#fail(key, stream, error);
      },
    );
  }

  #fail(key: number, stream: OpenStream, error: unknown): void {
    this.#streams.delete(key);
    stream.pages.fail();
    this.#answer({ key, failure: dataOfError(error) });
    try {
      release(stream);
    } catch {
      // A file that failed may fail again while it is closed; the first failure was reported.
    }
  }
}

function release(stream: OpenStream): void {
  if (stream.decoder === null) stream.bytes.close();
  else stream.decoder.close();
}

/** A file that was changed while it was decoded looks damaged; that it was changed is the better message. */
function causeOf(error: unknown, bytes: ByteSource): unknown {
  try {
    bytes.expectUnchanged();
    return error;
  } catch (change) {
    return change;
  }
}
