/* The sinc interpolators: part of kernels.c, and compiled with it for each instruction set. A frame is always the same
 * sum: eight lanes over the taps in their order, then the lanes by halves, so that it does not matter which
 * instructions do it or how many frames are made at a time. */

/* [audio] Which table a step takes, and how much of the one before it is blended in: the weight of `table`, 1 for it
 * alone. */
typedef struct {
  const mae_sinc_table *table;
  float weight;
} sinc_choice;

/* [audio] A function of the step alone. */
INLINE sinc_choice choose_table(const mae_sinc *sinc, uint64_t step) {
  uint32_t i = 0;
  while (i + 1 < sinc->count && step > sinc->tables[i].until) i += 1;
  const mae_sinc_table *table = &sinc->tables[i];
  if (i == 0 || step >= table[-1].whole) return (sinc_choice){table, 1.0f};
  return (sinc_choice){
      table, (float)((double)(int64_t)(step - table[-1].until) / (double)(int64_t)(table[-1].whole - table[-1].until))};
}

/* [audio] The row of coefficients for a fraction, and the part of the way to the next one. */
INLINE const float *row_of(const mae_sinc_table *table, uint32_t fraction, float *part) {
  uint32_t bits = table->phase_bits;
  *part = (float)(int32_t)((fraction << bits) >> 8) * 0x1p-24f;
  return table->rows + (size_t)(fraction >> (32 - bits)) * table->taps * 2;
}

/* [audio] The eight lanes of a frame of one channel; `x` is the frame that it stands on. `vectors` is taps / 8. */
INLINE f8 sinc_lanes_mono(const mae_sinc_table *table, uint32_t vectors, const float *x, uint32_t fraction) {
  float part;
  const float *row = row_of(table, fraction, &part);
  f8 g = splat(part);
  x -= vectors * 4 - 1;
  f8 sum = (load8(row) + load8(row + 8) * g) * load8(x);
  for (uint32_t v = 1; v < vectors; v += 1)
    sum += (load8(row + 16 * v) + load8(row + 16 * v + 8) * g) * load8(x + 8 * v);
  return sum;
}

/* [audio] The same for two channels: lanes of left and right in turn. */
INLINE f8 sinc_lanes_stereo(const mae_sinc_table *table, uint32_t vectors, const float *x, uint32_t fraction) {
  float part;
  const float *row = row_of(table, fraction, &part);
  f8 g = splat(part), low = splat(0), high = splat(0);
  x -= (size_t)(vectors * 4 - 1) * 2;
  for (uint32_t v = 0; v < vectors; v += 1) {
    f8 w = load8(row + 16 * v) + load8(row + 16 * v + 8) * g;
    low += __builtin_shufflevector(w, w, 0, 0, 1, 1, 2, 2, 3, 3) * load8(x + 16 * v);
    high += __builtin_shufflevector(w, w, 4, 4, 5, 5, 6, 6, 7, 7) * load8(x + 16 * v + 8);
  }
  return low + high;
}

/* [audio] */
INLINE f4 halves(f8 v) { return __builtin_shufflevector(v, v, 0, 1, 2, 3) + __builtin_shufflevector(v, v, 4, 5, 6, 7); }

/* [audio] */
INLINE float sum_mono(f8 lanes) {
  f4 four = halves(lanes);
  return (four[0] + four[2]) + (four[1] + four[3]);
}

/* [audio] The lanes of eight frames summed as sum_mono does each. */
INLINE f8 sum_mono_8(f8 a, f8 b, f8 c, f8 d, f8 e, f8 f, f8 g, f8 h) {
#define HALVES(p, q)                                                                                                   \
  (__builtin_shufflevector(p, q, 0, 1, 2, 3, 8, 9, 10, 11) + __builtin_shufflevector(p, q, 4, 5, 6, 7, 12, 13, 14, 15))
#define QUARTERS(p, q)                                                                                                 \
  (__builtin_shufflevector(p, q, 0, 1, 8, 9, 4, 5, 12, 13) + __builtin_shufflevector(p, q, 2, 3, 10, 11, 6, 7, 14, 15))
  f8 ab = HALVES(a, e), cd = HALVES(b, f), ef = HALVES(c, g), gh = HALVES(d, h);
  f8 first = QUARTERS(ab, cd), second = QUARTERS(ef, gh);
  return __builtin_shufflevector(first, second, 0, 2, 8, 10, 4, 6, 12, 14) +
         __builtin_shufflevector(first, second, 1, 3, 9, 11, 5, 7, 13, 15);
#undef HALVES
#undef QUARTERS
}

