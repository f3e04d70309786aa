/* y = outputGain tanh(drive x) / tanh(drive). Without oversampling exactly this. With it the signal is raised to two or four times the rate, and the curve is averaged over the triangle that
 * linear interpolation spans between three neighbouring samples, which takes most of what would come back as aliases out before it is there; the last filter makes up for what
 * the triangle takes from high tones. All filters are linear-phase and all delays add up to whole frames (half_band.h). */
#include <stdlib.h>

#include "effect.h"
#include "half_band.h"
#include "pair.h"

enum { DRIVE, OUTPUT_GAIN, RUN = 32 };

/* Gauss-Legendre points and weights on 0..1. */
enum { POINTS = 3 };
static const double POINT[POINTS] = {0.11270166537925831, 0.5, 0.88729833462074169}, WEIGHT[POINTS] = {5.0 / 18, 8.0 / 18, 5.0 / 18};

typedef struct {
  mae_resampling_memory resampling;
  mae_pair last, rising; /* the sample before, and its half of the triangle */
} pair_memory;

typedef struct {
  mae_effect effect;
  double drive, gain;
  mae_resampling resampling;
} mae_soft_clip_effect;

/* [any] */
static mae_effect_config config_init(void) { return (mae_effect_config){.kind = MAE_WIRE_EFFECT_SOFT_CLIP, .sample_rate = 48000, .channels = 2, .variant = 1}; }

/* [control] */
static bool init(mae_effect *effect) {
  mae_soft_clip_effect *clip = (mae_soft_clip_effect *)effect;
  uint32_t pairs = (effect->config.channels + 1) / 2, factor = effect->config.variant == 2 || effect->config.variant == 4 ? effect->config.variant : 1;
  effect->config.variant = factor;
  if (factor > 1) mae_resampling_design(&clip->resampling, factor);
  effect->memory_bytes = factor > 1 ? pairs * sizeof(pair_memory) : sizeof(mae_pair);
  effect->memory = calloc(1, effect->memory_bytes);
  effect->copy = calloc(1, effect->memory_bytes);
  return effect->memory && effect->copy;
}

/* [audio] */
static void set(mae_effect *effect, const double *values) {
  mae_soft_clip_effect *clip = (mae_soft_clip_effect *)effect;
  clip->drive = values[DRIVE];
  clip->gain = values[OUTPUT_GAIN] / mae_pair_tanh(mae_pair_of(values[DRIVE]))[0];
}

/* [audio] */
static void process_exactly(const mae_soft_clip_effect *clip, float *mix, uint32_t samples) {
  const mae_pair drive = mae_pair_of(clip->drive), gain = mae_pair_of(clip->gain);
  for (uint32_t i = 0; i < samples; i += 2) {
    bool two = i + 1 < samples;
    mae_pair_store(mix + i, gain * mae_pair_tanh(drive * mae_pair_load(mix + i, two)), two);
  }
}

/* [audio] */
static void shape(pair_memory *memory, mae_pair *samples, uint32_t count) {
  mae_pair last = memory->last, rising = memory->rising;
  for (uint32_t i = 0; i < count; i += 1) {
    mae_pair x = samples[i], step = x - last, falls = mae_pair_of(0), rises = mae_pair_of(0);
    for (uint32_t p = 0; p < POINTS; p += 1) {
      mae_pair y = mae_pair_tanh(last + step * POINT[p]);
      falls += y * (WEIGHT[p] * (1 - POINT[p]));
      rises += y * (WEIGHT[p] * POINT[p]);
    }
    samples[i] = rising + falls;
    rising = rises;
    last = x;
  }
  memory->last = last;
  memory->rising = rising;
}

/* [audio] */
static void process_oversampled(const mae_soft_clip_effect *clip, pair_memory *memory, float *mix, uint32_t frames, uint32_t stride, bool two) {
  mae_pair samples[RUN * MAE_RESAMPLING_MOST];
  uint32_t factor = clip->effect.config.variant;
  for (uint32_t done = 0, count; done < frames; done += count) {
    count = frames - done < RUN ? frames - done : RUN;
    float *from = mix + (size_t)done * stride;
    for (uint32_t i = 0; i < count; i += 1) samples[i] = mae_pair_load(from + (size_t)i * stride, two) * clip->drive;
    mae_resampling_raise(&clip->resampling, &memory->resampling, samples, count);
    shape(memory, samples, count * factor);
    mae_resampling_lower(&clip->resampling, &memory->resampling, samples, count);
    for (uint32_t i = 0; i < count; i += 1) mae_pair_store(from + (size_t)i * stride, samples[i] * clip->gain, two);
  }
}

/* [audio] */
static void process(mae_effect *effect, void *memory, float *mix, uint32_t frames) {
  const mae_soft_clip_effect *clip = (const mae_soft_clip_effect *)effect;
  uint32_t channels = effect->config.channels;
  if (effect->config.variant == 1) {
    process_exactly(clip, mix, frames * channels);
    return;
  }
  for (uint32_t c = 0; c < channels; c += 2) process_oversampled(clip, (pair_memory *)memory + c / 2, mix + c, frames, channels, c + 1 < channels);
}

/* [control] */
static void uninit(mae_effect *effect) {}

/* [audio] */
static void clear(mae_effect *effect, void *memory) { memset(memory, 0, effect->memory_bytes); }

/* [audio] */
static double tail(const mae_effect *effect, const double *values, double decibels) {
  return effect->config.variant == 1 ? 0 : 2 * MAE_RESAMPLING_FRAMES;
}

const mae_effect_kind mae_soft_clip = {
  .first_row = MAE_ROW_softClip_drive, .parameter_count = 2, .bytes = sizeof(mae_soft_clip_effect),
  .config_init = config_init, .init = init, .set = set, .process = process, .uninit = uninit, .clear = clear, .tail = tail};
