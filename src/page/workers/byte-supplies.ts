import { AudioError, messageOf } from '../../base/errors.js';
import { type ByteSource, MemoryBytes } from '../../wasm/byte-source.js';
import { type ByteSupply, FetchedBytes } from './fetched-bytes.js';

/** An address and how to request it: the parts of a Request that another thread can use. */
interface Address {
  readonly url: string;
  readonly init: RequestInit;
}

/** Where a stream comes from, as plain data for the thread that decodes it. */
export type StreamOrigin =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'blob'; readonly blob: Blob }
  | { readonly kind: 'address'; readonly address: Address };

type OnProgress = (done: number, total: number) => void;

/** Bytes of the first request: as much as is read first of a file. */
const firstBytes = 131072;

/** Begins to read an origin. Rejects ERR_NETWORK with the HTTP status; an abort rejects too. */
export async function openOrigin(
  origin: StreamOrigin,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<ByteSource> {
  switch (origin.kind) {
    case 'bytes':
      onProgress(origin.bytes.length, origin.bytes.length);
      return new MemoryBytes(origin.bytes);
    case 'blob':
      return new FetchedBytes(new BlobSupply(origin.blob), onProgress);
    case 'address':
      return openAddress(new Requests(origin.address, signal), onProgress);
  }
}

async function openAddress(requests: Requests, onProgress: OnProgress): Promise<ByteSource> {
  if (requests.canAskForParts) {
    const response = await requests.send(0, firstBytes);
    const part = response.status === 206 ? partOf(response) : null;
    if (part !== null) return new FetchedBytes(new PartSupply(requests, part.size, response), onProgress);
    // A part without a total, or of an empty file: requested as a whole it may work.
    if (response.status !== 206 && response.status !== 416) return openWhole(requests, response, onProgress);
    discard(response);
  }
  return openWhole(requests, await requests.send(), onProgress);
}

/** A body that has to be read in order: piece by piece if its length is known, else at once. */
async function openWhole(requests: Requests, response: Response, onProgress: OnProgress): Promise<ByteSource> {
  requests.expectSuccess(response);
  const size = lengthOf(response);
  if (size !== null) return new FetchedBytes(new OrderedSupply(requests, size, response), onProgress);
  const bytes = new Uint8Array(await requests.bodyOf(response));
  onProgress(bytes.length, bytes.length);
  return new MemoryBytes(bytes);
}

/** Length of a body in bytes; null if it is unknown, or that of a compressed body. */
function lengthOf(response: Response): number | null {
  const length = response.headers.get('content-length');
  return length === null || response.headers.get('content-encoding') !== null ? null : Number(length);
}

/** What a part is of: `Content-Range: bytes 0-99/1000`. */
function partOf(response: Response): { readonly begin: number; readonly end: number; readonly size: number } | null {
  const [, begin, last, size] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(response.headers.get('content-range') ?? '') ?? [];
  return size === undefined ? null : { begin: Number(begin), end: Number(last) + 1, size: Number(size) };
}

function discard(response: Response): void {
  // It does not matter if an unwanted body cannot be cancelled.
  response.body?.cancel().catch(() => {});
}

/** Sends requests to one address, and checks that it is always the same file that answers. */
class Requests {
  readonly #address: Address;
  readonly #signal: AbortSignal;
  #version: string | null = null;

  constructor(address: Address, signal: AbortSignal) {
    this.#address = address;
    this.#signal = signal;
  }

  get canAskForParts(): boolean {
    return (this.#address.init.method ?? 'GET') === 'GET';
  }

  /**
   * Sends a request, for a part where one is given. Rejects ERR_NETWORK, ERR_FILE_READ if the file has changed
   * now.
   */
  async send(begin?: number, end?: number): Promise<Response> {
    const { url, init } = this.#address;
    const headers = new Headers(init.headers);
    // No If-Range: it would cause a CORS preflight, and comparing the versions of the answers tells the
    // same.
    if (begin !== undefined && end !== undefined) headers.set('range', `bytes=${begin}-${end - 1}`);
    let response: Response;
    try {
      response = await fetch(url, { ...init, headers, signal: this.#signal });
    } catch (cause) {
      throw this.#unreadable(cause);
    }
    const version = `${response.headers.get('etag')} ${response.headers.get('last-modified')}`;
    if (response.ok) this.#version ??= version;
    if (response.ok && version !== this.#version) {
      discard(response);
      throw this.changed();
    }
    return response;
  }

  /** All of a body. Rejects ERR_NETWORK. */
  async bodyOf(response: Response): Promise<ArrayBuffer> {
    try {
      return await response.arrayBuffer();
    } catch (cause) {
      throw this.#unreadable(cause);
    }
  }

  /** The next piece of a body; undefined at its end. Rejects ERR_NETWORK. */
  async nextOf(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | undefined> {
    try {
      return (await reader.read()).value;
    } catch (cause) {
      throw this.#unreadable(cause);
    }
  }

  /** Throws ERR_NETWORK unless it is an answer. */
  expectSuccess(response: Response): void {
    if (response.ok) return;
    discard(response);
    throw new AudioError(
      'ERR_NETWORK',
      `${this.#shown} answered with HTTP status ${response.status} ${response.statusText}`.trimEnd(),
    );
  }

  /** The error of an address whose file has changed. */
  changed(): AudioError {
    return new AudioError('ERR_FILE_READ', `${this.#shown} was changed after it was opened`);
  }

  /** The error of an answer that does not fit the request. */
  wrong(what: string): AudioError {
    return new AudioError('ERR_NETWORK', `${this.#shown} ${what}`);
  }

  #unreadable(cause: unknown): AudioError {
    return new AudioError('ERR_NETWORK', `${this.#shown} could not be read: ${messageOf(cause)}`, { cause });
  }

  get #shown(): string {
    const { url } = this.#address;
    return url.length > 100 ? `${url.slice(0, 100)}…` : url;
  }
}

/** A server that supports ranges: each read is a request of its own. */
class PartSupply implements ByteSupply {
  readonly size: number;
  readonly #requests: Requests;
  /** The answer that showed that ranges are supported; it holds the first part. */
  #first: Response | null;

  constructor(requests: Requests, size: number, first: Response) {
    this.size = size;
    this.#requests = requests;
    this.#first = first;
  }

  async read(begin: number, end: number): Promise<Uint8Array> {
    const requests = this.#requests;
    const first = this.#first;
    this.#first = null;
    if (first !== null && begin === 0 && end <= firstBytes)
      return (await this.#bytesOf(first, 0, Math.min(firstBytes, this.size))).subarray(0, end);
    if (first !== null) discard(first);
    const response = await requests.send(begin, end);
    // The file is shorter than it was.
    if (response.status === 416) throw requests.changed();
    requests.expectSuccess(response);
    return this.#bytesOf(response, begin, end);
  }

  async #bytesOf(response: Response, begin: number, end: number): Promise<Uint8Array> {
    const part = response.status === 206 ? partOf(response) : null;
    if (part !== null && part.size !== this.size) throw this.#requests.changed();
    if (part === null || part.begin !== begin || part.end !== end)
      throw this.#requests.wrong(`answered a request for bytes ${begin} to ${end} with something else`);
    const bytes = new Uint8Array(await this.#requests.bodyOf(response));
    if (bytes.length !== end - begin) throw this.#requests.wrong('ended before all was there');
    return bytes;
  }

  close(): void {
    if (this.#first !== null) discard(this.#first);
  }
}

/**
 * A server without ranges: the file is read in order, no faster than it is used. To go back, it is requested
 * anew.
 */
class OrderedSupply implements ByteSupply {
  readonly size: number;
  readonly #requests: Requests;
  #reader: ReadableStreamDefaultReader<Uint8Array> | null = null;
  #position = 0;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(requests: Requests, size: number, first: Response) {
    this.size = size;
    this.#requests = requests;
    this.#begin(first);
  }

  async read(begin: number, end: number): Promise<Uint8Array> {
    if (begin < this.#position) {
      this.close();
      const response = await this.#requests.send();
      this.#requests.expectSuccess(response);
      if (lengthOf(response) !== this.size) throw this.#requests.changed();
      this.#begin(response);
    }
    const bytes = new Uint8Array(end - begin);
    while (this.#position < end) {
      const piece = this.#rest.length > 0 ? this.#rest : await this.#next();
      const used = Math.min(piece.length, this.#position < begin ? begin - this.#position : end - this.#position);
      if (this.#position >= begin) bytes.set(piece.subarray(0, used), this.#position - begin);
      this.#rest = piece.subarray(used);
      this.#position += used;
    }
    return bytes;
  }

  #begin(response: Response): void {
    this.#reader = (response.body as ReadableStream<Uint8Array> | null)?.getReader() ?? null;
    this.#position = 0;
    this.#rest = new Uint8Array(0);
  }

  async #next(): Promise<Uint8Array> {
    const position = this.#position;
    // Unless there is a next piece, the next read begins anew.
    this.#position = Infinity;
    const piece = this.#reader === null ? undefined : await this.#requests.nextOf(this.#reader);
    if (piece === undefined) throw this.#requests.wrong('ended before all was there');
    this.#position = position;
    return piece;
  }

  close(): void {
    // It does not matter if an unwanted body cannot be cancelled.
    this.#reader?.cancel().catch(() => {});
  }
}

/** A Blob or File. */
class BlobSupply implements ByteSupply {
  readonly size: number;
  readonly #blob: Blob;

  constructor(blob: Blob) {
    this.size = blob.size;
    this.#blob = blob;
  }

  async read(begin: number, end: number): Promise<Uint8Array> {
    try {
      return new Uint8Array(await this.#blob.slice(begin, end).arrayBuffer());
    } catch (cause) {
      throw new AudioError('ERR_FILE_READ', `The Blob could not be read: ${messageOf(cause)}`, { cause });
    }
  }

  close(): void {}
}
