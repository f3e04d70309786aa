// Stands in for the package codec-parser (LGPL-3.0-or-later) in the bundle of the Ogg decoders.
// `@wasm-audio-decoders/ogg-vorbis` makes one parser for each decoder, which is never fed, as src/wasm/ogg-file.ts
// reads the pages; what it does use is the names of a page's properties.
export const totalSamples = 'totalSamples';
export const data = 'data';
export const codecFrames = 'codecFrames';
export const header = 'header';
export const vorbisComments = 'vorbisComments';
export const vorbisSetup = 'vorbisSetup';
export const isLastPage = 'isLastPage';

/** Parses nothing. */
export default class CodecParser {}
