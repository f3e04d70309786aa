import { sineSum } from './fourier.js';

// Waves without aliases: one period of the wave with all its harmonics up to a limit, in tables for rising limits. An
// oscillator reads the table with the most harmonics that all lie below half the sample rate. Just above a limit the
// new table is faded in, so that a glide does not switch.

/** Harmonics of the largest table: at 48 kHz all that 23.4 Hz has. */
const mostHarmonics = 1024;
/**
 * A table has at least this many samples for each period of its highest harmonic: interpolation errors stay below -65
 * dB of that harmonic.
 */
const samplesPerHarmonic = 16;
const smallestTable = 2048;
/** A new table is complete when its highest harmonic has come this much below half the sample rate. */
const fadeWidth = 0.04;

/** Rising numbers of harmonics: all up to 8, then four to an octave. */
const limits = harmonicLimits();

function harmonicLimits(): readonly number[] {
  const found = [1, 2, 3, 4, 5, 6, 7, 8];
  for (let octave = 8; octave < mostHarmonics; octave *= 2)
    for (const quarter of [1.1875, 1.4375, 1.6875, 2]) found.push(octave * quarter);
  return found.map(Math.floor);
}

/** For each number of harmonics that fit, the index of the largest limit within it; -1 for none. */
const tableIndex = new Int16Array(mostHarmonics + 1).fill(-1);
for (let harmonics = 1, index = 0; harmonics <= mostHarmonics; harmonics += 1) {
  while (index + 1 < limits.length && limits[index + 1]! <= harmonics) index += 1;
  tableIndex[harmonics] = index;
}

/** Which tables to read, and how much of the higher one. */
export class TableChoice {
  /** Index of the table with the most harmonics; -1: silence. */
  index = -1;
  /** Weight of that table; the rest is of the one below it. */
  weight = 1;

  /** Chooses for a step of `turns` (of either sign) in each frame. */
  choose(turns: number): void {
    const step = turns < 0 ? -turns : turns;
    const fitting = step > 0 ? 0.5 / step : mostHarmonics;
    if (fitting >= mostHarmonics) {
      this.index = limits.length - 1;
      this.weight = 1;
      return;
    }
    this.index = tableIndex[Math.floor(fitting)]!;
    this.weight = this.index < 0 ? 1 : fadeIn(fitting / limits[this.index]!);
  }
}

function fadeIn(ratio: number): number {
  return Math.min(1, (ratio - 1) / fadeWidth);
}

/** The level of a sine of `turns` in each frame: 1, falling to 0 just below half the sample rate. */
export function sineLevel(turns: number): number {
  const step = turns < 0 ? -turns : turns;
  if (step >= 0.5) return 0;
  return step * (1 + fadeWidth) <= 0.5 ? 1 : fadeIn(0.5 / step);
}

/** A wave in tables, which are made when they are first read. */
export class BandLimitedWave {
  readonly #amplitude: (harmonic: number) => number;
  readonly #tables: (Float32Array | undefined)[] = [];

  /** `amplitude(n)` is that of sin(2 pi n t). */
  constructor(amplitude: (harmonic: number) => number) {
    this.#amplitude = amplitude;
  }

  /** The table for an index of TableChoice, with one sample more in front and two behind for the interpolation. */
  table(index: number): Float32Array {
    this.#tables[index] ??= this.#make(limits[index]!);
    return this.#tables[index];
  }

  /** The wave at a phase of 0..1 turns, as much of it as the choice says. */
  read(choice: TableChoice, phase: number): number {
    const { index, weight } = choice;
    if (index < 0) return 0;
    const value = interpolate(this.table(index), phase);
    if (weight === 1) return value;
    const below = index === 0 ? 0 : interpolate(this.table(index - 1), phase);
    return below + (value - below) * weight;
  }

  #make(harmonics: number): Float32Array {
    let size = smallestTable;
    while (size < harmonics * samplesPerHarmonic) size *= 2;
    const period = sineSum(
      Array.from({ length: harmonics + 1 }, (_, n) => (n === 0 ? 0 : this.#amplitude(n))),
      size,
    );
    const table = new Float32Array(size + 3);
    for (let at = -1; at < size + 2; at += 1) table[at + 1] = period[(at + size) % size]!;
    return table;
  }
}

/** Lagrange's cubic through the four samples around a phase. */
function interpolate(table: Float32Array, phase: number): number {
  const position = phase * (table.length - 3);
  const whole = Math.floor(position);
  const t = position - whole;
  const a = table[whole]!;
  const b = table[whole + 1]!;
  const c = table[whole + 2]!;
  const d = table[whole + 3]!;
  const c1 = c - a / 3 - b / 2 - d / 6;
  const c2 = (a + c) / 2 - b;
  const c3 = (d - a) / 6 + (b - c) / 2;
  return b + t * (c1 + t * (c2 + t * c3));
}

/** 2 t - 1: -(2 / pi) sum sin(2 pi n t) / n. */
export const sawWave = new BandLimitedWave((n) => -2 / (Math.PI * n));

/** 4 t in the first quarter: (8 / pi^2) sum (-1)^((n - 1) / 2) sin(2 pi n t) / n^2 over odd n. */
export const triangleWave = new BandLimitedWave((n) =>
  n % 2 === 0 ? 0 : (n % 4 === 1 ? 8 : -8) / (Math.PI * Math.PI) / (n * n),
);
