import type { VoiceFilter } from '../data/filter.js';
import { tangentOfTurns } from './elementary.js';

/** Cutoffs above this part of the sample rate sound as this one. */
const highestCutoff = 0.49;

/**
 * A state variable filter with trapezoidal integrators (Andrew Simper, "Linear Trapezoidal Integrated State Variable
 * Filter", 2013): the cookbook's responses, and steady while its parameters move from frame to frame.
 */
export class FilterState {
  readonly #type: VoiceFilter['type'];
  readonly #sampleRate: number;
  #first = 0;
  #second = 0;
  // The factors for the parameters they were last worked out for.
  #cutoffHz = -1;
  #q = -1;
  #damping = 0;
  #a1 = 0;
  #a2 = 0;
  #a3 = 0;

  /** A filter at rest. */
  constructor(type: VoiceFilter['type'], sampleRate: number) {
    this.#type = type;
    this.#sampleRate = sampleRate;
  }

  /** Filters `samples` from index `from` up to `to` in place, with one cutoff and q. */
  process(samples: Float64Array, from: number, to: number, cutoffHz: number, q: number): void {
    this.#tune(cutoffHz, q);
    const a1 = this.#a1;
    const a2 = this.#a2;
    const a3 = this.#a3;
    const damping = this.#damping;
    let first = this.#first;
    let second = this.#second;
    const low = this.#type === 'lowpass';
    const high = this.#type === 'highpass';
    for (let index = from; index < to; index += 1) {
      const input = samples[index]!;
      const difference = input - second;
      const band = a1 * first + a2 * difference;
      const lowOut = second + a2 * first + a3 * difference;
      first = 2 * band - first;
      second = 2 * lowOut - second;
      samples[index] = low ? lowOut : high ? input - damping * band - lowOut : damping * band;
    }
    this.#first = first;
    this.#second = second;
  }

  /** Forgets what it heard. */
  reset(): void {
    this.#first = 0;
    this.#second = 0;
  }

  #tune(cutoffHz: number, q: number): void {
    if (cutoffHz === this.#cutoffHz && q === this.#q) return;
    this.#cutoffHz = cutoffHz;
    this.#q = q;
    const ratio = cutoffHz / this.#sampleRate;
    const g = tangentOfTurns(Math.min(ratio, highestCutoff) / 2);
    this.#damping = 1 / q;
    this.#a1 = 1 / (1 + g * (g + this.#damping));
    this.#a2 = g * this.#a1;
    this.#a3 = g * this.#a2;
  }
}
