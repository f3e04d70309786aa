#include "voices/voice.h"

#include <string.h>

#include "base/pan.h"
#include "graph/touch.h"
#include "graph/users.h"
#include "voices/buffer.h"
#include "voices/source.h"
#include "voices/span.h"
#include "voices/spatial.h"
#include "voices/stream.h"

/* The gains that are multiplied for each frame, always in this order: another order would round differently. */
static const mae_voice_ramp GAINS[] = {mae_ramp_volume, mae_ramp_fade, mae_ramp_output, mae_ramp_soften};
enum { GAIN_COUNT = sizeof GAINS / sizeof *GAINS };

/* [audio] The gains of a voice from the frame on at which nothing of them moves any more. */
static const mae_rest *rest_of(mae_voice *voice) {
  mae_rest *rest = &voice->rest;
  if (rest->known) return rest;
  const mae_ramp *ramps = voice->ramps;
  double gain = ramps[GAINS[0]].to;
  rest->from = ramps[mae_ramp_pan].end;
  for (uint32_t k = 0; k < GAIN_COUNT; k += 1) {
    if (k > 0) gain *= ramps[GAINS[k]].to;
    if (ramps[GAINS[k]].end > rest->from) rest->from = ramps[GAINS[k]].end;
  }
  mae_pan pan = mae_pan_gains(voice->pan_law, ramps[mae_ramp_pan].to);
  rest->left = (float)(gain * pan.left);
  rest->right = (float)(gain * pan.right);
  rest->gain = gain;
  rest->known = true;
  return rest;
}

/* [audio] Gains of the left, right and other channels for each frame. */
static void fill_gains(mae_engine *engine, const mae_voice *voice, uint64_t frame, uint32_t count) {
  double *gains = engine->gains, *pans = engine->pans;
  mae_ramp_fill(&voice->ramps[GAINS[0]], frame, gains, count);
  for (uint32_t k = 1; k < GAIN_COUNT; k += 1) mae_ramp_multiply(&voice->ramps[GAINS[k]], frame, gains, count);
  mae_ramp_fill(&voice->ramps[mae_ramp_pan], frame, pans, count);
  for (uint32_t i = 0; i < count; i += 1) {
    mae_pan pan = mae_pan_gains(voice->pan_law, pans[i]);
    engine->left[i] = (float)(gains[i] * pan.left);
    engine->right[i] = (float)(gains[i] * pan.right);
    engine->centre[i] = (float)gains[i];
  }
}

/* [audio] From the source's channels to the engine's. */
static const float *map_channels(mae_engine *engine, const float *samples, uint32_t from, uint32_t count) {
  uint32_t to = engine->config.channels;
  if (from == to) return samples;
  const float *matrix = engine->matrices[from - 1];
  for (uint32_t i = 0; i < count; i += 1)
    for (uint32_t o = 0; o < to; o += 1) {
      float sum = 0;
      for (uint32_t c = 0; c < from; c += 1) sum += samples[(size_t)i * from + c] * matrix[c * MAE_MAX_CHANNELS + o];
      engine->mapped[(size_t)i * to + o] = sum;
    }
  return engine->mapped;
}

/* [audio] Gains of the left, right and other channels for each frame, which rest. */
static void fill_resting_gains(mae_engine *engine, const mae_rest *rest, uint32_t count) {
  for (uint32_t i = 0; i < count; i += 1) {
    engine->left[i] = rest->left;
    engine->right[i] = rest->right;
    engine->centre[i] = (float)rest->gain;
  }
}

