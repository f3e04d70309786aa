import { open } from 'node:fs/promises';
import { AudioBuffer } from '../index.js';
import { answer, clock, decibels, isAddress, table } from './output.js';

/** `info FILE`: format, length and levels. */
export async function runInfo(files: readonly string[], { json = false }: { json?: boolean }): Promise<void> {
  const found = [];
  for (const file of files) found.push(await describe(file));
  const text = found.map((info) =>
    table([
      [info.file, ''],
      ['  container', info.container],
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
  const buffer = await AudioBuffer.load(file);
  let peak = 0;
  let power = 0;
  for (let channel = 0; channel < buffer.channels; channel += 1) {
    for (const value of buffer.getChannelData(channel)) {
      peak = Math.max(peak, Math.abs(value));
      power += value * value;
    }
  }
  const { channels, sampleRate, lengthFrames, durationSeconds } = buffer;
  const rms = lengthFrames === 0 ? 0 : Math.sqrt(power / lengthFrames / channels);
  return { file, container: await containerOf(file), channels, sampleRate, frames: lengthFrames, seconds: durationSeconds, peak, rms };
}

/** What the first bytes say; an address is not read twice. */
async function containerOf(file: string): Promise<string> {
  if (isAddress(file)) return 'unknown';
  const handle = await open(file);
  try {
    const bytes = Buffer.alloc(64);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    const text = bytes.toString('latin1', 0, bytesRead);
    if (text.startsWith('RIFF') || text.startsWith('RF64')) return 'wav';
    if (text.startsWith('fLaC')) return 'flac';
    if (text.startsWith('OggS')) return text.includes('OpusHead') ? 'ogg opus' : text.includes('vorbis') ? 'ogg vorbis' : 'ogg';
    if (text.startsWith('ID3') || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0)) return 'mp3';
    return 'unknown';
  } finally {
    await handle.close();
  }
}
