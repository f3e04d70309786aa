/* Echoes: y = dry x + wet d, the line takes x + decay d, and d is what the line gives after delaySeconds. Between
 * frames it is read by the Lagrange polynomial through four frames (through two where the line is too short for that),
 * so that a moving delay glides like a tape; neither ever amplifies, so feedback cannot grow. */
#include <stdlib.h>

#include "effects/effect.h"
#include "effects/pair.h"

enum {
  SECONDS = MAE_EFFECT_PARAMETER(delay, delaySeconds),
  DECAY = MAE_EFFECT_PARAMETER(delay, decay),
  WET = MAE_EFFECT_PARAMETER(delay, wet),
  DRY = MAE_EFFECT_PARAMETER(delay, dry),
};
enum { TAPS = 4 };

typedef struct {
  mae_effect effect;
  double decay, wet, dry;
  double weights[TAPS]; /* of the frames at distance whole - 1, whole, whole + 1, whole + 2 */
  uint32_t whole;       /* frames */
  bool between;         /* there is a fraction */
  /* A ring of frames of all channels. */
  double *line;
  uint32_t capacity, at; /* frames; where the next one is written */
  uint32_t written;      /* frames since it was cleared; what lies before is not there */
} mae_delay_effect;

/* [control] The line is not cleared here: what was not written is never read. */
static bool init(mae_effect *effect) {
  mae_delay_effect *delay = (mae_delay_effect *)effect;
  delay->capacity = (uint32_t)(mae_rows[MAE_ROW_delay_delaySeconds].maximum * effect->config.sample_rate) + TAPS;
  delay->line = malloc((size_t)delay->capacity * effect->config.channels * sizeof *delay->line);
  return delay->line != NULL;
}

/* [audio] */
static double frames_of(const mae_effect *effect, const double *values) {
  double frames = values[SECONDS] * effect->config.sample_rate;
  return frames > 1 ? frames : 1;
}

/* [audio] */
static void set(mae_effect *effect, const double *values) {
  mae_delay_effect *delay = (mae_delay_effect *)effect;
  delay->decay = values[DECAY];
  delay->wet = values[WET];
  delay->dry = values[DRY];
  /* So close to a frame it is that frame: seconds times rate is rarely an integer to the last bit. */
  const double close = 1e-9;
  double frames = frames_of(effect, values);
  delay->whole = (uint32_t)(frames + close);
  double f = frames - delay->whole;
  delay->between = f > close;
  double *w = delay->weights;
  if (!delay->between) f = 0;
  if (delay->whole < 2) {
    w[0] = w[3] = 0;
    w[1] = 1 - f;
    w[2] = f;
    return;
  }
  w[0] = f * (f - 1) * (f - 2) * (-1.0 / 6);
  w[1] = (f + 1) * (f - 1) * (f - 2) * 0.5;
  w[2] = (f + 1) * f * (f - 2) * -0.5;
  w[3] = (f + 1) * f * (f - 1) * (1.0 / 6);
}

/* [audio] A value of the line so many frames ago; 0 from before it was cleared. */
static double tap(const mae_delay_effect *delay, uint32_t distance, uint32_t channel) {
  if (distance > delay->written || distance == 0) return 0;
  uint32_t frame = delay->at >= distance ? delay->at - distance : delay->at + delay->capacity - distance;
  return delay->line[(size_t)frame * delay->effect.config.channels + channel];
}

/* [audio] */
static double not_tiny(double x) { return x > MAE_EFFECT_TINY || x < -MAE_EFFECT_TINY ? x : 0; }

/* [audio] One frame, wherever it lies. */
static void process_frame(mae_delay_effect *delay, float *mix) {
  uint32_t channels = delay->effect.config.channels;
  const double *w = delay->weights, gate = delay->effect.gate;
  for (uint32_t c = 0; c < channels; c += 1) {
    double x = mix[c], d;
    if (delay->between)
      d = (w[0] * tap(delay, delay->whole - 1, c) + w[1] * tap(delay, delay->whole, c)) +
          (w[2] * tap(delay, delay->whole + 1, c) + w[3] * tap(delay, delay->whole + 2, c));
    else d = tap(delay, delay->whole, c);
    mix[c] = (float)(delay->dry * x + delay->wet * (gate * d));
    delay->line[(size_t)delay->at * channels + c] = not_tiny(gate * x + delay->decay * d);
  }
  delay->at = delay->at + 1 == delay->capacity ? 0 : delay->at + 1;
  if (delay->written < delay->capacity) delay->written += 1;
}

