#include "voices/source.h"

#include <stdatomic.h>
#include <string.h>

#include "voices/samples.h"
#include "voices/span.h"

/* Bounds of source frames per engine frame, so that positions within a block stay small. */
static const double RATIO_MIN = 1e-6, RATIO_MAX = 16384;
static const uint64_t ONE = 1ull << 32;

/* [audio] Writes `count` frames from `position` on, which may lie before the first or after the last. Returns false
 * where the source was taken away meanwhile. */
static bool gather(const mae_engine *engine, const mae_voice *voice, const mae_span *span, int64_t position,
                   uint32_t count, float *out) {
  uint32_t channels = voice->buffer->config.channels;
  while (count > 0) {
    mae_stretch stretch = mae_span_at(span, position, count);
    if (stretch.index < 0) memset(out, 0, (size_t)stretch.frames * channels * sizeof(float));
    else if (!mae_samples_read(engine, voice->buffer, (uint64_t)stretch.index, stretch.frames, out)) return false;
    out += (size_t)stretch.frames * channels;
    position += stretch.frames;
    count -= stretch.frames;
  }
  return true;
}

/* [audio] */
static bool in_place(const mae_buffer_config *config) { return config->format == mae_format_f32 && config->trusted; }

/* [audio] Frames at the engine's own rate, without a fraction: there is nothing to compute. */
static uint32_t read_plain(mae_engine *engine, mae_voice *voice, uint32_t wanted, const float **samples) {
  const mae_buffer_config *config = &voice->buffer->config;
  mae_span s = mae_span_of(voice);
  uint64_t left = s.end - voice->index;
  uint32_t count = left < wanted ? (uint32_t)left : wanted;
  if (in_place(config)) {
    *samples = (const float *)config->samples + (size_t)voice->index * config->channels;
  } else {
    if (voice->looping) count = wanted;
    gather(engine, voice, &s, (int64_t)voice->index, count, engine->window);
    *samples = engine->window;
  }
  mae_span_advance(voice, &s, (uint64_t)count << 32);
  return count;
}

/* [audio] How many of the first `wanted` output frames lie before `limit` (whole source frames from the read head). */
static uint32_t frames_before(const mae_path *path, uint64_t limit, uint32_t wanted) {
  if (limit >= 1ull << 31) return wanted; /* further than a block can reach */
  limit <<= 32;
  if (path->positions) {
    if (path->positions[wanted - 1] < limit) return wanted;
    uint32_t n = 0;
    while (n < wanted && path->positions[n] < limit) n += 1;
    return n;
  }
  if (path->start >= limit) return 0;
  uint64_t n = (limit - path->start - 1) / path->step + 1;
  return n < wanted ? (uint32_t)n : wanted;
}

/* [audio] */
static uint64_t step_of(double ratio) {
  if (!(ratio > RATIO_MIN)) ratio = RATIO_MIN;
  if (ratio > RATIO_MAX) ratio = RATIO_MAX;
  return (uint64_t)(int64_t)(ratio * (double)ONE + 0.5); /* signed: one instruction */
}

/* [audio] The tables of a voice's resampler, NULL where it has none; a sinc whose tables were not prepared is the cubic
 * one. */
static const mae_sinc *tables_of(const mae_engine *engine, const mae_voice *voice, uint32_t *resampler) {
  *resampler = voice->resampler;
  if (voice->resampler < MAE_WIRE_RESAMPLER_SINC) return NULL;
  const mae_sinc *sinc =
      atomic_load_explicit(&engine->sincs[voice->resampler - MAE_WIRE_RESAMPLER_SINC], memory_order_acquire);
  if (!sinc) *resampler = MAE_WIRE_RESAMPLER_CUBIC;
  return sinc;
}

/* [audio] How far an interpolator sees: a sinc as far as its table number `table`. */
static mae_sight sight_of(uint32_t resampler, const mae_sinc *sinc, uint32_t table) {
  if (resampler == MAE_WIRE_RESAMPLER_LINEAR) return (mae_sight){0, 1};
  if (resampler == MAE_WIRE_RESAMPLER_CUBIC) return (mae_sight){1, 2};
  return (mae_sight){sinc->tables[table].taps / 2 - 1, sinc->tables[table].taps / 2};
}

/* [audio] A sinc sees as far as the widest table that one of the frames takes. */
static void choose_resampler(const mae_engine *engine, const mae_voice *voice, mae_way *way) {
  const mae_sinc *sinc = way->path.sinc = tables_of(engine, voice, &way->resampler);
  uint32_t widest = 0;
  while (sinc && widest + 1 < sinc->count && way->path.step > sinc->tables[widest].until) widest += 1;
  way->sees = sight_of(way->resampler, sinc, widest);
}

mae_sight mae_source_widest_sight(const mae_engine *engine, const mae_voice *voice) {
  uint32_t resampler;
  const mae_sinc *sinc = tables_of(engine, voice, &resampler);
  return sight_of(resampler, sinc, sinc ? sinc->count - 1 : 0);
}

/* [audio] */
static mae_resample_kernel *kernel_of(const mae_engine *engine, const mae_voice *voice, const mae_way *way) {
  uint32_t channels = voice->buffer->config.channels;
  return engine->kernels->resample[way->resampler][channels < 3 ? channels - 1 : 2];
}

/* [audio] Where the read head stands after `count` frames. */
static uint64_t position_after(const mae_path *path, uint32_t count) {
  return path->positions ? path->positions[count] : path->start + count * path->step;
}

/* [audio] Interpolates as many of the first `wanted` output frames as begin before `limit` source frames, at least one,
 * from a copy of the source around them. Returns 0 where it was taken away. */
