/* Compiled once for each instruction set with MAE_KERNEL_SUFFIX naming it. Vectors of eight floats: one register with
 * AVX2, two with SSE2, NEON and wasm. A vector loop and the scalar loop that ends it do the same operations in the same
 * order on each sample. */
#include "kernels/kernels.h"

#include <string.h>

/* Vectors never cross a function that is not inlined. */
#pragma clang diagnostic ignored "-Wpsabi"

#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
#define INLINE static inline __attribute__((always_inline))

typedef float f4 __attribute__((vector_size(16)));
typedef float f8 __attribute__((vector_size(32)));
typedef int32_t i4x __attribute__((vector_size(16)));
typedef int32_t i8x __attribute__((vector_size(32)));
typedef uint32_t u4x __attribute__((vector_size(16)));
typedef uint32_t u8x __attribute__((vector_size(32)));
typedef int16_t s8x __attribute__((vector_size(16)));

/* [any] Unaligned load and store of a vector. */
INLINE f8 load8(const float *p) {
  f8 v;
  memcpy(&v, p, sizeof v);
  return v;
}
INLINE f4 load4(const float *p) {
  f4 v;
  memcpy(&v, p, sizeof v);
  return v;
}
INLINE void store8(float *p, f8 v) { memcpy(p, &v, sizeof v); }
INLINE f8 splat(float x) { return (f8){x, x, x, x, x, x, x, x}; }

/* [audio] */
static void add_stereo(float *restrict out, const float *restrict in, uint32_t frames, float left, float right) {
  f8 gain = {left, right, left, right, left, right, left, right};
  uint32_t i = 0;
#pragma clang loop unroll_count(4)
  for (; i + 4 <= frames; i += 4) store8(out + 2 * i, load8(out + 2 * i) + load8(in + 2 * i) * gain);
  for (; i < frames; i += 1) {
    out[2 * i] += in[2 * i] * left;
    out[2 * i + 1] += in[2 * i + 1] * right;
  }
}

/* [audio] */
static void add_mono_to_stereo(float *restrict out, const float *restrict in, uint32_t frames, float left,
                               float right) {
  f8 gain = {left, right, left, right, left, right, left, right};
  uint32_t i = 0;
#pragma clang loop unroll_count(4)
  for (; i + 8 <= frames; i += 8) {
    f8 x = load8(in + i);
    f8 low = __builtin_shufflevector(x, x, 0, 0, 1, 1, 2, 2, 3, 3),
       high = __builtin_shufflevector(x, x, 4, 4, 5, 5, 6, 6, 7, 7);
    store8(out + 2 * i, load8(out + 2 * i) + low * gain);
    store8(out + 2 * i + 8, load8(out + 2 * i + 8) + high * gain);
  }
  for (; i < frames; i += 1) {
    out[2 * i] += in[i] * left;
    out[2 * i + 1] += in[i] * right;
  }
}

/* [audio] */
static void add_stereo_moving(float *restrict out, const float *restrict in, uint32_t frames,
                              const float *restrict left, const float *restrict right) {
  for (uint32_t i = 0; i < frames; i += 1) {
    out[2 * i] += in[2 * i] * left[i];
    out[2 * i + 1] += in[2 * i + 1] * right[i];
  }
}

/* [audio] */
static void add_mono_to_stereo_moving(float *restrict out, const float *restrict in, uint32_t frames,
                                      const float *restrict left, const float *restrict right) {
  for (uint32_t i = 0; i < frames; i += 1) {
    out[2 * i] += in[i] * left[i];
    out[2 * i + 1] += in[i] * right[i];
  }
}

/* [audio] */
static void meter_stereo(const float *samples, uint32_t frames, float *peaks, double *squares) {
  f8 sum = splat(0), peak = splat(0);
  uint32_t i = 0;
  for (; i + 4 <= frames; i += 4) {
    f8 x = load8(samples + 2 * i), magnitude = (f8)((i8x)x & 0x7FFFFFFF);
    sum += x * x;
    peak = (f8)(((i8x)peak & ~(magnitude > peak)) | ((i8x)magnitude & (magnitude > peak)));
  }
  for (uint32_t lane = 0; lane < 8; lane += 1) {
    squares[lane & 1] += sum[lane];
    if (peak[lane] > peaks[lane & 1]) peaks[lane & 1] = peak[lane];
  }
  for (; i < frames; i += 1)
    for (uint32_t c = 0; c < 2; c += 1) {
      float x = samples[2 * i + c], magnitude = x < 0 ? -x : x;
      squares[c] += x * x;
      if (magnitude > peaks[c]) peaks[c] = magnitude;
    }
}

