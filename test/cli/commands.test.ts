import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type SynthPresetName, synthPresets } from '../../src/index.js';
import { fitTone, largestDifference, peak } from '../support/analysis.js';
import { recording } from '../support/files.js';
import { channelOf, sine } from '../support/signals.js';
import { readWav, writeWav } from '../support/wav.js';
import { miniaudioEngine, silentEnvironment } from './support.js';

const folder = mkdtempSync(join(tmpdir(), 'cli-'));
const place = (name: string): string => join(folder, name);
const tone = place('tone.wav');
writeFileSync(tone, writeWav(sine(24000, 48000, 1000, 0.5, 1), 48000, 1));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

// biome-ignore lint/suspicious/noExplicitAny: answers are compared with literals.
async function jsonOf(...words: string[]): Promise<any> {
  const { stdout } = await miniaudioEngine([...words, '--json'], { env: silentEnvironment });
  return JSON.parse(stdout);
}

describe('help', () => {
  it('lists the commands and the exit codes', async () => {
    const { code, stdout, stderr } = await miniaudioEngine(['--help']);
    expect([code, stderr]).toEqual([0, '']);
    for (const name of ['play', 'render', 'devices', 'doctor', 'build', 'synth', 'info'])
      expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
    for (const exitCode of ['0 ', '2 ', '3 ', '4 ', '5 ', '6 ', '130'])
      expect(stdout).toMatch(new RegExp(`^  ${exitCode} `, 'm'));
    expect(stdout.split('\n').every((line) => line.length <= 80)).toBe(true);
  });

  it('tells the version', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    expect((await miniaudioEngine(['--version'])).stdout).toBe(`${version}\n`);
  });
});

describe('failures are one sentence, a documented exit code and with --json an object', () => {
  it.each([
    [['frobnicate'], 2, 'ERR_USAGE', /unknown command 'frobnicate'/],
    [['render', tone], 2, 'ERR_USAGE', /required option '-o, --output <file>' not specified/],
    [['render', tone, '-o', 'x.wav', '--pitch', '0'], 2, 'ERR_USAGE', /a number from 0\.01 to 100/],
    [
      ['render', tone, '-o', 'x.wav', '--volume', 'loud'],
      2,
      'ERR_USAGE',
      /a gain from 0 to 16, or a level such as -6dB/,
    ],
    [['render', tone, '-o', 'x.wav', '--channels', '1.5'], 2, 'ERR_USAGE', /an integer from 1 to 8/],
    [['render', tone, '-o', 'x.wav', '--format', 'mp3'], 2, 'ERR_USAGE', /Allowed choices are s16, s24, f32/],
    [['render', tone, '-o', 'x.wav', '--loop'], 2, 'ERR_USAGE', /add --seconds LENGTH/],
    [['play', tone, '--backend', 'oss'], 2, 'ERR_USAGE', /Allowed choices are pulseaudio/],
    [
      ['synth', 'boing', '-o', 'x.wav'],
      2,
      'ERR_USAGE',
      /Unknown preset "boing"; known presets: coin, jump, hit, explosion, laser, power-up, blip/,
    ],
    [['synth', 'coin'], 2, 'ERR_USAGE', /add -o FILE\.wav/],
    [['info', place('absent.wav')], 3, 'ERR_FILE_NOT_FOUND', /absent\.wav does not exist/],
    [['render', place('absent.json'), '-o', 'x.wav'], 3, 'ERR_FILE_NOT_FOUND', /absent\.json does not exist/],
    [['info', new URL(import.meta.url).pathname], 3, 'ERR_DECODE', /./],
    [['play', tone], 4, 'ERR_NO_DEVICE', /miniaudio-engine doctor/],
    [
      ['play', tone, '--device', 'gramophone'],
      4,
      'ERR_NO_DEVICE',
      /No playback device matches "gramophone"; none was found/,
    ],
    [['synth', 'coin', '-o', join(folder, 'absent', 'x.wav')], 6, 'ERR_FILE_WRITE', /Cannot write the file/],
  ] as const)('%j', async (words, exitCode, errorCode, sentence) => {
    const plain = await miniaudioEngine(words, { env: silentEnvironment, cwd: folder });
    expect(plain.code).toBe(exitCode);
    expect(plain.stdout).toBe('');
    expect(plain.stderr).toMatch(/^error: [^\n]+\n$/);
    expect(plain.stderr).toMatch(sentence);
    const asJson = await miniaudioEngine([...words, '--json'], { env: silentEnvironment, cwd: folder });
    expect(asJson.code).toBe(exitCode);
    expect(JSON.parse(asJson.stdout)).toEqual({
      error: { code: errorCode, message: expect.stringMatching(sentence), exitCode },
    });
  });

  it('a host that cannot be loaded is exit code 5', async () => {
    // Where no player program is installed: one that takes long to find no device would count as one that plays.
    const bare = place('bare');
    mkdirSync(bare);
    symlinkSync(execFileSync('which', ['mkfifo'], { encoding: 'utf8' }).trim(), join(bare, 'mkfifo'));
    const { code, stderr } = await miniaudioEngine(['play', tone], {
      env: { ...silentEnvironment, MINIAUDIO_ENGINE_ADDON: place('absent.node'), PATH: bare },
    });
    expect(code).toBe(5);
    expect(stderr).toContain('npx miniaudio-engine build');
  });
});

