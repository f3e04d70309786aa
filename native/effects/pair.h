/* Vectors of doubles, which round as scalars do: two channels at a time, as SSE2, NEON and wasm have them, and four
 * values at a time for functions whose steps wait for one another. */
#ifndef MAE_EFFECTS_PAIR_H
#define MAE_EFFECTS_PAIR_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Signal below this (-600 dB) is 0: far above denormal numbers, on which processors are slow. */
#define MAE_EFFECT_TINY 1e-30

#define MAE_INLINE static inline __attribute__((always_inline))

/* Vectors never cross a function that is not inlined. */
#if defined(__clang__)
#pragma clang diagnostic ignored "-Wpsabi"
#endif

/* A function that is compiled for AVX2 (without FMA: every lane rounds as it does elsewhere), and called only where
 * config.wide says so. What it calls is inlined. */
#if defined(__x86_64__)
#define MAE_WIDE __attribute__((target("avx2"))) static void
#else
#define MAE_WIDE static void
#endif

typedef double mae_pair __attribute__((vector_size(16)));
typedef int64_t mae_pair_bits __attribute__((vector_size(16)));
typedef double mae_quad __attribute__((vector_size(32)));
typedef int64_t mae_quad_bits __attribute__((vector_size(32)));
typedef float mae_pair_floats __attribute__((vector_size(8)));
typedef float mae_quad_floats __attribute__((vector_size(16)));

/* [any] */
MAE_INLINE mae_pair mae_pair_of(double x) { return (mae_pair){x, x}; }

/* [any] Both channels of a frame, or the last one alone beside a 0. */
MAE_INLINE mae_pair mae_pair_load(const float *frame, bool two) { return (mae_pair){frame[0], two ? frame[1] : 0.0}; }

/* [any] */
MAE_INLINE void mae_pair_store(float *frame, mae_pair x, bool two) {
  frame[0] = (float)x[0];
  if (two) frame[1] = (float)x[1];
}

/* [any] Both channels of a stereo frame by one load and one conversion. */
MAE_INLINE mae_pair mae_pair_load_two(const float *frame) {
  mae_pair_floats floats;
  memcpy(&floats, frame, sizeof floats);
  return __builtin_convertvector(floats, mae_pair);
}

/* [any] Two doubles as the first two floats. Of two doubles clang makes one float at a time for wasm, so the
 * instruction for both is named. */
MAE_INLINE mae_quad_floats mae_pair_narrow(mae_pair x) {
#if defined(__wasm__)
  mae_quad_floats floats;
  __asm__("local.get %1\n\tf32x4.demote_f64x2_zero\n\tlocal.set %0" : "=r"(floats) : "r"(x));
  return floats;
#else
  mae_pair_floats floats = __builtin_convertvector(x, mae_pair_floats);
  return __builtin_shufflevector(floats, floats, 0, 1, 0, 1);
#endif
}

/* [any] */
MAE_INLINE void mae_pair_store_two(float *frame, mae_pair x) {
  mae_quad_floats floats = mae_pair_narrow(x);
  memcpy(frame, &floats, 2 * sizeof(float));
}

/* [any] Two doubles, wherever they lie. */
MAE_INLINE mae_pair mae_pair_at(const double *doubles) {
  mae_pair x;
  memcpy(&x, doubles, sizeof x);
  return x;
}

/* [any] */
MAE_INLINE mae_pair mae_pair_magnitude(mae_pair x) { return (mae_pair)((mae_pair_bits)x & INT64_MAX); }

/* [any] What is too small becomes 0. */
MAE_INLINE mae_pair mae_pair_flush(mae_pair x) {
  return (mae_pair)((mae_pair_bits)x & (mae_pair_bits)(mae_pair_magnitude(x) > mae_pair_of(MAE_EFFECT_TINY)));
}

/* [any] Two pairs side by side. */
MAE_INLINE mae_quad mae_quad_of_pairs(mae_pair a, mae_pair b) { return __builtin_shufflevector(a, b, 0, 1, 2, 3); }
MAE_INLINE mae_pair mae_quad_low(mae_quad x) { return __builtin_shufflevector(x, x, 0, 1); }
MAE_INLINE mae_pair mae_quad_high(mae_quad x) { return __builtin_shufflevector(x, x, 2, 3); }

