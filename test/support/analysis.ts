import FFT from 'fft.js';

export function decibels(ratio: number): number {
  return 20 * Math.log10(ratio);
}

export function rms(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < samples.length; index++) sum += (samples[index] as number) ** 2;
  return Math.sqrt(sum / samples.length);
}

export function peak(samples: ArrayLike<number>): number {
  let largest = 0;
  for (let index = 0; index < samples.length; index++) {
    const magnitude = Math.abs(samples[index] as number);
    if (!(magnitude <= largest)) largest = magnitude;
  }
  return largest;
}

/**
 * The largest difference between neighbouring samples of one channel. NaN anywhere gives NaN, which is below no bound.
 */
export function largestStep(samples: ArrayLike<number>): number {
  let largest = 0;
  for (let index = 1; index < samples.length; index++) {
    const step = Math.abs((samples[index] as number) - (samples[index - 1] as number));
    if (!(step <= largest)) largest = step;
    if (Number.isNaN(largest)) return Number.NaN;
  }
  return largest;
}

export function largestDifference(first: ArrayLike<number>, second: ArrayLike<number>): number {
  if (first.length !== second.length) return Number.NaN;
  let largest = 0;
  for (let index = 0; index < first.length; index++) {
    const difference = Math.abs((first[index] as number) - (second[index] as number));
    if (!(difference <= largest)) largest = difference;
    if (Number.isNaN(largest)) return Number.NaN;
  }
  return largest;
}

/** A sine and a constant fitted to samples by least squares. */
export interface ToneFit {
  readonly amplitude: number;
  /** Radians at the first sample, of a sine. */
  readonly phase: number;
  readonly offset: number;
  /** RMS of what is left. */
  readonly residual: number;
  readonly largestResidual: number;
  readonly sinad: number;
}

/** Fits a sine of a known frequency. */
export function fitTone(samples: ArrayLike<number>, sampleRate: number, hz: number): ToneFit {
  const count = samples.length;
  const omega = (2 * Math.PI * hz) / sampleRate;
  // Normal equations of s(n) = a sin + b cos + c; three unknowns, solved by elimination.
  const rows = [
    [0, 0, 0, 0],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ] as number[][];
  for (let index = 0; index < count; index++) {
    const base = [Math.sin(omega * index), Math.cos(omega * index), 1];
    for (let row = 0; row < 3; row++) {
      const line = rows[row] as number[];
      for (let column = 0; column < 3; column++)
        line[column] = (line[column] as number) + (base[row] as number) * (base[column] as number);
      line[3] = (line[3] as number) + (base[row] as number) * (samples[index] as number);
    }
  }
  const [sinePart, cosinePart, offset] = solve(rows) as [number, number, number];
  let squares = 0;
  let largestResidual = 0;
  for (let index = 0; index < count; index++) {
    const left =
      (samples[index] as number) - sinePart * Math.sin(omega * index) - cosinePart * Math.cos(omega * index) - offset;
    squares += left * left;
    largestResidual = Math.max(largestResidual, Math.abs(left));
  }
  const amplitude = Math.hypot(sinePart, cosinePart);
  const residual = Math.sqrt(squares / count);
  return {
    amplitude,
    phase: Math.atan2(cosinePart, sinePart),
    offset,
    residual,
    largestResidual,
    sinad: decibels(amplitude / Math.SQRT2 / residual),
  };
}

function solve(rows: number[][]): number[] {
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    let best = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs((rows[row] as number[])[column] as number) > Math.abs((rows[best] as number[])[column] as number))
        best = row;
    }
    [rows[column], rows[best]] = [rows[best] as number[], rows[column] as number[]];
    const pivot = rows[column] as number[];
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const line = rows[row] as number[];
      const factor = (line[column] as number) / (pivot[column] as number);
      for (let index = column; index <= size; index++)
        line[index] = (line[index] as number) - factor * (pivot[index] as number);
    }
  }
  return rows.map((line, index) => (line[size] as number) / (line[index] as number));
}

