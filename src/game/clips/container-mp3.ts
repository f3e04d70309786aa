import { type ContainerInfo, possibleInfo, textAt, viewOf } from './container-info.js';

// Tables of ISO 11172-3 and 13818-3, in kbit/s, by [version 1 or later][layer - 1][index].
const bitrates = [
  [
    [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
    [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  ],
  [
    [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  ],
] as const;
const sampleRates = [44100, 48000, 32000] as const;

/** A decoder's own delay, which LAME's numbers leave out. */
const decoderDelay = 529;

interface FrameHeader {
  readonly sampleRate: number;
  readonly channels: number;
  readonly frames: number;
  readonly bytes: number;
  readonly later: boolean;
}

function headerAt(bytes: Uint8Array, offset: number): FrameHeader | null {
  if (offset + 4 > bytes.length || bytes[offset] !== 0xff || (bytes[offset + 1]! & 0xe0) !== 0xe0) return null;
  const version = (bytes[offset + 1]! >> 3) & 3;
  const layer = 4 - ((bytes[offset + 1]! >> 1) & 3);
  const rate = sampleRates[(bytes[offset + 2]! >> 2) & 3];
  const later = version !== 3;
  const bitrate = layer === 4 ? undefined : bitrates[later ? 1 : 0][layer - 1]![bytes[offset + 2]! >> 4];
  if (version === 1 || rate === undefined || bitrate === undefined || bitrate === 0) return null;
  const sampleRate = version === 3 ? rate : version === 2 ? rate / 2 : rate / 4;
  const frames = layer === 1 ? 384 : layer === 3 && later ? 576 : 1152;
  const padding = (bytes[offset + 2]! >> 1) & 1;
  const slot = layer === 1 ? 4 : 1;
  const size = (Math.floor(((frames / 8 / slot) * bitrate * 1000) / sampleRate) + padding) * slot;
  return { sampleRate, channels: bytes[offset + 3]! >> 6 === 3 ? 1 : 2, frames, bytes: size, later };
}

/** MPEG audio: its length by the note that an encoder left in the first frame, or by counting frames. */
export function lengthOfMp3(bytes: Uint8Array): ContainerInfo | null {
  const start = firstFrame(bytes);
  if (start < 0) return null;
  const first = headerAt(bytes, start)!;
  const noted = noteOf(bytes, start, first);
  const frames = noted ?? countFrames(bytes, start) * first.frames;
  return possibleInfo({ container: 'mp3', sampleRate: first.sampleRate, channels: first.channels, frames });
}

/** The offset of the first frame that a matching one follows, or that ends with the file. */
function firstFrame(bytes: Uint8Array): number {
  const searched = Math.min(bytes.length - 4, 65536);
  for (let offset = 0; offset <= searched; offset += 1) {
    const header = headerAt(bytes, offset);
    if (header === null) continue;
    const next = headerAt(bytes, offset + header.bytes);
    if (next === null ? offset + header.bytes === bytes.length : next.sampleRate === header.sampleRate) return offset;
  }
  return -1;
}

function countFrames(bytes: Uint8Array, start: number): number {
  let count = 0;
  for (let offset = start; ; count += 1) {
    const header = headerAt(bytes, offset);
    if (header === null || offset + header.bytes > bytes.length) return count;
    offset += header.bytes;
  }
}

/** Length in frames by a Xing, Info or VBRI note, without the silence that encoder and decoder add. */
function noteOf(bytes: Uint8Array, start: number, header: FrameHeader): number | undefined {
  const view = viewOf(bytes);
  const side = header.later ? (header.channels === 1 ? 9 : 17) : header.channels === 1 ? 17 : 32;
  const note = start + 4 + side;
  const mark = textAt(bytes, note, 4);
  if (textAt(bytes, start + 36, 4) === 'VBRI') return view.getUint32(start + 50) * header.frames;
  if (mark !== 'Xing' && mark !== 'Info') return undefined;
  const flags = view.getUint32(note + 4);
  if ((flags & 1) === 0) return undefined;
  const all = view.getUint32(note + 8) * header.frames;
  const encoder = note + 8 + (flags & 1 ? 4 : 0) + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
  const name = textAt(bytes, encoder, 4);
  if (name !== 'LAME' && name !== 'Lavc' && name !== 'Lavf') return all;
  const packed = (bytes[encoder + 21]! << 16) | (bytes[encoder + 22]! << 8) | bytes[encoder + 23]!;
  const delay = packed >> 12;
  const padding = packed & 4095;
  return delay === 0 && padding === 0
    ? all
    : Math.max(0, all - (delay + decoderDelay) - Math.max(0, padding - decoderDelay));
}