/* [audio] The fraction as 24 bits, which a float holds exactly. */
INLINE float fraction_of(uint64_t position) { return (float)(int32_t)((uint32_t)position >> 8) * 0x1p-24f; }
INLINE f4 fractions_of_4(u4x position) { return __builtin_convertvector((i4x)(position >> 8), f4) * 0x1p-24f; }
INLINE f8 fractions_of_8(u8x position) { return __builtin_convertvector((i8x)(position >> 8), f8) * splat(0x1p-24f); }

/* [audio] The lower words of positions, which hold the fractions: of frames that are evenly spaced, and of any. */
INLINE u4x words_from(uint64_t at, uint64_t step) { return (u4x){0, 1, 2, 3} * (uint32_t)step + (uint32_t)at; }
INLINE u4x words_at(const uint64_t *positions) {
  u4x low, high;
  memcpy(&low, positions, sizeof low);
  memcpy(&high, positions + 2, sizeof high);
  return __builtin_shufflevector(low, high, 0, 2, 4, 6);
}
INLINE f8 twice(f4 v) { return __builtin_shufflevector(v, v, 0, 0, 1, 1, 2, 2, 3, 3); }
INLINE u8x join(u4x low, u4x high) { return __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7); }
INLINE u8x words_from_8(uint64_t at, uint64_t step) {
  return join(words_from(at, step), words_from(at + 4 * step, step));
}
INLINE u8x words_at_8(const uint64_t *positions) { return join(words_at(positions), words_at(positions + 4)); }

/* [audio] */
INLINE uint64_t position_at(const mae_path *path, uint32_t i) {
  return path->positions ? path->positions[i] : path->start + i * path->step;
}

/* Four or eight positions at a time; `moving` is a constant wherever this is inlined. */
#define POSITIONS4(i)                                                                                                  \
  uint64_t p0, p1, p2, p3;                                                                                             \
  if (moving) {                                                                                                        \
    p0 = path->positions[i];                                                                                           \
    p1 = path->positions[i + 1];                                                                                       \
    p2 = path->positions[i + 2];                                                                                       \
    p3 = path->positions[i + 3];                                                                                       \
  } else {                                                                                                             \
    p0 = at;                                                                                                           \
    p1 = p0 + step;                                                                                                    \
    p2 = p1 + step;                                                                                                    \
    p3 = p2 + step;                                                                                                    \
    at = p3 + step;                                                                                                    \
  }

/* [audio] */
INLINE float linear_point(float a, float b, float f) { return a + (b - a) * f; }

/* [audio] */
INLINE void linear_stereo_any(float *restrict out, const float *restrict in, uint32_t frames, const mae_path *path,
                              bool moving) {
  uint64_t at = path->start, step = path->step;
  u4x words = words_from(at, step);
  uint32_t i = 0;
  for (; i + 4 <= frames; i += 4) {
    f4 fractions = fractions_of_4(moving ? words_at(path->positions + i) : words);
    words += 4 * (uint32_t)step;
    POSITIONS4(i)
    f4 v0 = load4(in + 2 * (p0 >> 32)), v1 = load4(in + 2 * (p1 >> 32)), v2 = load4(in + 2 * (p2 >> 32)),
       v3 = load4(in + 2 * (p3 >> 32));
    f8 even = __builtin_shufflevector(v0, v2, 0, 1, 2, 3, 4, 5, 6, 7),
       odd = __builtin_shufflevector(v1, v3, 0, 1, 2, 3, 4, 5, 6, 7);
    f8 a = __builtin_shufflevector(even, odd, 0, 1, 8, 9, 4, 5, 12, 13),
       b = __builtin_shufflevector(even, odd, 2, 3, 10, 11, 6, 7, 14, 15);
    store8(out + 2 * i, a + (b - a) * twice(fractions));
  }
  for (; i < frames; i += 1) {
    uint64_t p = position_at(path, i);
    const float *x = in + 2 * (p >> 32);
    float f = fraction_of(p);
    out[2 * i] = linear_point(x[0], x[2], f);
    out[2 * i + 1] = linear_point(x[1], x[3], f);
  }
}

