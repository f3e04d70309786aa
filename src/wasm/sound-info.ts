import type { Codec, Container } from '../base/types.js';
import type { SoundInfo } from '../wire/core.js';

/** The numbers are `mae_container` of native/include/mae.h. */
const containers: readonly Container[] = ['wav', 'w64', 'aiff', 'flac', 'ogg', 'mp3'];
/** The numbers are `mae_codec` of native/include/mae.h. */
const codecs: readonly Codec[] = ['pcm', 'float', 'alaw', 'mulaw', 'adpcm', 'flac', 'mp3'];

/** What a file holds, as C tells it: container and codec are numbers. */
export interface NumberedInfo {
  readonly container: number;
  readonly codec: number;
  readonly bits: number;
  readonly channels: number;
  readonly sampleRate: number;
  readonly frames: number;
}

/** The same with names. */
export function namedInfo({ container, codec, bits, channels, sampleRate, frames }: NumberedInfo): SoundInfo {
  return { container: containers[container]!, codec: codecs[codec]!, bits, channels, sampleRate, frames };
}

/** A pointer and what a file holds, as native/wasm/exports.c writes them: seven doubles. */
export function pointerAndInfo(buffer: ArrayBufferLike, at: number): { pointer: number; info: SoundInfo } {
  const [pointer, container, codec, bits, channels, sampleRate, frames] = new Float64Array(buffer, at, 7);
  const numbered = { container, codec, bits, channels, sampleRate, frames } as NumberedInfo;
  return { pointer: pointer!, info: namedInfo(numbered) };
}

/** Bytes of what `pointerAndInfo` reads. */
export const pointerAndInfoBytes = 7 * Float64Array.BYTES_PER_ELEMENT;
