import { RandomNumbers } from '../base/random.js';
import { ADSR, type Envelope, Exponential, Linear } from './data/envelope.js';
import { BandPass, HighPass, LowPass, type VoiceFilter } from './data/filter.js';
import { LFO } from './data/lfo.js';
import type { Modulator } from './data/modulator.js';
import { Noise } from './data/noise.js';
import { Oscillator } from './data/oscillator.js';
import type { PresetVoice } from './data/preset-voice.js';
import { parameterNames, type SynthParameter, secondsMaximum, voiceRanges } from './data/ranges.js';
import { isOscillator, type VoiceSource } from './data/voice-data.js';
import { powerOfTwo } from './rendering/elementary.js';

// How far each kind of number goes, in octaves to either side. The shared ones keep intervals and rhythm as they are.
const pitchSpread = 0.4;
const timeSpread = 0.35;
const levelSpread = 0.15;
const cutoffSpread = 0.5;
const qSpread = 0.5;
const sweepSpread = 0.3;
const rateSpread = 0.4;
const dutySpread = 0.3;

const filters = { lowpass: LowPass, highpass: HighPass, bandpass: BandPass };

/** Draws one variation of a preset, voice by voice. */
export class PresetVariation {
  readonly #random: RandomNumbers;
  readonly #pitch: number;
  readonly #time: number;

  /** What all voices share is drawn first. */
  constructor(seed: number) {
    this.#random = new RandomNumbers(seed);
    this.#pitch = this.#factor(pitchSpread);
    this.#time = this.#factor(timeSpread);
  }

  /** A voice of the same kind. */
  vary(voice: PresetVoice): PresetVoice {
    const { source, envelope, filter, modulation, fm } = voice;
    const varied: PresetVoice = {
      ...voice,
      source: this.#source(source),
      gain: within(voiceRanges.gain, (voice.gain ?? 1) * this.#factor(levelSpread)),
    };
    if (voice.startSeconds !== undefined) varied.startSeconds = this.#seconds(voice.startSeconds);
    if (voice.durationSeconds !== undefined) varied.durationSeconds = this.#seconds(voice.durationSeconds);
    if (envelope !== undefined) varied.envelope = this.#envelope(envelope);
    if (filter !== undefined) varied.filter = this.#filter(filter);
    if (modulation !== undefined) varied.modulation = this.#modulation(modulation);
    if (fm !== undefined)
      varied.fm = {
        ...fm,
        depthHz: within(voiceRanges.freq, (fm.depthHz ?? 100) * this.#pitch * this.#factor(sweepSpread)),
      };
    return varied;
  }

  /** A factor within so many octaves of 1. */
  #factor(octaves: number): number {
    return powerOfTwo(this.#random.nextSigned() * octaves);
  }

  #seconds(seconds: number): number {
    return Math.min(secondsMaximum, seconds * this.#time);
  }

  #source(source: VoiceSource): VoiceSource {
    if (!isOscillator(source)) return Noise[source.color]({ seed: this.#random.nextInteger() });
    const freq = within(voiceRanges.freq, source.freq * this.#pitch);
    const { wave, phase, naive } = source;
    const duty = within(voiceRanges.duty, source.duty * this.#factor(dutySpread));
    return wave === 'sine'
      ? Oscillator.sine(freq, { phase })
      : Oscillator[wave](freq, { phase, naive, duty } as { phase: number; naive: boolean });
  }

  #envelope(envelope: Envelope): Envelope {
    if (envelope.type !== 'adsr') return this.#curve(envelope, 0);
    const { attack, decay, sustain, release, curve } = envelope;
    return new ADSR({
      attack: this.#seconds(attack),
      decay: this.#seconds(decay),
      sustain: Math.min(1, sustain * this.#factor(levelSpread)),
      release: this.#seconds(release),
      curve,
    });
  }

  #filter(filter: VoiceFilter): VoiceFilter {
    const cutoffHz = within(voiceRanges.cutoffHz, filter.cutoffHz * this.#factor(cutoffSpread));
    return new filters[filter.type]({ cutoffHz, q: within(voiceRanges.q, filter.q * this.#factor(qSpread)) });
  }

  #modulation(modulation: NonNullable<PresetVoice['modulation']>): NonNullable<PresetVoice['modulation']> {
    const varied: { [P in SynthParameter]?: Modulator } = {};
    for (const name of parameterNames) {
      const modulator = modulation[name];
      if (modulator?.type === 'lfo') varied[name] = this.#lfo(modulator);
      else if (modulator !== undefined) varied[name] = this.#curve(modulator, sweepSpread);
    }
    return varied;
  }

  #lfo({ rateHz, depth, wave, phase }: LFO): LFO {
    const faster = Math.max(0.001, Math.min(1000, rateHz * this.#factor(rateSpread)));
    // A depth of at most 1 may be that of a gain, which goes no further.
    const deeper = Math.min(depth <= 1 ? 1 : 120, depth * this.#factor(sweepSpread));
    return new LFO({ rateHz: faster, depth: deeper, wave, phase });
  }

  #curve(curve: Linear | Exponential, spread: number): Linear | Exponential {
    const fields = {
      start: within(voiceRanges.gain, curve.start * this.#factor(spread)),
      end: within(voiceRanges.gain, curve.end * this.#factor(spread)),
      ...(curve.seconds === null ? {} : { seconds: this.#seconds(curve.seconds) }),
    };
    return curve.type === 'linear' ? new Linear(fields) : new Exponential({ ...fields, power: curve.power });
  }
}

function within({ minimum, maximum }: { readonly minimum: number; readonly maximum: number }, value: number): number {
  return Math.max(minimum, Math.min(maximum, value));
}
