import { AudioError } from '../base/errors.js';
import type { SoundInfo } from '../wire/core.js';
import { type ByteSource, ByteWindow } from './byte-source.js';

/** The codecs in Ogg files that are decoded at all; flac is decoded in C. */
export type OggCodec = 'vorbis' | 'opus' | 'flac';

/** One page (RFC 3533). */
export interface OggPage {
  /** Where it begins, and how many bytes it has. */
  readonly offset: number;
  readonly length: number;
  /** Position at the end of the last packet that is complete on it; -1 where none is. */
  readonly granule: number;
  readonly serial: number;
  /** Its first packet began on an earlier page. */
  readonly continues: boolean;
  /** Of its stream. */
  readonly first: boolean;
  readonly last: boolean;
  /** Lengths of its segments. */
  readonly lacing: Uint8Array;
}

const capture = 0x5367674f; // "OggS", little-endian
const capturedBytes = [0x4f, 0x67, 0x67, 0x53];
const headerBytes = 27;
const longestPage = headerBytes + 255 + 255 * 255;
const fullSegment = 255;
const opusRate = 48000;

function damaged(what: string): AudioError {
  return new AudioError('ERR_DECODE', `The Ogg file is damaged or was cut off: ${what}`);
}

/** The page that begins at an offset, undefined where none does. */
function pageAt(window: ByteWindow, offset: number): OggPage | undefined {
  const header = window.at(offset, headerBytes);
  if (header === null) return undefined;
  const view = new DataView(header.buffer, header.byteOffset, headerBytes);
  if (view.getUint32(0, true) !== capture || header[4] !== 0) return undefined;
  const flags = header[5]!;
  const high = view.getInt32(10, true);
  const granule = high < 0 ? -1 : high * 2 ** 32 + view.getUint32(6, true);
  const serial = view.getUint32(14, true);
  const segments = header[26]!;
  const whole = window.at(offset, headerBytes + segments);
  if (whole === null) return undefined;
  const lacing = whole.slice(headerBytes);
  const length = lacing.reduce((sum, bytes) => sum + bytes, headerBytes + segments);
  return {
    offset,
    length,
    granule,
    serial,
    continues: (flags & 1) !== 0,
    first: (flags & 2) !== 0,
    last: (flags & 4) !== 0,
    lacing,
  };
}

/** The codec that the first packet names. */
function codecOf(packet: Uint8Array): OggCodec | undefined {
  const text = String.fromCharCode(...packet.subarray(0, 8));
  if (text.startsWith('\x01vorbis')) return 'vorbis';
  if (text === 'OpusHead') return 'opus';
  return text.startsWith('\x7fFLAC') ? 'flac' : undefined;
}

/** What an Ogg file holds; undefined for any other file. */
export function oggCodecOf(bytes: ByteSource): OggCodec | undefined {
  const window = new ByteWindow(bytes);
  const page = pageAt(window, 0);
  const body =
    page === undefined
      ? null
      : window.at(headerBytes + page.lacing.length, Math.min(8, page.length - headerBytes - page.lacing.length));
  return body === null ? undefined : codecOf(body);
}

/**
 * What a file holds, without decoding it: of vorbis and opus read here, of every other kind by `measure`. Throws
 * ERR_DECODE and what reading the bytes throws.
 */
export function inspect(bytes: ByteSource, measure: (bytes: ByteSource) => SoundInfo): SoundInfo {
  const codec = oggCodecOf(bytes);
  return codec === 'vorbis' || codec === 'opus' ? new OggFile(bytes).info : measure(bytes);
}

/**
 * An Ogg file with vorbis or opus: its headers, its length, its pages and packets. Of several streams side by side it
 * is the first.
 */
export class OggFile {
  readonly info: SoundInfo;
  /** The packets before the sound: identification, comments, and for vorbis the setup. */
  readonly headers: readonly Uint8Array[];
  /** Where the first page with sound begins. */
  readonly soundOffset: number;
  /** Positions to take off a page's granule to get a frame. */
  readonly granuleOffset: number;
  readonly bytes: ByteSource;
  readonly #window: ByteWindow;
  readonly #serial: number;

