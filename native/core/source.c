#include "source.h"

#include <string.h>

/* How far an interpolator sees, before the source frame it stands on and after. */
typedef struct { uint32_t before, after; } reach;

/* Bounds of source frames per engine frame, so that positions within a block stay small. */
static const double RATIO_MIN = 1e-6, RATIO_MAX = 16384;
static const uint64_t ONE = 1ull << 32;

/* The part of the source that is being read: it ends at `end`; a loop goes on at `loop_begin`. What lies before `lower` is not heard. */
typedef struct {
  uint64_t lower, end, loop_begin, loop_end;
} span;

/* [audio] */
static span span_of(const mae_voice *voice) {
  span s;
  s.loop_begin = voice->loop_begin > voice->begin ? voice->loop_begin : voice->begin;
  s.loop_end = voice->loop_end < voice->end ? voice->loop_end : voice->end;
  if (s.loop_end <= s.loop_begin) {
    s.loop_begin = voice->begin;
    s.loop_end = voice->end;
  }
  /* Beyond the loop's end the rest of the range is played first, once. */
  s.end = voice->looping && voice->index < s.loop_end ? s.loop_end : voice->end;
  s.lower = voice->wrapped ? s.loop_begin : voice->begin;
  return s;
}

void mae_source_seek(mae_voice *voice, uint64_t index) {
  voice->index = index;
  voice->fraction = 0;
  voice->wrapped = false;
}

void mae_source_ranges_changed(mae_voice *voice) {
  span s = span_of(voice);
  if (voice->index < s.loop_begin || voice->index >= s.loop_end) voice->wrapped = false;
}

/* [audio] Moves the read head by a 32.32 distance, round the loop where there is one. */
static void advance(mae_voice *voice, const span *s, uint64_t distance) {
  voice->index += distance >> 32;
  voice->fraction = (uint32_t)distance;
  if (voice->index < s->end) return;
  if (voice->looping) {
    uint64_t past = voice->index - s->end, length = s->loop_end - s->loop_begin;
    voice->index = s->loop_begin + past % length;
    voice->wrapped = true;
    voice->seam = past < length ? s->end : s->loop_end; /* or it has been round more than once */
  } else {
    voice->index = voice->end;
    voice->fraction = 0;
  }
}

/* [audio] Frames of the buffer as floats. */
static void convert(const mae_engine *engine, const mae_buffer_config *config, uint64_t index, uint32_t frames, float *out) {
  size_t first = (size_t)index * config->channels;
  uint32_t samples = frames * config->channels;
  switch (config->format) {
    case mae_format_s16: engine->kernels->convert_s16(out, (const int16_t *)config->samples + first, samples); break;
    case mae_format_u8: engine->kernels->convert_u8(out, (const uint8_t *)config->samples + first, samples); break;
    case mae_format_s32: engine->kernels->convert_s32(out, (const int32_t *)config->samples + first, samples); break;
    default:
      if (config->trusted) memcpy(out, (const float *)config->samples + first, samples * sizeof(float));
      else engine->kernels->convert_f32(out, (const float *)config->samples + first, samples);
  }
}

/* [audio] Writes `count` frames from `position` on, which may lie before the first or after the last: loops go round, the rest is silence. */
static void gather(const mae_engine *engine, const mae_voice *voice, const span *s, int64_t position, uint32_t count, float *out) {
  const mae_buffer_config *config = &voice->buffer->config;
  int64_t lower = (int64_t)s->lower, end = (int64_t)s->end, length = (int64_t)(s->loop_end - s->loop_begin);
  while (count > 0) {
    int64_t run, index = -1;
    if (position < lower) {
      run = lower - position;
      if (voice->wrapped) {
        int64_t back = (lower - position - 1) % length + 1;
        index = (int64_t)voice->seam - back;
        /* The loop may have become longer than what lies before the seam: before the source's first frame there is nothing. */
        run = index < 0 ? -index : back;
      }
    } else if (position < end) {
      run = end - position;
      index = position;
    } else if (voice->looping) {
      int64_t past = (position - end) % length;
      run = length - past;
      index = (int64_t)s->loop_begin + past;
    } else {
      run = count;
    }
    if (run > count) run = count;
    if (index >= 0) convert(engine, config, (uint64_t)index, (uint32_t)run, out);
    else memset(out, 0, (size_t)run * config->channels * sizeof(float));
    out += (size_t)run * config->channels;
    position += run;
    count -= (uint32_t)run;
  }
}

/* [audio] */
static bool in_place(const mae_buffer_config *config) { return config->format == mae_format_f32 && config->trusted; }