/* [any] Four floats as doubles, and back. */
MAE_INLINE mae_quad mae_quad_widen(mae_quad_floats x) { return __builtin_convertvector(x, mae_quad); }
MAE_INLINE mae_quad_floats mae_quad_narrow(mae_quad x) {
#if defined(__wasm__)
  return __builtin_shufflevector(mae_pair_narrow(mae_quad_low(x)), mae_pair_narrow(mae_quad_high(x)), 0, 1, 4, 5);
#else
  return __builtin_convertvector(x, mae_quad_floats);
#endif
}

/* [any] Four doubles that are two pairs in a row. */
MAE_INLINE mae_quad mae_quad_at(const mae_pair *pairs) {
  mae_quad x;
  memcpy(&x, pairs, sizeof x);
  return x;
}

/* [any] */
MAE_INLINE mae_quad mae_quad_of(double x) { return (mae_quad){x, x, x, x}; }

/* [any] The polynomial with these eight coefficients, the lowest first: in pairs, so that not every step waits for the
 * one before. */
MAE_INLINE mae_quad mae_quad_polynomial(mae_quad x, const double *c) {
  mae_quad square = x * x, low = (c[0] + c[1] * x) + (c[2] + c[3] * x) * square,
           high = (c[4] + c[5] * x) + (c[6] + c[7] * x) * square;
  return low + high * (square * square);
}

/* [any] exp(x) - 1 = power * small + (power - 1), for |x| up to 700, to 3e-11: what is made of it becomes a float. */
MAE_INLINE void mae_quad_exp_parts(mae_quad x, mae_quad *power, mae_quad *small) {
  /* Adding this number rounds to an integer, which then stands in the lowest bits. */
  const double rounding = 6755399441055744.0, log2_high = 6.93147180369123816490e-01,
               log2_low = 1.90821492927058770002e-10;
  mae_quad shifted = x * 1.44269504088896340736 + rounding, k = shifted - rounding;
  const double factorials[] = {1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040, 1.0 / 40320, 1.0 / 362880};
  mae_quad r = (x - k * log2_high) - k * log2_low;
  *small = r + r * r * mae_quad_polynomial(r, factorials);
  *power = (mae_quad)(((mae_quad_bits)shifted + 1023) << 52);
}

/* [any] For |x| up to 700. */
MAE_INLINE mae_quad mae_quad_exp(mae_quad x) {
  mae_quad power, small;
  mae_quad_exp_parts(x, &power, &small);
  return power + power * small;
}

/* [any] Natural logarithm of positive normal numbers, to 3e-11. */
MAE_INLINE mae_quad mae_quad_log(mae_quad x) {
  /* An exponent among the mantissa bits of 2^52 is 2^52 plus that exponent. */
  const int64_t two_to_52 = 0x4330000000000000, mantissa = 0x000FFFFFFFFFFFFF, one = 0x3FF0000000000000;
  mae_quad_bits bits = (mae_quad_bits)x;
  mae_quad exponent = (mae_quad)(((bits >> 52) & 0x7FF) | two_to_52) - (4503599627370496.0 + 1023.0);
  mae_quad m = (mae_quad)((bits & mantissa) | one);
  mae_quad_bits high = (mae_quad_bits)(m > mae_quad_of(1.41421356237309504880));
  m = (mae_quad)((mae_quad_bits)m - (high & 0x0010000000000000));
  exponent = exponent + (mae_quad)(high & one);
  const double odd[] = {1.0, 1.0 / 3, 1.0 / 5, 1.0 / 7, 1.0 / 9, 1.0 / 11, 1.0 / 13, 1.0 / 15};
  mae_quad s = (m - 1.0) / (m + 1.0);
  return exponent * 6.93147180559945309417e-01 + 2.0 * s * mae_quad_polynomial(s * s, odd);
}

/* [any] To 3e-11 of the result, also near 0. */
MAE_INLINE mae_quad mae_quad_tanh(mae_quad x) {
  const double saturated = 20.0; /* from here on it is 1 */
  mae_quad magnitude = (mae_quad)((mae_quad_bits)x & INT64_MAX), power, small;
  mae_quad_bits beyond = (mae_quad_bits)(magnitude > mae_quad_of(saturated));
  magnitude = (mae_quad)(((mae_quad_bits)magnitude & ~beyond) | ((mae_quad_bits)mae_quad_of(saturated) & beyond));
  mae_quad_exp_parts(magnitude + magnitude, &power, &small);
  mae_quad e = (power - 1.0) + power * small, t = e / (e + 2.0);
  return (mae_quad)((mae_quad_bits)t | ((mae_quad_bits)x & INT64_MIN));
}

#endif