/* [audio] Mixes a spatial voice: all its channels as one, heard from where the sound is. */
static void mix_spatial(mae_engine *engine, mae_voice *voice, uint64_t frame, uint32_t offset, const float *samples,
                        uint32_t count) {
  const mae_spatial *spatial = &voice->spatial;
  mae_node *node = voice->node;
  uint32_t from = voice->buffer->config.channels, to = engine->config.channels;
  const mae_rest *rest = rest_of(voice);
  uint64_t until = rest->from > spatial->end ? rest->from : spatial->end;
  bool gains_move = frame < rest->from, position_moves = frame < spatial->end,
       silent = spatial->silent || rest->gain == 0;
  if (!node || (frame >= until && silent)) return;
  mae_node_touch(engine, node, !silent || until > frame + count ? frame + count : until);
  float *out = node->mix + (size_t)offset * to;
  if (from > 1) {
    mae_spatial_downmix(samples, from, count, engine->mapped);
    samples = engine->mapped;
  }
  if (to == 2 && !gains_move && !position_moves) {
    engine->kernels->add_mono_to_stereo(out, samples, count, rest->left * spatial->to[0], rest->right * spatial->to[1]);
    return;
  }
  if (gains_move) fill_gains(engine, voice, frame, count);
  else fill_resting_gains(engine, rest, count);
  if (to == 2) {
    mae_spatial_multiply(spatial, 0, frame, engine->left, count);
    mae_spatial_multiply(spatial, 1, frame, engine->right, count);
    engine->kernels->add_mono_to_stereo_moving(out, samples, count, engine->left, engine->right);
    return;
  }
  for (uint32_t c = 0; c < to; c += 1) {
    memcpy(engine->spread,
           engine->sides[c] < 0   ? engine->left
           : engine->sides[c] > 0 ? engine->right
                                  : engine->centre,
           count * sizeof(float));
    mae_spatial_multiply(spatial, c, frame, engine->spread, count);
    for (uint32_t i = 0; i < count; i += 1) out[(size_t)i * to + c] += samples[i] * engine->spread[i];
  }
}

/* [audio] */
static void mix(mae_engine *engine, mae_voice *voice, uint64_t frame, uint32_t offset, const float *samples,
                uint32_t count) {
  if (voice->spatial.enabled) {
    mix_spatial(engine, voice, frame, offset, samples, count);
    return;
  }
  mae_node *node = voice->node;
  const mae_kernels *kernels = engine->kernels;
  uint32_t from = voice->buffer->config.channels, to = engine->config.channels;
  const mae_rest *rest = rest_of(voice);
  bool moving = frame < rest->from;
  if (!node || (!moving && rest->gain == 0)) return;
  mae_node_touch(engine, node, rest->gain != 0 || rest->from > frame + count ? frame + count : rest->from);
  float *out = node->mix + (size_t)offset * to;
  if (moving) fill_gains(engine, voice, frame, count);
  if (to == 2 && from == 1) {
    if (moving) kernels->add_mono_to_stereo_moving(out, samples, count, engine->left, engine->right);
    else kernels->add_mono_to_stereo(out, samples, count, rest->left, rest->right);
    return;
  }
  samples = map_channels(engine, samples, from, count);
  if (to == 2) {
    if (moving) kernels->add_stereo_moving(out, samples, count, engine->left, engine->right);
    else kernels->add_stereo(out, samples, count, rest->left, rest->right);
    return;
  }
  for (uint32_t c = 0; c < to; c += 1) {
    const float *moves = engine->sides[c] < 0 ? engine->left : engine->sides[c] > 0 ? engine->right : engine->centre;
    float rests = engine->sides[c] < 0 ? rest->left : engine->sides[c] > 0 ? rest->right : (float)rest->gain;
    for (uint32_t i = 0; i < count; i += 1)
      out[(size_t)i * to + c] += samples[(size_t)i * to + c] * (moving ? moves[i] : rests);
  }
}

void mae_voice_seek(mae_voice *voice, uint64_t index) {
  if (mae_voice_streams(voice)) mae_stream_leave(voice);
  voice->index = index;
  voice->fraction = 0;
  voice->wrapped = false;
  if (mae_voice_streams(voice)) mae_stream_begin(voice);
}

/* [audio] True where the voice has nothing more to read. */
static bool is_over(const mae_voice *voice) {
  if (voice->begin >= voice->end) return true;
  return mae_voice_streams(voice) ? voice->flow.over : !voice->looping && voice->index >= voice->end;
}

