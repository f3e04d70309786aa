import { type ContainerInfo, possibleInfo, textAt, viewOf } from './container-info.js';

const noPosition = 0xffffffffffffffffn;
const opusRate = 48000;

/** Ogg with Vorbis or Opus: the first page tells which, the position of the last page tells the length. */
export function lengthOfOgg(bytes: Uint8Array): ContainerInfo | null {
  const packet = 27 + bytes[26]!;
  const view = viewOf(bytes);
  const serial = view.getUint32(14, true);
  const last = lastPosition(bytes, serial);
  if (textAt(bytes, packet, 8) === 'OpusHead') {
    const channels = bytes[packet + 9]!;
    const preSkip = view.getUint16(packet + 10, true);
    return possibleInfo({ container: 'opus', sampleRate: opusRate, channels, frames: Math.max(0, last - preSkip) });
  }
  if (textAt(bytes, packet + 1, 6) !== 'vorbis') return null;
  return possibleInfo({
    container: 'ogg',
    sampleRate: view.getUint32(packet + 12, true),
    channels: bytes[packet + 11]!,
    frames: last,
  });
}

/** The position in the last page of a stream: its frames up to the end. */
function lastPosition(bytes: Uint8Array, serial: number): number {
  const view = viewOf(bytes);
  for (let offset = bytes.length - 27; offset >= 0; offset -= 1) {
    if (bytes[offset] !== 0x4f || textAt(bytes, offset, 4) !== 'OggS' || view.getUint32(offset + 14, true) !== serial)
      continue;
    const position = view.getBigUint64(offset + 6, true);
    if (position !== noPosition) return Number(position);
  }
  return Number.NaN;
}
