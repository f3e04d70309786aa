#include "graph/prepare.h"

#include "graph/node_effect.h"
#include "graph/order.h"

/* [audio] */
static void inherit_pitch(mae_engine *engine, mae_node *node, uint32_t frames) {
  const mae_ramp *own = &node->ramps[mae_node_pitch];
  const mae_node *above = node->routes[0].to;
  node->pitch_moves = mae_ramp_moves(own, engine->now) || (above && above->pitch_moves);
  if (!node->pitch_moves) {
    node->pitch = own->to * (above ? above->pitch : 1.0);
    return;
  }
  mae_ramp_fill(own, engine->now, node->pitch_frames, frames);
  for (uint32_t i = 0; i < frames; i += 1)
    node->pitch_frames[i] *= !above ? 1.0 : above->pitch_moves ? above->pitch_frames[i] : above->pitch;
}

/* [audio] True where all that a node leads to stands still: a route that fades out into something that does not is
 * heard to its end. */
static bool leads_into_stillness(const mae_node *node) {
  for (uint32_t r = 0; r < node->route_count; r += 1)
    if (!node->routes[r].to || !node->routes[r].to->still) return false;
  return true;
}

void mae_graph_prepare(mae_engine *engine, uint32_t frames) {
  mae_order_update(engine);
  for (uint32_t i = engine->order_count; i-- > 0;) {
    mae_node *node = engine->order[i];
    node->still = node->frozen || leads_into_stillness(node);
    inherit_pitch(engine, node, frames);
  }
  mae_node_effects_sleep(engine);
}
