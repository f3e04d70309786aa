#include "graph/route.h"

#include <string.h>

#include "graph/cycle.h"
#include "graph/touch.h"
#include "graph/users.h"
#include "state/schedule.h"
#include "state/slots.h"

/* A flag of the engine's own in a NODE_ROUTE that has waited. */
enum { PUT_OFF = 1 };

/* [audio] Takes one of the fading routes out. */
static void drop_route(mae_engine *engine, mae_node *node, uint32_t r) {
  mae_node *to = node->routes[r].to;
  if (node->routes[r].key) to->keys -= 1;
  node->route_count -= 1;
  memmove(&node->routes[r], &node->routes[r + 1], (node->route_count - r) * sizeof *node->routes);
  engine->order_stale = true;
  mae_node_drop_user(engine, to);
}

void mae_node_drop_routes(mae_engine *engine, mae_node *node) {
  for (uint32_t r = node->route_count; r-- > 1;)
    if (!mae_ramp_moves(&node->routes[r].gain, engine->now) && !mae_route_lasts(&node->routes[r]))
      drop_route(engine, node, r);
}

void mae_node_make_room(mae_engine *engine, mae_node *node) {
  for (uint32_t r = 1; r < node->route_count; r += 1)
    if (!mae_route_lasts(&node->routes[r])) {
      drop_route(engine, node, r);
      return;
    }
}

/* [audio] Makes `to` the present route; all others fade out beside it over the same time, so that their gains always
 * add up to 1. */
static void lead(mae_engine *engine, mae_node *node, mae_node *to, const mae_command *command) {
  /* What stood still goes on in mid-sound: it is silent until now, but not where it will lead. */
  uint32_t frames = mae_node_is_silent(engine, node) && !node->still ? 0 : engine->config.smoothing_frames;
  mae_route old = node->routes[0];
  double gain = 0;
  node->waits = false;
  for (uint32_t r = 1; r < node->route_count; r += 1)
    if (node->routes[r].to == to && !node->routes[r].send) {
      gain = mae_ramp_at(&node->routes[r].gain, engine->now);
      drop_route(engine, node, r);
      break;
    }
  if (to) to->users += 1;
  node->routes[0].to = to;
  mae_ramp_move(&node->routes[0].gain, gain, 1, engine->now, frames, MAE_WIRE_CURVE_LINEAR);
  node->routes[node->route_count++] = old;
  if (frames > 0 && !mae_schedule_add(engine, engine->now + frames, mae_remind_routes, command)) frames = 0;
  for (uint32_t r = 1; r < node->route_count; r += 1) {
    mae_ramp *fading = &node->routes[r].gain;
    if (!node->routes[r].send)
      mae_ramp_move(fading, mae_ramp_at(fading, engine->now), 0, engine->now, frames, MAE_WIRE_CURVE_LINEAR);
  }
  if (frames == 0) mae_node_drop_routes(engine, node);
  node->route_serial += 1;
  engine->order_stale = true;
}

mae_result mae_node_route(mae_engine *engine, mae_node *node, const mae_command *command) {
  if (node == mae_endpoint(engine)) return MAE_INVALID_ARGUMENT;
  mae_node *to = command->a.words[0] ? mae_node_find(engine, command->a.words[0]) : NULL;
  if (command->a.words[0] && !to) return MAE_STALE_ID;
  bool put_off = (command->flags & PUT_OFF) != 0;
  /* Led elsewhere in the meantime. */
  if (put_off && (!node->waits || command->b.words[1] != node->route_serial)) return MAE_OK;
  if (to && mae_cycle_for_good(engine, node, to)) {
    if (put_off) node->waits = false;
    return MAE_CYCLE;
  }
  if (to == node->routes[0].to) {
    node->waits = false;
    node->route_serial += 1;
    return MAE_OK;
  }
  if (node->route_count < MAE_NODE_ROUTES && (!to || !mae_cycle_now(engine, node, to))) {
    lead(engine, node, to, command);
    return MAE_OK;
  }
  /* A route back into what still fades out would be a cycle for a moment: the node goes on to where it leads until the
   * old ways have ended. */
  node->waits = true;
  node->wanted = command->a.words[0];
  node->route_serial += 1;
  mae_command again = *command;
  again.flags |= PUT_OFF;
  again.b.words[1] = node->route_serial;
  uint64_t later = engine->now + (engine->config.smoothing_frames > 0 ? engine->config.smoothing_frames : 1);
  again.frame = (double)later;
  if (mae_schedule_add(engine, later, mae_remind_nothing, &again)) return MAE_OK;
  node->waits = false;
  return MAE_SCHEDULE_FULL;
}
