import type { StreamMemory } from '../../wire/core.js';
import {
  STREAM_HEADER_BYTES,
  STREAM_PAGE_FRAMES,
  STREAM_PAGE_TABLE,
  STREAM_SEAM,
  STREAM_SEQUENCE,
} from '../../wire/wire-layout.js';

// The pages of a stream whose memory only the engine's own thread can see, on a page that is not isolated.
// `Core.prepareStream` gives one end of a MessageChannel (`PreparedStream.port`); it goes to the decoding worker, which
// has a copy of the stream's memory (`PageSender`). The engine's thread has the other end (`PageReceiver`).

/** From the decoder: the samples of a page, for a slot of the table. */
export interface PageNews {
  readonly slot: number;
  readonly page: number;
  readonly samples: ArrayBuffer;
}

/**
 * From the engine: the fields of the header from STREAM_SEQUENCE to STREAM_SEAM, about sixty times a second while
 * the stream is played.
 */
type PageWants = ArrayBuffer;

const wantsEnd = STREAM_SEAM + 8;

/**
 * The decoder's end. Whoever keeps the pages (`StreamPages` on `memory`) finds there what the engine wants, and sends
 * what it has put.
 */
export class PageSender {
  /** A copy of the stream's memory, for this end alone. */
  readonly memory: StreamMemory;
  /** Called when the engine wants something else. */
  onWants: () => void = () => {};
  readonly #port: WebMessagePort;
  readonly #words: Uint32Array;
  readonly #pageBytes: number;

  /** Of a stream of float32 whose memory has `byteLength` bytes. */
  constructor(port: WebMessagePort, byteLength: number, channels: number) {
    this.memory = { memory: new ArrayBuffer(byteLength), byteOffset: 0, byteLength };
    this.#port = port;
    this.#words = new Uint32Array(this.memory.memory, 0, STREAM_HEADER_BYTES / 4);
    this.#pageBytes = STREAM_PAGE_FRAMES * channels * 4;
    port.onmessage = ({ data }) => {
      this.#words.set(new Uint32Array(data as PageWants), STREAM_SEQUENCE / 4);
      this.onWants();
    };
  }

  /** Sends the page that was put into a slot. */
  send(slot: number): void {
    const begin = STREAM_HEADER_BYTES + slot * this.#pageBytes;
    const samples = this.memory.memory.slice(begin, begin + this.#pageBytes) as ArrayBuffer;
    this.#port.postMessage({ slot, page: this.#words[STREAM_PAGE_TABLE / 4 + slot]! - 1, samples } satisfies PageNews, [
      samples,
    ]);
  }

  /** Nothing is sent any more. */
  close(): void {
    this.#port.onmessage = null;
    this.#port.close();
  }
}

/** The engine's end, on the thread that renders. */
export class PageReceiver {
  readonly #port: WebMessagePort;
  readonly #words: Uint32Array;
  readonly #frames: Float32Array;
  #told = 0;

  /** Of the stream in `memory`. */
  constructor(port: WebMessagePort, { memory, byteOffset, byteLength }: StreamMemory) {
    this.#port = port;
    this.#words = new Uint32Array(memory, byteOffset, STREAM_HEADER_BYTES / 4);
    this.#frames = new Float32Array(memory, byteOffset + STREAM_HEADER_BYTES, (byteLength - STREAM_HEADER_BYTES) / 4);
    port.onmessage = ({ data }) => this.#put(data as PageNews);
  }

  /** Tells the decoder what is wanted, if that has changed. */
  tell(): void {
    const sequence = this.#words[STREAM_SEQUENCE / 4]!;
    if (sequence === this.#told) return;
    this.#told = sequence;
    const wants: PageWants = this.#words.slice(STREAM_SEQUENCE / 4, wantsEnd / 4).buffer as ArrayBuffer;
    this.#port.postMessage(wants, [wants]);
  }

  /** The memory will be freed: nothing is written to it any more. */
  close(): void {
    this.#port.onmessage = null;
    this.#port.close();
  }

  /** Nothing renders meanwhile. */
  #put({ slot, page, samples }: PageNews): void {
    const from = new Float32Array(samples);
    this.#frames.set(from, slot * from.length);
    this.#words[STREAM_PAGE_TABLE / 4 + slot] = page + 1;
  }
}
