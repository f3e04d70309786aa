import { AudioError } from '../base/errors.js';
import type { SampleMemory } from '../wire/core.js';
import { sampleReader } from './sources/sample-data.js';

/** Sample formats of a WAV file: 16 or 24 bit integers, or 32 bit floats. */
export type WavFormat = 's16' | 's24' | 'f32';

/** The names of all WAV formats. */
export const wavFormats: readonly WavFormat[] = ['s16', 's24', 'f32'];

const formatInteger = 1;
const formatFloat = 3;
const formatExtensible = 0xfffe;
// The last 14 bytes of the format ids in a WAVE_FORMAT_EXTENSIBLE header (KSDATAFORMAT_SUBTYPE_PCM and _IEEE_FLOAT).
const subformatTail = [0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xaa, 0x00, 0x38, 0x9b, 0x71];
// Speaker positions for 1 to 8 channels: mono, stereo, 3.0, quad, 5.0, 5.1, 6.1, 7.1.
const speakerMasks = [0x4, 0x3, 0x7, 0x33, 0x37, 0x3f, 0x70f, 0x63f];
const bytesOfFormat: Readonly<Record<WavFormat, number>> = { s16: 2, s24: 3, f32: 4 };

/**
 * A whole WAV file. Integers are rounded to the nearest and clamped; floats are written as they are. Throws
 * ERR_TOO_LARGE above 4 GiB.
 */
export function encodeWav(memory: SampleMemory, format: WavFormat): Uint8Array {
  const { channels, sampleRate, frames } = memory;
  const sampleBytes = bytesOfFormat[format];
  const dataBytes = frames * channels * sampleBytes;
  const tag = format === 'f32' ? formatFloat : formatInteger;
  const extensible = channels > 2;
  // A format other than plain integers states its number of frames in a fact chunk.
  const header = new HeaderWriter();
  header.text('WAVE').text('fmt ');
  header.u32(extensible ? 40 : tag === formatFloat ? 18 : 16);
  header
    .u16(extensible ? formatExtensible : tag)
    .u16(channels)
    .u32(sampleRate);
  header
    .u32(sampleRate * channels * sampleBytes)
    .u16(channels * sampleBytes)
    .u16(sampleBytes * 8);
  if (extensible) {
    header
      .u16(22)
      .u16(sampleBytes * 8)
      .u32(speakerMasks[channels - 1]!)
      .u16(tag);
    for (const byte of subformatTail) header.u8(byte);
  } else if (tag === formatFloat) {
    header.u16(0);
  }
  if (tag === formatFloat) header.text('fact').u32(4).u32(frames);
  header.text('data').u32(dataBytes);

  const fileBytes = 8 + header.bytes.length + dataBytes + (dataBytes % 2);
  if (fileBytes > 0xffffffff) throw new AudioError('ERR_TOO_LARGE', 'A WAV file holds at most 4 GiB');
  const file = new Uint8Array(fileBytes);
  file.set(new HeaderWriter().text('RIFF').u32(fileBytes - 8).bytes);
  file.set(header.bytes, 8);
  writeSamples(new DataView(file.buffer, 8 + header.bytes.length), memory, format);
  return file;
}

function writeSamples(view: DataView, memory: SampleMemory, format: WavFormat): void {
  const read = sampleReader(memory);
  const count = memory.frames * memory.channels;
  if (format === 'f32') {
    for (let index = 0; index < count; index += 1) view.setFloat32(index * 4, read(index), true);
  } else if (format === 's16') {
    for (let index = 0; index < count; index += 1) view.setInt16(index * 2, integer(read(index), 32768), true);
  } else {
    for (let index = 0; index < count; index += 1) {
      const value = integer(read(index), 8388608);
      view.setUint16(index * 3, value & 0xffff, true);
      view.setInt8(index * 3 + 2, value >> 16);
    }
  }
}

function integer(sample: number, full: number): number {
  return Math.max(-full, Math.min(full - 1, Math.round(sample * full)));
}

/** Little-endian bytes, one after the other. */
class HeaderWriter {
  readonly bytes: number[] = [];

  text(value: string): this {
    for (const character of value) this.bytes.push(character.charCodeAt(0));
    return this;
  }

  u8(value: number): this {
    this.bytes.push(value & 0xff);
    return this;
  }

  u16(value: number): this {
    return this.u8(value).u8(value >>> 8);
  }

  u32(value: number): this {
    return this.u16(value).u16(value >>> 16);
  }
}