/* [audio] */
INLINE void linear_mono_any(float *restrict out, const float *restrict in, uint32_t frames, const mae_path *path,
                            bool moving) {
  uint64_t at = path->start, step = path->step;
  u8x words = words_from_8(at, step);
  uint32_t i = 0;
  for (; i + 8 <= frames; i += 8) {
    f8 a, b, fractions = fractions_of_8(moving ? words_at_8(path->positions + i) : words);
    words += 8 * (uint32_t)step;
#define HALF(base)                                                                                                     \
  {                                                                                                                    \
    POSITIONS4(i + base)                                                                                               \
    const float *x0 = in + (p0 >> 32), *x1 = in + (p1 >> 32), *x2 = in + (p2 >> 32), *x3 = in + (p3 >> 32);            \
    a[base] = x0[0];                                                                                                   \
    b[base] = x0[1];                                                                                                   \
    a[base + 1] = x1[0];                                                                                               \
    b[base + 1] = x1[1];                                                                                               \
    a[base + 2] = x2[0];                                                                                               \
    b[base + 2] = x2[1];                                                                                               \
    a[base + 3] = x3[0];                                                                                               \
    b[base + 3] = x3[1];                                                                                               \
  }
    HALF(0)
    HALF(4)
#undef HALF
    store8(out + i, a + (b - a) * fractions);
  }
  for (; i < frames; i += 1) {
    uint64_t p = position_at(path, i);
    const float *x = in + (p >> 32);
    out[i] = linear_point(x[0], x[1], fraction_of(p));
  }
}

/* [audio] */
static void linear_stereo(float *out, const float *in, uint32_t frames, const mae_path *path, uint32_t channels) {
  (void)channels;
  if (path->positions) linear_stereo_any(out, in, frames, path, true);
  else linear_stereo_any(out, in, frames, path, false);
}

/* [audio] */
static void linear_mono(float *out, const float *in, uint32_t frames, const mae_path *path, uint32_t channels) {
  (void)channels;
  if (path->positions) linear_mono_any(out, in, frames, path, true);
  else linear_mono_any(out, in, frames, path, false);
}

/* [audio] */
static void linear_many(float *out, const float *in, uint32_t frames, const mae_path *path, uint32_t channels) {
  for (uint32_t i = 0; i < frames; i += 1) {
    uint64_t p = position_at(path, i);
    const float *x = in + (size_t)channels * (p >> 32);
    float f = fraction_of(p);
    for (uint32_t c = 0; c < channels; c += 1) out[(size_t)i * channels + c] = linear_point(x[c], x[c + channels], f);
  }
}

/* Weights by the same operations for a float and for a vector of them. */
#define LAGRANGE_WEIGHTS(type, f, one, two, sixth, half)                                                               \
  type before_one = f - one, before_two = f - two, after_one = f + one;                                                \
  type outer = f * before_one, inner = after_one * before_two;                                                         \
  type w0 = outer * before_two * (-(sixth)), w1 = inner * before_one * half, w2 = inner * f * (-(half)),               \
       w3 = outer * after_one * sixth;

/* [audio] */
INLINE float cubic_point(const float *x, uint32_t stride, float f) {
  LAGRANGE_WEIGHTS(float, f, 1.0f, 2.0f, (1.0f / 6.0f), 0.5f)
  return (x[0] * w0 + x[stride] * w1) + (x[2 * stride] * w2 + x[3 * stride] * w3);
}

/* [audio] x0..x3 for eight samples each. */
INLINE f8 cubic_points(f8 x0, f8 x1, f8 x2, f8 x3, f8 f) {
  LAGRANGE_WEIGHTS(f8, f, splat(1.0f), splat(2.0f), splat(1.0f / 6.0f), splat(0.5f))
  return (x0 * w0 + x1 * w1) + (x2 * w2 + x3 * w3);
}

