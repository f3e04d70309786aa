import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, shortFolder } from './processes.js';
import { noise } from './signals.js';
import { writeWav } from './wav.js';

/** What can be decoded as it plays. */
export const streamFormats = ['wav', 'flac', 'mp3', 'ogg', 'opus'] as const;
export type StreamFormat = (typeof streamFormats)[number];

/** Noise of a few seconds in stereo at 44.1 kHz, as files of all formats in a folder that the caller removes. */
export interface StreamFiles {
  readonly folder: string;
  readonly frames: number;
  /** The path of one. */
  of(format: string): string;
  /** Its bytes, nobody else's. */
  bytesOf(format: string): Uint8Array<ArrayBuffer>;
}

/** Makes them with sox, flac, lame, oggenc and opusenc. */
export function makeStreamFiles(seconds = 12): StreamFiles {
  const folder = shortFolder('sf');
  const frames = seconds * 44100 + 123;
  const of = (format: string): string => join(folder, `sound.${format}`);
  writeFileSync(of('wav'), writeWav(noise(frames, 2, 3, 0.3), 44100, 2));
  const whole = join(folder, 'whole.wav');
  run('sox', '-D', of('wav'), '-b', '16', '-e', 'signed-integer', whole);
  run('flac', '-s', '-o', of('flac'), whole);
  run('lame', '--quiet', '-b', '128', whole, of('mp3'));
  run('oggenc', '-Q', '-o', of('ogg'), whole);
  run('opusenc', '--quiet', whole, of('opus'));
  return { folder, frames, of, bytesOf: (format) => new Uint8Array(readFileSync(of(format))) };
}
