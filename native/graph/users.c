#include "graph/users.h"

#include "graph/node_effect.h"
#include "state/event.h"

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

void mae_node_drop_user(mae_engine *engine, mae_node *node) {
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
      mae_node_drop_user(engine, node->routes[r].to);
    }
    retire(engine, node);
    node = next;
  }
}

void mae_graph_retire_unused(mae_engine *engine) {
  while (engine->sweep_wanted) {
    engine->sweep_wanted = false;
    for (uint32_t i = 0; i < engine->order_count; i += 1) {
      mae_node *node = engine->order[i];
      if (!node->dying || node->users > 0) continue;
      node->users = 1;
      mae_node_drop_user(engine, node);
      engine->sweep_wanted = true; /* the order has changed: look again */
      break;
    }
  }
}
