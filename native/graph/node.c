#include "graph/node.h"

#include <string.h>

#include "effects/effect.h"
#include "graph/node_effect.h"
#include "graph/route.h"
#include "graph/send.h"
#include "graph/touch.h"
#include "graph/users.h"
#include "state/event.h"
#include "state/parameter.h"
#include "state/schedule.h"
#include "state/slots.h"
#include "state/wire.h"

mae_ramp *mae_node_parameter(mae_node *node, uint8_t param) {
  switch (param) {
    case MAE_WIRE_PARAM_VOLUME: return &node->ramps[mae_node_volume];
    case MAE_WIRE_PARAM_PAN: return &node->ramps[mae_node_pan];
    case MAE_WIRE_PARAM_PITCH: return &node->ramps[mae_node_pitch];
    case MAE_WIRE_PARAM_OUTPUT: return &node->ramps[mae_node_output];
    case MAE_WIRE_PARAM_MUTE: return &node->ramps[mae_node_mute];
    default: break;
  }
  double value = 0;
  return node->effect ? mae_effect_parameter(node->effect, param, &value) : NULL;
}

void mae_node_begin(mae_engine *engine, mae_node *node, uint32_t id, mae_node *to) {
  float *mix = node->mix;
  double *pitch_frames = node->pitch_frames;
  mae_effect *effect = node->effect;
  float *key = node->key;
  *node = (mae_node){.mix = mix,
                     .pitch_frames = pitch_frames,
                     .effect = effect,
                     .key = key,
                     .object.id = id,
                     .route_count = 1,
                     .pitch = 1,
                     .made = engine->nodes_made++};
  if (effect) mae_effect_begin(effect);
  for (uint32_t r = 0; r < mae_node_ramps; r += 1) mae_ramp_rest(&node->ramps[r], r == mae_node_pan ? 0 : 1);
  node->routes[0].to = to;
  mae_ramp_rest(&node->routes[0].gain, 1);
  if (to) to->users += 1;
  uint32_t state = MAE_WIRE_NODE_STATE_OFFSET + mae_id_slot(id) * MAE_WIRE_NODE_STATE_BYTES;
  node->peak_reset = *mae_wire_u32(engine, state + MAE_WIRE_NODE_PEAK_RESET);
  /* Sums go on: their reader has taken note of where they stood. */
  memset(engine->wire + state + MAE_WIRE_NODE_PEAKS, 0, sizeof node->peaks);
  engine->order[engine->order_count++] = node;
  engine->order_stale = true;
}

mae_result mae_node_create(mae_engine *engine, const mae_command *command) {
  uint32_t slot = mae_id_slot(command->target), to_id = command->a.words[1];
  if (mae_id_kind(command->target) != MAE_WIRE_KIND_NODE || mae_id_generation(command->target) == 0 ||
      slot >= MAE_WIRE_NODE_CAPACITY)
    return MAE_WRONG_KIND;
  mae_node *node = mae_node_slot(engine, slot), *to = to_id ? mae_node_find(engine, to_id) : NULL;
  if (!node) return MAE_NOT_PREPARED;
  if (node->object.id) return MAE_SLOT_TAKEN;
  if (to_id && !to) return MAE_STALE_ID;
  mae_node_begin(engine, node, command->target, to);
  return MAE_OK;
}

void mae_node_freeze(mae_engine *engine, mae_node *node) {
  if (node->paused && !mae_ramp_moves(&node->ramps[mae_node_pause], engine->now)) node->frozen = true;
}

/* [audio] */
static void pause(mae_engine *engine, mae_node *node, const mae_command *command) {
  if (node->paused) return;
  node->paused = true;
  mae_ramp *ramp = &node->ramps[mae_node_pause];
  if (mae_node_is_silent(engine, node)) mae_ramp_rest(ramp, 0);
  else
    mae_ramp_move(ramp, mae_ramp_at(ramp, engine->now), 0, engine->now, engine->config.smoothing_frames,
                  MAE_WIRE_CURVE_LINEAR);
  if (!mae_ramp_moves(ramp, engine->now) || !mae_schedule_add(engine, ramp->end, mae_remind_freeze, command)) {
    mae_ramp_rest(ramp, 0);
    node->frozen = true;
  }
}

/* [audio] */
static void resume(mae_engine *engine, mae_node *node) {
  if (!node->paused) return;
  node->paused = node->frozen = false;
  mae_ramp *ramp = &node->ramps[mae_node_pause];
  mae_ramp_move(ramp, mae_ramp_at(ramp, engine->now), 1, engine->now, engine->config.smoothing_frames,
                MAE_WIRE_CURVE_LINEAR);
}

