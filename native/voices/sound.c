#include "voices/sound.h"

#include <stddef.h>

#include "base/shared.h"
#include "graph/users.h"
#include "state/event.h"
#include "state/parameter.h"
#include "state/slots.h"
#include "state/wire.h"
#include "voices/buffer.h"
#include "voices/span.h"
#include "voices/spatial.h"
#include "voices/stream.h"

void mae_sound_publish(mae_engine *engine, const mae_sound *sound) {
  uint32_t offset = MAE_WIRE_SOUND_STATE_OFFSET + mae_id_slot(sound->object.id) * MAE_WIRE_SOUND_STATE_BYTES;
  uint32_t flags = (sound->voice.playing ? MAE_WIRE_SOUND_PLAYING : 0) | (sound->at_end ? MAE_WIRE_SOUND_AT_END : 0) |
                   (sound->paused ? MAE_WIRE_SOUND_PAUSED : 0);
  *mae_wire_f64(engine, offset + MAE_WIRE_SOUND_CURSOR) = (double)sound->voice.index;
  *mae_wire_u32(engine, offset + MAE_WIRE_SOUND_ID) = sound->object.id;
  mae_stream_publish(&sound->voice);
  mae_shared_store(mae_wire_u32(engine, offset + MAE_WIRE_SOUND_FLAGS), flags);
}

/* [audio] Playing or paused: it counts towards max_voices. */
static bool is_counted(const mae_sound *sound) { return sound->voice.playing || sound->paused; }

/* [audio] The sound stops, and no longer counts. */
static void come_to_rest(mae_engine *engine, mae_sound *sound) {
  if (is_counted(sound)) engine->playing -= 1;
  sound->voice.playing = false;
  sound->paused = false;
  if (sound->voice.stop_frame != UINT64_MAX) sound->fade_stopped = true;
  sound->voice.stop_frame = UINT64_MAX;
  mae_sound_publish(engine, sound);
}

void mae_sound_voice_done(mae_engine *engine, mae_sound *sound, mae_voice_outcome outcome) {
  if (outcome == mae_voice_ended) sound->at_end = true;
  come_to_rest(engine, sound);
  mae_event_life(engine, &sound->object, outcome == mae_voice_ended ? MAE_EVENT_ENDED : MAE_EVENT_STOPPED, sound->run);
}

/* [audio] Ends a ramp before its time: the parameter rests at a value. */
static void rest_parameter(mae_engine *engine, mae_sound *sound, mae_voice_ramp which, double value) {
  mae_ramp *ramp = &sound->voice.ramps[which];
  mae_event_ramp(engine, sound->object.id, ramp->token, engine->now >= ramp->end);
  mae_ramp_rest(ramp, value);
}

/* [audio] Started at this very frame: nothing of it has been heard, so there is nothing to fade from. */
static bool unheard(const mae_engine *engine, const mae_voice *voice) {
  return voice->playing && voice->started == engine->now;
}

/* [audio] How a start sounds: hard from the beginning, softened in the middle. */
static void attack(mae_engine *engine, mae_voice *voice) {
  if (mae_span_at_beginning(voice)) mae_ramp_rest(&voice->ramps[mae_ramp_soften], 1);
  else mae_voice_soften(engine, voice);
}

/* [audio] Call before a change that would be heard as a step: what was heard fades out, what follows fades in. */
static void cross_fade(mae_engine *engine, mae_sound *sound) {
  if (!sound->voice.playing || unheard(engine, &sound->voice)) return;
  mae_voice_leave_ghost(engine, &sound->voice);
  mae_voice_soften(engine, &sound->voice);
}

/* [any] */
static bool can_be_sound(uint32_t id) {
  return mae_id_kind(id) == MAE_WIRE_KIND_SOUND && mae_id_generation(id) > 0 &&
         mae_id_slot(id) < MAE_WIRE_SOUND_CAPACITY;
}

mae_sound *mae_sound_find(mae_engine *engine, uint32_t id) {
  mae_sound *sound = can_be_sound(id) ? mae_sound_slot(engine, mae_id_slot(id)) : NULL;
  /* Retired, but not yet told: gone all the same. */
  return sound && sound->object.id == id && !(sound->object.waiting & (1u << MAE_EVENT_RETIRED)) ? sound : NULL;
}

