import { describe, expect, it } from 'vitest';
import { LFO, Noise, Oscillator } from '../../src/index.js';
import { exponential, logarithm, power, sineOfTurns, tangentOfTurns } from '../../src/synth/rendering/elementary.js';
import { decibels, largestDifference, largestStep, peak, rms } from '../support/analysis.js';
import { baked, bandPower, spectrum } from './support.js';

describe('elementary functions', () => {
  it('are those of mathematics', () => {
    let sine = 0;
    let exponent = 0;
    for (let step = -20000; step <= 20000; step++) {
      const x = step / 777;
      sine = Math.max(sine, Math.abs(sineOfTurns(x) - Math.sin(2 * Math.PI * (x - Math.round(x)))));
      exponent = Math.max(exponent, Math.abs(exponential(x) / Math.exp(x) - 1));
    }
    expect(sine).toBeLessThan(1e-12);
    expect(exponent).toBeLessThan(3e-15);
    for (const x of [1e-300, 1e-5, 0.5, 0.9999, 1, 1.0001, 2, 3, 1e5, 1e300])
      expect(Math.abs(logarithm(x) - Math.log(x))).toBeLessThanOrEqual(3e-16 * Math.max(1, Math.abs(Math.log(x))));
    expect(power(2, 0.5)).toBeCloseTo(Math.SQRT2, 14);
    for (const x of [0, 0.01, 0.1, 0.2, 0.245]) expect(tangentOfTurns(x)).toBeCloseTo(Math.tan(2 * Math.PI * x), 9);
    expect([exponential(-1000), exponential(-Infinity), sineOfTurns(0), sineOfTurns(0.25), sineOfTurns(-0.25)]).toEqual(
      [0, 0, 0, 1, -1].map((x) => expect.closeTo(x, 13)),
    );
  });
});

