import { expectNumber, wrongKind } from '../base/validate.js';

/**
 * What a filter does to tones: for each frequency asked for, the factor on its level and the angle by which it turns
 * it.
 */
export interface FrequencyResponse {
  /** Linear gain of each tone. */
  readonly magnitude: Float64Array;
  /** Radians, -pi..pi; negative is later. */
  readonly phase: Float64Array;
}

/**
 * A second-order filter by its analogue prototype, the fraction of two polynomials in s whose frequency is 1:
 * [constant, s, s^2] above and below. The digital filter is its bilinear transform, warped so that 1 becomes the
 * frequency asked for.
 */
export interface Prototype {
  readonly above: readonly [number, number, number];
  readonly below: readonly [number, number, number];
}

/** The prototypes of Robert Bristow-Johnson's Audio EQ Cookbook. `q` of shelves is the slope S; `a` is 10^(dB / 40). */
export const prototypes = {
  lowPass: (q: number): Prototype => ({ above: [1, 0, 0], below: [1, 1 / q, 1] }),
  highPass: (q: number): Prototype => ({ above: [0, 0, 1], below: [1, 1 / q, 1] }),
  bandPassPeak: (q: number): Prototype => ({ above: [0, 1 / q, 0], below: [1, 1 / q, 1] }),
  bandPassSkirt: (q: number): Prototype => ({ above: [0, 1, 0], below: [1, 1 / q, 1] }),
  notch: (q: number): Prototype => ({ above: [1, 0, 1], below: [1, 1 / q, 1] }),
  peak: (q: number, a: number): Prototype => ({ above: [1, a / q, 1], below: [1, 1 / (a * q), 1] }),
  lowShelf: (slope: number, a: number): Prototype => {
    const middle = Math.sqrt(a) * shelfDamping(slope, a);
    return { above: [a * a, a * middle, a], below: [1, middle, a] };
  },
  highShelf: (slope: number, a: number): Prototype => {
    const middle = Math.sqrt(a) * shelfDamping(slope, a);
    return { above: [a, a * middle, a * a], below: [a, middle, 1] };
  },
} as const;

function shelfDamping(slope: number, a: number): number {
  return Math.sqrt((a + 1 / a) * (1 / slope - 1) + 2);
}

/** The response at frequencies from 0 to half the rate, in Hz. Throws for what is no list of such numbers. */
export function responseOf(
  prototype: Prototype,
  frequency: number,
  sampleRate: number,
  hz: ArrayLike<number>,
): FrequencyResponse {
  if (typeof hz !== 'object' || hz === null || typeof hz.length !== 'number')
    throw wrongKind('an array of frequencies', 'hz', hz);
  const magnitude = new Float64Array(hz.length);
  const phase = new Float64Array(hz.length);
  const warped = Math.tan((Math.PI * frequency) / sampleRate);
  for (let index = 0; index < hz.length; index += 1) {
    const angle = (Math.PI * expectNumber(hz[index], `hz[${index}]`, 0, sampleRate / 2)) / sampleRate;
    // s = j sine / cosine; both sides are multiplied by cosine^2, so that half the rate is no pole.
    const sine = Math.sin(angle) / warped;
    const cosine = Math.cos(angle);
    const [above, below] = [prototype.above, prototype.below].map(([constant, linear, square]) => ({
      real: constant * cosine * cosine - square * sine * sine,
      imaginary: linear * sine * cosine,
    })) as [{ real: number; imaginary: number }, { real: number; imaginary: number }];
    magnitude[index] = Math.hypot(above.real, above.imaginary) / Math.hypot(below.real, below.imaginary);
    const turned = Math.atan2(above.imaginary, above.real) - Math.atan2(below.imaginary, below.real);
    phase[index] = turned > Math.PI ? turned - 2 * Math.PI : turned <= -Math.PI ? turned + 2 * Math.PI : turned;
  }
  return { magnitude, phase };
}

/** Frames in which what rings in a filter has fallen by 60 dB: from the radius of its outer pole. */
export function ringingFrames(prototype: Prototype, frequency: number, sampleRate: number): number {
  const warped = Math.tan((Math.PI * frequency) / sampleRate);
  const [constant, linear, square] = prototype.below;
  // z = (1 + s w) / (1 - s w) in the denominator.
  const outer = constant * warped * warped + linear * warped + square;
  const middle = 2 * (constant * warped * warped - square);
  const inner = constant * warped * warped - linear * warped + square;
  const discriminant = middle * middle - 4 * outer * inner;
  const radius =
    discriminant > 0 ? (Math.abs(middle) + Math.sqrt(discriminant)) / (2 * outer) : Math.sqrt(inner / outer);
  // Two poles close together fall like n r^n at first. What a boost raises starts so much higher.
  const raised =
    20 *
    Math.log10(Math.max(1, prototype.above[0] / constant, prototype.above[1] / linear, prototype.above[2] / square));
  const slack = (linear * linear) / (constant * square) > 2.5 ? 20 : 6;
  return radius > 0 ? Math.ceil(framesToFall(radius, 60 + slack + raised)) + 2 : 2;
}

/**
 * Frames in which something that is multiplied by `factor` in each has fallen by so many dB; Infinity for a factor of
 * 1.
 */
export function framesToFall(factor: number, decibels: number): number {
  if (factor <= 0) return 0;
  return factor >= 1 ? Infinity : (decibels * Math.LN10) / 20 / -Math.log(factor);
}
