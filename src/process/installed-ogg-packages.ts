import type { OggPackages } from '../wasm/ogg-decoder.js';

/** The packages as a process has them installed. */
export const installedOggPackages: OggPackages = {
  vorbis: () => import('@wasm-audio-decoders/ogg-vorbis'),
  opus: () => import('opus-decoder'),
};
