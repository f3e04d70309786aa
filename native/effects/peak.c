/* The cookbook's peaking filter: A = 10^(dB / 40), and A is in its bandwidth so that a cut mirrors a boost. */
#include "effects/biquad.h"

enum {
  FREQUENCY = MAE_EFFECT_PARAMETER(peak, freq),
  Q = MAE_EFFECT_PARAMETER(peak, q),
  GAIN = MAE_EFFECT_PARAMETER(peak, gainDb),
};

/* [control] */
static bool init(mae_effect *effect) { return mae_biquad_init(effect); }

/* [audio] */
static void set(mae_effect *effect, const double *values) {
  double a = mae_effect_gain(values[GAIN] / 2), k = 1 / (values[Q] * a);
  mae_biquad_set(effect, mae_biquad_g(effect, values[FREQUENCY]), k, 1, k * (a * a - 1), 0);
}

/* [audio] */
static void process(mae_effect *effect, void *memory, float *mix, uint32_t frames) {
  mae_biquad_process(effect, memory, mix, frames);
}

/* [control] */
static void uninit(mae_effect *effect) { mae_biquad_uninit(effect); }

/* [audio] */
static double tail(const mae_effect *effect, const double *values, double decibels) {
  double k = 1 / (values[Q] * mae_effect_gain(values[GAIN] / 2)), raised = values[GAIN] > 0 ? values[GAIN] : 0;
  return mae_biquad_tail(mae_biquad_g(effect, values[FREQUENCY]), k, decibels + raised);
}

const mae_effect_kind mae_peak = {MAE_BIQUAD_KIND,    .init = init,     .set = set,
                                  .process = process, .uninit = uninit, .tail = tail};