mae_result mae_sound_create(mae_engine *engine, const mae_command *command) {
  uint32_t buffer_id = command->a.words[0], node_id = command->a.words[1], flags = command->b.words[0];
  if (!can_be_sound(command->target)) return MAE_WRONG_KIND;
  mae_sound *sound = mae_sound_slot(engine, mae_id_slot(command->target));
  if (!sound) return MAE_NOT_PREPARED;
  if (mae_id_kind(buffer_id) != MAE_WIRE_KIND_BUFFER || (node_id && mae_id_kind(node_id) != MAE_WIRE_KIND_NODE))
    return MAE_WRONG_KIND;
  mae_buffer *buffer = mae_buffer_find(engine, buffer_id);
  mae_node *node = node_id ? mae_node_find(engine, node_id) : NULL;
  if (!buffer || (node_id && !node)) return MAE_STALE_ID;
  if (sound->object.id) return MAE_SLOT_TAKEN;
  bool listed = sound->voice.listed; /* the slot's last sound may not have been taken off the list yet */
  uint32_t resampler = flags >> MAE_WIRE_CREATE_RESAMPLER_SHIFT;
  *sound = (mae_sound){.object.id = command->target};
  mae_voice *voice = &sound->voice;
  *voice = (mae_voice){.buffer = buffer,
                       .node = node,
                       .sound = sound,
                       .end = buffer->config.frames,
                       .loop_end = buffer->config.frames,
                       .stop_frame = UINT64_MAX,
                       .base_ratio = (double)buffer->config.sample_rate / (double)engine->config.sample_rate,
                       .listed = listed,
                       .looping = (flags & MAE_WIRE_CREATE_LOOPING) != 0,
                       .pitch_enabled = (flags & MAE_WIRE_CREATE_PITCH_ENABLED) != 0,
                       .resampler = (uint8_t)(resampler < MAE_RESAMPLER_COUNT ? resampler : MAE_RESAMPLER_COUNT - 1)};
  for (uint32_t r = 0; r < mae_voice_ramps; r += 1) mae_ramp_rest(&voice->ramps[r], r == mae_ramp_pan ? 0 : 1);
  if (!mae_stream_open(voice)) {
    *sound = (mae_sound){.voice.listed = listed};
    return MAE_STREAM_TAKEN;
  }
  mae_spatial_begin(&voice->spatial, (flags & MAE_WIRE_CREATE_SPATIAL) != 0);
  buffer->users += 1;
  if (node) node->users += 1;
  engine->sound_count += 1;
  mae_sound_publish(engine, sound);
  return MAE_OK;
}

/* [audio] */
static void destroy(mae_engine *engine, mae_sound *sound) {
  mae_voice *voice = &sound->voice;
  mae_voice_leave_ghost(engine, voice);
  if (is_counted(sound)) engine->playing -= 1;
  voice->playing = false;
  sound->paused = false;
  for (uint32_t r = 0; r < mae_voice_ramps; r += 1) rest_parameter(engine, sound, r, 0);
  mae_stream_close(voice);
  mae_node_drop_user(engine, voice->node);
  mae_buffer_drop_user(engine, voice->buffer);
  engine->sound_count -= 1;
  mae_event_life(engine, &sound->object, MAE_EVENT_RETIRED, 0);
}

/* [audio] */
static void resume(mae_engine *engine, mae_sound *sound) {
  if (!sound->paused) return;
  sound->paused = sound->at_end = false;
  if (mae_voice_streams(&sound->voice)) mae_stream_begin(&sound->voice);
  sound->voice.spatial.stale = sound->voice.spatial.jump = true;
  mae_voice_list(engine, &sound->voice);
  mae_voice_soften(engine, &sound->voice);
}

/* [audio] At the end of what it plays: there the next start is at the beginning. Frames of a live stream come once. */
static bool starts_over(const mae_sound *sound) {
  return sound->voice.buffer->stream.kind != mae_stream_ring &&
         (sound->at_end || sound->voice.index >= sound->voice.end);
}

/* [audio] */
static mae_result start(mae_engine *engine, mae_sound *sound, uint32_t fade_frames, uint32_t run) {
  mae_voice *voice = &sound->voice;
  if (is_counted(sound)) {
    sound->run = run;
    if (voice->stop_frame != UINT64_MAX) {
      mae_command back = {
          .op = MAE_OP_RAMP, .target = sound->object.id, .a.value = 1, .b.words = {engine->config.smoothing_frames, 0}};
      voice->stop_frame = UINT64_MAX;
      mae_parameter_ramp(engine, &voice->ramps[mae_ramp_fade], &back, false);
    }
    const bool anew = sound->paused && starts_over(sound);
    if (anew) {
      mae_voice_seek(voice, voice->begin);
      voice->started = engine->now;
    }
    resume(engine, sound);
    if (anew) attack(engine, voice);
    return MAE_OK;
  }
  if (engine->playing >= engine->config.max_voices) return MAE_VOICE_LIMIT;
  if (starts_over(sound)) mae_voice_seek(voice, voice->begin);
  if (mae_voice_streams(voice)) mae_stream_begin(voice);
  sound->at_end = false;
  sound->run = run;
  if (sound->fade_stopped) rest_parameter(engine, sound, mae_ramp_fade, 1);
  sound->fade_stopped = false;
  if (fade_frames > 0) {
    rest_parameter(engine, sound, mae_ramp_fade, 1);
    mae_ramp_move(&voice->ramps[mae_ramp_fade], 0, 1, engine->now, fade_frames, MAE_WIRE_CURVE_LINEAR);
  }
  voice->started = engine->now;
  voice->spatial.stale = voice->spatial.jump = true;
  engine->playing += 1;
  mae_voice_list(engine, voice);
  attack(engine, voice);
  return MAE_OK;
}

