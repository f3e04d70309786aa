import { type ContainerInfo, possibleInfo, textAt, viewOf } from './container-info.js';
import { lengthOfMp3 } from './container-mp3.js';
import { lengthOfOgg } from './container-ogg.js';

/**
 * The kind and length of a file, from its header; null if it is of none of these kinds. Reads nothing of the sound
 * itself, and never throws.
 */
export function inspect(bytes: Uint8Array): ContainerInfo | null {
  try {
    const start = skipId3(bytes);
    const mark = textAt(bytes, start, 4);
    if (mark === 'RIFF' || mark === 'RF64') return lengthOfWav(bytes.subarray(start));
    if (mark === 'fLaC') return lengthOfFlac(bytes.subarray(start));
    if (mark === 'OggS') return lengthOfOgg(bytes.subarray(start));
    return lengthOfMp3(bytes.subarray(start));
  } catch (error) {
    // The header ends in the middle of a number: the decoder will say more.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The offset of the sound, after any ID3 tags at the start. */
function skipId3(bytes: Uint8Array): number {
  let start = 0;
  while (textAt(bytes, start, 3) === 'ID3') {
    const size =
      ((bytes[start + 6]! & 127) << 21) |
      ((bytes[start + 7]! & 127) << 14) |
      ((bytes[start + 8]! & 127) << 7) |
      (bytes[start + 9]! & 127);
    const footer = (bytes[start + 5]! & 16) !== 0 ? 10 : 0;
    start += 10 + size + footer;
  }
  return start;
}

const pcm = 1;
const float = 3;
const extensible = 0xfffe;

function lengthOfWav(bytes: Uint8Array): ContainerInfo | null {
  if (textAt(bytes, 8, 4) !== 'WAVE') return null;
  const view = viewOf(bytes);
  let format = 0;
  let channels = 0;
  let sampleRate = 0;
  let frameBytes = 0;
  let countedFrames = Number.NaN;
  let longDataBytes = Number.NaN;
  for (let offset = 12; offset + 8 <= bytes.length; ) {
    const name = textAt(bytes, offset, 4);
    const size = view.getUint32(offset + 4, true);
    const body = offset + 8;
    if (name === 'ds64') longDataBytes = Number(view.getBigUint64(body + 8, true));
    else if (name === 'fmt ') {
      format = view.getUint16(body, true);
      channels = view.getUint16(body + 2, true);
      sampleRate = view.getUint32(body + 4, true);
      frameBytes = view.getUint16(body + 12, true);
      if (format === extensible) format = view.getUint16(body + 24, true);
    } else if (name === 'fact') countedFrames = view.getUint32(body, true);
    else if (name === 'data') {
      const dataBytes =
        size === 0xffffffff && !Number.isNaN(longDataBytes) ? longDataBytes : Math.min(size, bytes.length - body);
      const plain = format === pcm || format === float;
      const frames = plain || Number.isNaN(countedFrames) ? Math.floor(dataBytes / frameBytes) : countedFrames;
      return possibleInfo({ container: 'wav', sampleRate, channels, frames });
    }
    // Chunks begin at even offsets.
    offset = body + size + (size & 1);
  }
  return null;
}

function lengthOfFlac(bytes: Uint8Array): ContainerInfo | null {
  // STREAMINFO is always the first block; its body begins behind the mark and the block's own header of four bytes
  // each.
  const view = viewOf(bytes);
  const packed = view.getUint32(18);
  const low = view.getUint32(22);
  const frames = (packed & 15) * 2 ** 32 + low;
  return possibleInfo({
    container: 'flac',
    sampleRate: packed >>> 12,
    channels: ((packed >>> 9) & 7) + 1,
    frames: frames === 0 ? Number.NaN : frames,
  });
}
