import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type EffectKind, effectKinds, parseEffect } from '../../src/cli/effects.js';
import { responseOf } from '../../src/cli/response.js';
import { plotResponse } from '../../src/cli/response-plot.js';
import { parseScene } from '../../src/cli/scene.js';
import { fitTone, peak, rms } from '../support/analysis.js';
import { effectTable } from '../support/effect-table.mjs';
import { recording } from '../support/files.js';
import { channelOf, sine } from '../support/signals.js';
import { readWav, writeWav } from '../support/wav.js';
import { miniaudioEngine } from './support.js';

const folder = mkdtempSync(join(tmpdir(), 'cli-'));
const place = (name: string): string => join(folder, name);
const tone = place('tone.wav');
writeFileSync(tone, writeWav(sine(48000, 48000, 2000, 0.5, 1), 48000, 1));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function rendered(input: string, ...words: string[]): Promise<Float32Array> {
  const file = place('out.wav');
  const { code, stderr } = await miniaudioEngine(['render', input, '-o', file, '--format', 'f32', ...words]);
  expect([code, stderr]).toEqual([0, '']);
  return channelOf(readWav(readFileSync(file)).samples, 0, 2);
}

const kinds = effectTable.map(({ command }) => command).join(', ');

describe('an effect in words', () => {
  it('is a kind with values', () => {
    expect(parseEffect('reverb:wet=0.4,freeze=true')).toEqual({ kind: 'reverb', params: { wet: 0.4, freeze: true } });
    expect(parseEffect('bpf:form=skirt')).toEqual({ kind: 'bpf', params: { form: 'skirt' } });
    expect(parseEffect('lpf')).toEqual({ kind: 'lpf', params: {} });
  });

  it.each([
    ['echo:wet=1', `Unknown effect "echo"; known effects: ${kinds}`],
    ['lpf:wet=1', 'Unknown parameter "wet" of lpf; its parameters: cutoffHz, q'],
    ['lpf:q', '"q" of lpf has no value: write q=VALUE'],
    ['lpf:q=', '"q=" of lpf has no value: write q=VALUE'],
    ['__proto__', `Unknown effect "__proto__"; known effects: ${kinds}`],
  ])('%s is refused', (text, message) => {
    expect(() => parseEffect(text)).toThrow(expect.objectContaining({ message, exitCode: 2 }));
  });

  it('that is out of range ends a command with 2 and the range', async () => {
    const { code, stderr } = await miniaudioEngine([
      'render',
      tone,
      '-o',
      place('x.wav'),
      '--effect',
      'lpf:cutoffHz=5',
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: Expected a number from 10 to 23520 for cutoffHz but received 5\n$/);
  });
});

describe('render --effect', () => {
  const changing: Partial<Record<EffectKind, string>> = {
    lpf: 'cutoffHz=500',
    hpf: 'cutoffHz=8000',
    bpf: 'cutoffHz=8000',
    notch: 'cutoffHz=2000',
    peak: 'freq=2000,gainDb=6',
    lowshelf: 'freq=8000,gainDb=6',
    highshelf: 'freq=500,gainDb=-6',
    delay: 'delaySeconds=0.1',
    softclip: 'drive=8',
    compressor: 'thresholdDb=-40',
    reverb: 'wet=1',
  };

  const exampleOf = (kind: EffectKind) =>
    Object.entries(effectTable.find(({ command }) => command === kind)!.example)
      .map(([name, value]) => `${name}=${value}`)
      .join();

  it.each(effectKinds)('%s is heard', async (kind) => {
    const plain = await rendered(tone, '--seconds', '0.5');
    const changed = await rendered(
      tone,
      '--seconds',
      '0.5',
      '--effect',
      `${kind}:${changing[kind] ?? exampleOf(kind)}`,
    );
    expect(Math.abs(rms(changed) / rms(plain) - 1)).toBeGreaterThan(0.03);
  });

  it('several are heard one after the other, and a tail is rendered to its end', async () => {
    const level = fitTone(
      (await rendered(tone, '--effect', 'peak:freq=2000,gainDb=6', '--effect', 'peak:freq=2000,gainDb=-12')).subarray(
        4800,
        43200,
      ),
      48000,
      2000,
    ).amplitude;
    expect(level).toBeCloseTo(0.5 * 10 ** (-6 / 20), 3);
    const echoes = await rendered(tone, '--effect', 'delay:delaySeconds=0.5,decay=0.5,wet=1,dry=1');
    expect(echoes.length).toBeGreaterThan(48000 * 4);
    expect(peak(echoes.subarray(48000 * 2, 48000 * 2 + 4800))).toBeGreaterThan(0.05);
  });

  it('in a scene stands at groups, and a wrong one says where', async () => {
    writeFileSync(
      place('scene.json'),
      JSON.stringify({
        groups: { wet: { effects: ['lpf:cutoffHz=200'] } },
        sounds: [{ file: 'tone.wav', group: 'wet' }],
      }),
    );
    expect(peak((await rendered(place('scene.json'))).subarray(4800))).toBeLessThan(0.03);
    const wrong = (effect: unknown): unknown => ({
      groups: { wet: { effects: ['lpf', effect] } },
      sounds: [{ preset: 'coin' }],
    });
    expect(() => parseScene(wrong('lpf:q=0'), '.')).toThrow(
      'groups.wet.effects[1]: Expected a number from 0.05 to 100 for q but received 0',
    );
    expect(() => parseScene(wrong('warp'), '.')).toThrow('groups.wet.effects[1]: Unknown effect "warp"');
    expect(() => parseScene(wrong(7), '.')).toThrow('groups.wet.effects[1]: expected a string but found 7');
  });
});

it('play --effect plays through it', async () => {
  const { code, stdout } = await miniaudioEngine([
    'play',
    recording('lena.flac'),
    '--pitch',
    '8',
    '--backend',
    'null',
    '--effect',
    'reverb:wet=0.4',
    '--json',
  ]);
  expect([code, JSON.parse(stdout).files[0].outcome]).toEqual([0, 'ended']);
});

describe('response', () => {
  it('is that of the filter, in numbers', async () => {
    const { stdout } = await miniaudioEngine(['response', 'lpf:cutoffHz=500,q=2', '--json']);
    const { hz, magnitudeDb, phase, sampleRate, file } = JSON.parse(stdout) as {
      hz: number[];
      magnitudeDb: number[];
      phase: number[];
      sampleRate: number;
      file: null;
    };
    expect([sampleRate, file, hz[0]]).toEqual([48000, null, 20]);
    const at = hz.findIndex((value) => value >= 500);
    expect(magnitudeDb[at]).toBeCloseTo(20 * Math.log10(2), 1);
    expect(magnitudeDb[0]).toBeCloseTo(0, 1);
    expect(phase[at]).toBeCloseTo(-Math.PI / 2, 1);
    expect(magnitudeDb.at(-1)).toBeLessThan(-100);
  });

  it('of several in a row is their sum, with a phase without jumps', () => {
    const both = responseOf(
      [parseEffect('hpf:cutoffHz=100'), parseEffect('lpf:cutoffHz=5000'), parseEffect('lpf:cutoffHz=5000')],
      48000,
    );
    const one = responseOf([parseEffect('lpf:cutoffHz=5000')], 48000);
    const at = one.hz.findIndex((value) => value >= 5000);
    expect(both.magnitudeDb[at]).toBeCloseTo(2 * (one.magnitudeDb[at] as number), 2);
    both.phase.slice(1).forEach((value, index) => {
      expect(Math.abs(value - (both.phase[index] as number))).toBeLessThan(0.5);
    });
  });

  it('is drawn: an SVG with axes, the title escaped', async () => {
    const file = place('plot.svg');
    const { code, stdout } = await miniaudioEngine(['response', 'lpf:cutoffHz=500,q=2', 'peak:gainDb=6', '-o', file]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/plot\.svg: highest [\d.]+ dB at \d+ Hz\n$/);
    const svg = readFileSync(file, 'utf8');
    for (const text of ['lpf:cutoffHz=500,q=2  peak:gainDb=6  (48000 Hz)', '1 kHz', '0 dB', '-180°'])
      expect(svg).toContain(text);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(plotResponse(responseOf([parseEffect('notch')], 44100), '<&>')).toContain('&#60;&#38;&#62;');
  });

  it('of what has none, and without a place to go, is a sentence', async () => {
    for (const [words, sentence] of [
      [
        ['reverb', '-o', place('x.svg')],
        /The effect reverb has no frequency response; choose from: lpf, hpf, bpf, notch, peak, lowshelf, highshelf/,
      ],
      [['lpf'], /Add -o FILE\.svg for a plot, or --json for the numbers/],
    ] as const) {
      const { code, stderr } = await miniaudioEngine(['response', ...words]);
      expect(code).toBe(2);
      expect(stderr).toMatch(sentence);
    }
  });
});
