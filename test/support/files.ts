import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, shortFolder } from './processes.js';
import { sine } from './signals.js';
import { writeWav } from './wav.js';

const recordings = new URL('../../node_modules/audio-lena/', import.meta.url).pathname;

/** A file of audio-lena: one 12 s mono recording at 44.1 kHz in many formats. */
export function recording(name: 'lena.wav' | 'lena.flac' | 'lena.mp3' | 'lena.ogg' | 'lena.opus'): string {
  return join(recordings, name);
}

/** Samples as the `flac` program decodes them, 16 bit. */
export function decodedByFlac(path: string): Float32Array {
  const raw = run('flac', '-s', '-d', '-c', '--force-raw-format', '--endian=little', '--sign=signed', path);
  return Float32Array.from({ length: raw.length / 2 }, (_, index) => raw.readInt16LE(index * 2) / 32768);
}

/** Files made by sox, flac and lame in a folder of their own; the caller removes it. */
export interface MadeFiles {
  readonly folder: string;
  readonly tone: Float32Array;
  /** Writes bytes under a name and gives the path. */
  write(name: string, bytes: Uint8Array): string;
  /** Makes a file of the tone with sox. */
  sox(name: string, ...args: string[]): string;
  /** Makes an mp3 of the tone with lame. */
  lame(name: string, ...args: string[]): string;
}

/** A second of a 1 kHz tone at 48 kHz, stereo, and what other programs make of it. */
export function makeFiles(): MadeFiles {
  const folder = shortFolder('mf');
  mkdirSync(folder, { recursive: true });
  const tone = sine(48000, 48000, 1000, 0.5, 2);
  const source = join(folder, 'source.wav');
  writeFileSync(source, writeWav(tone, 48000, 2));
  return {
    folder,
    tone,
    write(name, bytes) {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      return path;
    },
    sox(name, ...args) {
      const path = join(folder, name);
      run('sox', '-D', source, ...args, path);
      return path;
    },
    lame(name, ...args) {
      const path = join(folder, name);
      const plain = join(folder, 'plain.wav');
      run('sox', '-D', source, '-b', '16', '-e', 'signed-integer', plain);
      run('lame', '--quiet', ...args, plain, path);
      return path;
    },
  };
}

export function bytesOf(path: string): Uint8Array {
  return new Uint8Array(readFileSync(path));
}
