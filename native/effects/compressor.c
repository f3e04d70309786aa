/* Giannoulis, Massberg and Reiss, "Digital Dynamic Range Compressor Design", JAES 60/6, 2012: a static curve with a
 * quadratic knee, then a smooth branching peak detector on what the curve takes away, in dB. The level is the largest
 * magnitude of all channels, and all channels get the same gain. */
#include <stdlib.h>

#include "base/elementary.h"
#include "effects/effect.h"
#include "effects/pair.h"

enum {
  THRESHOLD = MAE_EFFECT_PARAMETER(compressor, thresholdDb),
  RATIO = MAE_EFFECT_PARAMETER(compressor, ratio),
  ATTACK = MAE_EFFECT_PARAMETER(compressor, attackMs),
  RELEASE = MAE_EFFECT_PARAMETER(compressor, releaseMs),
  KNEE = MAE_EFFECT_PARAMETER(compressor, kneeDb),
  MAKEUP = MAE_EFFECT_PARAMETER(compressor, makeupDb),
};
enum { PIECE = 128 };

static const double DECIBELS_OF_LOG = 8.68588963806503655302; /* 20 / ln 10 */
static const double LOG_OF_DECIBELS = 0.11512925464970228420;
static const double FLOOR = 1e-30;
/* dB that an ear cannot tell from none; a detector below it may be forgotten. */
static const double FORGOTTEN = 1e-6;

typedef struct {
  double reduction; /* dB */
} memory_of;

typedef struct {
  mae_effect effect;
  double threshold, knee, makeup;
  double slope;           /* 1 - 1 / ratio */
  double bend;            /* slope / (2 knee) */
  double attack, release; /* what remains of a difference after a frame */
} mae_compressor_effect;

/* [control] */
static bool init(mae_effect *effect) {
  effect->memory_bytes = sizeof(memory_of);
  effect->memory = calloc(1, effect->memory_bytes);
  effect->copy = calloc(1, effect->memory_bytes);
  return effect->memory && effect->copy;
}

/* [audio] */
static double remaining(const mae_effect *effect, double milliseconds) {
  return milliseconds > 0 ? mae_exp(-1000 / (milliseconds * effect->config.sample_rate)) : 0;
}

/* [audio] */
static void set(mae_effect *effect, const double *values) {
  mae_compressor_effect *compressor = (mae_compressor_effect *)effect;
  compressor->threshold = values[THRESHOLD];
  compressor->slope = 1 - 1 / values[RATIO];
  compressor->knee = values[KNEE];
  compressor->bend = values[KNEE] > 0 ? compressor->slope / (2 * values[KNEE]) : 0;
  compressor->makeup = values[MAKEUP];
  compressor->attack = remaining(effect, values[ATTACK]);
  compressor->release = remaining(effect, values[RELEASE]);
}

/* [audio] dB that the curve takes away from a level of so many dB. */
MAE_INLINE double curve(const mae_compressor_effect *c, double level) {
  double over = level - c->threshold, into = over + c->knee / 2;
  if (into <= 0) return 0;
  return into < c->knee ? c->bend * into * into : c->slope * over;
}

/* [audio] */
MAE_INLINE void process_any(mae_effect *effect, void *memory, float *mix, uint32_t frames) {
  mae_compressor_effect *compressor = (mae_compressor_effect *)effect;
  memory_of *state = memory;
  uint32_t channels = effect->config.channels;
  double reduction = state->reduction, values[PIECE + 3];
  for (uint32_t done = 0, count; done < frames; done += count) {
    count = frames - done < PIECE ? frames - done : PIECE;
    float *frame = mix + (size_t)done * channels;
    const float *heard = effect->key_now ? effect->key_now + (size_t)done * channels : frame;
    for (uint32_t i = 0; i < count; i += 1, heard += channels) {
      float level = 0;
      for (uint32_t c = 0; c < channels; c += 1) {
        float magnitude = heard[c] < 0 ? -heard[c] : heard[c];
        level = magnitude > level ? magnitude : level;
      }
      values[i] = level > FLOOR ? level : FLOOR;
    }
    for (uint32_t i = count; i < count + 3; i += 1) values[i] = 1; /* the last four may be fewer */
    for (uint32_t i = 0; i < count; i += 4) {
      mae_quad level;
      memcpy(&level, values + i, sizeof level);
      level = mae_quad_log(level) * DECIBELS_OF_LOG;
      memcpy(values + i, &level, sizeof level);
    }
    for (uint32_t i = 0; i < count; i += 1) {
      double wanted = curve(compressor, values[i]),
             remains = wanted > reduction ? compressor->attack : compressor->release;
      reduction = remains * reduction + (1 - remains) * wanted;
      values[i] = (compressor->makeup - reduction) * LOG_OF_DECIBELS;
    }
    for (uint32_t i = count; i < count + 3; i += 1) values[i] = 0;
    for (uint32_t i = 0; i < count; i += 4) {
      mae_quad gain;
      memcpy(&gain, values + i, sizeof gain);
      gain = mae_quad_exp(gain);
      memcpy(values + i, &gain, sizeof gain);
    }
    frame = mix + (size_t)done * channels;
    for (uint32_t i = 0; i < count; i += 1, frame += channels)
      for (uint32_t c = 0; c < channels; c += 1) frame[c] = (float)(frame[c] * values[i]);
  }
  state->reduction = reduction;
  if (memory == effect->memory) effect->reduction = (float)reduction;
}

/* [audio] */
MAE_WIDE process_wide(mae_effect *effect, void *memory, float *mix, uint32_t frames) {
  process_any(effect, memory, mix, frames);
}

/* [audio] */
static void process(mae_effect *effect, void *memory, float *mix, uint32_t frames) {
  if (effect->config.wide) process_wide(effect, memory, mix, frames);
  else process_any(effect, memory, mix, frames);
}

/* [control] */
static void uninit(mae_effect *effect) {}

/* [audio] */
static void clear(mae_effect *effect, void *memory) { ((memory_of *)memory)->reduction = 0; }

/* [audio] */
static void flush(mae_effect *effect, void *memory) {
  memory_of *state = memory;
  if (state->reduction < MAE_EFFECT_TINY) state->reduction = 0;
}

/* [audio] Nothing sounds after its input; but how far it has turned down must not be forgotten. */
static double tail(const mae_effect *effect, const double *values, double decibels) {
  double most = -values[THRESHOLD] + 2 * decibels;
  return 1 + mae_log(most / FORGOTTEN) * values[RELEASE] / 1000 * effect->config.sample_rate;
}

const mae_effect_kind mae_compressor = {.bytes = sizeof(mae_compressor_effect),
                                        .init = init,
                                        .set = set,
                                        .process = process,
                                        .uninit = uninit,
                                        .clear = clear,
                                        .flush = flush,
                                        .tail = tail};
