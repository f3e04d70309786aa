/* The cookbook's high shelf with slope S: A^2 at half the rate, A at the frequency. */
#include "base/elementary.h"
#include "effects/biquad.h"

enum {
  FREQUENCY = MAE_EFFECT_PARAMETER(high_shelf, freq),
  SLOPE = MAE_EFFECT_PARAMETER(high_shelf, q),
  GAIN = MAE_EFFECT_PARAMETER(high_shelf, gainDb),
};

/* [control] */
static bool init(mae_effect *effect) { return mae_biquad_init(effect); }

/* [audio] */
static void set(mae_effect *effect, const double *values) {
  double a = mae_effect_gain(values[GAIN] / 2), k = mae_biquad_shelf_k(a, values[SLOPE]);
  mae_biquad_set(effect, mae_biquad_g(effect, values[FREQUENCY]) * mae_sqrt(a), k, a * a, k * (1 - a) * a, 1 - a * a);
}

/* [audio] */
static void process(mae_effect *effect, void *memory, float *mix, uint32_t frames) {
  mae_biquad_process(effect, memory, mix, frames);
}

/* [control] */
static void uninit(mae_effect *effect) { mae_biquad_uninit(effect); }

/* [audio] */
static double tail(const mae_effect *effect, const double *values, double decibels) {
  double a = mae_effect_gain(values[GAIN] / 2), raised = values[GAIN] > 0 ? values[GAIN] : 0;
  return mae_biquad_tail(mae_biquad_g(effect, values[FREQUENCY]) * mae_sqrt(a), mae_biquad_shelf_k(a, values[SLOPE]),
                         decibels + raised);
}

const mae_effect_kind mae_high_shelf = {MAE_BIQUAD_KIND,    .init = init,     .set = set,
                                        .process = process, .uninit = uninit, .tail = tail};
