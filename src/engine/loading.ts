import { AudioError, messageOf } from '../base/errors.js';
import { expectFunction, expectInstance, wrongKind } from '../base/validate.js';
import { platform } from './session/platform.js';

/** How a load is watched and ended early. */
export interface LoadOptions {
  /** Hears how many bytes of how many are there; the total is 0 while it is not known. */
  onProgress?(done: number, total: number): void;
  /** Ends the load: it rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** What sound can be loaded from. */
export type LoadSource = string | URL | Request | Blob | ArrayBuffer | ArrayBufferView;

/** Throws a TypeError unless the options of a load are of the right kinds. */
export function expectLoadOptions(options: LoadOptions): void {
  if (options.onProgress !== undefined) expectFunction(options.onProgress, 'onProgress');
  if (options.signal !== undefined) expectInstance(options.signal, 'signal', AbortSignal);
}

/** The bytes of a buffer or view; undefined for anything else. */
export function bytesOf(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (value instanceof ArrayBuffer || (typeof SharedArrayBuffer === 'function' && value instanceof SharedArrayBuffer))
    return new Uint8Array(value);
  return undefined;
}

/** Throws a TypeError unless the value is a string or a URL. */
export function expectPath(value: unknown, name: string): string | URL {
  if (typeof value === 'string' || value instanceof URL) return value;
  throw wrongKind('a path or a URL', name, value);
}

/** Throws a TypeError unless sound can be loaded from the value. */
export function expectLoadSource(value: unknown, name: string): LoadSource {
  if (typeof value === 'string' || value instanceof URL || bytesOf(value) !== undefined) return value as LoadSource;
  if (typeof Blob === 'function' && value instanceof Blob) return value;
  if (typeof Request === 'function' && value instanceof Request) return value;
  throw wrongKind('a path, URL, Request, Blob, ArrayBuffer or view', name, value);
}

/** The path of a file as text; a file URL is turned into one. */
export function pathOf(path: string | URL): string {
  const url = path instanceof URL ? path : null;
  return url === null ? (path as string) : platform().pathOfUrl(url);
}

/** The path of a source that is a file; null for every other source. */
export function pathOfSource(source: LoadSource): string | null {
  const url = source instanceof URL ? source : typeof source === 'string' ? urlOf(source) : undefined;
  if (url === undefined) return null;
  if (url === null) return source as string;
  return url.protocol === 'file:' ? platform().pathOfUrl(url) : null;
}

/** A source as a thread takes it that fetches by itself. Throws ERR_NETWORK for text that is no address. */
export function fetchable(source: LoadSource): URL | Request | Blob | Uint8Array {
  if (typeof source === 'string') return relativeAddress(source, platform().baseAddress ?? '');
  // A copy: the caller may write to its memory while the decoder reads.
  return bytesOf(source)?.slice() ?? (source as URL | Request | Blob);
}

/** All bytes of a source. Rejects ERR_FILE_NOT_FOUND, ERR_FILE_READ, ERR_NETWORK, or with the signal's reason. */
export async function loadBytes(source: LoadSource, options: LoadOptions): Promise<Uint8Array> {
  options.signal?.throwIfAborted();
  const present = bytesOf(source);
  // A copy: the caller may write to its memory while the decoder reads.
  if (present !== undefined) return reportWhole(present.slice(), options);
  if (typeof Blob === 'function' && source instanceof Blob) {
    return readStream(source.stream() as unknown as ByteStream, source.size, options);
  }
  if (typeof Request === 'function' && source instanceof Request) return download(source, options);
  const url = source instanceof URL ? source : urlOf(source as string);
  if (url !== null && (url.protocol !== 'file:' || platform().baseAddress !== null)) return download(url, options);
  return reportWhole(await platform().readFile(url ?? (source as string), options.signal), options);
}

/** A promise that rejects when the signal aborts; the work behind it goes on, and its result is dropped. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** What a body or a Blob is read through; not every browser can iterate it. */
interface ByteStream {
  getReader(): { read(): Promise<{ done: boolean; value?: Uint8Array }>; cancel(reason?: unknown): Promise<void> };
}

/** An address: with a scheme, or relative to the page. A path (also one of a Windows drive) is null. */
function urlOf(text: string): URL | null {
  const { baseAddress } = platform();
  if (baseAddress !== null) return relativeAddress(text, baseAddress);
  if (!/^[a-z][a-z0-9+.-]+:/i.test(text)) return null;
  try {
    return new URL(text);
  } catch {
    // Not an address after all: it is read as a path, whose own error will say more.
    return null;
  }
}

function relativeAddress(text: string, base: string): URL {
  try {
    return new URL(text, base);
  } catch (cause) {
    throw new AudioError('ERR_NETWORK', `"${text}" is no address`, { cause });
  }
}

async function download(target: URL | Request, options: LoadOptions): Promise<Uint8Array> {
  const address = target instanceof URL ? target.href : target.url;
  const shown = address.length > 100 ? `${address.slice(0, 100)}…` : address;
  try {
    const response = await fetch(target, options.signal === undefined ? {} : { signal: options.signal });
    if (!response.ok)
      throw new AudioError(
        'ERR_NETWORK',
        `${shown} answered with HTTP status ${response.status} ${response.statusText}`.trimEnd(),
      );
    const total = Number(response.headers.get('content-length') ?? 0);
    if (response.body === null) return reportWhole(new Uint8Array(0), options);
    return await readStream(response.body as unknown as ByteStream, Number.isFinite(total) ? total : 0, options);
  } catch (cause) {
    options.signal?.throwIfAborted();
    if (cause instanceof AudioError) throw cause;
    throw new AudioError('ERR_NETWORK', `${shown} could not be read: ${messageOf(cause)}`, { cause });
  }
}

async function readStream(stream: ByteStream, total: number, options: LoadOptions): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let done = 0;
  const reader = stream.getReader();
  try {
    for (let piece = await reader.read(); piece.value !== undefined && !piece.done; piece = await reader.read()) {
      options.signal?.throwIfAborted();
      chunks.push(piece.value);
      done += piece.value.byteLength;
      options.onProgress?.(done, total);
    }
  } catch (error) {
    // The rest is not wanted; that it cannot be cancelled either is no news.
    reader.cancel(error).catch(() => {});
    throw error;
  }
  const bytes = new Uint8Array(done);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

function reportWhole(bytes: Uint8Array, options: LoadOptions): Uint8Array {
  options.signal?.throwIfAborted();
  options.onProgress?.(bytes.byteLength, bytes.byteLength);
  return bytes;
}