/* [audio] At the engine's own rate and without a fraction there is nothing to compute. */
static uint32_t read_plain(mae_engine *engine, mae_voice *voice, uint32_t wanted, const float **samples) {
  const mae_buffer_config *config = &voice->buffer->config;
  span s = span_of(voice);
  uint64_t left = s.end - voice->index;
  uint32_t count = left < wanted ? (uint32_t)left : wanted;
  if (in_place(config)) {
    *samples = (const float *)config->samples + (size_t)voice->index * config->channels;
  } else {
    if (voice->looping) count = wanted;
    gather(engine, voice, &s, (int64_t)voice->index, count, engine->window);
    *samples = engine->window;
  }
  advance(voice, &s, (uint64_t)count << 32);
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

/* [audio] The resampler of a voice, which is the cubic one where its tables were not prepared; puts them into the path. */
static uint32_t resampler_of(const mae_engine *engine, const mae_voice *voice, mae_path *path) {
  if (voice->resampler < MAE_WIRE_RESAMPLER_SINC) return voice->resampler;
  path->sinc = __atomic_load_n(&engine->sincs[voice->resampler - MAE_WIRE_RESAMPLER_SINC], __ATOMIC_ACQUIRE);
  return path->sinc ? voice->resampler : MAE_WIRE_RESAMPLER_CUBIC;
}

/* [audio] How far the next frames see. A sinc sees as far as the widest table that one of them takes. */
static reach reach_of(uint32_t resampler, const mae_path *path) {
  if (resampler == MAE_WIRE_RESAMPLER_LINEAR) return (reach){0, 1};
  if (resampler == MAE_WIRE_RESAMPLER_CUBIC) return (reach){1, 2};
  const mae_sinc *sinc = path->sinc;
  uint32_t widest = 0;
  while (widest + 1 < sinc->count && path->step > sinc->tables[widest].until) widest += 1;
  return (reach){sinc->tables[widest].taps / 2 - 1, sinc->tables[widest].taps / 2};
}

/* [audio] */
static uint32_t read_resampled(mae_engine *engine, mae_voice *voice, mae_path *path, uint32_t wanted, const float **samples) {
  const mae_buffer_config *config = &voice->buffer->config;
  uint32_t channels = config->channels, resampler = resampler_of(engine, voice, path);
  reach sees = reach_of(resampler, path);
  uint32_t before = sees.before, after = sees.after;
  mae_resample_kernel *kernel = engine->kernels->resample[resampler][channels < 3 ? channels - 1 : 2];
  span s = span_of(voice);
  uint64_t left = s.end - voice->index, clear = s.lower + before; /* from `clear` on, what the interpolator sees behind is in the buffer */
  uint32_t count = 0;
  if (in_place(config) && voice->index >= clear && left > after) {
    count = frames_before(path, left - after, wanted);
    kernel(engine->resampled, (const float *)config->samples + (size_t)voice->index * channels, count, path, channels);
  }
  if (count == 0) {
    uint64_t limit = MAE_WINDOW_FRAMES - before - after;
    /* A buffer that is read in place is gathered only near its edges. */
    if (in_place(config) && voice->index < clear && clear - voice->index < limit) limit = clear - voice->index;
    else if (in_place(config) && left + before < limit) limit = left + before;
    /* Not past a seam: what an interpolator sees behind itself is decided for each frame by where that frame is, not by where a call began. */
    if (left < limit) limit = left;
    count = frames_before(path, limit, wanted);
    if (count == 0) count = 1;
    uint64_t last = (path->positions ? path->positions[count - 1] : path->start + (count - 1) * path->step) >> 32;
    gather(engine, voice, &s, (int64_t)voice->index - before, (uint32_t)last + before + after + 1, engine->window);
    kernel(engine->resampled, engine->window + (size_t)before * channels, count, path, channels);
  }
  *samples = engine->resampled;
  advance(voice, &s, path->positions ? path->positions[count] : path->start + count * path->step);
  return count;
}

uint32_t mae_source_read(mae_engine *engine, mae_voice *voice, uint64_t frame, uint32_t offset, uint32_t wanted, const float **samples) {
  if (mae_source_ended(voice)) return 0;
  /* Left at the end, and looping since. */
  if (voice->index >= voice->end) mae_source_seek(voice, span_of(voice).loop_begin);
  const mae_ramp *pitch = &voice->ramps[mae_ramp_pitch];
  const mae_node *node = voice->node;
  const mae_ramp *doppler = voice->spatial.enabled ? &voice->spatial.doppler : 0;
  mae_path path = {.start = voice->fraction};
  if (voice->pitch_enabled && (mae_ramp_moves(pitch, frame) || (node && node->pitch_moves) || (doppler && mae_ramp_moves(doppler, frame)))) {
    double *ratios = engine->ratios;
    mae_ramp_fill(pitch, frame, ratios, wanted);
    if (node && node->pitch_moves)
      for (uint32_t i = 0; i < wanted; i += 1) ratios[i] *= node->pitch_frames[offset + i];
    else if (node)
      for (uint32_t i = 0; i < wanted; i += 1) ratios[i] *= node->pitch;
    if (doppler) mae_ramp_multiply(doppler, frame, ratios, wanted);
    uint64_t position = path.start;
    for (uint32_t i = 0; i < wanted; i += 1) {
      uint64_t step = step_of(voice->base_ratio * ratios[i]);
      if (step > path.step) path.step = step;
      engine->positions[i] = position;
      position += step;
    }
    engine->positions[wanted] = position;
    path.positions = engine->positions;
    return read_resampled(engine, voice, &path, wanted, samples);
  }
  double ratio = voice->base_ratio;
  if (voice->pitch_enabled) {
    double factor = pitch->to * (node ? node->pitch : 1.0);
    if (doppler) factor *= doppler->to;
    ratio *= factor;
  }
  path.step = step_of(ratio);
  if (path.step == ONE && path.start == 0) return read_plain(engine, voice, wanted, samples);
  return read_resampled(engine, voice, &path, wanted, samples);
}
