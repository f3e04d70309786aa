/* y = outputGain tanh(drive x) / tanh(drive). Without oversampling exactly this. With it the signal is raised to two or
 * four times the rate; there the curve is taken at each sample and half-way between them, weighted 1 2 1, which takes
 * most of what would come back as aliases out before it is there; the last filter makes up for what that takes from
 * high tones. All filters are linear-phase and all delays add up to whole frames (half_band.h). */
#include <stdlib.h>

#include "effects/effect.h"
#include "effects/half_band.h"
#include "effects/pair.h"

enum {
  DRIVE = MAE_EFFECT_PARAMETER(soft_clip, drive),
  OUTPUT_GAIN = MAE_EFFECT_PARAMETER(soft_clip, outputGain),
};
enum { PIECE = 32 };

typedef struct {
  mae_resampling_memory resampling;
  mae_pair last, bent, between; /* the sample before, the curve there and half-way to it */
} pair_memory;

typedef struct {
  mae_effect effect;
  double drive, gain;
  mae_resampling resampling;
} mae_soft_clip_effect;

/* [control] */
static bool init(mae_effect *effect) {
  mae_soft_clip_effect *clip = (mae_soft_clip_effect *)effect;
  uint32_t pairs = (effect->config.channels + 1) / 2,
           factor = effect->config.variant == 2 || effect->config.variant == 4 ? effect->config.variant : 1;
  effect->config.variant = factor;
  if (factor > 1) mae_resampling_design(&clip->resampling, factor, effect->config.wide);
  effect->memory_bytes = factor > 1 ? pairs * sizeof(pair_memory) : sizeof(mae_pair);
  effect->memory = calloc(1, effect->memory_bytes);
  effect->copy = calloc(1, effect->memory_bytes);
  return effect->memory && effect->copy;
}

/* [audio] */
static void set(mae_effect *effect, const double *values) {
  mae_soft_clip_effect *clip = (mae_soft_clip_effect *)effect;
  clip->drive = values[DRIVE];
  clip->gain = values[OUTPUT_GAIN] / mae_quad_tanh(mae_quad_of(values[DRIVE]))[0];
}

/* [audio] */
MAE_INLINE void process_exactly(const mae_soft_clip_effect *clip, float *mix, uint32_t samples) {
  const mae_quad drive = mae_quad_of(clip->drive), gain = mae_quad_of(clip->gain);
  for (uint32_t i = 0; i < samples; i += 4) {
    mae_quad_floats four = {0, 0, 0, 0};
    uint32_t count = samples - i < 4 ? samples - i : 4;
    if (count == 4) memcpy(&four, mix + i, sizeof four);
    else memcpy(&four, mix + i, count * sizeof(float));
    four = mae_quad_narrow(gain * mae_quad_tanh(drive * mae_quad_widen(four)));
    if (count == 4) memcpy(mix + i, &four, sizeof four);
    else memcpy(mix + i, &four, count * sizeof(float));
  }
}

/* [audio] */
MAE_INLINE void shape(pair_memory *memory, mae_pair *samples, uint32_t count) {
  mae_pair last = memory->last, bent = memory->bent, between = memory->between;
  for (uint32_t i = 0; i < count; i += 1) {
    mae_pair x = samples[i];
    mae_quad y = mae_quad_tanh(mae_quad_of_pairs((last + x) * 0.5, x));
    samples[i] = bent * 0.5 + (between + mae_quad_low(y)) * 0.25;
    last = x;
    between = mae_quad_low(y);
    bent = mae_quad_high(y);
  }
  memory->last = last;
  memory->bent = bent;
  memory->between = between;
}

/* [audio] */
MAE_WIDE process_exactly_wide(const mae_soft_clip_effect *clip, float *mix, uint32_t samples) {
  process_exactly(clip, mix, samples);
}
MAE_WIDE shape_wide(pair_memory *memory, mae_pair *samples, uint32_t count) { shape(memory, samples, count); }

/* [audio] */
static void process_oversampled(const mae_soft_clip_effect *clip, pair_memory *memory, float *mix, uint32_t frames,
                                uint32_t stride, bool two) {
  mae_pair samples[PIECE * MAE_RESAMPLING_MOST];
  uint32_t factor = clip->effect.config.variant;
  for (uint32_t done = 0, count; done < frames; done += count) {
    count = frames - done < PIECE ? frames - done : PIECE;
    float *from = mix + (size_t)done * stride;
    for (uint32_t i = 0; i < count; i += 1) samples[i] = mae_pair_load(from + (size_t)i * stride, two) * clip->drive;
    mae_resampling_raise(&clip->resampling, &memory->resampling, samples, count);
    if (clip->effect.config.wide) shape_wide(memory, samples, count * factor);
    else shape(memory, samples, count * factor);
    mae_resampling_lower(&clip->resampling, &memory->resampling, samples, count);
    for (uint32_t i = 0; i < count; i += 1) mae_pair_store(from + (size_t)i * stride, samples[i] * clip->gain, two);
  }
}

/* [audio] */
static void process(mae_effect *effect, void *memory, float *mix, uint32_t frames) {
  const mae_soft_clip_effect *clip = (const mae_soft_clip_effect *)effect;
  uint32_t channels = effect->config.channels;
  if (effect->config.variant == 1) {
    if (effect->config.wide) process_exactly_wide(clip, mix, frames * channels);
    else process_exactly(clip, mix, frames * channels);
    return;
  }
  for (uint32_t c = 0; c < channels; c += 2)
    process_oversampled(clip, (pair_memory *)memory + c / 2, mix + c, frames, channels, c + 1 < channels);
}

/* [control] */
static void uninit(mae_effect *effect) {}

/* [audio] */
static void clear(mae_effect *effect, void *memory) { memset(memory, 0, effect->memory_bytes); }

/* [audio] */
static double tail(const mae_effect *effect, const double *values, double decibels) {
  return effect->config.variant == 1 ? 0 : 2 * MAE_RESAMPLING_FRAMES;
}

const mae_effect_kind mae_soft_clip = {.bytes = sizeof(mae_soft_clip_effect),
                                       .init = init,
                                       .set = set,
                                       .process = process,
                                       .uninit = uninit,
                                       .clear = clear,
                                       .tail = tail};
