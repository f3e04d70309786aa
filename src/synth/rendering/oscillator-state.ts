import type { Oscillator } from '../data/oscillator.js';
import { sineOfTurns } from './elementary.js';
import { type BandLimitedWave, sawWave, sineLevel, TableChoice, triangleWave } from './waves.js';

/** A number for every frame, or one for all of them. */
export type Values = Float64Array | number;

/** An oscillator as it runs. Steps are in turns for each frame and may be negative. */
export class OscillatorState {
  readonly #oscillator: Oscillator;
  readonly #choice = new TableChoice();
  #chosenFor = Number.NaN;
  #phase: number;

  /** Begins at the phase that was asked for. */
  constructor(oscillator: Oscillator) {
    this.#oscillator = oscillator;
    this.#phase = oscillator.phase;
  }

  /** Goes back to where it began. */
  restart(): void {
    this.#phase = this.#oscillator.phase;
  }

  /** Writes the next samples from index `from` up to `to`. */
  render(out: Float64Array, from: number, to: number, steps: Values, duties: Values): void {
    const { wave, naive } = this.#oscillator;
    if (wave === 'sine') this.#sine(out, from, to, steps);
    else if (naive) this.#naive(out, from, to, steps, duties);
    else if (wave === 'square') this.#square(out, from, to, steps, duties);
    else this.#tables(wave === 'saw' ? sawWave : triangleWave, out, from, to, steps);
  }

  #sine(out: Float64Array, from: number, to: number, steps: Values): void {
    let phase = this.#phase;
    if (typeof steps === 'number') {
      const level = sineLevel(steps);
      for (let index = from; index < to; index += 1) {
        out[index] = level * sineOfTurns(phase);
        phase = wrapped(phase + steps);
      }
    } else {
      for (let index = from; index < to; index += 1) {
        const step = steps[index]!;
        out[index] = sineLevel(step) * sineOfTurns(phase);
        phase = wrapped(phase + step);
      }
    }
    this.#phase = phase;
  }

  #naive(out: Float64Array, from: number, to: number, steps: Values, duties: Values): void {
    const { wave } = this.#oscillator;
    let phase = this.#phase;
    for (let index = from; index < to; index += 1) {
      if (wave === 'saw') out[index] = 2 * phase - 1;
      else if (wave === 'square') out[index] = phase < at(duties, index) ? 1 : -1;
      else out[index] = phase < 0.25 ? 4 * phase : phase < 0.75 ? 2 - 4 * phase : 4 * phase - 4;
      phase = wrapped(phase + at(steps, index));
    }
    this.#phase = phase;
  }

  #tables(wave: BandLimitedWave, out: Float64Array, from: number, to: number, steps: Values): void {
    let phase = this.#phase;
    for (let index = from; index < to; index += 1) {
      const step = at(steps, index);
      this.#choose(step);
      out[index] = wave.read(this.#choice, phase);
      phase = wrapped(phase + step);
    }
    this.#phase = phase;
  }

  /** A square is the difference of two saws, the second later by the duty. */
  #square(out: Float64Array, from: number, to: number, steps: Values, duties: Values): void {
    let phase = this.#phase;
    for (let index = from; index < to; index += 1) {
      const step = at(steps, index);
      const duty = at(duties, index);
      this.#choose(step);
      out[index] =
        sawWave.read(this.#choice, wrapped(phase - duty)) - sawWave.read(this.#choice, phase) + (2 * duty - 1);
      phase = wrapped(phase + step);
    }
    this.#phase = phase;
  }

  #choose(step: number): void {
    if (step === this.#chosenFor) return;
    this.#chosenFor = step;
    this.#choice.choose(step);
  }
}

function at(values: Values, index: number): number {
  return typeof values === 'number' ? values : values[index]!;
}

/** The part of a turn. */
function wrapped(phase: number): number {
  return phase - Math.floor(phase);
}