describe('info', () => {
  it('tells format, length and levels', async () => {
    expect(await jsonOf('info', tone)).toEqual({
      file: tone,
      container: 'wav',
      codec: 'float',
      bits: 32,
      channels: 1,
      sampleRate: 48000,
      frames: 24000,
      seconds: 0.5,
      peak: 0.5,
      rms: expect.closeTo(0.5 / Math.SQRT2, 5),
    });
    const names = ['lena.flac', 'lena.mp3', 'lena.ogg', 'lena.opus'] as const;
    const all = await jsonOf('info', ...names.map(recording));
    expect(all.map((entry: { container: string }) => entry.container)).toEqual(['flac', 'mp3', 'ogg', 'opus']);
    for (const { seconds, rms } of all)
      expect([seconds, rms]).toEqual([expect.closeTo(12.27, 1), expect.closeTo(0.13, 1)]);
    const { stdout } = await miniaudioEngine(['info', tone]);
    expect(stdout).toContain('0:00 (0.500 s, 24000 frames)');
    expect(stdout).toContain('-6.0 dB');
  });
});

describe('synth', () => {
  it.each(Object.keys(synthPresets) as SynthPresetName[])('writes %s as the library bakes it', async (name) => {
    const file = place(`${name}.wav`);
    const { code, stdout } = await miniaudioEngine([
      'synth',
      name,
      '-o',
      file,
      '--seed',
      '7',
      '--format',
      'f32',
      '--rate',
      '44100',
      '--channels',
      '2',
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^${file}: ${name}, [\\d.]+ s, peak -?[\\d.]+ dB\n$`));
    const wav = readWav(readFileSync(file));
    expect([wav.sampleRate, wav.channels, wav.kind]).toEqual([44100, 2, 3]);
    expect(channelOf(wav.samples, 1, 2)).toEqual(
      synthPresets[name].mutate(7).bake({ sampleRate: 44100, channels: 2 }).getChannelData(1),
    );
  });

  it('lists the presets', async () => {
    expect(await jsonOf('synth', '--list')).toEqual(Object.keys(synthPresets));
  });
});

describe('devices and doctor', () => {
  it('say that there is no device, and what helps', async () => {
    expect(await jsonOf('devices')).toEqual([]);
    const { code, stdout } = await miniaudioEngine(['doctor'], { env: silentEnvironment });
    expect(code).toBe(4);
    expect(stdout).toMatch(/ok native: loaded/);
    expect(stdout).toMatch(/Try: pactl info/);
    const diagnosis = await jsonOf('doctor');
    expect(diagnosis).toMatchObject({
      host: { chosen: 'native' },
      platform: `${process.platform}-${process.arch}`,
      devices: [],
      problems: [{ remedy: expect.any(String) }],
    });
  });

  it('without the addon the doctor names the command that builds it', async () => {
    const { code, stdout } = await miniaudioEngine(['doctor'], {
      env: { MINIAUDIO_ENGINE_ADDON: place('absent.node') },
    });
    expect(code).toBe(4);
    expect(stdout).toContain('Try: npx miniaudio-engine build');
  });
});

describe('render', () => {
  it('writes a file as it sounds: volume, pitch, length, format', async () => {
    const file = place('rendered.wav');
    const answer = await jsonOf(
      'render',
      tone,
      '-o',
      file,
      '--volume',
      '-6dB',
      '--pitch',
      '2',
      '--format',
      'f32',
      '--seconds',
      '0.2',
      '--rate',
      '44100',
      '--channels',
      '1',
    );
    expect(answer).toMatchObject({ file, seconds: 0.2, sampleRate: 44100, channels: 1, format: 'f32', host: 'native' });
    expect(answer.timesRealTime).toBeGreaterThan(0);
    const wav = readWav(readFileSync(file));
    expect(wav.samples.length).toBe(8820);
    expect(fitTone(wav.samples.subarray(441, 8000), 44100, 2000).amplitude).toBeCloseTo(0.5 * 10 ** (-6 / 20), 3);
  });

  it('without a length ends when nothing is heard any more', async () => {
    const { seconds } = await jsonOf('render', tone, '-o', place('whole.wav'));
    expect(seconds).toBeGreaterThanOrEqual(0.5);
    expect(seconds).toBeLessThan(0.8);
  });

  it('looped with a length is as long as that', async () => {
    const wav = await jsonOf('render', tone, '-o', place('looped.wav'), '--loop', '--seconds', '1.7');
    expect(wav.seconds).toBe(1.7);
    expect(peak(readWav(readFileSync(place('looped.wav'))).samples.subarray(-4800))).toBeGreaterThan(0.49);
  });

  it('a scene is on its clock to the frame', async () => {
    const scene = place('scene.json');
    writeFileSync(
      scene,
      JSON.stringify({
        channels: 1,
        groups: {
          music: { volume: 0.5 },
          soft: { parent: 'music', ramps: [{ parameter: 'volume', target: 0, seconds: 0.1, atSeconds: 0.3 }] },
        },
        sounds: [
          { file: 'tone.wav', atSeconds: 0.1, stopAtSeconds: 0.2, group: 'music' },
          { file: 'tone.wav', atSeconds: 0.25, group: 'soft', looping: true, stopAtSeconds: 0.5 },
          { preset: 'coin', seed: 3, atSeconds: 0.6, volume: 0.5 },
        ],
      }),
    );
    const answer = await jsonOf('render', scene, '-o', place('scene.wav'), '--format', 'f32');
    expect(answer.seconds).toBeGreaterThan(1);
    const { samples } = readWav(readFileSync(place('scene.wav')));
    expect(peak(samples.subarray(0, 4801))).toBe(0);
    expect(samples[4812]).toBeCloseTo(0.25 * Math.sin((2 * Math.PI * 1000 * 12) / 48000), 5);
    expect(peak(samples.subarray(9600 + 480, 12000))).toBe(0);
    expect(peak(samples.subarray(12000, 14400))).toBeCloseTo(0.25, 3);
    expect(peak(samples.subarray(19200, 28800))).toBeLessThan(1e-6);
    const coin = synthPresets.coin.mutate(3).bake().getChannelData(0);
    expect(
      largestDifference(
        samples.subarray(28800, 28800 + 9600),
        coin.subarray(0, 9600).map((value) => value / 2),
      ),
    ).toBeLessThan(1e-6);
  });
});

describe('play', () => {
  it('without a terminal prints plain lines and an answer that can be read by a program', async () => {
    const { code, stdout, stderr } = await miniaudioEngine(['play', tone, tone, '--backend', 'null', '--json']);
    expect(code).toBe(0);
    expect(stderr).toBe('Device: NULL Playback Device (null, 48000 Hz)\nPlaying tone.wav (0:00)\n');
    const answer = JSON.parse(stdout);
    expect(answer.files).toEqual(
      [1, 2].map(() => ({ file: tone, seconds: 0.5, playedSeconds: 0.5, outcome: 'ended' })),
    );
    expect(answer.device).toMatchObject({ backend: 'null' });
  });

  it.each(['lena.mp3', 'lena.ogg', 'lena.opus'] as const)('decodes %s as it plays', async (name) => {
    const { code, stdout } = await miniaudioEngine([
      'play',
      recording(name),
      '--backend',
      'null',
      '--pitch',
      '6',
      '--json',
    ]);
    expect([code, JSON.parse(stdout).files[0]]).toEqual([
      0,
      expect.objectContaining({ outcome: 'ended', seconds: expect.closeTo(12.27, 1) }),
    ]);
  });

  it('a file that is damaged further on ends it with its code', async () => {
    const damaged = place('damaged.flac');
    const bytes = readFileSync(recording('lena.flac'));
    writeFileSync(damaged, bytes.subarray(0, bytes.length / 3));
    const { code, stderr } = await miniaudioEngine(['play', damaged, '--backend', 'null', '--pitch', '6']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/error: /);
  });

  it('--quiet prints nothing at all', async () => {
    expect(await miniaudioEngine(['play', tone, '--backend', 'null', '--quiet'])).toMatchObject({
      code: 0,
      stdout: '',
      stderr: '',
    });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends with 130 on %s', async (signal) => {
    const { code } = await miniaudioEngine(['play', recording('lena.flac'), '--loop', '--backend', 'null'], {
      signalAfter: { text: 'Playing', signal },
    });
    expect(code).toBe(130);
  });

  it('a second file that is missing ends it with its code', async () => {
    const { code, stderr } = await miniaudioEngine(['play', tone, place('absent.wav'), '--backend', 'null']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/error: The file .*absent\.wav does not exist\n$/);
  });
});

describe('build', () => {
  it('finds the addon up to date, and it loads', async () => {
    const { code, stdout } = await miniaudioEngine(['build', '--json']);
    expect([code, JSON.parse(stdout)]).toEqual([0, { built: true, target: null, loads: true }]);
  });

  it('says what is wrong with a target', async () => {
    const { code, stderr } = await miniaudioEngine(['build', '--target', 'nonsense-target']);
    expect(code).toBe(5);
    expect(stderr).toMatch(/^error: /);
  });
});