/* [audio] */
static void stop(mae_engine *engine, mae_sound *sound, uint32_t fade_frames, bool waited) {
  mae_voice *voice = &sound->voice;
  bool called_off = !waited && sound->waiting_starts > 0;
  if (called_off) {
    sound->waiting_starts = 0;
    sound->void_before = engine->schedule_order;
    sound->run = sound->waiting_run;
  }
  if (voice->playing && fade_frames > 0) {
    double gain = mae_ramp_at(&voice->ramps[mae_ramp_fade], engine->now);
    rest_parameter(engine, sound, mae_ramp_fade, gain);
    mae_ramp_move(&voice->ramps[mae_ramp_fade], gain, 0, engine->now, fade_frames, MAE_WIRE_CURVE_LINEAR);
    voice->stop_frame = engine->now + fade_frames;
    return;
  }
  if (!is_counted(sound) && !called_off) return;
  mae_voice_leave_ghost(engine, voice);
  come_to_rest(engine, sound);
  mae_event_life(engine, &sound->object, MAE_EVENT_STOPPED, sound->run);
}

/* [audio] */
static void set_range(mae_engine *engine, mae_sound *sound, uint64_t first, uint64_t last) {
  mae_voice *voice = &sound->voice;
  if (last > voice->buffer->config.frames) last = voice->buffer->config.frames;
  if (first > last) first = last;
  /* Of where the read head is TypeScript sees the whole frame only. */
  bool was_at_begin = voice->index == voice->begin, outside = voice->index < first || voice->index >= last;
  if (voice->playing && outside) cross_fade(engine, sound);
  voice->begin = first;
  voice->end = last;
  mae_span_changed(voice);
  if (sound->at_end) mae_voice_seek(voice, last);
  else if (outside || (was_at_begin && !is_counted(sound))) mae_voice_seek(voice, first);
  if (unheard(engine, voice)) attack(engine, voice);
}

/* [audio] */
static void seek(mae_engine *engine, mae_sound *sound, uint64_t index) {
  mae_voice *voice = &sound->voice;
  cross_fade(engine, sound);
  if (index < voice->begin) index = voice->begin;
  if (index > voice->end) index = voice->end;
  mae_voice_seek(voice, index);
  if (unheard(engine, voice)) attack(engine, voice);
  sound->at_end = !voice->playing && index >= voice->end && voice->end > voice->begin;
}

/* [audio] */
static mae_result route(mae_engine *engine, mae_sound *sound, uint32_t node_id) {
  if (node_id && mae_id_kind(node_id) != MAE_WIRE_KIND_NODE) return MAE_WRONG_KIND;
  mae_node *node = node_id ? mae_node_find(engine, node_id) : NULL;
  if (node_id && !node) return MAE_STALE_ID;
  mae_node *old = sound->voice.node;
  if (node == old) return MAE_OK;
  if (sound->voice.playing) mae_voice_leave_ghost(engine, &sound->voice);
  if (node) node->users += 1;
  sound->voice.node = node;
  if (unheard(engine, &sound->voice)) attack(engine, &sound->voice);
  else if (sound->voice.playing) mae_voice_soften(engine, &sound->voice);
  mae_node_drop_user(engine, old);
  return MAE_OK;
}

/* [audio] */
static void fade(mae_engine *engine, mae_sound *sound, const mae_command *command) {
  mae_voice *voice = &sound->voice;
  mae_ramp *ramp = &voice->ramps[mae_ramp_fade];
  double from = mae_parameter_clamp(MAE_WIRE_PARAM_FADE, command->a.floats[0]),
         present = mae_ramp_at(ramp, engine->now);
  mae_command move = *command;
  move.param = MAE_WIRE_PARAM_FADE;
  move.a.value = command->a.floats[1];
  if (from != present) cross_fade(engine, sound);
  rest_parameter(engine, sound, mae_ramp_fade, from);
  sound->fade_stopped = false;
  bool stops = (command->flags & MAE_WIRE_RAMP_STOP_AT_END) != 0;
  voice->stop_frame = stops && is_counted(sound) ? engine->now + command->b.words[0] : UINT64_MAX;
  mae_parameter_ramp(engine, ramp, &move, command->b.words[0] == 0);
}

