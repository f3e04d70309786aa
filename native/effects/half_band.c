#include "effects/half_band.h"

#include "base/elementary.h"

enum { MOST_FRAMES = 32, STEPS = 128 };

/* [control] The modified Bessel function of order 0. */
static double bessel(double x) {
  double term = 1, sum = 1;
  for (int k = 1; k < 40; k += 1) {
    term *= (x / (2 * k)) * (x / (2 * k));
    sum += term;
  }
  return sum;
}

/* [control] What the shaper's weights take from a low tone, at an angle of the rate at which it works. */
static double shaper(double angle) { return 0.75 + 0.25 * mae_cos(angle); }

/* [control] A low-pass under a Kaiser window; `edge` 1 is half the band. `undo` > 0: it makes up for the shaper, which
 * works at that many times its rate. */
static void design(double *taps, uint32_t count, double edge, double beta, double undo) {
  double middle = (count - 1) / 2.0, sum = 0;
  edge *= MAE_PI / 2;
  for (uint32_t n = 0; n < count; n += 1) {
    /* The integral of the wanted response times a cosine, by Simpson's rule. */
    double offset = n - middle, integral = 0;
    for (uint32_t s = 0; s <= STEPS; s += 1) {
      double angle = edge * s / STEPS, wanted = undo > 0 ? 1 / shaper(angle / undo) : 1;
      integral += wanted * mae_cos(angle * offset) * (s == 0 || s == STEPS ? 1 : s % 2 ? 4 : 2);
    }
    double position = offset / (middle + 1);
    taps[n] = integral * edge / STEPS / 3 / MAE_PI * bessel(beta * mae_sqrt(1 - position * position)) / bessel(beta);
    sum += taps[n];
  }
  for (uint32_t n = 0; n < count; n += 1) taps[n] /= sum;
}

/* [control] The taps of the phase that is not a mere delay, twice as large since every second sample is missing. */
static void design_raise(double *taps, uint32_t count, double beta) {
  double all[MAE_RAISE_FIRST_TAPS], sum = 0;
  design(all, count, 1, beta, 0);
  for (uint32_t n = 0; n < count; n += 2) sum += all[n];
  for (uint32_t n = 0; n < count; n += 2) taps[n / 2] = all[n] / sum;
}

void mae_resampling_design(mae_resampling *resampling, uint32_t factor, bool wide) {
  /* Kaiser's beta for 70, 80 and 90 dB: the narrower the transition, the less. */
  const double steepest = 6.755, steep = 7.857, gentle = 8.96;
  resampling->factor = factor;
  resampling->wide = wide;
  design_raise(resampling->raise_first, MAE_RAISE_FIRST_TAPS, steep);
  design_raise(resampling->raise_second, MAE_RAISE_SECOND_TAPS, gentle);
  design(resampling->lower_first, MAE_LOWER_FIRST_TAPS, 1, gentle, 0);
  /* What the curve makes above half the engine's rate must be gone before that half, not around it: at 48 kHz all
   * passes to 18.5 kHz and nothing from 24 kHz on. */
  design(resampling->lower_second, MAE_LOWER_SECOND_TAPS, 21.3 / 24, steepest, factor / 2.0);
}

/* Outputs are computed two at a time, which are two pairs in a row, and each as the sum of two sums: so that no
 * addition waits long for the one before. */

/* [audio] Two outputs of the phase that is filtered, from the newest input of the first. */
MAE_INLINE mae_quad raise_two(const double *taps, uint32_t tap_count, const mae_pair *newest) {
  mae_quad even = mae_quad_of(0), odd = mae_quad_of(0);
  for (uint32_t k = 0; k < tap_count; k += 2) {
    even += mae_quad_at(newest - k) * taps[k];
    odd += mae_quad_at(newest - k - 1) * taps[k + 1];
  }
  return even + odd;
}

/* [audio] */
MAE_INLINE void raise(const double *taps, uint32_t tap_count, mae_pair *history, mae_pair *samples, uint32_t frames) {
  mae_pair work[MAE_RAISE_FIRST_TAPS / 2 + 2 * MOST_FRAMES + 1];
  uint32_t before = tap_count - 1, delay = tap_count / 2 - 1;
  memcpy(work, history, before * sizeof *work);
  memcpy(work + before, samples, frames * sizeof *work);
  memcpy(history, work + frames, before * sizeof *work);
  work[before + frames] = mae_pair_of(0); /* the second of the last two, where there is none */
  for (uint32_t n = 0; n < frames; n += 2) {
    const mae_pair *newest = work + before + n;
    mae_quad sum = raise_two(taps, tap_count, newest);
    samples[2 * n] = mae_quad_low(sum);
    samples[2 * n + 1] = newest[-(int32_t)delay];
    if (n + 1 == frames) break;
    samples[2 * n + 2] = mae_quad_high(sum);
    samples[2 * n + 3] = newest[1 - (int32_t)delay];
  }
}