/* [audio] Two samples of a span, or one. The same operations as process_frame. */
MAE_INLINE void process_pair(const mae_delay_effect *delay, float *mix, double *write, const double *oldest,
                             uint32_t channels, bool two, bool between) {
  const double *w = delay->weights, *older = oldest + channels, *newer = oldest + 2 * channels,
               *newest = oldest + 3 * channels;
  mae_pair x = two ? mae_pair_load_two(mix) : mae_pair_load(mix, false), d;
#define TAKE(from) (two ? mae_pair_at(from) : (mae_pair){*(from), 0})
  if (between) d = (TAKE(newest) * w[0] + TAKE(newer) * w[1]) + (TAKE(older) * w[2] + TAKE(oldest) * w[3]);
  else d = TAKE(oldest);
#undef TAKE
  mae_pair y = x * delay->dry + (d * delay->effect.gate) * delay->wet,
           in = mae_pair_flush(x * delay->effect.gate + d * delay->decay);
  if (two) {
    mae_pair_store_two(mix, y);
    memcpy(write, &in, sizeof in);
  } else {
    *mix = (float)y[0];
    *write = in[0];
  }
}

/* [audio] Samples for which neither end of the line wraps, and which do not read what they write. */
MAE_INLINE void process_span(const mae_delay_effect *delay, float *restrict mix, double *restrict write,
                             const double *restrict oldest, uint32_t channels, uint32_t samples, bool between) {
  const mae_delay_effect settings = *delay;
  const uint32_t ahead = 256; /* long lines lie in no cache */
  uint32_t i = 0;
  for (; i + 4 <= samples; i += 4) {
    __builtin_prefetch(oldest + i + ahead);
    __builtin_prefetch(write + i + ahead, 1);
    process_pair(&settings, mix + i, write + i, oldest + i, channels, true, between);
    process_pair(&settings, mix + i + 2, write + i + 2, oldest + i + 2, channels, true, between);
  }
  for (; i + 2 <= samples; i += 2) process_pair(&settings, mix + i, write + i, oldest + i, channels, true, between);
  if (i < samples) process_pair(&settings, mix + i, write + i, oldest + i, channels, false, between);
}

/* [audio] */
static void process(mae_effect *effect, void *memory, float *mix, uint32_t frames) {
  mae_delay_effect *delay = (mae_delay_effect *)effect;
  uint32_t channels = effect->config.channels;
  while (frames > 0) {
    uint32_t reach = delay->between ? delay->whole + 2 : delay->whole,
             nearest = delay->between ? delay->whole - 1 : delay->whole;
    uint32_t from = delay->at >= reach ? delay->at - reach : delay->at + delay->capacity - reach;
    uint32_t last = delay->between ? from + TAPS - 1 : from,
             until_wrap = last < delay->capacity ? delay->capacity - last : 0;
    uint32_t count = frames < nearest ? frames : nearest;
    if (until_wrap < count) count = until_wrap;
    if (delay->capacity - delay->at < count) count = delay->capacity - delay->at;
    if (count < 2 || delay->written < reach) {
      process_frame(delay, mix);
      mix += channels;
      frames -= 1;
      continue;
    }
    double *write = delay->line + (size_t)delay->at * channels;
    const double *oldest = delay->line + (size_t)from * channels;
    if (delay->between) process_span(delay, mix, write, oldest, channels, count * channels, true);
    else process_span(delay, mix, write, oldest, channels, count * channels, false);
    delay->at = delay->at + count == delay->capacity ? 0 : delay->at + count;
    delay->written = delay->capacity - delay->written > count ? delay->written + count : delay->capacity;
    mix += (size_t)count * channels;
    frames -= count;
  }
}

/* [control] */
static void uninit(mae_effect *effect) { free(((mae_delay_effect *)effect)->line); }

/* [audio] */
static void clear(mae_effect *effect, void *memory) { ((mae_delay_effect *)effect)->written = 0; }

/* [audio] The first echo comes after one delay, the others follow. */
static double tail(const mae_effect *effect, const double *values, double decibels) {
  return (frames_of(effect, values) + TAPS) * (2 + mae_effect_decay_frames(values[DECAY], decibels));
}

const mae_effect_kind mae_delay = {.bytes = sizeof(mae_delay_effect),
                                   .keeps_lines = true,
                                   .init = init,
                                   .set = set,
                                   .process = process,
                                   .uninit = uninit,
                                   .clear = clear,
                                   .tail = tail};