/* [audio] */
INLINE void cubic_stereo_any(float *restrict out, const float *restrict in, uint32_t frames, const mae_path *path,
                             bool moving) {
  uint64_t at = path->start, step = path->step;
  const float *first = in - 2;
  u4x words = words_from(at, step);
  uint32_t i = 0;
  for (; i + 4 <= frames; i += 4) {
    f4 fractions = fractions_of_4(moving ? words_at(path->positions + i) : words);
    words += 4 * (uint32_t)step;
    POSITIONS4(i)
    f8 c0 = load8(first + 2 * (p0 >> 32)), c1 = load8(first + 2 * (p1 >> 32)), c2 = load8(first + 2 * (p2 >> 32)),
       c3 = load8(first + 2 * (p3 >> 32));
    /* Four frames of four points become four points of four frames; a point is a pair of channels. */
    f8 t0 = __builtin_shufflevector(c0, c1, 0, 1, 8, 9, 4, 5, 12, 13),
       t1 = __builtin_shufflevector(c0, c1, 2, 3, 10, 11, 6, 7, 14, 15);
    f8 t2 = __builtin_shufflevector(c2, c3, 0, 1, 8, 9, 4, 5, 12, 13),
       t3 = __builtin_shufflevector(c2, c3, 2, 3, 10, 11, 6, 7, 14, 15);
    f8 x0 = __builtin_shufflevector(t0, t2, 0, 1, 2, 3, 8, 9, 10, 11),
       x2 = __builtin_shufflevector(t0, t2, 4, 5, 6, 7, 12, 13, 14, 15);
    f8 x1 = __builtin_shufflevector(t1, t3, 0, 1, 2, 3, 8, 9, 10, 11),
       x3 = __builtin_shufflevector(t1, t3, 4, 5, 6, 7, 12, 13, 14, 15);
    store8(out + 2 * i, cubic_points(x0, x1, x2, x3, twice(fractions)));
  }
  for (; i < frames; i += 1) {
    uint64_t p = position_at(path, i);
    const float *x = first + 2 * (p >> 32);
    float f = fraction_of(p);
    out[2 * i] = cubic_point(x, 2, f);
    out[2 * i + 1] = cubic_point(x + 1, 2, f);
  }
}

/* [audio] */
INLINE void cubic_mono_any(float *restrict out, const float *restrict in, uint32_t frames, const mae_path *path,
                           bool moving) {
  uint64_t at = path->start, step = path->step;
  const float *first = in - 1;
  u8x words = words_from_8(at, step);
  uint32_t i = 0;
  for (; i + 8 <= frames; i += 8) {
    f4 v[8];
    f8 fractions = fractions_of_8(moving ? words_at_8(path->positions + i) : words);
    words += 8 * (uint32_t)step;
#define HALF(base)                                                                                                     \
  {                                                                                                                    \
    POSITIONS4(i + base)                                                                                               \
    v[base] = load4(first + (p0 >> 32));                                                                               \
    v[base + 1] = load4(first + (p1 >> 32));                                                                           \
    v[base + 2] = load4(first + (p2 >> 32));                                                                           \
    v[base + 3] = load4(first + (p3 >> 32));                                                                           \
  }
    HALF(0)
    HALF(4)
#undef HALF
    f8 c0 = __builtin_shufflevector(v[0], v[4], 0, 1, 2, 3, 4, 5, 6, 7),
       c1 = __builtin_shufflevector(v[1], v[5], 0, 1, 2, 3, 4, 5, 6, 7);
    f8 c2 = __builtin_shufflevector(v[2], v[6], 0, 1, 2, 3, 4, 5, 6, 7),
       c3 = __builtin_shufflevector(v[3], v[7], 0, 1, 2, 3, 4, 5, 6, 7);
    f8 t0 = __builtin_shufflevector(c0, c1, 0, 8, 1, 9, 4, 12, 5, 13),
       t1 = __builtin_shufflevector(c0, c1, 2, 10, 3, 11, 6, 14, 7, 15);
    f8 t2 = __builtin_shufflevector(c2, c3, 0, 8, 1, 9, 4, 12, 5, 13),
       t3 = __builtin_shufflevector(c2, c3, 2, 10, 3, 11, 6, 14, 7, 15);
    f8 x0 = __builtin_shufflevector(t0, t2, 0, 1, 8, 9, 4, 5, 12, 13),
       x1 = __builtin_shufflevector(t0, t2, 2, 3, 10, 11, 6, 7, 14, 15);
    f8 x2 = __builtin_shufflevector(t1, t3, 0, 1, 8, 9, 4, 5, 12, 13),
       x3 = __builtin_shufflevector(t1, t3, 2, 3, 10, 11, 6, 7, 14, 15);
    store8(out + i, cubic_points(x0, x1, x2, x3, fractions));
  }
  for (; i < frames; i += 1) {
    uint64_t p = position_at(path, i);
    out[i] = cubic_point(first + (p >> 32), 1, fraction_of(p));
  }
}

