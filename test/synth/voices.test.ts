import { describe, expect, it } from 'vitest';
import {
  ADSR,
  AudioSynth,
  BandPass,
  Exponential,
  HighPass,
  LFO,
  Linear,
  LowPass,
  Noise,
  Oscillator,
} from '../../src/index.js';
import { decibels, fitTone, largestStep, peak, rms } from '../support/analysis.js';
import { baked, spectrum } from './support.js';

// 0.25 Hz at its crest: nearly a constant, so that a level can be read from every sample.
const crest = Oscillator.sine(0, { phase: 0.25 });
const at = (samples: Float32Array, seconds: number): number => samples[Math.round(seconds * 48000)] as number;

describe('envelopes by formula', () => {
  it('ADSR, linear', () => {
    const level = baked(crest, 1, {
      envelope: new ADSR({ attack: 0.1, decay: 0.2, sustain: 0.4, release: 0.1 }),
      durationSeconds: 0.6,
      startSeconds: 0.05,
    });
    for (const [seconds, value] of [
      [0.04, 0],
      [0.05, 0],
      [0.1, 0.5],
      [0.15, 1],
      [0.25, 0.7],
      [0.35, 0.4],
      [0.6, 0.4],
      [0.7, 0.2],
      [0.76, 0],
    ] as const)
      expect(at(level, seconds), `${seconds} s`).toBeCloseTo(value, 2);
    expect(largestStep(level)).toBeLessThan(1.01 / 4800);
  });

  it('ADSR, exponential', () => {
    const level = baked(crest, 1, {
      envelope: new ADSR({ attack: 0.1, decay: 0.2, sustain: 0.4, release: 0.1, curve: 'exponential' }),
      durationSeconds: 0.6,
    });
    const shape = (t: number): number => (1 - Math.exp(-5 * t)) / (1 - Math.exp(-5));
    expect(at(level, 0.03)).toBeCloseTo(shape(0.3), 6);
    expect(at(level, 0.14)).toBeCloseTo(1 - 0.6 * shape(0.2), 6);
    expect(at(level, 0.5)).toBeCloseTo(0.4, 7);
  });

  it('every field of an ADSR changes the output', () => {
    const base = { attack: 0.1, decay: 0.2, sustain: 0.4, release: 0.1 };
    const heard = (fields: object): Float32Array =>
      baked(crest, 1, { envelope: new ADSR({ ...base, ...fields }), durationSeconds: 0.5 });
    for (const fields of [
      { attack: 0.11 },
      { decay: 0.21 },
      { sustain: 0.41 },
      { release: 0.11 },
      { curve: 'exponential' },
    ])
      expect(heard(fields), JSON.stringify(fields)).not.toEqual(heard({}));
  });

  it('Linear and Exponential', () => {
    const line = baked(crest, 1, { envelope: new Linear({ start: 0.2, end: 0.8 }), durationSeconds: 0.5 });
    expect([at(line, 0), at(line, 0.25), at(line, 0.4999), at(line, 0.51)]).toEqual(
      [0.2, 0.5, 0.8, 0].map((value) => expect.closeTo(value, 3)),
    );
    const curve = baked(crest, 1, {
      envelope: new Exponential({ start: 1, end: 0.01, power: 2, seconds: 0.4 }),
      durationSeconds: 0.8,
    });
    expect([at(curve, 0), at(curve, 0.2), at(curve, 0.4), at(curve, 0.6)]).toEqual(
      [1, 0.01 ** 0.25, 0.01, 0.01].map((value) => expect.closeTo(value, 6)),
    );
    const toNothing = baked(crest, 1, { envelope: new Exponential({ seconds: 0.4 }) });
    expect([at(toNothing, 0.2), at(toNothing, 0.4)]).toEqual(
      [Math.sqrt(1e-5), 0].map((value) => expect.closeTo(value, 8)),
    );
  });

  it('a note in the middle of another goes on from the level it finds', () => {
    for (const envelope of [new ADSR({ attack: 0.05, release: 0.05 }), new Linear({ start: 1, end: 0.2 }), undefined]) {
      const synth = new AudioSynth({ channels: 1 });
      const voice = synth.add(crest, { durationSeconds: 0.3, ...(envelope === undefined ? {} : { envelope }) });
      for (const seconds of [0.1, 0.113, 0.31, 0.318, 0.331]) synth.noteOn(voice, { atSeconds: seconds });
      for (const seconds of [0.11, 0.315, 0.33, 0.4]) synth.noteOff(voice, { atSeconds: seconds });
      const level = synth.bake({ seconds: 0.6 }).getChannelData(0);
      expect(largestStep(level.subarray(1)), envelope?.type ?? 'none').toBeLessThan(1.01 / 240);
      expect(at(level, 0.45)).toBe(0);
    }
  });
});

