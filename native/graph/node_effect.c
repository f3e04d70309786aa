#include "graph/node_effect.h"

#include <stddef.h>

#include "effects/effect.h"
#include "graph/touch.h"
#include "state/wire.h"

/* [audio] */
static void publish(mae_engine *engine, const mae_node *node) {
  uint32_t offset = MAE_WIRE_NODE_STATE_OFFSET + mae_id_slot(node->object.id) * MAE_WIRE_NODE_STATE_BYTES;
  *mae_wire_f32(engine, offset + MAE_WIRE_NODE_REDUCTION) = node->effect->awake ? node->effect->reduction : 0;
  *mae_wire_u32(engine, offset + MAE_WIRE_NODE_AWAKE) = node->effect->awake;
}

/* [audio] */
static void wake(mae_engine *engine, mae_effect *effect) {
  if (effect->awake) return;
  effect->awake = true;
  engine->awake_effects += 1;
}

/* [audio] */
static void put_to_sleep(mae_engine *engine, mae_node *node) {
  if (!node->effect->awake) return;
  node->effect->awake = false;
  engine->awake_effects -= 1;
  mae_effect_clear(node->effect);
  publish(engine, node);
}

bool mae_node_effect_process(mae_engine *engine, mae_node *node, uint32_t frames) {
  mae_effect *effect = node->effect;
  bool touched = node->touched == engine->block;
  if (effect->enabled.to == 0 && !mae_ramp_moves(&effect->enabled, engine->now)) {
    put_to_sleep(engine, node);
    return touched;
  }
  if (node->still) {
    /* Time stands still for it as for the sounds. */
    effect->input_to += frames;
    effect->changed_to += frames;
    return touched;
  }
  if (touched) {
    effect->input_to = node->sounded_to;
    wake(engine, effect);
  }
  if (!effect->awake) return false;
  /* What is passed through has no tail. */
  uint64_t sounds_to = engine->now + frames;
  if (effect->enabled.to == 0 && effect->enabled.end < sounds_to) sounds_to = effect->enabled.end;
  mae_node_touch(engine, node, sounds_to);
  if (node->keys > 0) mae_node_touch_key(engine, node);
  effect->key = node->keys > 0 ? node->key : NULL;
  mae_effect_process(effect, node->mix, engine->mapped, engine->now, frames);
  if (effect->enabled.to == 0 && !mae_ramp_moves(&effect->enabled, engine->now + frames)) put_to_sleep(engine, node);
  publish(engine, node);
  return true;
}

uint32_t mae_node_effects_limit(const mae_engine *engine, uint32_t frames) {
  uint32_t left = MAE_EFFECT_SLEEP_FRAMES - (uint32_t)(engine->now % MAE_EFFECT_SLEEP_FRAMES);
  return engine->awake_effects > 0 && left < frames ? left : frames;
}

void mae_node_effects_sleep(mae_engine *engine) {
  if (engine->awake_effects == 0 || engine->now % MAE_EFFECT_SLEEP_FRAMES != 0) return;
  for (uint32_t i = 0; i < engine->order_count; i += 1) {
    mae_node *node = engine->order[i];
    if (node->effect && node->effect->awake && !node->still && mae_effect_is_over(node->effect, engine->now))
      put_to_sleep(engine, node);
  }
}

void mae_node_effect_reset(mae_engine *engine, mae_node *node) {
  mae_effect_reset(node->effect, engine->now, mae_node_is_silent(engine, node) ? 0 : engine->config.smoothing_frames);
}

void mae_node_effect_end(mae_engine *engine, mae_node *node) { put_to_sleep(engine, node); }