/**
 * The frequency of a tone near `approximate`: each of 64 windowed pieces gives a phase, and the slope of the phases
 * over time is what the guess was wrong by. The guess may be off by at most a few hertz a second of signal; it is
 * refined twice.
 */
export function toneFrequency(samples: ArrayLike<number>, sampleRate: number, approximate: number): number {
  let hz = approximate;
  for (let round = 0; round < 3; round++) hz += phaseSlope(samples, sampleRate, hz) / (2 * Math.PI);
  return hz;
}

function phaseSlope(samples: ArrayLike<number>, sampleRate: number, hz: number): number {
  const pieces = 64;
  const length = Math.floor(samples.length / pieces);
  const omega = (2 * Math.PI * hz) / sampleRate;
  const times: number[] = [];
  const phases: number[] = [];
  for (let piece = 0; piece < pieces; piece++) {
    let real = 0;
    let imaginary = 0;
    for (let index = 0; index < length; index++) {
      const position = piece * length + index;
      const weight = 0.5 - 0.5 * Math.cos((2 * Math.PI * (index + 0.5)) / length);
      real += weight * (samples[position] as number) * Math.cos(omega * position);
      imaginary -= weight * (samples[position] as number) * Math.sin(omega * position);
    }
    let phase = Math.atan2(imaginary, real);
    const before = phases.at(-1);
    if (before !== undefined) phase += 2 * Math.PI * Math.round((before - phase) / (2 * Math.PI));
    phases.push(phase);
    times.push(((piece + 0.5) * length) / sampleRate);
  }
  const meanTime = times.reduce((sum, time) => sum + time, 0) / pieces;
  const meanPhase = phases.reduce((sum, phase) => sum + phase, 0) / pieces;
  let above = 0;
  let below = 0;
  for (let piece = 0; piece < pieces; piece++) {
    above += ((times[piece] as number) - meanTime) * ((phases[piece] as number) - meanPhase);
    below += ((times[piece] as number) - meanTime) ** 2;
  }
  return above / below;
}

/** Two frequencies as a difference in cents. */
export function cents(measured: number, expected: number): number {
  return 1200 * Math.log2(measured / expected);
}

/** Runs of at least `shortest` samples that stay below `threshold`. */
export function gaps(
  samples: ArrayLike<number>,
  threshold: number,
  shortest: number,
): { start: number; length: number }[] {
  const found: { start: number; length: number }[] = [];
  let start = -1;
  for (let index = 0; index <= samples.length; index++) {
    const quiet = index < samples.length && Math.abs(samples[index] as number) < threshold;
    if (quiet && start < 0) start = index;
    if (!quiet && start >= 0) {
      if (index - start >= shortest) found.push({ start, length: index - start });
      start = -1;
    }
  }
  return found;
}

/**
 * Magnitudes of the first half of a spectrum under a Hann window, scaled so that a sine of amplitude 1 on a bin gives
 * 1. The length is a power of two.
 */
export function spectrum(samples: ArrayLike<number>): Float64Array {
  const size = samples.length;
  const transform = new FFT(size);
  const windowed = Array.from(
    { length: size },
    (_, index) => (samples[index] as number) * (0.5 - 0.5 * Math.cos((2 * Math.PI * index) / size)),
  );
  const output = transform.createComplexArray();
  transform.realTransform(output, windowed);
  return Float64Array.from(
    { length: size / 2 },
    (_, bin) => (Math.hypot(output[2 * bin] as number, output[2 * bin + 1] as number) * 4) / size,
  );
}

/** The length of the part of `samples` that sounds: from the first to the last sample that is not zero. */
export function soundingRange(samples: ArrayLike<number>): { first: number; last: number } {
  let first = 0;
  while (first < samples.length && samples[first] === 0) first++;
  let last = samples.length - 1;
  while (last >= 0 && samples[last] === 0) last--;
  return { first, last };
}