/* [audio] */
static void cubic_stereo(float *out, const float *in, uint32_t frames, const mae_path *path, uint32_t channels) {
  (void)channels;
  if (path->positions) cubic_stereo_any(out, in, frames, path, true);
  else cubic_stereo_any(out, in, frames, path, false);
}

/* [audio] */
static void cubic_mono(float *out, const float *in, uint32_t frames, const mae_path *path, uint32_t channels) {
  (void)channels;
  if (path->positions) cubic_mono_any(out, in, frames, path, true);
  else cubic_mono_any(out, in, frames, path, false);
}

/* [audio] */
static void cubic_many(float *out, const float *in, uint32_t frames, const mae_path *path, uint32_t channels) {
  const float *first = in - channels;
  for (uint32_t i = 0; i < frames; i += 1) {
    uint64_t p = position_at(path, i);
    const float *x = first + (size_t)channels * (p >> 32);
    float f = fraction_of(p);
    for (uint32_t c = 0; c < channels; c += 1) out[(size_t)i * channels + c] = cubic_point(x + c, channels, f);
  }
}

#include "kernels/kernels_sinc.h"

/* [audio] An exponent of all ones is infinity or NaN. */
static void convert_f32(float *restrict out, const float *restrict in, uint32_t samples) {
  for (uint32_t i = 0; i < samples; i += 1) {
    uint32_t bits;
    memcpy(&bits, in + i, sizeof bits);
    bits = (bits & 0x7F800000u) == 0x7F800000u ? 0 : bits;
    memcpy(out + i, &bits, sizeof bits);
  }
}

/* [audio] */
static void convert_s16(float *restrict out, const int16_t *restrict in, uint32_t samples) {
  for (uint32_t i = 0; i < samples; i += 1) out[i] = (float)in[i] * (1.0f / 32768.0f);
}

/* [audio] */
static void convert_u8(float *restrict out, const uint8_t *restrict in, uint32_t samples) {
  for (uint32_t i = 0; i < samples; i += 1) out[i] = (float)((int32_t)in[i] - 128) * (1.0f / 128.0f);
}

/* [audio] */
static void convert_s32(float *restrict out, const int32_t *restrict in, uint32_t samples) {
  for (uint32_t i = 0; i < samples; i += 1) out[i] = (float)in[i] * (1.0f / 2147483648.0f);
}

/* [audio] Packed, little-endian. */
static void convert_s24(float *restrict out, const uint8_t *restrict in, uint32_t samples) {
  for (uint32_t i = 0; i < samples; i += 1) {
    uint32_t bits = (uint32_t)in[3 * i] << 8 | (uint32_t)in[3 * i + 1] << 16 | (uint32_t)in[3 * i + 2] << 24;
    out[i] = (float)((int32_t)bits >> 8) * (1.0f / 8388608.0f);
  }
}

const mae_kernels JOIN(mae_kernels_, MAE_KERNEL_SUFFIX) = {
#if defined(__AVX2__)
    .wide = true,
#endif
    .add_mono_to_stereo = add_mono_to_stereo,
    .add_stereo = add_stereo,
    .add_mono_to_stereo_moving = add_mono_to_stereo_moving,
    .add_stereo_moving = add_stereo_moving,
    .meter_stereo = meter_stereo,
    .resample = {{linear_mono, linear_stereo, linear_many},
                 {cubic_mono, cubic_stereo, cubic_many},
                 {sinc_mono, sinc_stereo, sinc_many},
                 {sinc_mono, sinc_stereo, sinc_many}},
    .convert_f32 = convert_f32,
    .convert_s16 = convert_s16,
    .convert_u8 = convert_u8,
    .convert_s32 = convert_s32,
    .convert_s24 = convert_s24,
};
