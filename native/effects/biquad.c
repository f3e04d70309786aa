#include "effects/biquad.h"

#include <stdlib.h>

#include "base/elementary.h"
#include "effects/pair.h"

double mae_biquad_g(const mae_effect *effect, double hertz) {
  double half = MAE_PI * hertz / effect->config.sample_rate;
  return mae_sin(half) / mae_cos(half);
}

double mae_biquad_shelf_k(double a, double s) { return mae_sqrt((a + 1 / a) * (1 / s - 1) + 2); }

void mae_biquad_set(mae_effect *effect, double g, double k, double m0, double m1, double m2) {
  mae_biquad *biquad = (mae_biquad *)effect;
  double a1 = 1 / (1 + g * (g + k)), a2 = g * a1, a3 = g * a2;
  biquad->p11 = 2 * a1 - 1;
  biquad->p12 = -2 * a2;
  biquad->p21 = 2 * a2;
  biquad->p22 = 1 - 2 * a3;
  biquad->q1 = 2 * a2;
  biquad->q2 = 2 * a3;
  biquad->o1 = m1 * a1 + m2 * a2;
  biquad->o2 = m2 - m1 * a2 - m2 * a3;
  biquad->d = m0 + m1 * a2 + m2 * a3;
}

double mae_biquad_tail(double g, double k, double decibels) {
  double a0 = 1 + g * (k + g), a1 = 2 * (g * g - 1), a2 = 1 + g * (g - k), square = a1 * a1 - 4 * a0 * a2;
  double magnitude = a1 < 0 ? -a1 : a1;
  double radius = square > 0 ? (magnitude + mae_sqrt(square)) / (2 * a0) : mae_sqrt(a2 / a0);
  /* Two poles that lie close together fall like n r^n at first: the time of a few constants more. */
  const double slack = 20;
  return 16 + mae_effect_decay_frames(radius, decibels + slack);
}

bool mae_biquad_init(mae_effect *effect) {
  effect->memory_bytes = sizeof(mae_biquad_memory);
  effect->memory = calloc(1, effect->memory_bytes);
  effect->copy = calloc(1, effect->memory_bytes);
  return effect->memory && effect->copy;
}

void mae_biquad_uninit(mae_effect *effect) {}

void mae_biquad_clear(mae_effect *effect, void *memory) { memset(memory, 0, sizeof(mae_biquad_memory)); }

void mae_biquad_flush(mae_effect *effect, void *memory) {
  mae_biquad_memory *state = memory;
  for (uint32_t c = 0; c < MAE_MAX_CHANNELS; c += 2) {
    mae_pair s1 = {state->s1[c], state->s1[c + 1]}, s2 = {state->s2[c], state->s2[c + 1]};
    s1 = mae_pair_flush(s1);
    s2 = mae_pair_flush(s2);
    memcpy(state->s1 + c, &s1, sizeof s1);
    memcpy(state->s2 + c, &s2, sizeof s2);
  }
}

/* [audio] One or two channels; `stride` and `two` are constants where it matters. */
MAE_INLINE void process_pair(const mae_biquad *f, double *state1, double *state2, float *mix, uint32_t frames,
                             uint32_t stride, bool two) {
  mae_pair s1 = {state1[0], state1[1]}, s2 = {state2[0], state2[1]};
  const mae_pair p11 = mae_pair_of(f->p11), p12 = mae_pair_of(f->p12), p21 = mae_pair_of(f->p21),
                 p22 = mae_pair_of(f->p22);
  const mae_pair q1 = mae_pair_of(f->q1), q2 = mae_pair_of(f->q2), o1 = mae_pair_of(f->o1), o2 = mae_pair_of(f->o2),
                 d = mae_pair_of(f->d);
  for (uint32_t i = 0; i < frames; i += 1, mix += stride) {
    mae_pair x = two ? mae_pair_load_two(mix) : mae_pair_load(mix, false);
    mae_pair y = (d * x + o2 * s2) + o1 * s1;
    mae_pair next1 = (q1 * x + p12 * s2) + p11 * s1, next2 = (q2 * x + p22 * s2) + p21 * s1;
    s1 = next1;
    s2 = next2;
    if (two) mae_pair_store_two(mix, y);
    else mae_pair_store(mix, y, false);
  }
  memcpy(state1, &s1, sizeof s1);
  memcpy(state2, &s2, sizeof s2);
}

void mae_biquad_process(mae_effect *effect, void *memory, float *mix, uint32_t frames) {
  const mae_biquad *biquad = (const mae_biquad *)effect;
  mae_biquad_memory *state = memory;
  uint32_t channels = effect->config.channels;
  if (channels == 2) {
    process_pair(biquad, state->s1, state->s2, mix, frames, 2, true);
    return;
  }
  for (uint32_t c = 0; c < channels; c += 2) {
    if (c + 1 < channels) process_pair(biquad, state->s1 + c, state->s2 + c, mix + c, frames, channels, true);
    else process_pair(biquad, state->s1 + c, state->s2 + c, mix + c, frames, channels, false);
  }
}
