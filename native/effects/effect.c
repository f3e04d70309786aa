#include "effects/effect.h"

#include <stdlib.h>
#include <string.h>

#include "base/elementary.h"
#include "effects/pair.h"

/* Level at which an effect may forget what it holds. It is meant to be -120 dB; the rest is for input above full scale.
 */
static const double SLEEP_DECIBELS = 160;

#define MAE_EFFECT(name, ...) extern const mae_effect_kind mae_##name;
#include "mae_effects.def"

/* By MAE_EFFECT_*; the first is empty. */
static const mae_effect_kind *const KINDS[MAE_EFFECT_COUNT] = {
#define MAE_EFFECT(name, ...) [MAE_EFFECT_##name] = &mae_##name,
#include "mae_effects.def"
};

/* The first row of each effect, and behind the last one where its rows end. */
static const uint32_t FIRST_ROWS[MAE_EFFECT_COUNT + 1] = {
#define MAE_EFFECT(name, ...) [MAE_EFFECT_##name] = MAE_ROW_##name,
#include "mae_effects.def"
    [MAE_EFFECT_COUNT] = MAE_ROW_COUNT};

/* Effects count from 1 in the order of their rows, so that the rows of one end where those of the next begin. */
enum {
  POSITION_none,
#define MAE_EFFECT(name, ...) POSITION_##name,
#include "mae_effects.def"
};
#define MAE_EFFECT(name, ...) _Static_assert(MAE_EFFECT_##name == POSITION_##name, #name " has another's number");
#include "mae_effects.def"

