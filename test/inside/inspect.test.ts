import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AudioError } from '../../src/base/errors.js';
import { bytesOfSource } from '../../src/process/file-bytes.js';
import { decodeInThread } from '../../src/process/process-decoding-thread.js';
import { decodeBytes, inspectSource } from '../../src/process/process-host.js';
import { fileDecoders } from '../../src/process/wasm-module.js';
import type { ByteSource } from '../../src/wasm/byte-source.js';
import type { DecodedAudio, SoundInfo } from '../../src/wire/core.js';
import { removeFolder, run, shortFolder } from '../support/processes.js';

const recordings = new URL('../../node_modules/audio-lena/', import.meta.url).pathname;
let folder: string;

/** How the files are made, from four seconds of two sines or of noise; and what they are. */
const files: Record<string, [container: string, codec: string, bits: number, make: (path: string) => void]> = {
  'u8.wav': ['wav', 'pcm', 8, (path) => sox(path, '-b', '8')],
  's16.wav': ['wav', 'pcm', 16, (path) => sox(path, '-b', '16')],
  's24.wav': ['wav', 'pcm', 24, (path) => sox(path, '-b', '24')],
  's32.wav': ['wav', 'pcm', 32, (path) => sox(path, '-b', '32', '-e', 'signed-integer')],
  'f32.wav': ['wav', 'float', 32, (path) => sox(path, '-b', '32', '-e', 'floating-point')],
  'f64.wav': ['wav', 'float', 64, (path) => sox(path, '-b', '64', '-e', 'floating-point')],
  'a-law.wav': ['wav', 'alaw', 8, (path) => sox(path, '-e', 'a-law')],
  'mu-law.wav': ['wav', 'mulaw', 8, (path) => sox(path, '-e', 'mu-law')],
  'ms-adpcm.wav': ['wav', 'adpcm', 4, (path) => sox(path, '-e', 'ms-adpcm')],
  'ima-adpcm.wav': ['wav', 'adpcm', 4, (path) => sox(path, '-e', 'ima-adpcm')],
  'rifx.wav': ['wav', 'pcm', 24, (path) => sox(path, '-b', '24', '-B')],
  'u8.w64': ['w64', 'pcm', 8, (path) => sox(path, '-b', '8')],
  's16.w64': ['w64', 'pcm', 16, (path) => sox(path, '-b', '16')],
  's24.w64': ['w64', 'pcm', 24, (path) => sox(path, '-b', '24')],
  's8.aiff': ['aiff', 'pcm', 8, (path) => sox(path, '-b', '8')],
  's16.aiff': ['aiff', 'pcm', 16, (path) => sox(path, '-b', '16')],
  's24.aiff': ['aiff', 'pcm', 24, (path) => sox(path, '-b', '24')],
  's32.aiff': ['aiff', 'pcm', 32, (path) => sox(path, '-b', '32')],
  's16.aifc': ['aiff', 'pcm', 16, (path) => sox(path, '-b', '16')],
  's16.flac': ['flac', 'flac', 16, (path) => sox(path, '-b', '16')],
  's24.flac': ['flac', 'flac', 24, (path) => sox(path, '-b', '24')],
  'small-blocks.flac': ['flac', 'flac', 16, (path) => flac(path, '-b', '256')],
  'noise.flac': ['flac', 'flac', 16, (path) => sox(path, '-b', '16', 'synth', 'whitenoise')],
  'unknown-length.flac': ['flac', 'flac', 16, (path) => withoutLength(path)],
  'unknown-length-noise.flac': ['flac', 'flac', 16, (path) => withoutLength(path, 'synth', 'whitenoise')],
  'flac.oga': ['ogg', 'flac', 16, (path) => flac(path, '--ogg')],
  'constant.mp3': ['mp3', 'mp3', 0, (path) => lame(path, '-b', '128')],
  'variable.mp3': ['mp3', 'mp3', 0, (path) => lame(path, '-V', '4')],
  'average.mp3': ['mp3', 'mp3', 0, (path) => lame(path, '--abr', '100')],
  'mono.mp3': ['mp3', 'mp3', 0, (path) => lame(path, '-m', 'm', '-b', '48')],
  'half-rate.mp3': ['mp3', 'mp3', 0, (path) => lame(path, '--resample', '22.05')],
  'quarter-rate.mp3': ['mp3', 'mp3', 0, (path) => lame(path, '--resample', '8')],
  'checksums.mp3': ['mp3', 'mp3', 0, (path) => lame(path, '-p')],
  'tags.mp3': ['mp3', 'mp3', 0, (path) => lame(path, '--add-id3v2', '--tt', 'Tone')],
  'no-header.mp3': ['mp3', 'mp3', 0, (path) => lame(path, '-t')],
  'no-header-variable.mp3': ['mp3', 'mp3', 0, (path) => lame(path, '-t', '-V', '3')],
  'vorbis.ogg': ['ogg', 'vorbis', 0, (path) => run('oggenc', '-Q', '-o', path, source())],
  'vorbis-mono.ogg': ['ogg', 'vorbis', 0, (path) => run('oggenc', '-Q', '--downmix', '-o', path, source())],
  'opus.opus': ['opus', 'opus', 0, (path) => run('opusenc', '--quiet', source(), path)],
  'opus-mono.opus': ['opus', 'opus', 0, (path) => run('opusenc', '--quiet', '--downmix-mono', source(), path)],
};

