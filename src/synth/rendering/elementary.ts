// Sine, exponential, logarithm and what is made of them, out of operations that IEEE 754 fixes to the bit: Math.sin and
// `**` differ from one JavaScript engine to the next, and the same scene shall give the same samples in all of them.

const turn = 2 * Math.PI;

/** Coefficients of sin(2 pi r) in r, r^3, r^5 ... r^17; the first left out is below 1e-13 for a quarter turn. */
const sineSeries = seriesOfSine(9);

function seriesOfSine(terms: number): readonly number[] {
  const series = [turn];
  for (let term = 1; term < terms; term += 1)
    series.push(((-series[term - 1]! * turn) / (2 * term)) * (turn / (2 * term + 1)));
  return series;
}

const [s1, s3, s5, s7, s9, s11, s13, s15, s17] = sineSeries as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

/** sin(2 pi x): x counts turns and may be of any size; within 1e-13. */
export function sineOfTurns(x: number): number {
  const halves = Math.floor(2 * x + 0.5);
  const r = x - 0.5 * halves;
  const z = r * r;
  const sine = r * (s1 + z * (s3 + z * (s5 + z * (s7 + z * (s9 + z * (s11 + z * (s13 + z * (s15 + z * s17))))))));
  return (halves & 1) === 0 ? sine : -sine;
}

/** tan(2 pi x) for x from 0 to just below a quarter turn. */
export function tangentOfTurns(x: number): number {
  return sineOfTurns(x) / sineOfTurns(x + 0.25);
}

const smallestPower = -1022;
const largestPower = 1023;
/** 2^k, exact, at index k - smallestPower. */
const powersOfTwo = exactPowers();

function exactPowers(): Float64Array {
  const powers = new Float64Array(largestPower - smallestPower + 1);
  powers[-smallestPower] = 1;
  for (let index = -smallestPower + 1; index < powers.length; index += 1) powers[index] = powers[index - 1]! * 2;
  for (let index = -smallestPower - 1; index >= 0; index -= 1) powers[index] = powers[index + 1]! / 2;
  return powers;
}

/** 1 / n! for n from 0 to 13. */
const inverseFactorials = [1];
for (let n = 1; n <= 13; n += 1) inverseFactorials.push(inverseFactorials[n - 1]! / n);
const [, , f2 = 0, f3 = 0, f4 = 0, f5 = 0, f6 = 0, f7 = 0, f8 = 0, f9 = 0, f10 = 0, f11 = 0, f12 = 0, f13 = 0] =
  inverseFactorials;

// ln 2 in two parts: the high one ends in zero bits, so that its multiples are exact.
const log2High = 6.9314718036912382e-1;
const log2Low = 1.9082149292705877e-10;
const log2 = Math.LN2;

/** e^x, relative error below 1e-15; 0 below -708, the greatest number it knows above 709. */
export function exponential(x: number): number {
  if (x < -708) return 0;
  const bounded = Math.min(x, 709);
  const k = Math.floor(bounded / log2 + 0.5);
  const r = bounded - k * log2High - k * log2Low;
  const high = f6 + r * (f7 + r * (f8 + r * (f9 + r * (f10 + r * (f11 + r * (f12 + r * f13))))));
  const sum = 1 + r * (1 + r * (f2 + r * (f3 + r * (f4 + r * (f5 + r * high)))));
  return sum * powersOfTwo[k - smallestPower]!;
}

/** 2^x. */
export function powerOfTwo(x: number): number {
  return exponential(x * log2);
}

const bits = new DataView(new ArrayBuffer(8));

/** ln x for a positive normal number, relative error below 1e-15. */
export function logarithm(x: number): number {
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  let exponent = (high >>> 20) - 1023;
  bits.setUint32(0, (high & 0x000fffff) | 0x3ff00000);
  let mantissa = bits.getFloat64(0);
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent += 1;
  }
  // 2 artanh(s): the series in odd powers of s, |s| < 0.172.
  const s = (mantissa - 1) / (mantissa + 1);
  const z = s * s;
  let sum = 0;
  for (let n = 23; n >= 1; n -= 2) sum = sum * z + 1 / n;
  return exponent * log2 + 2 * s * sum;
}

/** base^exponent for a positive base. */
export function power(base: number, exponent: number): number {
  return exponential(exponent * logarithm(base));
}