/* Every parameter has room among the ramps of an effect. */
#define HAS_ROOM(effect, name)                                                                                         \
  _Static_assert(MAE_EFFECT_PARAMETER(effect, name) >= 0, #effect "." #name " stands before its effect");              \
  _Static_assert(MAE_EFFECT_PARAMETER(effect, name) < MAE_EFFECT_PARAMETERS,                                           \
                 #effect "." #name " is one parameter too many: raise MAE_EFFECT_PARAMETERS");
#define MAE_EFFECT_NUMBER(effect, name, ...) HAS_ROOM(effect, name)
#define MAE_EFFECT_OF_RATE(effect, name, ...) HAS_ROOM(effect, name)
#define MAE_EFFECT_SWITCH(effect, name, ...) HAS_ROOM(effect, name)
#include "mae_effects.def"
_Static_assert(MAE_WIRE_PARAM_EFFECT + MAE_EFFECT_PARAMETERS <= UINT8_MAX + 1, "a parameter is one byte of a command");

mae_result mae_effect_make(const mae_effect_config *config, mae_effect **result) {
  *result = NULL;
  const mae_effect_kind *kind = config->kind < MAE_EFFECT_COUNT ? KINDS[config->kind] : NULL;
  if (!kind) return MAE_INVALID_ARGUMENT;
  mae_effect *effect = calloc(1, kind->bytes);
  if (!effect) return MAE_OUT_OF_MEMORY;
  effect->kind = kind;
  effect->first_row = FIRST_ROWS[config->kind];
  effect->parameter_count = FIRST_ROWS[config->kind + 1] - effect->first_row;
  effect->config = *config;
  if (!kind->init(effect)) {
    mae_effect_free(effect);
    return MAE_OUT_OF_MEMORY;
  }
  mae_effect_begin(effect);
  *result = effect;
  return MAE_OK;
}

void mae_effect_free(mae_effect *effect) {
  if (!effect) return;
  effect->kind->uninit(effect);
  free(effect->memory);
  free(effect->copy);
  free(effect);
}

/* [any] */
static double maximum_of(const mae_effect *effect, uint32_t row) {
  return mae_rows[row].of_rate ? mae_rows[row].maximum * effect->config.sample_rate : mae_rows[row].maximum;
}

void mae_effect_begin(mae_effect *effect) {
  for (uint32_t p = 0; p < effect->parameter_count; p += 1) {
    uint32_t row = effect->first_row + p;
    double most = maximum_of(effect, row);
    mae_ramp_rest(&effect->ramps[p], mae_rows[row].initial < most ? mae_rows[row].initial : most);
  }
  mae_ramp_rest(&effect->enabled, 1);
  effect->awake = false;
  effect->stale = true;
  effect->input_to = effect->changed_to = 0;
  mae_effect_clear(effect);
}

mae_ramp *mae_effect_parameter(mae_effect *effect, uint8_t param, double *value) {
  double minimum = 0, maximum = 1;
  mae_ramp *ramp = &effect->enabled;
  if (param != MAE_WIRE_PARAM_ENABLED) {
    uint32_t p = (uint32_t)param - MAE_WIRE_PARAM_EFFECT;
    if (param < MAE_WIRE_PARAM_EFFECT || p >= effect->parameter_count) return NULL;
    minimum = mae_rows[effect->first_row + p].minimum;
    maximum = maximum_of(effect, effect->first_row + p);
    ramp = &effect->ramps[p];
  }
  *value = mae_bounded(*value, minimum, maximum);
  if (param == MAE_WIRE_PARAM_ENABLED) *value = *value > 0; /* a fade between both, never a rest between them */
  return ramp;
}

void mae_effect_changed(mae_effect *effect, uint64_t there) {
  effect->stale = true;
  if (effect->changed_to < there) effect->changed_to = there;
}

/* [audio] */
static void set_at(mae_effect *effect, uint64_t frame) {
  double values[MAE_EFFECT_PARAMETERS];
  for (uint32_t p = 0; p < effect->parameter_count; p += 1) values[p] = mae_ramp_at(&effect->ramps[p], frame);
  effect->kind->set(effect, values);
}

/* [audio] */
static uint64_t moving_until(const mae_effect *effect) {
  uint64_t until = 0;
  for (uint32_t p = 0; p < effect->parameter_count; p += 1)
    if (effect->ramps[p].end > until) until = effect->ramps[p].end;
  return until;
}

void mae_effect_clear(mae_effect *effect) {
  effect->kind->clear(effect, effect->memory);
  effect->renewing = mae_renewal_none;
  effect->renew_again = false;
  effect->gate = 1;
  effect->reduction = 0;
}

void mae_effect_reset(mae_effect *effect, uint64_t now, uint32_t smoothing_frames) {
  if (!effect->awake) return;
  if (smoothing_frames == 0) {
    mae_effect_clear(effect);
    return;
  }
  if (effect->renewing == mae_renewal_leaving) return; /* what is there now is on its way out */
  if (effect->kind->keeps_lines) {
    double gate = effect->renewing == mae_renewal_coming ? mae_ramp_at(&effect->renewal, now) : 1;
    mae_ramp_move(&effect->renewal, gate, 0, now, smoothing_frames, MAE_WIRE_CURVE_LINEAR);
    effect->renewing = mae_renewal_leaving;
    return;
  }
  if (effect->renewing == mae_renewal_coming) {
    effect->renew_again = true;
    return;
  }
  memcpy(effect->copy, effect->memory, effect->memory_bytes);
  effect->kind->clear(effect, effect->memory);
  mae_ramp_move(&effect->renewal, 0, 1, now, smoothing_frames, MAE_WIRE_CURVE_LINEAR);
  effect->renewing = mae_renewal_coming;
}

void mae_effect_come_in(mae_effect *effect, uint64_t now, uint32_t frames) {
  if (effect->awake || !effect->kind->keeps_lines || frames == 0) return;
  mae_ramp_move(&effect->renewal, 0, 1, now, frames, MAE_WIRE_CURVE_LINEAR);
  effect->renewing = mae_renewal_coming;
}

/* [audio] A stage of a reset is over. */
static void go_on_renewing(mae_effect *effect, uint64_t now) {
  uint32_t frames = (uint32_t)(effect->renewal.end - effect->renewal.begin);
  bool leaving = effect->renewing == mae_renewal_leaving;
  effect->renewing = mae_renewal_none;
  effect->gate = 1;
  if (leaving) {
    effect->kind->clear(effect, effect->memory);
    effect->renewing = mae_renewal_coming;
    mae_ramp_move(&effect->renewal, 0, 1, now, frames, MAE_WIRE_CURVE_LINEAR);
  } else if (effect->renew_again) {
    effect->renew_again = false;
    mae_effect_reset(effect, now, frames);
  }
}

/* [audio] NaN and infinity become 0. */
MAE_INLINE void keep_finite(float *samples, uint32_t count) {
  for (uint32_t i = 0; i < count; i += 1) {
    uint32_t bits;
    memcpy(&bits, samples + i, sizeof bits);
    bits = (bits & 0x7F800000u) == 0x7F800000u ? 0 : bits;
    memcpy(samples + i, &bits, sizeof bits);
  }
}

/* [audio] What comes out of a state that is nearly 0 may be a denormal number in float32. */
MAE_INLINE void flush_tiny(float *samples, uint32_t count) {
  const float tiny = (float)MAE_EFFECT_TINY;
  for (uint32_t i = 0; i < count; i += 1) samples[i] = samples[i] < tiny && samples[i] > -tiny ? 0 : samples[i];
}

/* [audio] */
MAE_WIDE keep_finite_wide(float *samples, uint32_t count) { keep_finite(samples, count); }
MAE_WIDE flush_tiny_wide(float *samples, uint32_t count) { flush_tiny(samples, count); }

/* [audio] Frames in which no parameter moves. While a reset fades between two copies of the memory, both work. */
static void process_resting(mae_effect *effect, float *mix, uint64_t now, uint32_t frames) {
  const mae_effect_kind *kind = effect->kind;
  if (effect->renewing != mae_renewal_coming || kind->keeps_lines) {
    kind->process(effect, effect->memory, mix, frames);
    return;
  }
  float before[MAE_EFFECT_FLUSH_FRAMES * MAE_MAX_CHANNELS];
  uint32_t channels = effect->config.channels;
  memcpy(before, mix, (size_t)frames * channels * sizeof(float));
  kind->process(effect, effect->copy, before, frames);
  kind->process(effect, effect->memory, mix, frames);
  for (uint32_t i = 0; i < frames; i += 1) {
    float gain = (float)mae_ramp_at(&effect->renewal, now + i);
    for (uint32_t k = i * channels; k < (i + 1) * channels; k += 1) mix[k] = before[k] + (mix[k] - before[k]) * gain;
  }
}

/* [audio] Frames within one square of the flushing grid and within one stage of a reset. */
static void process_stretch(mae_effect *effect, float *mix, const float *key, uint64_t now, uint32_t frames) {
  uint64_t until = moving_until(effect);
  bool lines_fade = effect->renewing != mae_renewal_none && effect->kind->keeps_lines;
  uint32_t moving = lines_fade || until >= now + frames ? frames : until > now ? (uint32_t)(until - now) : 0;
  for (uint32_t i = 0; i < moving; i += 1) {
    if (effect->stale || now + i <= until) set_at(effect, now + i);
    effect->stale = now + i < until;
    if (lines_fade) effect->gate = mae_ramp_at(&effect->renewal, now + i);
    effect->key_now = key ? key + (size_t)i * effect->config.channels : NULL;
    process_resting(effect, mix + (size_t)i * effect->config.channels, now + i, 1);
  }
  if (moving == frames) return;
  if (effect->stale) set_at(effect, now + moving);
  effect->stale = false;
  effect->key_now = key ? key + (size_t)moving * effect->config.channels : NULL;
  process_resting(effect, mix + (size_t)moving * effect->config.channels, now + moving, frames - moving);
}

void mae_effect_process(mae_effect *effect, float *mix, float *dry, uint64_t now, uint32_t frames) {
  uint32_t channels = effect->config.channels;
  bool fading = mae_ramp_moves(&effect->enabled, now), wide = effect->config.wide;
  if (wide) keep_finite_wide(mix, frames * channels);
  else keep_finite(mix, frames * channels);
  if (effect->key) keep_finite(effect->key, frames * channels);
  if (fading) memcpy(dry, mix, (size_t)frames * channels * sizeof(float));
  for (uint32_t done = 0, count; done < frames; done += count) {
    uint64_t at = now + done;
    /* The time may have come while the node stood still. */
    while (effect->renewing && effect->renewal.end <= at) go_on_renewing(effect, at);
    uint32_t to_grid = MAE_EFFECT_FLUSH_FRAMES - (uint32_t)(at % MAE_EFFECT_FLUSH_FRAMES);
    count = frames - done < to_grid ? frames - done : to_grid;
    if (to_grid == MAE_EFFECT_FLUSH_FRAMES && effect->kind->flush) {
      effect->kind->flush(effect, effect->memory);
      if (effect->renewing == mae_renewal_coming && effect->copy) effect->kind->flush(effect, effect->copy);
    }
    if (effect->renewing && effect->renewal.end - at < count) count = (uint32_t)(effect->renewal.end - at);
    process_stretch(effect, mix + (size_t)done * channels, effect->key ? effect->key + (size_t)done * channels : NULL,
                    at, count);
  }
  if (wide) flush_tiny_wide(mix, frames * channels);
  else flush_tiny(mix, frames * channels);
  if (!fading) return;
  keep_finite(mix, frames * channels);
  /* Where the fade is over it is one or the other exactly: their mixture would round. */
  uint32_t fades = effect->enabled.end - now < frames ? (uint32_t)(effect->enabled.end - now) : frames;
  if (effect->enabled.to == 0)
    memcpy(mix + (size_t)fades * channels, dry + (size_t)fades * channels,
           (size_t)(frames - fades) * channels * sizeof(float));
  for (uint32_t i = 0; i < fades; i += 1) {
    float wet = (float)mae_ramp_at(&effect->enabled, now + i);
    for (uint32_t k = i * channels; k < (i + 1) * channels; k += 1) mix[k] = dry[k] + (mix[k] - dry[k]) * wet;
  }
}

bool mae_effect_is_over(const mae_effect *effect, uint64_t now) {
  uint64_t since = effect->input_to > effect->changed_to ? effect->input_to : effect->changed_to;
  double values[MAE_EFFECT_PARAMETERS];
  if (since + MAE_EFFECT_SLEEP_FRAMES > now) return false;
  for (uint32_t p = 0; p < effect->parameter_count; p += 1) values[p] = effect->ramps[p].to;
  return effect->kind->tail(effect, values, SLEEP_DECIBELS) <= (double)(now - since);
}

double mae_effect_decay_frames(double factor, double decibels) {
  if (!(factor > 0)) return 0;
  if (!(factor < 1)) return __builtin_inf();
  return decibels * (2.30258509299404568402 / 20) / -mae_log(factor);
}

double mae_effect_gain(double decibels) { return mae_exp(decibels * (2.30258509299404568402 / 20)); }