/* [audio] One frame through one table or two. */
INLINE f8 blended_lanes(sinc_choice choice, const float *x, uint32_t fraction, bool stereo) {
  const mae_sinc_table *table = choice.table;
  f8 lanes = stereo ? sinc_lanes_stereo(table, table->taps / 8, x, fraction)
                    : sinc_lanes_mono(table, table->taps / 8, x, fraction);
  if (choice.weight == 1.0f) return lanes;
  table -= 1;
  f8 before = stereo ? sinc_lanes_stereo(table, table->taps / 8, x, fraction)
                     : sinc_lanes_mono(table, table->taps / 8, x, fraction);
  return before + (lanes - before) * splat(choice.weight);
}

/* [audio] */
INLINE sinc_choice choice_at(const mae_path *path, sinc_choice resting, uint32_t i) {
  return path->positions ? choose_table(path->sinc, path->positions[i + 1] - path->positions[i]) : resting;
}

/* [audio] The table that the frames from `i` on take alone while the pitch moves, and how many they are, `most` at
 * most; NULL where the first is blended. */
INLINE const mae_sinc_table *common_table(const mae_path *path, uint32_t i, uint32_t most, uint32_t *count) {
  const uint64_t *p = path->positions + i;
  sinc_choice first = choose_table(path->sinc, p[1] - p[0]);
  if (first.weight != 1.0f) return NULL;
  const mae_sinc_table *table = first.table;
  /* The steps that choose it alone; the last table has no upper end. */
  uint64_t low = table == path->sinc->tables ? 0 : table[-1].whole,
           high = table + 1 == path->sinc->tables + path->sinc->count ? UINT64_MAX : table->until;
  uint32_t n = 1;
  while (n < most && p[n + 1] - p[n] >= low && p[n + 1] - p[n] <= high) n += 1;
  *count = n;
  return table;
}

/* [audio] Frames from `from` on through one table, eight at a time; returns where it ended. `vectors` and `moving` are
 * constants wherever this is inlined with them. */
INLINE uint32_t sinc_mono_alone(float *restrict out, const float *restrict in, uint32_t from, uint32_t frames,
                                const mae_path *path, const mae_sinc_table *table, uint32_t vectors, bool moving) {
  uint64_t at = path->start + from * path->step, step = path->step;
  uint32_t i = from;
  for (; i + 8 <= frames; i += 8) {
    f8 lanes[8];
    for (uint32_t k = 0; k < 8; k += 1) {
      if (moving) at = path->positions[i + k];
      lanes[k] = sinc_lanes_mono(table, vectors, in + (at >> 32), (uint32_t)at);
      at += step;
    }
    store8(out + i, sum_mono_8(lanes[0], lanes[1], lanes[2], lanes[3], lanes[4], lanes[5], lanes[6], lanes[7]));
  }
  for (; i < frames; i += 1) {
    uint64_t p = position_at(path, i);
    out[i] = sum_mono(sinc_lanes_mono(table, vectors, in + (p >> 32), (uint32_t)p));
  }
  return i;
}

/* [audio] The same with the count of vectors made a constant where it is a usual one. */
INLINE uint32_t sinc_mono_stretch(float *out, const float *in, uint32_t from, uint32_t frames, const mae_path *path,
                                  const mae_sinc_table *table, bool moving) {
  if (table->taps == 16) return sinc_mono_alone(out, in, from, frames, path, table, 2, moving);
#if !defined(__wasm__) /* engines load all of a long row before they add, and run out of registers */
  if (table->taps == 72) return sinc_mono_alone(out, in, from, frames, path, table, 9, moving);
#endif
  return sinc_mono_alone(out, in, from, frames, path, table, table->taps / 8, moving);
}

