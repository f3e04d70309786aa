import { parentPort } from 'node:worker_threads';
import { AudioError } from '../base/errors.js';
import { type ByteSource, FileBytes, MemoryBytes } from './byte-source.js';
import { type FileDecoder, openFileDecoder } from './file-decoder.js';
import { StreamPages } from './stream-pages.js';
import type { StreamAnswer, StreamOrder } from './stream-thread.js';
import { STREAM_PAGE_FRAMES } from './wire-layout.js';

// The thread behind stream-thread.ts: keeps the pages of all streams of one engine ahead of what is played.

/** While something plays it looks this often, in milliseconds; a page lasts for 21 ms or longer at 192 kHz. */
const busyInterval = 5;
const idleInterval = 50;
/** How long after the last change something counts as playing. */
const busyAfterChange = 1000;
/** It listens for orders at least so often, in milliseconds. */
const longestSilence = 4;

interface OpenStream {
  readonly bytes: ByteSource;
  readonly pages: StreamPages;
  readonly channels: number;
  readonly frames: number;
  decoder: FileDecoder | null;
  ready: boolean;
  /** Where samples are decoded to, before they go to their page at once. */
  readonly scratch: Float32Array;
  /** How soon it needs the page that is missing first, -1: none is; undefined when that may have changed. */
  missing: number | undefined;
}

const streams = new Map<number, OpenStream>();
let working = false;
let timer: NodeJS.Timeout | null = null;
let lastChange = 0;

parentPort?.on('message', (order: StreamOrder) => {
  if (order.open !== undefined) open(order.key, order.open);
  if (order.close === true) close(order.key);
  lastChange = performance.now();
  if (!working) void work();
});

function answer(message: StreamAnswer): void {
  parentPort?.postMessage(message);
}

function open(key: number, { source, memory, channels, frames }: NonNullable<StreamOrder['open']>): void {
  const pages = new StreamPages(memory, channels, frames);
  try {
    const bytes = typeof source === 'string' ? new FileBytes(source) : new MemoryBytes(source);
    streams.set(key, {
      bytes,
      pages,
      channels,
      frames,
      decoder: null,
      ready: false,
      scratch: new Float32Array(STREAM_PAGE_FRAMES * channels),
      missing: undefined,
    });
  } catch (error) {
    fail(key, pages, error);
  }
}

function close(key: number): void {
  const stream = streams.get(key);
  streams.delete(key);
  release(stream);
  // From here on nothing is written to its memory.
  answer({ key, closed: true });
}

function release(stream: OpenStream | undefined): void {
  if (stream === undefined) return;
  if (stream.decoder === null) stream.bytes.close();
  else stream.decoder.close();
}

function fail(key: number, pages: StreamPages, error: unknown): void {
  const stream = streams.get(key);
  streams.delete(key);
  pages.fail();
  const { code, message } = error instanceof AudioError ? error : new AudioError('ERR_INTERNAL', String(error));
  answer({ key, failure: { code, message } });
  try {
    release(stream);
  } catch {
    // A file that failed may fail once more while it is closed; the first failure was told.
  }
}

/** Loads the page that is needed soonest, of whichever stream, until none is missing; then looks again later. */
async function work(): Promise<void> {
  working = true;
  if (timer !== null) clearTimeout(timer);
  timer = null;
  let heard = performance.now();
  for (let key = mostUrgent(); key !== 0; key = mostUrgent()) {
    await loadPage(key, streams.get(key)!);
    if (performance.now() - heard < longestSilence) continue;
    // Orders that came meanwhile are heard.
    await new Promise((resolve) => setImmediate(resolve));
    heard = performance.now();
  }
  working = false;
  const interval = performance.now() - lastChange < busyAfterChange ? busyInterval : idleInterval;
  if (streams.size > 0) timer = setTimeout(() => void work(), interval);
}

/** The key of the stream that needs a page soonest, 0 where none needs one. */
function mostUrgent(): number {
  let urgent = 0;
  let soonest = Infinity;
  for (const [key, stream] of streams) {
    if (stream.pages.changed) {
      lastChange = performance.now();
      stream.missing = undefined;
    }
    stream.missing ??= stream.pages.missingRank(stream.pages.aheadPages);
    const { missing } = stream;
    if (missing < 0 || missing > 1) tellReady(key, stream);
    if (missing >= 0 && missing < soonest) {
      urgent = key;
      soonest = missing;
    }
  }
  return urgent;
}

function tellReady(key: number, stream: OpenStream): void {
  if (stream.ready) return;
  stream.ready = true;
  answer({ key, ready: true });
}

async function loadPage(key: number, stream: OpenStream): Promise<void> {
  const { bytes, channels, frames, pages, scratch } = stream;
  const page = pages.pageOfRank(stream.missing!);
  stream.missing = undefined;
  try {
    bytes.expectUnchanged();
    if (stream.decoder === null) {
      const decoder = await openFileDecoder(bytes);
      if (streams.get(key) !== stream) {
        // Closed meanwhile, before it had this decoder.
        decoder.close();
        return;
      }
      stream.decoder = decoder;
      if (decoder.channels !== channels || decoder.frames !== frames) throw new AudioError('ERR_FILE_READ', 'The file was changed after it was opened');
    }
    const first = page * STREAM_PAGE_FRAMES;
    await stream.decoder.read(first, Math.min(STREAM_PAGE_FRAMES, frames - first), scratch);
    if (streams.get(key) === stream) pages.put(page, scratch);
  } catch (error) {
    if (streams.get(key) === stream) fail(key, pages, causeOf(error, bytes));
  }
}

/** A file that changed while it was being decoded looks damaged; that it changed says more. */
function causeOf(error: unknown, bytes: ByteSource): unknown {
  try {
    bytes.expectUnchanged();
    return error;
  } catch (change) {
    return change;
  }
}
