import { describe, expect, it } from 'vitest';
import {
  ADSR,
  AudioSynth,
  Noise,
  Oscillator,
  SynthPreset,
  type SynthPresetName,
  synthPresets,
} from '../../src/index.js';
import { largestDifference, peak, rms } from '../support/analysis.js';
import { spectrum } from './support.js';

const names = Object.keys(synthPresets) as SynthPresetName[];
const sound = (name: SynthPresetName, seed?: number): Float32Array =>
  (seed === undefined ? synthPresets[name] : synthPresets[name].mutate(seed)).bake().getChannelData(0);

describe('presets', () => {
  it('are the seven that games ask for', () => {
    expect(names).toEqual(['coin', 'jump', 'hit', 'explosion', 'laser', 'power-up', 'blip']);
    for (const name of names) expect(synthPresets[name].name).toBe(name);
  });

  it.each(names)('%s is heard, fits the range, ends in silence and has no constant part', (name) => {
    const samples = sound(name);
    expect(peak(samples)).toBeLessThanOrEqual(1);
    expect(peak(samples)).toBeGreaterThan(0.3);
    expect(rms(samples)).toBeGreaterThan(0.05);
    expect(peak(samples.subarray(-3))).toBeLessThan(0.01);
    expect(Math.abs(samples.reduce((sum, value) => sum + value, 0) / samples.length)).toBeLessThan(0.01);
  });

  it.each(names)('%s varies with the seed, and the same seed gives the same samples', (name) => {
    const first = sound(name, 1);
    expect(sound(name, 1)).toEqual(first);
    expect(sound(name, 2)).not.toEqual(first);
    expect(first).not.toEqual(sound(name));
    for (let seed = 0; seed < 20; seed++) {
      const samples = sound(name, seed);
      expect(peak(samples), `seed ${seed}`).toBeLessThan(1.5);
      expect(rms(samples), `seed ${seed}`).toBeGreaterThan(0.03);
    }
    // A variation of a variation is one more.
    expect(synthPresets[name].mutate(1).mutate(1).bake().getChannelData(0)).not.toEqual(first);
  });

  it('differ in what they are: a coin rises by a fourth, an explosion is deep, a blip is short', () => {
    const coin = sound('coin');
    const strongest = (samples: Float32Array): number => {
      const levels = spectrum(samples, 2048);
      return (levels.indexOf(Math.max(...levels)) * 48000) / 2048;
    };
    expect(strongest(coin.subarray(0, 2048))).toBeCloseTo(988, -2);
    expect(strongest(coin.subarray(4000, 6048))).toBeCloseTo(1319, -2);
    expect(strongest(sound('explosion').subarray(0, 4096))).toBeLessThan(200);
    expect(synthPresets.blip.bake().durationSeconds).toBeLessThan(0.1);
  });

  it('stand in a synth at their time, beside others', () => {
    const synth = new AudioSynth({ channels: 1 });
    const own = synth.add(Oscillator.sine(100), { gain: 0, durationSeconds: 1 });
    const numbers = synthPresets['power-up'].addTo(synth, { atSeconds: 0.5, gain: 0.5 });
    expect(numbers).toEqual([1, 2, 3, 4].map((place) => own + place));
    const samples = synth.bake().getChannelData(0);
    const alone = sound('power-up');
    expect(peak(samples.subarray(0, 24000))).toBe(0);
    expect(
      largestDifference(
        samples.subarray(24000, 24000 + alone.length).map((value) => 2 * value),
        alone,
      ),
    ).toBeLessThan(1e-6);
  });

  it('can be made by anyone, with modulation by place; a voice without an end is refused', () => {
    const bell = new SynthPreset('bell', [
      { source: Oscillator.sine(1100), audible: false, durationSeconds: 0.5 },
      {
        source: Oscillator.sine(440),
        fm: { voice: 1, depthHz: 800 },
        ring: { voice: 1, depth: 0.2 },
        durationSeconds: 0.5,
        envelope: new ADSR({ release: 0.2 }),
      },
    ]);
    const synth = new AudioSynth();
    synth.add(Noise.white(), { gain: 0, durationSeconds: 1 });
    expect(bell.addTo(synth)).toEqual([2, 3]);
    expect(bell.mutate(3).bake().getChannelData(0)).not.toEqual(bell.bake().getChannelData(0));
    expect(() => new SynthPreset('endless', [{ source: Oscillator.sine(100) }])).toThrow(RangeError);
    expect(
      () => new SynthPreset('backwards', [{ source: Oscillator.sine(100), ring: { voice: 1 }, durationSeconds: 1 }]),
    ).toThrow(RangeError);
  });
});
