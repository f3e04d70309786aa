/* The cookbook's high-pass: what band and low output leave of the input. */
#include "effects/biquad.h"

enum {
  CUTOFF = MAE_EFFECT_PARAMETER(high_pass, cutoffHz),
  Q = MAE_EFFECT_PARAMETER(high_pass, q),
};

/* [control] */
static bool init(mae_effect *effect) { return mae_biquad_init(effect); }

/* [audio] */
static void set(mae_effect *effect, const double *values) {
  double k = 1 / values[Q];
  mae_biquad_set(effect, mae_biquad_g(effect, values[CUTOFF]), k, 1, -k, -1);
}

/* [audio] */
static void process(mae_effect *effect, void *memory, float *mix, uint32_t frames) {
  mae_biquad_process(effect, memory, mix, frames);
}

/* [control] */
static void uninit(mae_effect *effect) { mae_biquad_uninit(effect); }

/* [audio] */
static double tail(const mae_effect *effect, const double *values, double decibels) {
  return mae_biquad_tail(mae_biquad_g(effect, values[CUTOFF]), 1 / values[Q], decibels);
}

const mae_effect_kind mae_high_pass = {MAE_BIQUAD_KIND,    .init = init,     .set = set,
                                       .process = process, .uninit = uninit, .tail = tail};