/* [audio] Of a symmetrical filter: two samples for each tap. Where every second tap but the middle one is 0,
 * `half_band` leaves those out. */
MAE_INLINE void lower(const double *taps, uint32_t tap_count, bool half_band, mae_pair *history, mae_pair *samples,
                      uint32_t frames) {
  enum { ROOM = (MAE_LOWER_SECOND_TAPS - 1) / 2 + 2 * MOST_FRAMES + 1 };
  mae_pair phases[2][ROOM]; /* of the samples: 0, 2, 4, ... and 1, 3, 5, ... */
  uint32_t before = tap_count - 1, middle = before / 2;
  for (uint32_t i = 0; i < before; i += 1) phases[i & 1][i / 2] = history[i];
  for (uint32_t i = 0; i < 2 * frames; i += 1) phases[i & 1][(before + i) / 2] = samples[i];
  for (uint32_t i = 0; i < before; i += 1) history[i] = phases[i & 1][frames + i / 2];
  phases[0][before / 2 + frames] = phases[1][before / 2 + frames] = mae_pair_of(0);
  for (uint32_t n = 0; n < frames; n += 2) {
    mae_quad even = mae_quad_of(0), odd = mae_quad_of(0);
    for (uint32_t k = 0; k < middle; k += 2) {
      if (!half_band)
        even += (mae_quad_at(phases[0] + n + k / 2) + mae_quad_at(phases[0] + n + (before - k) / 2)) * taps[k];
      odd += (mae_quad_at(phases[1] + n + k / 2) + mae_quad_at(phases[1] + n + (before - k) / 2 - 1)) * taps[k + 1];
    }
    mae_quad sum = mae_quad_at(phases[middle & 1] + n + middle / 2) * taps[middle] + (even + odd);
    samples[n] = mae_quad_low(sum);
    if (n + 1 < frames) samples[n + 1] = mae_quad_high(sum);
  }
}

/* [audio] */
MAE_INLINE void raise_all(const mae_resampling *resampling, mae_resampling_memory *memory, mae_pair *samples,
                          uint32_t frames) {
  raise(resampling->raise_first, (MAE_RAISE_FIRST_TAPS + 1) / 2, memory->raise_first, samples, frames);
  if (resampling->factor == 4)
    raise(resampling->raise_second, (MAE_RAISE_SECOND_TAPS + 1) / 2, memory->raise_second, samples, 2 * frames);
}

/* [audio] */
MAE_INLINE void lower_all(const mae_resampling *resampling, mae_resampling_memory *memory, mae_pair *samples,
                          uint32_t frames) {
  if (resampling->factor == 4)
    lower(resampling->lower_first, MAE_LOWER_FIRST_TAPS, true, memory->lower_first, samples, 2 * frames);
  lower(resampling->lower_second, MAE_LOWER_SECOND_TAPS, false, memory->lower_second, samples, frames);
}

/* [audio] */
MAE_WIDE raise_wide(const mae_resampling *resampling, mae_resampling_memory *memory, mae_pair *samples,
                    uint32_t frames) {
  raise_all(resampling, memory, samples, frames);
}
MAE_WIDE lower_wide(const mae_resampling *resampling, mae_resampling_memory *memory, mae_pair *samples,
                    uint32_t frames) {
  lower_all(resampling, memory, samples, frames);
}

void mae_resampling_raise(const mae_resampling *resampling, mae_resampling_memory *memory, mae_pair *samples,
                          uint32_t frames) {
  if (resampling->wide) raise_wide(resampling, memory, samples, frames);
  else raise_all(resampling, memory, samples, frames);
}

void mae_resampling_lower(const mae_resampling *resampling, mae_resampling_memory *memory, mae_pair *samples,
                          uint32_t frames) {
  if (resampling->wide) lower_wide(resampling, memory, samples, frames);
  else lower_all(resampling, memory, samples, frames);
}