  /**
   * Reads the headers and finds the end. Throws ERR_DECODE, also for sounds one after the other in one file,
   * ERR_FILE_READ.
   */
  constructor(bytes: ByteSource) {
    this.bytes = bytes;
    this.#window = new ByteWindow(bytes);
    const first = pageAt(this.#window, 0);
    if (first === undefined) throw damaged('it does not begin with a page');
    this.#serial = first.serial;
    const { headers, offset } = this.#readHeaders();
    this.headers = headers;
    this.soundOffset = offset;
    const identification = headers[0]!;
    const view = new DataView(identification.buffer, identification.byteOffset, identification.length);
    const isOpus = codecOf(identification) === 'opus';
    if (identification.length < (isOpus ? 19 : 30)) throw damaged('its first packet is too short');
    const channels = identification[isOpus ? 9 : 11]!;
    const sampleRate = isOpus ? opusRate : view.getUint32(12, true);
    this.granuleOffset = isOpus ? view.getUint16(10, true) : 0;
    if (channels < 1 || channels > 8 || sampleRate < 1000 || sampleRate > 768000)
      throw damaged('it names a number of channels or a rate that cannot be played');
    const frames = this.#lastGranule() - this.granuleOffset;
    if (!(frames > 0)) throw damaged('it holds no sound');
    const [container, codec] = isOpus ? (['opus', 'opus'] as const) : (['ogg', 'vorbis'] as const);
    this.info = { container, codec, bits: 0, channels, sampleRate, frames };
  }

  /**
   * The page of this stream at or after an offset, null at the end. Throws ERR_DECODE for a page that is not whole or
   * whose checksum is wrong.
   */
  nextPage(from: number): OggPage | null {
    let offset = from;
    for (;;) {
      const page = pageAt(this.#window, offset);
      if (page === undefined) {
        if (offset >= this.bytes.size) return null;
        throw damaged(`there is no page at byte ${offset}`);
      }
      const whole = this.#window.at(offset, page.length);
      if (whole === null) throw damaged('its last page is not whole');
      if (!hasRightChecksum(whole)) throw damaged(`the checksum of the page at byte ${offset} is wrong`);
      if (page.serial === this.#serial) return page;
      offset += page.length;
    }
  }

  /**
   * The packets of a page: `whole`: those that end on it, after `begun` that an earlier page left open; `open`: what
   * goes on in the next page.
   */
  packetsOf(page: OggPage, begun: Uint8Array | null): { whole: Uint8Array[]; open: Uint8Array | null } {
    const body = this.#window.at(page.offset, page.length)?.slice(headerBytes + page.lacing.length);
    if (body === undefined) throw damaged('its last page is not whole');
    const whole: Uint8Array[] = [];
    let parts: Uint8Array[] = page.continues && begun !== null ? [begun] : [];
    // The rest of a packet whose beginning was not read is useless.
    let useless = page.continues && begun === null;
    let start = 0;
    let end = 0;
    for (const length of page.lacing) {
      end += length;
      if (length === fullSegment) continue;
      if (!useless) whole.push(joined([...parts, body.subarray(start, end)]));
      useless = false;
      parts = [];
      start = end;
    }
    const rest = end > start && !useless ? joined([...parts, body.subarray(start, end)]) : null;
    return { whole, open: rest };
  }

  /** The last page whose end lies at or before a position; null where that is before the first page's. */
  pageBefore(position: number): OggPage | null {
    let low = this.soundOffset;
    let high = this.bytes.size;
    while (high - low > longestPage) {
      const middle = Math.floor((low + high) / 2);
      const page = this.#findPage(middle, high);
      if (page === null) high = middle;
      else if (page.granule <= position) low = page.offset;
      else high = middle;
    }
    let best: OggPage | null = null;
    for (
      let page = this.nextPage(low);
      page !== null && (page.granule < 0 || page.granule <= position);
      page = this.nextPage(page.offset + page.length)
    ) {
      if (page.granule >= 0) best = page;
      if (page.last) break;
    }
    return best;
  }

  /** The first page of this stream that begins at or after an offset, before `end`, and says where it ends. */
  #findPage(from: number, end: number): OggPage | null {
    const piece = this.#window.at(from, Math.min(longestPage + headerBytes, this.bytes.size - from))!;
    for (
      let index = piece.indexOf(capturedBytes[0]!);
      index >= 0 && from + index < end;
      index = piece.indexOf(capturedBytes[0]!, index + 1)
    ) {
      const page = isCaptured(piece, index) ? this.#wholePage(from + index) : null;
      if (page !== null && page.serial === this.#serial && page.granule >= 0) return page;
    }
    return null;
  }

  /** The page at an offset if all of it is there and its checksum is right. */
  #wholePage(offset: number): OggPage | null {
    const page = pageAt(this.#window, offset);
    const whole = page === undefined ? null : this.#window.at(offset, page.length);
    return page !== undefined && whole !== null && hasRightChecksum(whole) ? page : null;
  }

  #readHeaders(): { headers: Uint8Array[]; offset: number } {
    const headers: Uint8Array[] = [];
    let open: Uint8Array | null = null;
    let wanted = 1;
    let offset = 0;
    while (headers.length < wanted) {
      const page = this.nextPage(offset);
      if (page === null) throw damaged('its headers are not whole');
      const packets = this.packetsOf(page, open);
      open = packets.open;
      headers.push(...packets.whole);
      offset = page.offset + page.length;
      const codec = headers[0] === undefined ? undefined : codecOf(headers[0]);
      if (headers[0] !== undefined && codec !== 'vorbis' && codec !== 'opus')
        throw damaged('it holds neither vorbis nor opus');
      wanted = codec === 'vorbis' ? 3 : 2;
    }
    return { headers: headers.slice(0, wanted), offset };
  }

  /** The position at the end of the last page, which must be there and say that it is the last. */
  #lastGranule(): number {
    const { size } = this.bytes;
    const begin = Math.max(0, size - longestPage);
    const tail = this.#window.at(begin, size - begin) ?? new Uint8Array(0);
    for (let index = tail.length - headerBytes; index >= 0; index -= 1) {
      if (!isCaptured(tail, index)) continue;
      const page = pageAt(this.#window, begin + index);
      if (page === undefined) continue;
      if (page.offset + page.length > size) throw damaged('its last page is not whole');
      if (this.#wholePage(page.offset) === null) continue;
      if (page.serial !== this.#serial) break;
      if (!page.last) throw damaged('it has no last page');
      return page.granule;
    }
    // Another stream or other data follows. Searching from the front takes longer, but is always right.
    for (let page = this.nextPage(this.soundOffset); page !== null; page = this.nextPage(page.offset + page.length)) {
      if (!page.last) continue;
      this.#expectNoSound(page.offset + page.length);
      return page.granule;
    }
    throw damaged('it has no last page');
  }

  /**
   * Throws where another sound begins behind this one, as in recordings of radio stations: a part of a file must not
   * pass for all of it.
   */
  #expectNoSound(from: number): void {
    for (
      let page = pageAt(this.#window, from);
      page !== undefined;
      page = pageAt(this.#window, page.offset + page.length)
    ) {
      const body = page.first
        ? this.#window.at(page.offset + headerBytes + page.lacing.length, Math.min(8, page.lacing[0] ?? 0))
        : null;
      if (body !== null && codecOf(body) !== undefined)
        throw new AudioError(
          'ERR_DECODE',
          'The Ogg file holds several sounds one after the other, and only one can be decoded: split it first',
        );
    }
  }
}

function isCaptured(bytes: Uint8Array, at: number): boolean {
  return capturedBytes.every((byte, index) => bytes[at + index] === byte);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** CRC-32 with polynomial 0x04c11db7, most significant bit first, no inversion: what RFC 3533 asks for. */
const checksums = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) value = value < 0 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value >>> 0;
});

function hasRightChecksum(page: Uint8Array): boolean {
  const from = 22;
  let value = 0;
  for (let index = 0; index < page.length; index += 1) {
    const byte = index >= from && index < from + 4 ? 0 : page[index]!;
    value = (value << 8) ^ checksums[((value >>> 24) ^ byte) & 255]!;
  }
  return value >>> 0 === new DataView(page.buffer, page.byteOffset, page.length).getUint32(from, true);
}