describe('filters', () => {
  const cookbook = { lowpass: LowPass, highpass: HighPass, bandpass: BandPass } as const;

  /** The cookbook's response in dB. */
  function response(type: keyof typeof cookbook, hz: number, cutoffHz: number, q: number): number {
    // The bilinear transform maps tan(w / 2) onto the analog prototype's frequency.
    const s = Math.tan((Math.PI * hz) / 48000) / Math.tan((Math.PI * cutoffHz) / 48000);
    const denominator = Math.hypot(1 - s * s, s / q);
    return decibels((type === 'lowpass' ? 1 : type === 'highpass' ? s * s : s / q) / denominator);
  }

  it.each(['lowpass', 'highpass', 'bandpass'] as const)('%s has the response of the cookbook', (type) => {
    for (const [cutoffHz, q] of [
      [1000, 0.71],
      [200, 5],
      [8000, 2],
      [18000, 0.3],
    ] as const) {
      for (const hz of [50, 200, 1000, 3000, 8000, 18000]) {
        const heard = baked(Oscillator.sine(hz), 1.5, { filter: new cookbook[type]({ cutoffHz, q }) }).subarray(
          24000,
          72000,
        );
        expect(decibels(fitTone(heard, 48000, hz).amplitude), `${hz} Hz through ${cutoffHz}, ${q}`).toBeCloseTo(
          response(type, hz, cutoffHz, q),
          2,
        );
      }
    }
  });

  it('a cutoff above the band is the highest there is', () => {
    const heard = baked(Oscillator.sine(1000), 0.2, { filter: new LowPass({ cutoffHz: 90000 }) });
    expect(heard).toEqual(baked(Oscillator.sine(1000), 0.2, { filter: new LowPass({ cutoffHz: 0.49 * 48000 }) }));
    expect(peak(heard)).toBeGreaterThan(0.99);
  });
});

describe('setParam', () => {
  const moved = (name: 'freq' | 'gain' | 'pan' | 'duty' | 'cutoffHz' | 'q', value: number): Float32Array => {
    const synth = new AudioSynth();
    const voice = synth.add(Oscillator.square(300), { filter: new LowPass({ cutoffHz: 600 }), gain: 0.5 });
    synth.setParam(voice, name, value, { atSeconds: 0.1 });
    return synth.bake({ seconds: 0.3 }).getChannelData(0);
  };

  it.each([
    ['freq', 500],
    ['gain', 0.1],
    ['pan', 1],
    ['duty', 0.2],
    ['cutoffHz', 200],
    ['q', 5],
  ] as const)('%s changes the output from its frame on and nothing before', (name, value) => {
    const before = moved('gain', 0.5);
    const after = moved(name, value);
    expect(after.subarray(0, 4800)).toEqual(before.subarray(0, 4800));
    expect(after.subarray(4800, 5280)).not.toEqual(before.subarray(4800, 5280));
    expect(after.subarray(9600)).not.toEqual(before.subarray(9600));
  });

  it('does not click: a constant moves in steps of 1/480', () => {
    const synth = new AudioSynth();
    const voice = synth.add(crest);
    synth.setParam(voice, 'gain', 0.2, { atSeconds: 0.01 });
    synth.setParam(voice, 'gain', 0.9, { atSeconds: 0.015 });
    synth.setParam(voice, 'pan', 1, { atSeconds: 0.05 });
    synth.setParam(voice, 'pan', 0, { atSeconds: 0.1 });
    synth.setParam(voice, 'pan', -1, { atSeconds: 0.12 });
    const heard = synth.bake({ seconds: 0.2 });
    expect(largestStep(heard.getChannelData(0))).toBeLessThan(0.0021);
    expect(largestStep(heard.getChannelData(1))).toBeLessThan(0.0021);
    expect(at(heard.getChannelData(0), 0.03)).toBeCloseTo(0.9, 6);
  });

  it('is there at once while the voice is silent', () => {
    const synth = new AudioSynth();
    const voice = synth.add(crest);
    synth.setParam(voice, 'gain', 0.25);
    expect(synth.renderChunk(2)).toEqual(new Float32Array(4).fill(0.25));
  });

  it('keeps the phase through a change of frequency', () => {
    const synth = new AudioSynth({ channels: 1 });
    const voice = synth.add(Oscillator.sine(100));
    for (let change = 1; change < 20; change++)
      synth.setParam(voice, 'freq', change % 2 ? 900 : 100, { atSeconds: change / 50 });
    expect(largestStep(synth.bake({ seconds: 0.5 }).getChannelData(0))).toBeLessThan(
      1.01 * ((2 * Math.PI * 900) / 48000),
    );
  });
});