/* [audio] */
static void sinc_mono(float *out, const float *in, uint32_t frames, const mae_path *path, uint32_t channels) {
  (void)channels;
  sinc_choice resting = choose_table(path->sinc, path->step);
  if (!path->positions && resting.weight == 1.0f) {
    sinc_mono_stretch(out, in, 0, frames, path, resting.table, false);
    return;
  }
  for (uint32_t i = 0, count; i < frames;) {
    const mae_sinc_table *table = path->positions ? common_table(path, i, frames - i, &count) : NULL;
    if (table) {
      i = sinc_mono_stretch(out, in, i, i + count, path, table, true);
      continue;
    }
    uint64_t p = position_at(path, i);
    out[i] = sum_mono(blended_lanes(choice_at(path, resting, i), in + (p >> 32), (uint32_t)p, false));
    i += 1;
  }
}

/* [audio] */
INLINE uint32_t sinc_stereo_alone(float *restrict out, const float *restrict in, uint32_t from, uint32_t frames,
                                  const mae_path *path, const mae_sinc_table *table, uint32_t vectors, bool moving) {
  uint64_t at = path->start + from * path->step, step = path->step;
  for (uint32_t i = from; i < frames; i += 1) {
    if (moving) at = path->positions[i];
    f4 four = halves(sinc_lanes_stereo(table, vectors, in + 2 * (at >> 32), (uint32_t)at));
    out[2 * i] = four[0] + four[2];
    out[2 * i + 1] = four[1] + four[3];
    at += step;
  }
  return frames;
}

/* [audio] */
INLINE uint32_t sinc_stereo_stretch(float *out, const float *in, uint32_t from, uint32_t frames, const mae_path *path,
                                    const mae_sinc_table *table, bool moving) {
  if (table->taps == 16) return sinc_stereo_alone(out, in, from, frames, path, table, 2, moving);
  return sinc_stereo_alone(out, in, from, frames, path, table, table->taps / 8, moving);
}

/* [audio] */
static void sinc_stereo(float *out, const float *in, uint32_t frames, const mae_path *path, uint32_t channels) {
  (void)channels;
  sinc_choice resting = choose_table(path->sinc, path->step);
  if (!path->positions && resting.weight == 1.0f) {
    sinc_stereo_stretch(out, in, 0, frames, path, resting.table, false);
    return;
  }
  for (uint32_t i = 0, count; i < frames;) {
    const mae_sinc_table *table = path->positions ? common_table(path, i, frames - i, &count) : NULL;
    if (table) {
      i = sinc_stereo_stretch(out, in, i, i + count, path, table, true);
      continue;
    }
    uint64_t p = position_at(path, i);
    f4 four = halves(blended_lanes(choice_at(path, resting, i), in + 2 * (p >> 32), (uint32_t)p, true));
    out[2 * i] = four[0] + four[2];
    out[2 * i + 1] = four[1] + four[3];
    i += 1;
  }
}

/* [audio] Adds a frame of any number of channels through one table, times a gain. */
INLINE void add_sinc_frame(float *out, const mae_sinc_table *table, const float *x, uint32_t fraction,
                           uint32_t channels, float gain) {
  float part;
  const float *row = row_of(table, fraction, &part);
  x -= (size_t)(table->taps / 2 - 1) * channels;
  float sums[MAE_MAX_CHANNELS] = {0};
  for (uint32_t t = 0; t < table->taps; t += 1) {
    const float *pair = row + t / 8 * 16 + t % 8;
    float w = pair[0] + pair[8] * part;
    for (uint32_t c = 0; c < channels; c += 1) sums[c] += w * x[(size_t)t * channels + c];
  }
  for (uint32_t c = 0; c < channels; c += 1) out[c] += gain * sums[c];
}

/* [audio] */
static void sinc_many(float *out, const float *in, uint32_t frames, const mae_path *path, uint32_t channels) {
  sinc_choice resting = choose_table(path->sinc, path->step);
  for (uint32_t i = 0; i < frames; i += 1) {
    uint64_t p = position_at(path, i);
    sinc_choice choice = choice_at(path, resting, i);
    const float *x = in + (size_t)channels * (p >> 32);
    float *frame = out + (size_t)i * channels;
    memset(frame, 0, channels * sizeof *frame);
    add_sinc_frame(frame, choice.table, x, (uint32_t)p, channels, choice.weight);
    if (choice.weight != 1.0f) add_sinc_frame(frame, choice.table - 1, x, (uint32_t)p, channels, 1.0f - choice.weight);
  }
}