describe('waves by formula', () => {
  const size = 48000;
  const frame = (formula: (t: number) => number): Float32Array =>
    Float32Array.from({ length: size }, (_, n) => formula(n / 48000));
  const turned = (hz: number, formula: (turn: number) => number): Float32Array =>
    Float32Array.from({ length: size }, (_, n) => formula((hz * n) / 48000 - Math.floor((hz * n) / 48000)));

  it('sine, with its phase', () => {
    expect(
      largestDifference(
        baked(Oscillator.sine(440), 1),
        frame((t) => Math.sin(2 * Math.PI * 440 * t)),
      ),
    ).toBeLessThan(1e-7);
    expect(
      largestDifference(
        baked(Oscillator.sine(440, { phase: 0.3 }), 1),
        frame((t) => Math.sin(2 * Math.PI * (440 * t + 0.3))),
      ),
    ).toBeLessThan(1e-7);
  });

  it('raw saw, square and triangle', () => {
    // 375 Hz: 128 frames a period, so that every phase is exact.
    const hz = 375;
    expect(
      largestDifference(
        baked(Oscillator.saw(hz, { naive: true }), 1),
        turned(hz, (turn) => 2 * turn - 1),
      ),
    ).toBe(0);
    expect(
      largestDifference(
        baked(Oscillator.square(hz, { naive: true, duty: 0.25 }), 1),
        turned(hz, (turn) => (turn < 0.25 ? 1 : -1)),
      ),
    ).toBe(0);
    const triangle = turned(hz, (turn) => 1 - 4 * Math.abs(((turn + 0.25) % 1) - 0.5));
    expect(largestDifference(baked(Oscillator.triangle(hz, { naive: true }), 1), triangle)).toBe(0);
  });

  it.each([
    ['saw', Oscillator.saw, (n: number, x: number) => (-2 / (Math.PI * n)) * Math.sin(n * x), 0],
    [
      'triangle',
      Oscillator.triangle,
      (n: number, x: number) => (n % 2 === 0 ? 0 : ((n % 4 === 1 ? 8 : -8) / (Math.PI * n) ** 2) * Math.sin(n * x)),
      0,
    ],
    [
      'square of duty 0.3',
      (hz: number) => Oscillator.square(hz, { duty: 0.3 }),
      (n: number, x: number) => (2 / (Math.PI * n)) * (Math.sin(n * x) - Math.sin(n * (x - 2 * Math.PI * 0.3))),
      -0.4,
    ],
  ] as const)('band-limited %s is the beginning of its Fourier series', (_, make, harmonic, offset) => {
    // Frequencies at which the number of harmonics that fit has a table of its own.
    for (const hz of [10000, 5500, 4500, 3200]) {
      const count = Math.floor(24000 / hz);
      const series = frame((t) => {
        let sum = offset;
        for (let n = 1; n <= count; n++) sum += harmonic(n, 2 * Math.PI * hz * t);
        return sum;
      });
      expect(
        decibels(rms(baked(make(hz), 1).map((value, n) => value - (series[n] as number))) / rms(series)),
        `${hz} Hz`,
      ).toBeLessThan(-90);
    }
  });

  it('aliases of a 5 kHz saw and square are below -60 dB, and the raw wave shows that the measurement can fail', () => {
    const aliases = (samples: Float32Array, hz: number): number => {
      const levels = spectrum(samples, 32768);
      let worst = 0;
      levels.forEach((level, bin) => {
        const harmonic = (bin * 48000) / 32768 / hz;
        const distance = Math.abs(harmonic - Math.round(harmonic)) * hz;
        if (distance > 12 && bin > 8) worst = Math.max(worst, level);
      });
      return decibels(worst / Math.max(...levels));
    };
    for (const hz of [4999.7, 5003.3, 2011.3, 311.7, 55.1]) {
      expect(aliases(baked(Oscillator.saw(hz), 1), hz), `saw ${hz}`).toBeLessThan(-80);
      expect(aliases(baked(Oscillator.square(hz, { duty: 0.4 }), 1), hz), `square ${hz}`).toBeLessThan(-80);
      expect(aliases(baked(Oscillator.triangle(hz), 1), hz), `triangle ${hz}`).toBeLessThan(-80);
    }
    expect(aliases(baked(Oscillator.saw(5003.3, { naive: true }), 1), 5003.3)).toBeGreaterThan(-30);
  });

  it('keeps its harmonics up to 18 kHz', () => {
    for (const hz of [50, 110, 440, 1000, 2900]) {
      const rate = 48000;
      const levels = spectrum(baked(Oscillator.saw(hz), 1.4), 65536);
      for (const n of [1, 2, Math.floor(10000 / hz), Math.floor(18000 / hz)]) {
        const bin = Math.round((n * hz * 65536) / rate);
        // The window passes a tone between two bins with at most 0.83 dB less.
        expect(decibels((levels[bin] as number) / (2 / (Math.PI * n))), `${hz} Hz, harmonic ${n}`).toBeGreaterThan(-1);
      }
    }
  });

  it('is silent from half the sample rate on', () => {
    for (const make of [Oscillator.sine, Oscillator.saw, Oscillator.triangle, Oscillator.square])
      expect(peak(baked(make(24000), 0.1)), make.name).toBe(0);
  });

  it('a sweep through every table does not click', () => {
    const swept = baked(Oscillator.triangle(20), 4, {
      modulation: { freq: new LFO({ rateHz: 0.25, depth: 100, phase: 0.75 }) },
    });
    // Two octaves below the end a triangle moves by at most 4 freq / rate a frame.
    expect(largestStep(swept.subarray(0, 24000))).toBeLessThan((4 * 300) / 48000);
    expect(Number.isFinite(rms(swept))).toBe(true);
  });
});

describe('noise', () => {
  const seconds = 20;

  it('is the same for the same seed, another for another, and differs between voices', () => {
    for (const make of [Noise.white, Noise.pink, Noise.brown]) {
      const first = baked(make({ seed: 5 }), 0.2);
      expect(baked(make({ seed: 5 }), 0.2)).toEqual(first);
      expect(baked(make({ seed: 6 }), 0.2)).not.toEqual(first);
    }
    // The first samples of seed 1: what every host must give.
    expect([...baked(Noise.white({ seed: 1 }), 4 / 48000)]).toEqual([
      0.327150821685791, -0.14196163415908813, 0.29590553045272827, 0.9205458164215088,
    ]);
  });

  it('has its level and its slope', () => {
    const slopes = { white: 3, pink: 0, brown: -3 };
    for (const color of ['white', 'pink', 'brown'] as const) {
      const samples = baked(Noise[color]({ seed: 9 }), seconds);
      const octaves = [125, 250, 500, 1000, 2000, 4000, 8000].map((hz) => bandPower(samples, hz, 2 * hz));
      for (let index = 1; index < octaves.length; index++) {
        expect(
          (octaves[index] as number) - (octaves[index - 1] as number),
          `${color}, octave ${index}`,
        ).toBeGreaterThan(slopes[color] - 0.9);
        expect((octaves[index] as number) - (octaves[index - 1] as number), `${color}, octave ${index}`).toBeLessThan(
          slopes[color] + 0.9,
        );
      }
      expect(Math.abs(decibels(rms(samples) / (color === 'white' ? 1 / Math.sqrt(3) : 0.18))), color).toBeLessThan(0.5);
    }
    expect(peak(baked(Noise.white({ seed: 9 }), seconds))).toBeLessThanOrEqual(1);
  });
});
