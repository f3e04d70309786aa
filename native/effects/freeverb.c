/* Jezar's Freeverb: eight combs with a one-pole low-pass in their feedback, side by side, then four all-passes in a
 * row; the right side's lines are a little longer. Channels go in pairs; a channel that is left over is the left half
 * of a pair whose right input is the same. Lengths are those at 44.1 kHz, scaled to the rate. */
#include <stdlib.h>

#include "effects/effect.h"
#include "effects/pair.h"

enum {
  ROOM_SIZE = MAE_EFFECT_PARAMETER(freeverb, roomSize),
  DAMPING = MAE_EFFECT_PARAMETER(freeverb, damping),
  WET = MAE_EFFECT_PARAMETER(freeverb, wet),
  DRY = MAE_EFFECT_PARAMETER(freeverb, dry),
  WIDTH = MAE_EFFECT_PARAMETER(freeverb, width),
  FREEZE = MAE_EFFECT_PARAMETER(freeverb, freeze),
};
enum { COMBS = 8, ALL_PASSES = 4, SIDE_BY_SIDE = 4, PIECE = 64 };

static const uint32_t COMB_LENGTHS[COMBS] = {1116, 1188, 1277, 1356, 1422, 1491, 1557, 1617},
                      ALL_PASS_LENGTHS[ALL_PASSES] = {556, 441, 341, 225}, SPREAD = 23;
static const double INPUT_GAIN = 0.015, WET_SCALE = 3, DAMPING_SCALE = 0.4, ROOM_SCALE = 0.28, ROOM_OFFSET = 0.7,
                    ALL_PASS_FEEDBACK = 0.5;

/* A ring of pairs as long as the right side's line. What is written at `at` comes out on the right when `at` comes
 * round, on the left `spread` frames earlier. */
typedef struct {
  mae_pair *pairs;
  uint32_t length, at;
} line;

typedef struct {
  line combs[COMBS], all_passes[ALL_PASSES];
  mae_pair filtered[COMBS]; /* the low-passes */
} half;                     /* of the channels: two of them */

typedef struct {
  mae_effect effect;
  half halves[MAE_MAX_CHANNELS / 2];
  uint32_t half_count, spread;
  mae_pair *pairs; /* of all lines */
  size_t pair_count;
  double feedback, damping, input, dry, wet_same, wet_other;
} mae_freeverb_effect;

/* [any] */
static uint32_t scaled(const mae_effect *effect, uint32_t frames) {
  return (uint32_t)((double)frames * effect->config.sample_rate / 44100 + 0.5);
}

/* [any] The lines of a half, one after the other. */
static line *line_of(half *of, uint32_t index) {
  return index < COMBS ? &of->combs[index] : &of->all_passes[index - COMBS];
}

/* [control] */
static bool init(mae_effect *effect) {
  mae_freeverb_effect *reverb = (mae_freeverb_effect *)effect;
  reverb->half_count = (effect->config.channels + 1) / 2;
  reverb->spread = scaled(effect, SPREAD);
  for (uint32_t h = 0; h < reverb->half_count; h += 1)
    for (uint32_t k = 0; k < COMBS + ALL_PASSES; k += 1) {
      uint32_t length = scaled(effect, k < COMBS ? COMB_LENGTHS[k] : ALL_PASS_LENGTHS[k - COMBS]) + reverb->spread;
      line_of(&reverb->halves[h], k)->length = length;
      reverb->pair_count += length;
    }
  reverb->pairs = calloc(reverb->pair_count, sizeof *reverb->pairs);
  if (!reverb->pairs) return false;
  mae_pair *next = reverb->pairs;
  for (uint32_t h = 0; h < reverb->half_count; h += 1)
    for (uint32_t k = 0; k < COMBS + ALL_PASSES; k += 1) {
      line *l = line_of(&reverb->halves[h], k);
      l->pairs = next;
      next += l->length;
    }
  return true;
}

/* [audio] */
static double feedback_of(const double *values) {
  double feedback = ROOM_OFFSET + ROOM_SCALE * values[ROOM_SIZE];
  return values[FREEZE] == 1 ? 1 : feedback + (1 - feedback) * values[FREEZE];
}

/* [audio] */
static void set(mae_effect *effect, const double *values) {
  mae_freeverb_effect *reverb = (mae_freeverb_effect *)effect;
  reverb->feedback = feedback_of(values);
  reverb->damping = DAMPING_SCALE * values[DAMPING] * (1 - values[FREEZE]);
  reverb->input = INPUT_GAIN * (1 - values[FREEZE]);
  reverb->dry = values[DRY];
  reverb->wet_same = WET_SCALE * values[WET] * (1 + values[WIDTH]) / 2;
  reverb->wet_other = WET_SCALE * values[WET] * (1 - values[WIDTH]) / 2;
}

/* [audio] Frames until the ring wraps for its right or its left reader. */
static uint32_t until_wrap(const line *l, uint32_t spread, uint32_t *left) {
  *left = l->at + spread < l->length ? l->at + spread : l->at + spread - l->length;
  return l->length - (*left > l->at ? *left : l->at);
}

/* [audio] */
MAE_INLINE void advance(line *l, uint32_t frames) { l->at = l->at + frames == l->length ? 0 : l->at + frames; }

/* [audio] Adds the output of some combs to `sum`. Several at a time: each waits for its own last frame, and meanwhile
 * the others have something to do. */
