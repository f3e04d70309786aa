#include "graph/order.h"

#include "state/slots.h"

/* [audio] Depth is the longest way to an end, so it does not depend on what leads here. Nodes of equal depth stay in
 * the order in which they were made. */
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
  /* Insertion sort, deepest first: after one edit nearly all are in place. Ties are broken by the order in which
   * they were made: their slots depend on when a reader took events off the ring. */
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

void mae_order_update(mae_engine *engine) {
  if (!engine->order_stale) return;
  sort_nodes(engine);
  engine->order_stale = false;
}
