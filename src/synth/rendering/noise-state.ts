import { RandomNumbers } from '../../base/random.js';
import type { Noise } from '../data/noise.js';
import { exponential } from './elementary.js';

/** RMS of the colored noises: their peaks are five times as high, and seldom pass 1. */
const coloredRms = 0.18;
const whiteRms = 1 / Math.sqrt(3);

/** Below this, brown noise is flat. */
const brownCornerHz = 20;

/** Poles and zeros take turns, an octave apart: on average the slope is -3 dB an octave, within 0.3 dB. */
const pinkPolesHz = [10, 40, 160, 640, 2560, 10240];

function decay(hz: number, sampleRate: number): number {
  return exponential((-2 * Math.PI * hz) / sampleRate);
}

/** One section of the pink filter: a pole, and a zero an octave above it. */
class Shelf {
  readonly #pole: number;
  readonly #zero: number;
  #input = 0;
  #output = 0;

  constructor(poleHz: number, sampleRate: number) {
    this.#pole = decay(poleHz, sampleRate);
    this.#zero = decay(2 * poleHz, sampleRate);
  }

  next(input: number): number {
    this.#output = input - this.#zero * this.#input + this.#pole * this.#output;
    this.#input = input;
    return this.#output;
  }
}

const pinkGains = new Map<number, number>();

/** The factor that brings pink noise to its RMS: from the energy of the filter's impulse response. */
function pinkGain(sampleRate: number): number {
  const cached = pinkGains.get(sampleRate);
  if (cached !== undefined) return cached;
  const shelves = pinkPolesHz.map((hz) => new Shelf(hz, sampleRate));
  let energy = 0;
  // A fifth of a second: the slowest pole has fallen by 109 dB.
  for (let frame = 0; frame < sampleRate / 5; frame += 1) {
    let value = frame === 0 ? 1 : 0;
    for (const shelf of shelves) value = shelf.next(value);
    energy += value * value;
  }
  const gain = coloredRms / (whiteRms * Math.sqrt(energy));
  pinkGains.set(sampleRate, gain);
  return gain;
}

/** Noise as it runs. */
export class NoiseState {
  readonly #random: RandomNumbers;
  readonly #color: Noise['color'];
  readonly #shelves: readonly Shelf[];
  readonly #gain: number;
  readonly #pole: number;
  #brown = 0;

  /** Begins the sequence that belongs to the seed. */
  constructor(noise: Noise, seed: number, sampleRate: number) {
    this.#random = new RandomNumbers(seed);
    this.#color = noise.color;
    this.#shelves = noise.color === 'pink' ? pinkPolesHz.map((hz) => new Shelf(hz, sampleRate)) : [];
    this.#pole = decay(brownCornerHz, sampleRate);
    // The variance of a one-pole filter's output is that of its input over 1 - pole^2.
    if (noise.color === 'brown') this.#gain = (coloredRms / whiteRms) * Math.sqrt(1 - this.#pole * this.#pole);
    else this.#gain = noise.color === 'pink' ? pinkGain(sampleRate) : 1;
  }

  /** Writes the next samples from index `from` up to `to`. */
  render(out: Float64Array, from: number, to: number): void {
    const random = this.#random;
    if (this.#color === 'white') {
      for (let index = from; index < to; index += 1) out[index] = random.nextSigned();
    } else if (this.#color === 'brown') {
      let level = this.#brown;
      for (let index = from; index < to; index += 1) {
        level = level * this.#pole + random.nextSigned() * this.#gain;
        out[index] = level;
      }
      this.#brown = level;
    } else {
      for (let index = from; index < to; index += 1) {
        let value = random.nextSigned() * this.#gain;
        for (const shelf of this.#shelves) value = shelf.next(value);
        out[index] = value;
      }
    }
  }
}