describe('modulation', () => {
  it('FM of a sine has the spectrum of Bessel functions', () => {
    const synth = new AudioSynth({ channels: 1 });
    const modulator = synth.add(Oscillator.sine(375, { phase: 0.25 }), { audible: false });
    // Index 2: J0 0.2239, J1 0.5767, J2 0.3528, J3 0.1289.
    synth.add(Oscillator.sine(3000), { fm: { voice: modulator, depthHz: 750 } });
    const levels = spectrum(synth.bake({ seconds: 1 }).getChannelData(0), 32768);
    const level = (hz: number): number => levels[Math.round((hz * 32768) / 48000)] as number;
    for (const [order, value] of [0.2239, 0.5767, 0.3528, 0.1289].entries()) {
      expect(level(3000 + order * 375), `J${order} above`).toBeCloseTo(value, 2);
      expect(level(3000 - order * 375), `J${order} below`).toBeCloseTo(value, 2);
    }
  });

  it('ring modulation gives the sum and the difference alone', () => {
    const synth = new AudioSynth({ channels: 1 });
    const modulator = synth.add(Oscillator.sine(375), { audible: false });
    synth.add(Oscillator.sine(1500), { ring: { voice: modulator } });
    const levels = spectrum(synth.bake({ seconds: 1 }).getChannelData(0), 32768);
    const level = (hz: number): number => levels[Math.round((hz * 32768) / 48000)] as number;
    expect([level(1125), level(1875), level(1500), level(375)]).toEqual(
      [0.5, 0.5, 0, 0].map((value) => expect.closeTo(value, 3)),
    );
  });

  it('an LFO moves gain, pan, frequency and cutoff by its depth', () => {
    const gain = baked(crest, 1, { modulation: { gain: new LFO({ rateHz: 2, depth: 0.6 }) } });
    expect([at(gain, 0), at(gain, 0.125), at(gain, 0.375)]).toEqual(
      [0.7, 1, 0.4].map((value) => expect.closeTo(value, 4)),
    );
    const synth = new AudioSynth();
    synth.add(crest, { modulation: { pan: new LFO({ rateHz: 2, depth: 0.5 }) } });
    const [left, right] = [0, 1].map((channel) => synth.bake({ seconds: 1 }).getChannelData(channel)) as [
      Float32Array,
      Float32Array,
    ];
    expect([at(left, 0.125), at(right, 0.125), at(left, 0.375), at(right, 0.375)]).toEqual(
      [0.5, 1, 1, 0.5].map((value) => expect.closeTo(value, 4)),
    );
    // A square LFO of an octave: 500 and 2000 Hz in turn.
    const freq = baked(Oscillator.sine(1000), 1, {
      modulation: { freq: new LFO({ rateHz: 1, depth: 12, wave: 'square' }) },
    });
    expect(fitTone(freq.subarray(2400, 21600), 48000, 2000).amplitude).toBeCloseTo(1, 3);
    expect(fitTone(freq.subarray(26400, 45600), 48000, 500).amplitude).toBeCloseTo(1, 3);
    const cutoff = baked(Oscillator.sine(1000), 1, {
      filter: new LowPass({ cutoffHz: 1000 }),
      modulation: { cutoffHz: new LFO({ rateHz: 1, depth: 24, wave: 'square' }) },
    });
    expect(rms(cutoff.subarray(2400, 21600)) / rms(cutoff.subarray(26400, 45600))).toBeGreaterThan(10);
  });

  it.each(['sine', 'triangle', 'square', 'saw'] as const)('a %s LFO does not click', (wave) => {
    const heard = baked(crest, 1, { modulation: { gain: new LFO({ rateHz: 7, wave }) } });
    expect(largestStep(heard)).toBeLessThan(1.01 / 96);
    expect(peak(heard)).toBeCloseTo(1, 2);
    expect(Math.min(...heard)).toBeCloseTo(0, 2);
  });

  it('a curve sweeps the frequency with every note', () => {
    const synth = new AudioSynth({ channels: 1 });
    const voice = synth.add(Oscillator.sine(2000), {
      durationSeconds: 0.2,
      modulation: { freq: new Linear({ start: 1, end: 0.25, seconds: 0.05 }) },
    });
    synth.noteOn(voice, { atSeconds: 0.5 });
    const heard = synth.bake({ seconds: 1 }).getChannelData(0);
    for (const begin of [0, 24000]) {
      expect(fitTone(heard.subarray(begin + 3600, begin + 8400), 48000, 500).amplitude).toBeCloseTo(1, 3);
      expect(largestStep(heard.subarray(begin, begin + 480))).toBeGreaterThan(0.2);
    }
  });
});

