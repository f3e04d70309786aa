import { sineOfTurns } from './elementary.js';

/** One period of sum amplitudes[n] sin(2 pi n t), `size` samples, a power of two; by a radix-2 Fourier transform. */
export function sineSum(amplitudes: ArrayLike<number>, size: number): Float64Array {
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  // sum A sin(n x) is the imaginary part of sum A e^(inx).
  for (let n = 0; n < amplitudes.length; n += 1) real[n] = amplitudes[n]!;
  transform(real, imaginary);
  return imaginary;
}

/** X[k] = sum x[n] e^(+2 pi i n k / size), in place. */
function transform(real: Float64Array, imaginary: Float64Array): void {
  const size = real.length;
  reorder(real, imaginary);
  for (let length = 2; length <= size; length *= 2) {
    const half = length / 2;
    for (let k = 0; k < half; k += 1) {
      const cosine = sineOfTurns(k / length + 0.25);
      const sine = sineOfTurns(k / length);
      for (let even = k; even < size; even += length) {
        const odd = even + half;
        const x = real[odd]! * cosine - imaginary[odd]! * sine;
        const y = real[odd]! * sine + imaginary[odd]! * cosine;
        real[odd] = real[even]! - x;
        imaginary[odd] = imaginary[even]! - y;
        real[even] = real[even]! + x;
        imaginary[even] = imaginary[even]! + y;
      }
    }
  }
}

/** Puts every element where its index with the bits reversed points. */
function reorder(real: Float64Array, imaginary: Float64Array): void {
  const size = real.length;
  for (let index = 0, reversed = 0; index < size; index += 1) {
    if (index < reversed) {
      const x = real[index]!;
      const y = imaginary[index]!;
      real[index] = real[reversed]!;
      imaginary[index] = imaginary[reversed]!;
      real[reversed] = x;
      imaginary[reversed] = y;
    }
    let bit = size >> 1;
    while (bit > 0 && (reversed & bit) !== 0) {
      reversed ^= bit;
      bit >>= 1;
    }
    reversed |= bit;
  }
}