/** Files that somebody else made. */
const lena = [
  ...['wav', 'flac', 'mp3', 'ogg', 'opus', 'aiff'].map((extension) => `lena.${extension}`),
  ...['24', '32', 'alaw', 'ulaw'].map((kind) => `lena-${kind}.aiff`),
];

const source = (): string => join(folder, 'source.wav');

/** Words after the format are effects. */
function sox(path: string, ...words: string[]): void {
  const effects = words.indexOf('synth');
  const [format, rest] = effects < 0 ? [words, []] : [words.slice(0, effects), words.slice(effects)];
  run('sox', '-D', '-R', source(), ...format, path, ...rest);
}

function flac(path: string, ...words: string[]): void {
  run('flac', '-s', '-f', ...words, '-o', path, source());
}

function lame(path: string, ...words: string[]): void {
  run('lame', '--quiet', ...words, source(), path);
}

/** As a recording into a pipe is: STREAMINFO's 36 bits of how many frames there are say 0. */
function withoutLength(path: string, ...words: string[]): void {
  sox(path, '-b', '16', ...words);
  const bytes = readFileSync(path);
  bytes[21]! &= 0xf0;
  bytes.fill(0, 22, 26);
  writeFileSync(path, bytes);
}

beforeAll(() => {
  folder = shortFolder('in');
  run(
    'sox',
    '-D',
    '-n',
    '-r',
    '44100',
    '-b',
    '16',
    source(),
    'synth',
    '4.01',
    'sine',
    '440',
    'sine',
    '1000',
    'gain',
    '-6',
  );
  for (const [name, [, , , make]] of Object.entries(files)) make(join(folder, name));
});

afterAll(() => removeFolder(folder));

const hosts: [string, (path: string) => SoundInfo, (bytes: Uint8Array) => Promise<DecodedAudio>][] = [
  ['native', inspectSource, decodeBytes],
  ['wasm', (path) => fileDecoders.inspect(bytesOfSource(path)), decodeInThread],
];

describe.each(hosts)('what the header tells is what decoding gives, %s', (_host, inspect, decode) => {
  it.each(Object.keys(files))('%s', async (name) => {
    const [container, codec, bits] = files[name]!;
    const path = join(folder, name);
    const told = inspect(path);
    expect(told).toMatchObject({ container, codec, bits });
    const { samples, ...decoded } = await decode(new Uint8Array(readFileSync(path)));
    expect(decoded).toEqual(told);
    expect(samples.length).toBe(told.frames * told.channels);
  });

  it.each(lena)('%s', async (name) => {
    const path = join(recordings, name);
    const { samples: _, ...decoded } = await decode(new Uint8Array(readFileSync(path)));
    expect(decoded).toEqual(inspect(path));
  });
});

it.each(Object.keys(files))('%s that was cut off: an error, or what is told is decoded', async (name) => {
  const whole = new Uint8Array(readFileSync(join(folder, name)));
  for (const part of [0.01, 0.3, 0.5, 0.9, 0.999]) {
    const bytes = whole.slice(0, Math.round(whole.length * part));
    let told: SoundInfo;
    try {
      told = inspectSource(bytes);
    } catch (error) {
      expect(error).toBeInstanceOf(AudioError);
      expect(error).toMatchObject({ code: 'ERR_DECODE' });
      await expect(decodeBytes(bytes)).rejects.toMatchObject({ code: 'ERR_DECODE' });
      continue;
    }
    const frames = await decodeBytes(bytes).then(
      (decoded) => decoded.frames,
      (error) => error.code,
    );
    expect(['ERR_DECODE', told.frames]).toContain(frames);
  }
});

/** A file that counts the bytes that are read of it. */
function counted(path: string): ByteSource & { done: number } {
  const bytes = bytesOfSource(path);
  return {
    done: 0,
    size: bytes.size,
    read(offset, target) {
      this.done += target.length;
      return bytes.read(offset, target);
    },
    expectUnchanged() {},
    close: () => bytes.close(),
  };
}

it.each(['noise.flac', 'unknown-length-noise.flac', 's32.aiff', 's24.w64', 'rifx.wav', 'f64.wav'])(
  '%s: only what tells it is read',
  (name) => {
    const bytes = counted(join(folder, name));
    fileDecoders.inspect(bytes);
    expect(bytes.done).toBeLessThan(200_000);
    expect(bytes.size).toBeGreaterThan(500_000);
    bytes.close();
  },
);

it('throws what reading throws', () => {
  expect(() => inspectSource(join(folder, 'nowhere.wav'))).toThrowError(
    expect.objectContaining({ code: 'ERR_FILE_NOT_FOUND' }),
  );
  expect(() => inspectSource(folder)).toThrowError(expect.objectContaining({ code: 'ERR_FILE_READ' }));
});