static void process_combs(const mae_freeverb_effect *reverb, half *of, uint32_t first, const double *input,
                          mae_pair *sum, uint32_t frames) {
  const mae_pair keep = mae_pair_of(reverb->damping), take = mae_pair_of(1 - reverb->damping),
                 feedback = mae_pair_of(reverb->feedback);
  line *lines = of->combs + first;
  for (uint32_t done = 0, count; done < frames; done += count) {
    mae_pair *right[SIDE_BY_SIDE], *left[SIDE_BY_SIDE], filtered[SIDE_BY_SIDE];
    count = frames - done;
    for (uint32_t k = 0; k < SIDE_BY_SIDE; k += 1) {
      uint32_t at_left, until = until_wrap(&lines[k], reverb->spread, &at_left);
      if (until < count) count = until;
      right[k] = lines[k].pairs + lines[k].at;
      left[k] = lines[k].pairs + at_left;
      filtered[k] = of->filtered[first + k];
    }
    for (uint32_t i = 0; i < count; i += 1) {
      mae_pair in = mae_pair_of(input[done + i]), total = sum[done + i];
#pragma clang loop unroll(full)
      for (uint32_t k = 0; k < SIDE_BY_SIDE; k += 1) {
        mae_pair out = __builtin_shufflevector(left[k][i], right[k][i], 0, 3);
        filtered[k] = out * take + filtered[k] * keep;
        right[k][i] = mae_pair_flush(in + filtered[k] * feedback);
        total += out;
      }
      sum[done + i] = total;
    }
    for (uint32_t k = 0; k < SIDE_BY_SIDE; k += 1) {
      of->filtered[first + k] = filtered[k];
      advance(&lines[k], count);
    }
  }
}

/* [audio] */
static void process_all_pass(const mae_freeverb_effect *reverb, line *l, mae_pair *signal, uint32_t frames) {
  const mae_pair feedback = mae_pair_of(ALL_PASS_FEEDBACK);
  for (uint32_t done = 0, count; done < frames; done += count) {
    uint32_t at_left;
    count = until_wrap(l, reverb->spread, &at_left);
    if (frames - done < count) count = frames - done;
    mae_pair *right = l->pairs + l->at;
    const mae_pair *left = l->pairs + at_left;
    for (uint32_t i = 0; i < count; i += 1) {
      mae_pair in = signal[done + i], out = __builtin_shufflevector(left[i], right[i], 0, 3);
      right[i] = mae_pair_flush(in + out * feedback);
      signal[done + i] = out - in;
    }
    advance(l, count);
  }
}

/* [audio] */
MAE_INLINE void process_half(const mae_freeverb_effect *reverb, half *of, float *mix, uint32_t frames, uint32_t stride,
                             bool two) {
  double input[PIECE];
  mae_pair signal[PIECE];
  const double gate = reverb->effect.gate, in_gain = reverb->input * gate;
  const mae_pair dry = mae_pair_of(reverb->dry), same = mae_pair_of(reverb->wet_same * gate),
                 other = mae_pair_of(reverb->wet_other * gate);
  for (uint32_t i = 0; i < frames; i += 1) {
    const float *frame = mix + (size_t)i * stride;
    input[i] = ((double)frame[0] + (double)frame[two]) * in_gain;
    signal[i] = mae_pair_of(0);
  }
  for (uint32_t k = 0; k < COMBS; k += SIDE_BY_SIDE) process_combs(reverb, of, k, input, signal, frames);
  for (uint32_t k = 0; k < ALL_PASSES; k += 1) process_all_pass(reverb, &of->all_passes[k], signal, frames);
  for (uint32_t i = 0; i < frames; i += 1) {
    float *frame = mix + (size_t)i * stride;
    mae_pair wet = signal[i], crossed = {two ? wet[1] : wet[0], wet[0]};
    mae_pair_store(frame, dry * mae_pair_load(frame, two) + (same * wet + other * crossed), two);
  }
}

/* [audio] */
static void process(mae_effect *effect, void *memory, float *mix, uint32_t frames) {
  mae_freeverb_effect *reverb = (mae_freeverb_effect *)effect;
  uint32_t channels = effect->config.channels;
  for (uint32_t done = 0, count; done < frames; done += count) {
    count = frames - done < PIECE ? frames - done : PIECE;
    float *from = mix + (size_t)done * channels;
    for (uint32_t h = 0; h < reverb->half_count; h += 1) {
      if (channels == 2) process_half(reverb, &reverb->halves[h], from, count, 2, true);
      else if (2 * h + 1 < channels) process_half(reverb, &reverb->halves[h], from + 2 * h, count, channels, true);
      else process_half(reverb, &reverb->halves[h], from + 2 * h, count, channels, false);
    }
  }
}

/* [control] */
static void uninit(mae_effect *effect) { free(((mae_freeverb_effect *)effect)->pairs); }

/* [audio] */
static void clear(mae_effect *effect, void *memory) {
  mae_freeverb_effect *reverb = (mae_freeverb_effect *)effect;
  memset(reverb->pairs, 0, reverb->pair_count * sizeof *reverb->pairs);
  for (uint32_t h = 0; h < reverb->half_count; h += 1)
    memset(reverb->halves[h].filtered, 0, sizeof reverb->halves[h].filtered);
}

/* [audio] The longest comb, and what the all-passes add. */
static double tail(const mae_effect *effect, const double *values, double decibels) {
  const mae_freeverb_effect *reverb = (const mae_freeverb_effect *)effect;
  double comb = reverb->halves[0].combs[COMBS - 1].length, all_pass = reverb->halves[0].all_passes[0].length,
         slack = 20;
  return comb * (1 + mae_effect_decay_frames(feedback_of(values), decibels + slack)) +
         all_pass * mae_effect_decay_frames(ALL_PASS_FEEDBACK, decibels);
}

const mae_effect_kind mae_freeverb = {.bytes = sizeof(mae_freeverb_effect),
                                      .keeps_lines = true,
                                      .init = init,
                                      .set = set,
                                      .process = process,
                                      .uninit = uninit,
                                      .clear = clear,
                                      .tail = tail};
