/* The engine's heartbeat: commands, voices, nodes, clock, published state. */
#include <stdbool.h>
#include <stdint.h>

#include "base/shared.h"
#include "base/trap.h"
#include "engine/command.h"
#include "graph/mixer.h"
#include "graph/node_effect.h"
#include "graph/prepare.h"
#include "graph/users.h"
#include "state/event.h"
#include "state/schedule.h"
#include "state/wire.h"
#include "voices/sound.h"
#include "voices/source.h"
#include "voices/voice.h"

/* [audio] Returns false where the voice leaves the active list. */
static bool render_voice(mae_engine *engine, mae_voice *voice, uint32_t frames) {
  if (!voice->playing) return false;
  mae_voice_outcome outcome = mae_voice_render(engine, voice, frames);
  if (outcome == mae_voice_going) return true;
  if (voice->sound) mae_sound_voice_done(engine, voice->sound, outcome);
  else mae_voice_drop_ghost(engine, voice);
  return false;
}

/* [audio] Renders a stretch in which nothing begins or ends by schedule. */
static void render_block(mae_engine *engine, float *out, uint32_t frames) {
  engine->block += 1;
  mae_graph_prepare(engine, frames);
  engine->mixing = true;
  uint32_t kept = 0;
  for (uint32_t i = 0; i < engine->active_count; i += 1) {
    mae_voice *voice = engine->active[i];
#if !defined(__wasm__)
    /* WebAssembly has no instruction for it. */
    if (i + 2 < engine->active_count) mae_voice_prefetch(engine->active[i + 2]);
    if (i + 1 < engine->active_count) mae_source_prefetch(engine->active[i + 1]);
#endif
    if (render_voice(engine, voice, frames)) engine->active[kept++] = voice;
    else voice->listed = false;
  }
  engine->active_count = kept;
  mae_graph_mix(engine, out, frames);
  engine->mixing = false;
  mae_graph_retire_unused(engine);
  engine->now += frames;
}

/* [audio] */
static void publish(mae_engine *engine) {
  uint32_t heard = 0;
  for (uint32_t i = 0; i < engine->active_count; i += 1) {
    const mae_voice *voice = engine->active[i];
    if (!voice->sound || !voice->playing) continue;
    mae_sound_publish(engine, voice->sound);
    heard += !(voice->node && voice->node->still);
  }
  mae_event_flush(engine);
  *mae_wire_u32(engine, MAE_WIRE_STATE_SOUNDS) = engine->sound_count;
  *mae_wire_u32(engine, MAE_WIRE_STATE_VOICES) = heard;
  *mae_wire_u32(engine, MAE_WIRE_STATE_SCHEDULED) = engine->schedule_count;
  *mae_wire_u32(engine, MAE_WIRE_STATE_STREAM_UNDERRUNS) = engine->stream_underruns;
  *mae_wire_u32(engine, MAE_WIRE_STATE_EVENTS_LOST) = engine->events_lost;
  *mae_wire_f64(engine, MAE_WIRE_STATE_TIME_FRAMES) = (double)engine->now;
}

void mae_engine_render(mae_engine *engine, float *out, uint32_t frames) {
  MAE_ENTER_AUDIO();
  mae_command_take(engine);
  mae_command_do_due(engine);
  while (frames > 0) {
    uint64_t until_next = mae_schedule_next(engine) - engine->now;
    uint32_t count = frames < MAE_BLOCK_FRAMES ? frames : MAE_BLOCK_FRAMES;
    if (until_next < count) count = (uint32_t)until_next;
    count = mae_node_effects_limit(engine, count);
    render_block(engine, out, count);
    out += (size_t)count * engine->config.channels;
    frames -= count;
    mae_command_do_due(engine);
  }
  publish(engine);
  MAE_LEAVE_AUDIO();
}

void mae_engine_drain(mae_engine *engine) {
  mae_command_take(engine);
  mae_command_do_due(engine);
  publish(engine);
}

void mae_engine_note_callback(mae_engine *engine, uint32_t frames, uint64_t nanoseconds) {
  double lasts = (double)frames * 1e9 / engine->config.sample_rate;
  float load = lasts > 0 ? (float)((double)nanoseconds / lasts) : 0;
  if (load > 1) engine->underruns += 1;
  engine->load += ((load < 1 ? load : 1) - engine->load) * 0.1f;
  engine->heartbeat += 1;
  *mae_wire_u32(engine, MAE_WIRE_STATE_UNDERRUNS) = engine->underruns;
  *mae_wire_f32(engine, MAE_WIRE_STATE_RENDER_LOAD) = engine->load;
  mae_shared_store(mae_wire_u32(engine, MAE_WIRE_STATE_HEARTBEAT), engine->heartbeat);
}
