// The bundle that is loaded when an Ogg file is met (scripts/build/browser.mjs).
export { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis';
export { OpusDecoder } from 'opus-decoder';