/* [audio] */
static void end_ramp(mae_engine *engine, mae_node *node, mae_ramp *ramp) {
  mae_event_ramp(engine, node->object.id, ramp->token, engine->now >= ramp->end);
  ramp->token = 0;
}

/* [audio] Reminds of a dying effect after the smoothing time; where that is impossible it falls silent and leaves at
 * once. It leaves at frames of its own, because its last user may leave in the middle of a block, and its tail would
 * sound until the end of that block. */
static void die_later(mae_engine *engine, mae_node *node, mae_reminder reminder) {
  mae_command about = {.target = node->object.id};
  if (engine->config.smoothing_frames > 0 &&
      mae_schedule_add(engine, engine->now + engine->config.smoothing_frames, reminder, &about))
    return;
  mae_ramp_rest(&node->ramps[mae_node_pause], 0);
  mae_node_drop_user(engine, node);
}

void mae_node_fade_dying(mae_engine *engine, mae_node *node) {
  if (!node->dying) return;
  /* Something still leads here, and fades over to where this node led: it must be heard until then. */
  if (node->users > 1) {
    die_later(engine, node, mae_remind_fade);
    return;
  }
  mae_ramp *ramp = &node->ramps[mae_node_pause];
  mae_ramp_move(ramp, mae_ramp_at(ramp, engine->now), 0, engine->now, engine->config.smoothing_frames,
                MAE_WIRE_CURVE_LINEAR);
  die_later(engine, node, mae_remind_faded);
}

void mae_node_leave_dying(mae_engine *engine, mae_node *node) {
  if (node->dying) mae_node_drop_user(engine, node);
}

/* [audio] */
static mae_result destroy(mae_engine *engine, mae_node *node) {
  if (node == mae_endpoint(engine)) return MAE_INVALID_ARGUMENT;
  for (uint32_t r = 0; r < mae_node_ramps; r += 1) end_ramp(engine, node, &node->ramps[r]);
  if (node->effect) {
    end_ramp(engine, node, &node->effect->enabled);
    for (uint32_t p = 0; p < MAE_EFFECT_PARAMETERS; p += 1) end_ramp(engine, node, &node->effect->ramps[p]);
  }
  node->dying = true;
  node->waits = false;
  node->users += 1;
  if (node->effect) die_later(engine, node, mae_remind_fade);
  else mae_node_drop_user(engine, node);
  return MAE_OK;
}

/* [audio] */
static mae_result ramp_effect(mae_engine *engine, mae_node *node, const mae_command *command) {
  double target = command->a.value;
  mae_ramp *ramp = mae_effect_parameter(node->effect, command->param, &target);
  if (!ramp) return MAE_INVALID_ARGUMENT;
  mae_parameter_ramp_to(engine, ramp, command, target, mae_node_is_silent(engine, node));
  if (ramp == &node->effect->enabled && target == 1 && mae_ramp_moves(ramp, engine->now))
    mae_effect_come_in(node->effect, engine->now, (uint32_t)(ramp->end - engine->now));
  if (ramp != &node->effect->enabled)
    mae_effect_changed(node->effect, ramp->end > engine->now ? ramp->end : engine->now);
  return MAE_OK;
}

/* [audio] */
static mae_result ramp(mae_engine *engine, mae_node *node, const mae_command *command) {
  if (node->effect && command->param >= MAE_WIRE_PARAM_ENABLED) return ramp_effect(engine, node, command);
  mae_ramp *parameter = mae_node_parameter(node, command->param);
  if (!parameter) return MAE_INVALID_ARGUMENT;
  mae_parameter_ramp(engine, parameter, command, mae_node_is_silent(engine, node));
  return MAE_OK;
}

mae_result mae_node_command(mae_engine *engine, mae_node *node, const mae_command *command) {
  switch (command->op) {
    case MAE_OP_RAMP: return ramp(engine, node, command);
    case MAE_OP_NODE_DESTROY: return destroy(engine, node);
    case MAE_OP_NODE_ROUTE: return mae_node_route(engine, node, command);
    case MAE_OP_NODE_PAUSE: pause(engine, node, command); return MAE_OK;
    case MAE_OP_NODE_RESUME: resume(engine, node); return MAE_OK;
    case MAE_OP_NODE_RESET:
      if (!node->effect) return MAE_INVALID_ARGUMENT;
      mae_node_effect_reset(engine, node);
      return MAE_OK;
    case MAE_OP_NODE_SEND: return mae_node_send(engine, node, command);
    default: return MAE_WRONG_KIND;
  }
}
