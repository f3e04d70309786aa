#include "graph/cycle.h"

#include "graph/order.h"
#include "state/slots.h"

/* Set in `touched` while routes are followed; no number of a block has this bit. */
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

bool mae_cycle_now(mae_engine *engine, const mae_node *from, mae_node *to) {
  /* Marks spread from `to` along the routes: in the order of mixing one round is enough. */
  mae_order_update(engine);
  mark(to);
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

bool mae_cycle_for_good(mae_engine *engine, const mae_node *from, mae_node *to) {
  mark(to);
  /* What will be need not follow the order of now: as many rounds as bring a new mark. */
  for (bool spread = true; spread;) {
    spread = false;
    for (uint32_t i = 0; i < engine->order_count; i += 1)
      if (engine->order[i]->touched & MARK) spread |= mark_future(engine, engine->order[i]);
  }
  return reached(engine, from);
}