static uint32_t read_gathered(mae_engine *engine, mae_voice *voice, const mae_span *span, const mae_way *way,
                              uint64_t limit, uint32_t wanted) {
  const mae_path *path = &way->path;
  uint32_t channels = voice->buffer->config.channels, count = frames_before(path, limit, wanted);
  if (count == 0) count = 1;
  uint64_t last = (path->positions ? path->positions[count - 1] : path->start + (count - 1) * path->step) >> 32;
  if (!gather(engine, voice, span, (int64_t)voice->index - way->sees.before,
              (uint32_t)last + way->sees.before + way->sees.after + 1, engine->window))
    return 0;
  kernel_of(engine, voice, way)(engine->resampled, engine->window + (size_t)way->sees.before * channels, count, path,
                                channels);
  return count;
}

/* [audio] */
static uint32_t read_resampled(mae_engine *engine, mae_voice *voice, const mae_way *way, uint32_t wanted,
                               const float **samples) {
  const mae_buffer_config *config = &voice->buffer->config;
  const mae_path *path = &way->path;
  uint32_t before = way->sees.before, after = way->sees.after, count = 0;
  mae_span s = mae_span_of(voice);
  /* From `clear` on, what the interpolator sees behind is in the buffer. */
  uint64_t left = s.end - voice->index, clear = s.lower + before;
  if (in_place(config) && voice->index >= clear && left > after) {
    count = frames_before(path, left - after, wanted);
    kernel_of(engine, voice, way)(engine->resampled,
                                  (const float *)config->samples + (size_t)voice->index * config->channels, count, path,
                                  config->channels);
  }
  if (count == 0) {
    uint64_t limit = MAE_WINDOW_FRAMES - before - after;
    /* A buffer that is read in place is gathered only near its edges. */
    if (in_place(config) && voice->index < clear && clear - voice->index < limit) limit = clear - voice->index;
    else if (in_place(config) && left + before < limit) limit = left + before;
    /* Not past a seam: what an interpolator sees behind itself is decided for each frame by where that frame is, not by
     * where a call began. */
    if (left < limit) limit = left;
    count = read_gathered(engine, voice, &s, way, limit, wanted);
  }
  *samples = engine->resampled;
  mae_span_advance(voice, &s, position_after(path, count));
  return count;
}

mae_way mae_source_way(mae_engine *engine, const mae_voice *voice, uint64_t frame, uint32_t offset, uint32_t wanted) {
  const mae_ramp *pitch = &voice->ramps[mae_ramp_pitch];
  const mae_node *node = voice->node;
  const mae_ramp *doppler = voice->spatial.enabled ? &voice->spatial.doppler : NULL;
  mae_way way = {.path.start = voice->fraction};
  if (voice->pitch_enabled &&
      (mae_ramp_moves(pitch, frame) || (node && node->pitch_moves) || (doppler && mae_ramp_moves(doppler, frame)))) {
    double *ratios = engine->ratios;
    mae_ramp_fill(pitch, frame, ratios, wanted);
    if (node && node->pitch_moves)
      for (uint32_t i = 0; i < wanted; i += 1) ratios[i] *= node->pitch_frames[offset + i];
    else if (node)
      for (uint32_t i = 0; i < wanted; i += 1) ratios[i] *= node->pitch;
    if (doppler) mae_ramp_multiply(doppler, frame, ratios, wanted);
    uint64_t position = way.path.start;
    for (uint32_t i = 0; i < wanted; i += 1) {
      uint64_t step = step_of(voice->base_ratio * ratios[i]);
      if (step > way.path.step) way.path.step = step;
      engine->positions[i] = position;
      position += step;
    }
    engine->positions[wanted] = position;
    way.path.positions = engine->positions;
  } else {
    double ratio = voice->base_ratio;
    if (voice->pitch_enabled) {
      double factor = pitch->to * (node ? node->pitch : 1.0);
      if (doppler) factor *= doppler->to;
      ratio *= factor;
    }
    way.path.step = step_of(ratio);
    way.plain = way.path.step == ONE && way.path.start == 0;
  }
  if (!way.plain) choose_resampler(engine, voice, &way);
  return way;
}

uint32_t mae_source_read_way(mae_engine *engine, mae_voice *voice, const mae_way *way, uint64_t usable, uint32_t wanted,
                             float **samples) {
  mae_span s = mae_span_of(voice);
  uint64_t limit = MAE_WINDOW_FRAMES - way->sees.before - way->sees.after, left = s.end - voice->index;
  /* Not past a seam, except where nothing is computed from what lies around. */
  if (left < limit && !(way->plain && voice->looping)) limit = left;
  if (usable < limit) limit = usable;
  if (way->plain) {
    uint32_t count = limit < wanted ? (uint32_t)limit : wanted;
    if (!gather(engine, voice, &s, (int64_t)voice->index, count, engine->window)) return 0;
    *samples = engine->window;
    mae_span_advance(voice, &s, (uint64_t)count << 32);
    return count;
  }
  uint32_t count = read_gathered(engine, voice, &s, way, limit, wanted);
  *samples = engine->resampled;
  if (count > 0) mae_span_advance(voice, &s, position_after(&way->path, count));
  return count;
}

uint32_t mae_source_read(mae_engine *engine, mae_voice *voice, uint64_t frame, uint32_t offset, uint32_t wanted,
                         const float **samples) {
  mae_way way = mae_source_way(engine, voice, frame, offset, wanted);
  return way.plain ? read_plain(engine, voice, wanted, samples) : read_resampled(engine, voice, &way, wanted, samples);
}
