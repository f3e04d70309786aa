import { ADSR, Exponential, Linear } from './data/envelope.js';
import { BandPass, HighPass, LowPass } from './data/filter.js';
import { LFO } from './data/lfo.js';
import { Noise } from './data/noise.js';
import { Oscillator } from './data/oscillator.js';
import type { PresetVoice } from './data/preset-voice.js';
import { SynthPreset } from './preset.js';

/** The names of the presets in {@link synthPresets}. */
export type SynthPresetName = 'coin' | 'jump' | 'hit' | 'explosion' | 'laser' | 'power-up' | 'blip';

/** A square wave whose halves are not equal has a constant part, which nobody hears and which thumps at the ends. */
const withoutOffset = new HighPass({ cutoffHz: 120 });

/** Two notes a fourth apart, the second ringing out. */
const coin: PresetVoice[] = [
  { source: Oscillator.square(987.77), gain: 0.3, durationSeconds: 0.075, filter: withoutOffset },
  {
    source: Oscillator.square(1318.51),
    gain: 0.3,
    filter: withoutOffset,
    startSeconds: 0.075,
    durationSeconds: 0.42,
    envelope: new Exponential({ start: 1, end: 0.01 }),
  },
];

/** A square wave that rises faster and faster. */
const jump: PresetVoice[] = [
  {
    source: Oscillator.square(220, { duty: 0.35 }),
    gain: 0.35,
    durationSeconds: 0.22,
    envelope: new ADSR({ attack: 0.004, decay: 0.18, sustain: 0.35, release: 0.06 }),
    filter: withoutOffset,
    modulation: { freq: new Exponential({ start: 1, end: 3, power: 1.3 }) },
  },
];

/** A crack of noise over a falling thump. */
const hit: PresetVoice[] = [
  {
    source: Noise.white({ seed: 21 }),
    gain: 0.45,
    durationSeconds: 0.14,
    envelope: new Exponential({ start: 1, end: 0.003 }),
    filter: new LowPass({ cutoffHz: 6000, q: 1 }),
    modulation: { cutoffHz: new Exponential({ start: 1, end: 0.15 }) },
  },
  {
    source: Oscillator.sine(190),
    gain: 0.6,
    durationSeconds: 0.18,
    envelope: new Exponential({ start: 1, end: 0.01 }),
    modulation: { freq: new Exponential({ start: 1, end: 0.3 }) },
  },
];

/** A crack, a roar whose filter closes, and a boom below. */
const explosion: PresetVoice[] = [
  {
    source: Noise.white({ seed: 31 }),
    gain: 0.3,
    durationSeconds: 0.12,
    envelope: new Exponential({ start: 1, end: 0.01 }),
    filter: new HighPass({ cutoffHz: 900 }),
  },
  {
    source: Noise.white({ seed: 32 }),
    gain: 0.68,
    durationSeconds: 1.4,
    envelope: new Exponential({ start: 1, end: 0.01 }),
    filter: new LowPass({ cutoffHz: 2400, q: 0.8 }),
    modulation: {
      cutoffHz: new Exponential({ start: 1, end: 0.04 }),
      gain: new LFO({ rateHz: 17, depth: 0.5, wave: 'triangle' }),
    },
  },
  {
    source: Oscillator.sine(85),
    gain: 0.4,
    durationSeconds: 0.9,
    envelope: new Exponential({ start: 1, end: 0.005 }),
    modulation: { freq: new Exponential({ start: 1, end: 0.35 }) },
  },
];

/** A saw that falls by three octaves through a resonant band. */
const laser: PresetVoice[] = [
  {
    source: Oscillator.saw(2200),
    gain: 0.45,
    durationSeconds: 0.28,
    envelope: new ADSR({ attack: 0.002, decay: 0.26, sustain: 0.15, release: 0.05 }),
    filter: new BandPass({ cutoffHz: 2600, q: 0.9 }),
    modulation: {
      freq: new Exponential({ start: 1, end: 0.12, power: 0.8 }),
      cutoffHz: new Exponential({ start: 1, end: 0.25 }),
    },
  },
  {
    source: Oscillator.square(2210, { duty: 0.25 }),
    gain: 0.15,
    filter: withoutOffset,
    durationSeconds: 0.28,
    envelope: new ADSR({ attack: 0.002, decay: 0.26, sustain: 0.1, release: 0.05 }),
    modulation: { freq: new Exponential({ start: 1, end: 0.12, power: 0.8 }) },
  },
];

/** A broken chord that rises by an octave; the last note trembles. */
const powerUp: PresetVoice[] = [
  ...[523.25, 659.26, 783.99].map(
    (freq, step): PresetVoice => ({
      source: Oscillator.square(freq, { duty: 0.25 }),
      gain: 0.28,
      filter: withoutOffset,
      startSeconds: 0.085 * step,
      durationSeconds: 0.085,
      envelope: new ADSR({ attack: 0.003, decay: 0.06, sustain: 0.6, release: 0.03 }),
    }),
  ),
  {
    source: Oscillator.square(1046.5, { duty: 0.25 }),
    gain: 0.28,
    filter: withoutOffset,
    startSeconds: 0.255,
    durationSeconds: 0.45,
    envelope: new Linear({ start: 1, end: 0 }),
    modulation: { freq: new LFO({ rateHz: 9, depth: 0.4 }), duty: new LFO({ rateHz: 4, depth: 0.12 }) },
  },
];

/** One short tone. */
const blip: PresetVoice[] = [
  {
    source: Oscillator.square(740, { duty: 0.25 }),
    gain: 0.3,
    filter: withoutOffset,
    durationSeconds: 0.06,
    envelope: new ADSR({ attack: 0.001, decay: 0.05, sustain: 0.3, release: 0.03 }),
  },
];

/**
 * Ready-made sounds for games: coin, jump, hit, explosion, laser, power-up and blip.
 *
 * @example
 * ```ts
 * import { Engine, synthPresets } from 'miniaudio-engine';
 *
 * const engine = new Engine({ device: false });
 * for (const preset of Object.values(synthPresets)) {
 *   const buffer = preset.mutate(7).bake();
 *   console.log(preset.name, buffer.durationSeconds);
 *   engine.play(buffer);
 * }
 * engine.readPcmFrames(4800);
 * engine.dispose();
 * ```
 */
export const synthPresets: Readonly<Record<SynthPresetName, SynthPreset>> = Object.freeze({
  coin: new SynthPreset('coin', coin),
  jump: new SynthPreset('jump', jump),
  hit: new SynthPreset('hit', hit),
  explosion: new SynthPreset('explosion', explosion),
  laser: new SynthPreset('laser', laser),
  'power-up': new SynthPreset('power-up', powerUp),
  blip: new SynthPreset('blip', blip),
});
