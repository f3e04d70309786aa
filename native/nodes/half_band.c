#include "half_band.h"

#include "elementary.h"

enum { MOST_FRAMES = 32, STEPS = 128 };

/* ---- design ------------------------------------------------------------------------------------------------------------ */

/* [control] The modified Bessel function of order 0. */
static double bessel(double x) {
  double term = 1, sum = 1;
  for (int k = 1; k < 40; k += 1) {
    term *= (x / (2 * k)) * (x / (2 * k));
    sum += term;
  }
  return sum;
}

/* [control] What the triangle of the shaper takes from a low tone, at an angle of the rate at which it works. */
static double triangle(double angle) { return (4 + 2 * mae_cos(angle)) / 6; }

/* [control] A low-pass under a Kaiser window; `edge` 1 is half the band. `undo` > 0: it makes up for the triangle, which works at that many times its rate. */
static void design(double *taps, uint32_t count, double edge, double beta, double undo) {
  double middle = (count - 1) / 2.0, sum = 0;
  edge *= MAE_PI / 2;
  for (uint32_t n = 0; n < count; n += 1) {
    /* The integral of the wanted response times a cosine, by Simpson's rule. */
    double offset = n - middle, integral = 0;
    for (uint32_t s = 0; s <= STEPS; s += 1) {
      double angle = edge * s / STEPS, wanted = undo > 0 ? 1 / triangle(angle / undo) : 1;
      integral += wanted * mae_cos(angle * offset) * (s == 0 || s == STEPS ? 1 : s % 2 ? 4 : 2);
    }
    double place = offset / (middle + 1);
    taps[n] = integral * edge / STEPS / 3 / MAE_PI * bessel(beta * __builtin_sqrt(1 - place * place)) / bessel(beta);
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

void mae_resampling_design(mae_resampling *resampling, uint32_t factor) {
  /* 80 dB where the transition is narrow, 90 where there is room. */
  const double narrow = 7.857, wide = 8.96;
  resampling->factor = factor;
  design_raise(resampling->raise_first, MAE_RAISE_FIRST_TAPS, narrow);
  design_raise(resampling->raise_second, MAE_RAISE_SECOND_TAPS, wide);
  design(resampling->lower_first, MAE_LOWER_FIRST_TAPS, 1, wide, 0);
  /* What the curve makes above half the engine's rate must be gone before that half, not around it: at 48 kHz all passes to 20 kHz and nothing from 24 kHz on. */
  design(resampling->lower_second, MAE_LOWER_SECOND_TAPS, 22.0 / 24, narrow, factor / 2.0);
}

/* ---- filters --------------------------------------------------------------------------------------------------------------- */

/* [audio] */
MAE_INLINE void raise(const double *taps, uint32_t tap_count, mae_pair *history, mae_pair *samples, uint32_t frames) {
  mae_pair work[MAE_RAISE_FIRST_TAPS / 2 + 2 * MOST_FRAMES];
  uint32_t before = tap_count - 1, delay = tap_count / 2 - 1;
  memcpy(work, history, before * sizeof *work);
  memcpy(work + before, samples, frames * sizeof *work);
  memcpy(history, work + frames, before * sizeof *work);
  for (uint32_t n = 0; n < frames; n += 1) {
    const mae_pair *newest = work + before + n;
    mae_pair sum = mae_pair_of(0);
    for (uint32_t k = 0; k < tap_count; k += 1) sum += newest[-(int32_t)k] * taps[k];
    samples[2 * n] = sum;
    samples[2 * n + 1] = newest[-(int32_t)delay];
  }
}

/* [audio] */
MAE_INLINE void lower(const double *taps, uint32_t tap_count, mae_pair *history, mae_pair *samples, uint32_t frames) {
  mae_pair work[MAE_LOWER_SECOND_TAPS - 1 + 4 * MOST_FRAMES];
  uint32_t before = tap_count - 1;
  memcpy(work, history, before * sizeof *work);
  memcpy(work + before, samples, 2 * frames * sizeof *work);
  memcpy(history, work + 2 * frames, before * sizeof *work);
  for (uint32_t n = 0; n < frames; n += 1) {
    /* Symmetrical: two samples for each tap. */
    const mae_pair *oldest = work + 2 * n, *newest = oldest + before;
    mae_pair sum = oldest[before / 2] * taps[before / 2];
    for (uint32_t k = 0; k < before / 2; k += 1) sum += (oldest[k] + newest[-(int32_t)k]) * taps[k];
    samples[n] = sum;
  }
}

void mae_resampling_raise(const mae_resampling *resampling, mae_resampling_memory *memory, mae_pair *samples, uint32_t frames) {
  raise(resampling->raise_first, (MAE_RAISE_FIRST_TAPS + 1) / 2, memory->raise_first, samples, frames);
  if (resampling->factor == 4) raise(resampling->raise_second, (MAE_RAISE_SECOND_TAPS + 1) / 2, memory->raise_second, samples, 2 * frames);
}

void mae_resampling_lower(const mae_resampling *resampling, mae_resampling_memory *memory, mae_pair *samples, uint32_t frames) {
  if (resampling->factor == 4) lower(resampling->lower_first, MAE_LOWER_FIRST_TAPS, memory->lower_first, samples, 2 * frames);
  lower(resampling->lower_second, MAE_LOWER_SECOND_TAPS, memory->lower_second, samples, frames);
}
