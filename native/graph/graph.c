#include "graph/graph.h"

#include "graph/node.h"
#include "graph/node_effect.h"
#include "graph/send.h"
#include "state/event.h"

void mae_buffer_leave(mae_engine *engine, mae_buffer *buffer) {
  buffer->users -= 1;
  if (buffer->dying && buffer->users == 0) {
    buffer->dying = false;
    mae_event_life(engine, &buffer->object, MAE_EVENT_RETIRED, 0);
  }
}

/* [audio] Takes a node out of the graph and tells so. */
static void retire(mae_engine *engine, mae_node *node) {
  node->dying = false;
  if (node->effect) mae_node_effect_end(engine, node);
  uint32_t kept = 0;
  for (uint32_t i = 0; i < engine->order_count; i += 1)
    if (engine->order[i] != node) engine->order[kept++] = engine->order[i];
  engine->order_count = kept;
  engine->order_stale = true;
  mae_event_life(engine, &node->object, MAE_EVENT_RETIRED, 0);
}

void mae_graph_leave(mae_engine *engine, mae_node *node) {
  /* A chain of dying nodes is taken apart in a loop: it may be as long as there are nodes. */
  while (node) {
    node->users -= 1;
    if (!node->dying || node->users > 0) return;
    if (engine->mixing) {
      engine->sweep_wanted = true;
      return;
    }
    mae_node *next = node->routes[0].to;
    for (uint32_t r = 1; r < node->route_count; r += 1) {
      if (node->routes[r].key) node->routes[r].to->keys -= 1;
      mae_graph_leave(engine, node->routes[r].to);
    }
    retire(engine, node);
    node = next;
  }
}

void mae_graph_sweep(mae_engine *engine) {
  while (engine->sweep_wanted) {
    engine->sweep_wanted = false;
    for (uint32_t i = 0; i < engine->order_count; i += 1) {
      mae_node *node = engine->order[i];
      if (!node->dying || node->users > 0) continue;
      node->users = 1;
      mae_graph_leave(engine, node);
      engine->sweep_wanted = true; /* the order has changed: look again */
      break;
    }
  }
}

/* While ways are followed, a bit that no number of a block has. */
static const uint64_t MARK = 1ull << 63;

/* [audio] True if the node had no mark yet. */
static bool mark(mae_node *node) {
  if (!node || (node->touched & MARK)) return false;
  node->touched |= MARK;
  return true;
}

/* [audio] Whether the marks have come to a node; takes them all away. */
static bool reached(mae_engine *engine, const mae_node *node) {
  bool found = (node->touched & MARK) != 0;
  for (uint32_t i = 0; i < engine->order_count; i += 1) engine->order[i]->touched &= ~MARK;
  return found;
}

bool mae_graph_would_cycle(mae_engine *engine, const mae_node *from, const mae_node *to) {
  /* Marks spread from `to` along the routes: in the order of mixing one round is enough. */
  mae_graph_prepare(engine, 0);
  mark((mae_node *)to);
  for (uint32_t i = 0; i < engine->order_count; i += 1) {
    const mae_node *node = engine->order[i];
    for (uint32_t r = 0; (node->touched & MARK) && r < node->route_count; r += 1) mark(node->routes[r].to);
  }
  return reached(engine, from);
}

/* [audio] Marks where a node will lead; true if one of those had no mark. */
static bool mark_future(mae_engine *engine, const mae_node *node) {
  bool spread = mark(node->waits ? mae_node_find(engine, node->wanted) : node->routes[0].to);
  for (uint32_t r = 1; r < node->route_count; r += 1)
    if (mae_route_lasts(&node->routes[r])) spread |= mark(node->routes[r].to);
  for (uint32_t w = 0; w < MAE_NODE_SENDS; w += 1)
    if (node->waiting_sends[w].to) spread |= mark(mae_node_find(engine, node->waiting_sends[w].to));
  return spread;
}

bool mae_graph_would_cycle_for_good(mae_engine *engine, const mae_node *from, const mae_node *to) {
  mark((mae_node *)to);
  /* What will be need not follow the order of now: as many rounds as bring a new mark. */
  for (bool spread = true; spread;) {
    spread = false;
    for (uint32_t i = 0; i < engine->order_count; i += 1)
      if (engine->order[i]->touched & MARK) spread |= mark_future(engine, engine->order[i]);
  }
  return reached(engine, from);
}

/* [audio] Depth is the longest way to an end, so that it does not depend on what leads here; nodes of equal depth stay
 * in the order they were made in. */
static void sort_nodes(mae_engine *engine) {
  mae_node **order = engine->order;
  uint32_t count = engine->order_count;
  for (uint32_t i = 0; i < count; i += 1) order[i]->depth = order[i] == mae_endpoint(engine) ? 0 : 1;
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t i = count; i-- > 0;)
      for (uint32_t r = 0; r < order[i]->route_count; r += 1) {
        const mae_node *to = order[i]->routes[r].to;
        if (to && order[i]->depth < to->depth + 1) {
          order[i]->depth = to->depth + 1;
          changed = true;
        }
      }
  }
  /* Insertion sort, deepest first: after one edit nearly all are in place. Ties are broken by the order they were made
   * in; their slots depend on when a reader took events off the ring. */
  for (uint32_t i = 1; i < count; i += 1) {
    mae_node *node = order[i];
    uint32_t k = i;
    while (k > 0 && (order[k - 1]->depth < node->depth ||
                     (order[k - 1]->depth == node->depth && (int32_t)(order[k - 1]->made - node->made) > 0))) {
      order[k] = order[k - 1];
      k -= 1;
    }
    order[k] = node;
  }
}

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

/* [audio] A way that fades out into what still moves is heard to its end. */
static bool leads_into_stillness(const mae_node *node) {
  for (uint32_t r = 0; r < node->route_count; r += 1)
    if (!node->routes[r].to || !node->routes[r].to->still) return false;
  return true;
}

void mae_graph_prepare(mae_engine *engine, uint32_t frames) {
  if (engine->order_stale) {
    sort_nodes(engine);
    engine->order_stale = false;
  }
  for (uint32_t i = engine->order_count; frames > 0 && i-- > 0;) {
    mae_node *node = engine->order[i];
    node->still = node->frozen || leads_into_stillness(node);
    inherit_pitch(engine, node, frames);
  }
  if (frames > 0) mae_node_effects_sleep(engine);
}
