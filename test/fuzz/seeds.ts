import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../support/processes.js';

/** As a recording into a pipe is: STREAMINFO's 36 bits of how many frames there are say 0. */
function withoutLength(path: string): string {
  const bytes = readFileSync(path);
  bytes[21]! &= 0xf0;
  bytes.fill(0, 22, 26);
  writeFileSync(path, bytes);
  return path;
}

/** Short real files of every kind that is decoded, in a folder; the paths by who decodes them. */
export function makeSeeds(folder: string): { native: string[]; ogg: string[] } {
  const path = (name: string) => join(folder, name);
  const wav = path('stereo.wav');
  run('sox', '-D', '-n', '-r', '44100', '-b', '16', wav, 'synth', '0.15', 'sine', '440', 'sine', '1000', 'gain', '-6');
  run('sox', '-R', '-n', '-r', '8000', '-b', '16', path('noise.wav'), 'synth', '0.1', 'noise');
  const made = (name: string, ...options: string[]) => {
    run('sox', '-D', wav, ...options, path(name));
    return path(name);
  };
  const flac = (name: string, source: string, ...options: string[]) => {
    run('flac', '-s', '-f', ...options, '-o', path(name), source);
    return path(name);
  };
  const encoded = (name: string, program: string, ...words: string[]) => {
    run(program, ...words);
    return path(name);
  };
  const deep = made('s24.wav', '-b', '24');
  return {
    native: [
      wav,
      path('noise.wav'),
      deep,
      made('u8.wav', '-b', '8'),
      made('f32.wav', '-b', '32', '-e', 'floating-point'),
      made('a-law.wav', '-e', 'a-law'),
      made('adpcm.wav', '-e', 'ms-adpcm'),
      made('ima.wav', '-e', 'ima-adpcm'),
      made('stereo.aiff'),
      made('stereo.w64'),
      made('big-endian.wav', '-B'),
      flac('stereo.flac', wav),
      flac('small-blocks.flac', wav, '-b', '256', '-S', '8x'),
      flac('noise.flac', path('noise.wav'), '-0'),
      flac('deep.flac', deep, '-8'),
      flac('flac.oga', wav, '--ogg'),
      withoutLength(flac('unknown-length.flac', wav)),
      encoded('constant.mp3', 'lame', '--quiet', '-b', '64', wav, path('constant.mp3')),
      encoded('variable.mp3', 'lame', '--quiet', '-V', '4', wav, path('variable.mp3')),
      encoded('mono.mp3', 'lame', '--quiet', '--resample', '16', '-m', 'm', wav, path('mono.mp3')),
    ],
    ogg: [
      encoded('stereo.ogg', 'oggenc', '-Q', '-o', path('stereo.ogg'), wav),
      encoded('mono.ogg', 'oggenc', '-Q', '-q', '0', '--downmix', '-o', path('mono.ogg'), wav),
      encoded('stereo.opus', 'opusenc', '--quiet', wav, path('stereo.opus')),
      encoded('mono.opus', 'opusenc', '--quiet', '--bitrate', '16', '--downmix-mono', wav, path('mono.opus')),
    ],
  };
}