mae_ramp *mae_sound_parameter(mae_sound *sound, uint8_t param) {
  static const mae_voice_ramp ramps[] = {mae_ramp_volume, mae_ramp_pan, mae_ramp_pitch, mae_ramp_output, mae_ramp_fade};
  return param < sizeof ramps / sizeof *ramps ? &sound->voice.ramps[ramps[param]] : NULL;
}

/* [audio] */
static mae_result set_spatial(mae_engine *engine, mae_sound *sound, const mae_command *command) {
  mae_spatial *spatial = &sound->voice.spatial;
  if (command->param != MAE_WIRE_SPATIAL_ENABLED) return mae_spatial_set(spatial, command->param, command->a.value);
  bool enabled = command->a.value != 0;
  if (enabled == spatial->enabled) return MAE_OK;
  cross_fade(engine, sound);
  spatial->enabled = enabled;
  spatial->stale = spatial->jump = true;
  return MAE_OK;
}

/* [audio] */
static mae_result ramp(mae_engine *engine, mae_sound *sound, const mae_command *command) {
  mae_voice *voice = &sound->voice;
  mae_ramp *parameter = mae_sound_parameter(sound, command->param);
  if (!parameter) return MAE_INVALID_ARGUMENT;
  if (command->flags & MAE_WIRE_RAMP_STOP_AT_END) {
    voice->stop_frame = is_counted(sound) ? engine->now + command->b.words[0] : UINT64_MAX;
  } else if (command->param == MAE_WIRE_PARAM_FADE) {
    /* Takes over from a fade that would have stopped it. */
    voice->stop_frame = UINT64_MAX;
    sound->fade_stopped = false;
  }
  mae_parameter_ramp(engine, parameter, command, !voice->playing || voice->started == engine->now);
  return MAE_OK;
}

/* [audio] What cannot be done with frames that come once. */
static bool needs_positions(uint8_t op) {
  return op == MAE_OP_SOUND_SEEK || op == MAE_OP_SOUND_LOOPING || op == MAE_OP_SOUND_LOOP_RANGE ||
         op == MAE_OP_SOUND_RANGE;
}

mae_result mae_sound_command(mae_engine *engine, mae_sound *sound, const mae_command *command, bool waited,
                             uint32_t order) {
  mae_voice *voice = &sound->voice;
  mae_result result = MAE_OK;
  voice->rest.known = false;
  if (voice->buffer->stream.kind == mae_stream_ring && needs_positions(command->op)) return MAE_WRONG_KIND;
  switch (command->op) {
    case MAE_OP_SOUND_DESTROY: destroy(engine, sound); return MAE_OK;
    case MAE_OP_SOUND_START:
      if (waited && (int32_t)(order - sound->void_before) < 0) return MAE_OK;
      if (waited) sound->waiting_starts -= 1;
      result = start(engine, sound, command->b.words[0], command->b.words[1]);
      break;
    case MAE_OP_SOUND_STOP: stop(engine, sound, command->b.words[0], waited); break;
    case MAE_OP_SOUND_PAUSE:
      if (!voice->playing) return MAE_OK;
      mae_voice_leave_ghost(engine, voice);
      voice->playing = false;
      sound->paused = true;
      break;
    case MAE_OP_SOUND_RESUME: resume(engine, sound); break;
    case MAE_OP_SOUND_SEEK: seek(engine, sound, mae_frame_of(command->a.value)); break;
    case MAE_OP_SOUND_LOOPING: voice->looping = command->a.value != 0; break;
    case MAE_OP_SOUND_LOOP_RANGE:
      voice->loop_begin = mae_frame_of(command->a.value);
      voice->loop_end = mae_frame_of(command->b.value);
      mae_span_changed(voice);
      break;
    case MAE_OP_SOUND_RANGE:
      set_range(engine, sound, mae_frame_of(command->a.value), mae_frame_of(command->b.value));
      break;
    case MAE_OP_SOUND_ROUTE: result = route(engine, sound, command->a.words[0]); break;
    case MAE_OP_SOUND_PAN_LAW:
      cross_fade(engine, sound);
      voice->pan_law = command->a.value != 0;
      break;
    case MAE_OP_RAMP: result = ramp(engine, sound, command); break;
    case MAE_OP_SOUND_FADE: fade(engine, sound, command); break;
    case MAE_OP_SOUND_SPATIAL: result = set_spatial(engine, sound, command); break;
    case MAE_OP_SOUND_VECTOR:
      result = mae_spatial_set_vector(&voice->spatial, command->param, mae_vector_of(command));
      break;
    default: return MAE_WRONG_KIND;
  }
  mae_sound_publish(engine, sound);
  return result;
}

void mae_sound_start_waits(mae_sound *sound, const mae_command *command) {
  sound->waiting_starts += 1;
  sound->waiting_run = command->b.words[1];
}
