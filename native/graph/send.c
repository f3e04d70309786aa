#include "graph/send.h"

#include <stddef.h>

#include "graph/cycle.h"
#include "graph/route.h"
#include "graph/touch.h"
#include "state/schedule.h"
#include "state/slots.h"

/* A flag of the engine's own in a NODE_SEND that has waited. */
enum { PUT_OFF = 1 };

/* [audio] The send to a node, 0 where there is none: the first route is none. */
static uint32_t find_send(const mae_node *node, const mae_node *to, bool key) {
  for (uint32_t r = 1; r < node->route_count; r += 1)
    if (node->routes[r].send && node->routes[r].key == key && node->routes[r].to == to) return r;
  return 0;
}

/* [audio] The waiting send to an id; with 0 a free entry. NULL where there is none. */
static mae_waiting_send *find_waiting(mae_node *node, uint32_t id, bool key) {
  for (uint32_t w = 0; w < MAE_NODE_SENDS; w += 1)
    if (node->waiting_sends[w].to == id && (id == 0 || node->waiting_sends[w].key == key))
      return &node->waiting_sends[w];
  return NULL;
}

/* [audio] What leads back here still fades out: looks again after the smoothing time. */
static mae_result wait(mae_engine *engine, mae_node *node, const mae_command *command, float gain) {
  mae_waiting_send *waiting = find_waiting(node, 0, false);
  if (!waiting) return MAE_CYCLE;
  uint64_t then = engine->now + (engine->config.smoothing_frames > 0 ? engine->config.smoothing_frames : 1);
  mae_command again = *command;
  again.flags |= PUT_OFF;
  again.frame = (double)then;
  if (!mae_schedule_add(engine, then, mae_remind_nothing, &again)) return MAE_SCHEDULE_FULL;
  *waiting = (mae_waiting_send){.to = command->a.words[0], .gain = gain, .key = command->param == MAE_WIRE_SEND_KEY};
  return MAE_OK;
}

mae_result mae_node_send(mae_engine *engine, mae_node *node, const mae_command *command) {
  mae_node *to = mae_node_find(engine, command->a.words[0]);
  if (!to) return MAE_STALE_ID;
  double gain = command->a.floats[1];
  bool key = command->param == MAE_WIRE_SEND_KEY;
  if (key && !to->key) return MAE_INVALID_ARGUMENT;
  if (!(gain >= 0 && gain <= 16)) return MAE_INVALID_ARGUMENT;
  if (node == mae_endpoint(engine)) return MAE_INVALID_ARGUMENT;
  mae_waiting_send *waiting = find_waiting(node, command->a.words[0], key);
  bool put_off = (command->flags & PUT_OFF) != 0;
  if (put_off) {
    if (!waiting) return MAE_OK; /* called off in the meantime */
    gain = waiting->gain;
    waiting->to = 0;
  } else if (waiting) {
    waiting->gain = command->a.floats[1];
    if (gain == 0) waiting->to = 0;
    return MAE_OK;
  }
  uint32_t r = find_send(node, to, key), frames = mae_node_is_silent(engine, node) ? 0 : command->b.words[0];
  if (r == 0) {
    if (gain == 0) return MAE_OK;
    if (mae_cycle_for_good(engine, node, to)) return MAE_CYCLE;
    if (mae_cycle_now(engine, node, to)) return wait(engine, node, command, (float)gain);
    uint32_t sends = 0;
    for (uint32_t k = 1; k < node->route_count; k += 1) sends += mae_route_lasts(&node->routes[k]);
    if (sends == MAE_NODE_SENDS) return MAE_INVALID_ARGUMENT;
    if (node->route_count == MAE_NODE_ROUTES) mae_node_make_room(engine, node);
    r = node->route_count++;
    node->routes[r] = (mae_route){.to = to, .send = true, .key = key};
    mae_ramp_rest(&node->routes[r].gain, 0);
    to->users += 1;
    to->keys += key;
    engine->order_stale = true;
  }
  mae_ramp *ramp = &node->routes[r].gain;
  mae_ramp_move(ramp, mae_ramp_at(ramp, engine->now), gain, engine->now, frames, command->curve);
  if (gain == 0 && !mae_ramp_moves(ramp, engine->now)) mae_node_drop_routes(engine, node);
  if (gain == 0 && mae_ramp_moves(ramp, engine->now) &&
      !mae_schedule_add(engine, ramp->end, mae_remind_routes, command)) {
    mae_ramp_rest(ramp, 0);
    mae_node_drop_routes(engine, node);
  }
  return MAE_OK;
}