/* [audio] The next frames, at most `wanted`; 0 at the end. */
static uint32_t read_next(mae_engine *engine, mae_voice *voice, uint64_t frame, uint32_t offset, uint32_t wanted,
                          const float **samples) {
  if (is_over(voice)) return 0;
  /* It stopped at the end and was told to loop since. */
  if (voice->index >= voice->end && voice->looping) mae_voice_seek(voice, mae_span_of(voice).loop_begin);
  return mae_voice_streams(voice) ? mae_stream_read(engine, voice, frame, offset, wanted, samples)
                                  : mae_source_read(engine, voice, frame, offset, wanted, samples);
}

mae_voice_outcome mae_voice_render(mae_engine *engine, mae_voice *voice, uint32_t frames) {
  uint64_t left = voice->stop_frame > engine->now ? voice->stop_frame - engine->now : 0;
  uint32_t last = left < frames ? (uint32_t)left : frames, done = 0;
  bool still = voice->node && voice->node->still;
  if (voice->spatial.enabled && !still) mae_spatial_update(engine, &voice->spatial);
  while (!still && done < last) {
    const float *samples;
    uint32_t count = read_next(engine, voice, engine->now + done, done, last - done, &samples);
    if (count == 0) break;
    mix(engine, voice, engine->now + done, done, samples, count);
    done += count;
  }
  bool ended = !still && is_over(voice), stopped = voice->stop_frame <= engine->now + frames;
  if (stopped && (!ended || done == last)) return mae_voice_stopped;
  return ended ? mae_voice_ended : mae_voice_going;
}

/* [audio] Takes voices that stopped since the last block off the list; those that remain keep their order. */
static void tidy_list(mae_engine *engine) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < engine->active_count; i += 1) {
    mae_voice *voice = engine->active[i];
    if (voice->playing) engine->active[kept++] = voice;
    else voice->listed = false;
  }
  engine->active_count = kept;
}

void mae_voice_list(mae_engine *engine, mae_voice *voice) {
  voice->playing = true;
  if (voice->listed) return;
  if (engine->active_count == engine->active_capacity) tidy_list(engine);
  voice->listed = true;
  engine->active[engine->active_count++] = voice;
}

void mae_voice_leave_ghost(mae_engine *engine, const mae_voice *voice) {
  uint32_t frames = engine->config.smoothing_frames;
  if (frames == 0 || !voice->playing || !voice->node || engine->free_ghost_count == 0) return;
  if (voice->started == engine->now) return; /* nothing of it has been heard */
  double gain = mae_ramp_at(&voice->ramps[mae_ramp_soften], engine->now);
  if (gain == 0 || is_over(voice)) return;
  mae_voice *ghost = &engine->ghosts[engine->free_ghosts[--engine->free_ghost_count]];
  *ghost = *voice;
  ghost->sound = NULL;
  ghost->listed = false;
  mae_stream_hold_tail(engine, ghost);
  ghost->rest.known = false;
  mae_ramp_rest(&ghost->ramps[mae_ramp_soften], 0);
  mae_ramp_move(&ghost->ramps[mae_ramp_soften], gain, 0, engine->now, frames, MAE_WIRE_CURVE_LINEAR);
  if (ghost->stop_frame > engine->now + frames) ghost->stop_frame = engine->now + frames;
  ghost->buffer->users += 1;
  ghost->node->users += 1;
  mae_voice_list(engine, ghost);
}

void mae_voice_drop_ghost(mae_engine *engine, mae_voice *ghost) {
  ghost->playing = false;
  mae_node_drop_user(engine, ghost->node);
  mae_buffer_drop_user(engine, ghost->buffer);
  engine->free_ghosts[engine->free_ghost_count++] = (uint32_t)(ghost - engine->ghosts);
}

void mae_voice_soften(mae_engine *engine, mae_voice *voice) {
  mae_ramp *soften = &voice->ramps[mae_ramp_soften];
  voice->rest.known = false;
  if (voice->node) mae_ramp_move(soften, 0, 1, engine->now, engine->config.smoothing_frames, MAE_WIRE_CURVE_LINEAR);
  else mae_ramp_rest(soften, 1);
}
