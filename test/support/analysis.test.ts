import { describe, expect, it } from 'vitest';
import {
  cents,
  decibels,
  fitTone,
  gaps,
  largestDifference,
  largestStep,
  peak,
  rms,
  soundingRange,
  spectrum,
  toneFrequency,
} from './analysis.js';
import { Random } from './random.js';
import { channelOf, constant, countedFrame, counting, noise, samplesOf, sine } from './signals.js';
import { badValues, shownAs } from './surface/bad-values.js';
import { readWav, writeWav } from './wav.js';

// What the other tests measure with is measured here first, with signals that are good and signals that are not.

describe('measuring a tone', () => {
  it.each([440, 440.01, 999.123, 15000.5])('finds %d Hz to a thousandth, also under noise', (hz) => {
    const tone = sine(48000 * 2, 48000, hz, 0.5);
    expect(toneFrequency(tone, 48000, hz + 0.7)).toBeCloseTo(hz, 6);
    const hiss = noise(tone.length, 1, 3, 0.01);
    const noisy = tone.map((sample, index) => sample + (hiss[index] as number));
    expect(toneFrequency(noisy, 48000, hz - 0.7)).toBeCloseTo(hz, 3);
  });

  it('tells a hundredth of a hertz and a thousandth of a cent apart', () => {
    expect(Math.abs(toneFrequency(sine(480000, 48000, 440.02), 48000, 440) - 440)).toBeGreaterThan(0.01);
    expect(Math.abs(cents(600 * 2 ** (0.0011 / 1200), 600))).toBeGreaterThan(0.001);
  });

  it('gives the ratio of a tone to what was added to it', () => {
    const tone = sine(48000, 48000, 1000, 1);
    const added = samplesOf(48000, 1, (frame) => 0.001 * Math.sin((2 * Math.PI * 3700 * frame) / 48000));
    const fit = fitTone(
      tone.map((sample, index) => sample + (added[index] as number)),
      48000,
      1000,
    );
    expect(fit.sinad).toBeCloseTo(60, 1);
    expect(fit.amplitude).toBeCloseTo(1, 6);
    expect(fitTone(tone, 48000, 1000).sinad).toBeGreaterThan(130);
  });

  it('sees a single dropped, doubled or changed frame in ten seconds', () => {
    const whole = Array.from(sine(480000, 48000, 440, 0.5));
    const dropped = [...whole.slice(0, 200000), ...whole.slice(200001)];
    const changed = [...whole];
    changed[300030] = 0;
    expect(fitTone(whole, 48000, 440).largestResidual).toBeLessThan(1e-6);
    expect(fitTone(dropped, 48000, 440).largestResidual).toBeGreaterThan(0.01);
    expect(fitTone(changed, 48000, 440).largestResidual).toBeGreaterThan(0.01);
  });

  it('shows lines where they are', () => {
    const lines = spectrum(sine(4096, 48000, (48000 / 4096) * 100, 0.25));
    expect(lines[100]).toBeCloseTo(0.25, 4);
    expect(decibels(lines[300] as number)).toBeLessThan(-100);
  });
});

describe('measuring levels', () => {
  it('knows peak, RMS and steps, and lets no NaN pass as small', () => {
    expect([peak([0.5, -0.75]), rms([1, -1, 1]), largestStep([0, 0.25, 0])]).toEqual([0.75, 1, 0.25]);
    expect(peak([0, Number.NaN])).toBeNaN();
    expect(largestStep([0, Number.NaN, 0])).toBeNaN();
    expect(largestDifference([0], [Number.NaN])).toBeNaN();
    expect(largestDifference([0], [0, 0])).toBeNaN();
  });

  it('finds gaps and the part that sounds', () => {
    const tone = sine(1000, 48000, 5000, 1);
    tone.fill(0, 500, 520);
    expect(gaps(tone, 1e-6, 10)).toEqual([{ start: 500, length: 20 }]);
    expect(gaps(sine(1000, 48000, 440, 0.5), 1e-4, 4)).toEqual([]);
    expect(soundingRange([0, 0, 1, 0, 2, 0])).toEqual({ first: 2, last: 4 });
  });
});

describe('making signals and values', () => {
  it('is the same every time', () => {
    expect(noise(100, 2, 5)).toEqual(noise(100, 2, 5));
    expect(noise(100, 2, 5)).not.toEqual(noise(100, 2, 6));
    const random = new Random(1);
    const counts = [0, 0, 0];
    for (let index = 0; index < 3000; index++) counts[random.integer(0, 2)]!++;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });

  it('numbers frames so that they can be read back', () => {
    expect(Array.from(counting(3)).map(countedFrame)).toEqual([0, 1, 2]);
    expect(Array.from(channelOf(Float32Array.of(1, 2, 3, 4), 1, 2))).toEqual([2, 4]);
    expect(constant(2, 2)).toHaveLength(4);
  });

  it('writes WAV that it reads again', () => {
    const file = readWav(writeWav(Float32Array.of(0.5, -0.5), 22050, 2));
    expect([file.sampleRate, file.channels, file.kind, Array.from(file.samples)]).toEqual([22050, 2, 3, [0.5, -0.5]]);
    expect(() => readWav(new Uint8Array(100))).toThrow();
  });

  it('knows what to refuse', () => {
    const values = badValues({ is: 'number', from: 0, to: 16 }, false);
    expect(
      values.some(({ value, refusal }) => value === '7' || (Number.isNaN(value) && refusal === 'RangeError')),
    ).toBe(true);
    expect(values.every(({ value }) => !(typeof value === 'number' && value >= 0 && value <= 16))).toBe(true);
    expect(badValues({ is: 'integer', from: 1, to: 8 }, true).some(({ value }) => value === 1.5)).toBe(true);
    expect(shownAs(Number.NaN)).toBe('NaN');
  });
});
