import { loadBytes, pathOfSource } from '../engine/loading.js';
import { bytesOfSource } from '../process/file-bytes.js';
import { fileDecoders } from '../process/wasm-module.js';
import type { FileDecoder } from '../wasm/file-decoder.js';
import { answer, clock, decibels, table } from './output.js';

/** Frames that are decoded at a time: a long file never lies in memory as a whole. */
const pieceFrames = 65536;

/** `info FILE`: format, length and levels. */
export async function runInfo(files: readonly string[], { json = false }: { json?: boolean }): Promise<void> {
  const found = [];
  for (const file of files) found.push(await describe(file));
  const text = found.map((info) =>
    table([
      [info.file, ''],
      ['  container', info.container],
      ['  codec', info.bits === 0 ? info.codec : `${info.codec}, ${info.bits} bits`],
      ['  channels', String(info.channels)],
      ['  sample rate', `${info.sampleRate} Hz`],
      ['  length', `${clock(info.seconds)} (${info.seconds.toFixed(3)} s, ${info.frames} frames)`],
      ['  peak', decibels(info.peak)],
      ['  RMS', decibels(info.rms)],
    ]),
  );
  answer(json, files.length === 1 ? found[0] : found, text.join('\n'));
}

async function describe(file: string) {
  // An address is fetched as a whole.
  const bytes = bytesOfSource(pathOfSource(file) ?? (await loadBytes(file, {})));
  let decoder: FileDecoder;
  try {
    decoder = await fileDecoders.open(bytes);
  } catch (error) {
    bytes.close();
    throw error;
  }
  try {
    const { container, codec, bits, channels, sampleRate, frames } = decoder.info;
    const { peak, rms } = await levelsOf(decoder);
    return { file, container, codec, bits, channels, sampleRate, frames, seconds: frames / sampleRate, peak, rms };
  } finally {
    decoder.close();
  }
}

/** Largest magnitude and root mean square of all samples, linear. */
async function levelsOf(decoder: FileDecoder): Promise<{ peak: number; rms: number }> {
  const { channels, frames } = decoder.info;
  const piece = new Float32Array(pieceFrames * channels);
  let peak = 0;
  let power = 0;
  for (let frame = 0; frame < frames; frame += pieceFrames) {
    const count = Math.min(pieceFrames, frames - frame);
    await decoder.read(frame, count, piece);
    for (const value of piece.subarray(0, count * channels)) {
      peak = Math.max(peak, Math.abs(value));
      power += value * value;
    }
  }
  return { peak, rms: frames === 0 ? 0 : Math.sqrt(power / frames / channels) };
}