describe('voices', () => {
  it('a voice ends without a click, and silence follows', () => {
    const heard = baked(Oscillator.sine(1000, { phase: 0.25 }), 0.5, { durationSeconds: 0.1 });
    expect(largestStep(heard.subarray(4700))).toBeLessThan(0.14);
    expect(peak(heard.subarray(4800 + 240))).toBe(0);
  });

  it('a voice that is removed fades, is forgotten, and its number stays its own', () => {
    const synth = new AudioSynth({ channels: 1 });
    const voice = synth.add(crest);
    const by = synth.add(Noise.white(), { audible: false });
    const carrier = synth.add(Oscillator.sine(100), { fm: { voice: by }, gain: 0 });
    synth.renderChunk(100);
    expect(() => synth.remove(by)).toThrow(
      `Voice ${carrier} is modulated by voice ${by}: remove voice ${carrier} first`,
    );
    synth.remove(carrier);
    synth.remove(by);
    synth.remove(voice);
    const tail = synth.renderChunk(1000);
    expect(largestStep(tail)).toBeLessThan(1.01 / 240);
    expect(peak(tail.subarray(240))).toBe(0);
    expect(() => synth.noteOn(voice)).toThrow(expect.objectContaining({ code: 'ERR_STALE_ID' }));
    expect(synth.add(crest)).toBe(4);
    expect(synth.bake({ seconds: 0.1 }).getChannelData(0)[100]).toBe(0);
  });

  it('a parameter that a voice has not is an error that says which voices have it', () => {
    const synth = new AudioSynth();
    const hiss = synth.add(Noise.white());
    const tone = synth.add(Oscillator.saw(100));
    for (const [voice, parameter, words] of [
      [hiss, 'freq', 'an Oscillator'],
      [tone, 'duty', 'Oscillator.square'],
      [tone, 'q', 'a filter'],
      [hiss, 'cutoffHz', 'a filter'],
    ] as const) {
      expect(() => synth.setParam(voice, parameter, 10)).toThrow(missing(voice, parameter, words));
    }
    expect(() => synth.add(Noise.white(), { modulation: { freq: new LFO() } })).toThrow(
      expect.objectContaining({ code: 'ERR_WRONG_STATE' }),
    );
    expect(() => synth.add(Noise.white(), { fm: { voice: tone } })).toThrow(
      expect.objectContaining({ code: 'ERR_WRONG_STATE' }),
    );
  });

  it('a constructor of the data classes cannot be called by plain JavaScript', () => {
    const [First, Second] = [Oscillator, Noise] as unknown as [new () => unknown, new () => unknown];
    expect(() => new First()).toThrow(TypeError);
    expect(() => new Second()).toThrow(TypeError);
    expect(() => new AudioSynth().add({ wave: 'sine', freq: 1 } as never)).toThrow(
      'Expected an Oscillator or a Noise for source but received an object',
    );
  });
});

function missing(voice: number, parameter: string, words: string): object {
  return expect.objectContaining({
    code: 'ERR_WRONG_STATE',
    message: `Voice ${voice} has no ${parameter}: it needs ${words}`,
  });
}
