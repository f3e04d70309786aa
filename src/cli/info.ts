import { AudioClip } from '../index.js';
import { answer, clock, decibels, table } from './output.js';

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
  const clip = await AudioClip.load(file);
  const { buffer, container } = clip;
  let peak = 0;
  let power = 0;
  for (let channel = 0; channel < buffer.channels; channel += 1) {
    for (const value of buffer.getChannelData(channel)) {
      peak = Math.max(peak, Math.abs(value));
      power += value * value;
    }
  }
  const { channels, sampleRate, lengthFrames, durationSeconds } = buffer;
  clip.dispose();
  const rms = lengthFrames === 0 ? 0 : Math.sqrt(power / lengthFrames / channels);
  return { file, container, channels, sampleRate, frames: lengthFrames, seconds: durationSeconds, peak, rms };
}
