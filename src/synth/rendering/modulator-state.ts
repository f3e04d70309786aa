import type { Exponential, Linear } from '../data/envelope.js';
import type { LFO } from '../data/lfo.js';
import type { Modulator } from '../data/modulator.js';
import { type SynthParameter, voiceRanges } from '../data/ranges.js';
import { powerOfTwo, sineOfTurns } from './elementary.js';
import { curveAt, framesOf } from './envelope-state.js';

/** An edge of an LFO takes so long. */
const edgeSeconds = 0.002;

const semitones = 1 / 12;

/** The wave of an LFO at a phase of 0..1 turns, -1..1. */
function lfoAt(lfo: LFO, phase: number): number {
  if (lfo.wave === 'sine') return sineOfTurns(phase);
  if (lfo.wave === 'triangle') return phase < 0.25 ? 4 * phase : phase < 0.75 ? 2 - 4 * phase : 4 * phase - 4;
  const edge = Math.min(0.25, edgeSeconds * lfo.rateHz);
  if (lfo.wave === 'saw')
    return phase < 1 - edge ? (2 * phase) / (1 - edge) - 1 : 1 - (2 * (phase - (1 - edge))) / edge;
  if (phase < edge) return (2 * phase) / edge - 1;
  if (phase < 0.5) return 1;
  return phase < 0.5 + edge ? 1 - (2 * (phase - 0.5)) / edge : -1;
}

/** Moves one parameter: a function of the frame, of where the voice began and of where its note did. */
export class ModulatorState {
  readonly #parameter: SynthParameter;
  readonly #modulator: Modulator;
  readonly #sampleRate: number;
  readonly #frames: number;

  /** `noteSeconds` is the length of a note, for curves that have none of their own. */
  constructor(parameter: SynthParameter, modulator: Modulator, noteSeconds: number, sampleRate: number) {
    this.#parameter = parameter;
    this.#modulator = modulator;
    this.#sampleRate = sampleRate;
    this.#frames = modulator.type === 'lfo' ? 0 : framesOf(modulator.seconds ?? noteSeconds, sampleRate);
  }

  /**
   * The value of the parameter when it was `value` before. `voiceFrame` and `noteFrame` count from the voice's first
   * note and from the present one.
   */
  apply(value: number, voiceFrame: number, noteFrame: number): number {
    const { minimum, maximum } = voiceRanges[this.#parameter];
    const moved =
      this.#modulator.type === 'lfo'
        ? this.#swing(value, this.#modulator, voiceFrame)
        : this.#follow(value, this.#modulator, noteFrame);
    return Math.max(minimum, Math.min(maximum, moved));
  }

  #swing(value: number, lfo: LFO, voiceFrame: number): number {
    const turns = lfo.phase + (voiceFrame * lfo.rateHz) / this.#sampleRate;
    const wave = lfoAt(lfo, turns - Math.floor(turns));
    switch (this.#parameter) {
      case 'freq':
      case 'cutoffHz':
        return value * powerOfTwo(lfo.depth * wave * semitones);
      case 'gain':
        return value * (1 - (lfo.depth * (1 - wave)) / 2);
      default:
        return value + lfo.depth * wave;
    }
  }

  #follow(value: number, curve: Linear | Exponential, noteFrame: number): number {
    const factor = curveAt(curve, this.#frames === 0 ? 1 : noteFrame / this.#frames);
    return this.#parameter === 'pan' ? value + factor : value * factor;
  }
}
