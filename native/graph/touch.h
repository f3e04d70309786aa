/* What a node carries in the block that is being rendered. */
#ifndef MAE_GRAPH_TOUCH_H
#define MAE_GRAPH_TOUCH_H

#include <stdbool.h>
#include <stdint.h>

#include "state/engine.h"

/* [audio] Says that a node carries sound in this block, up to an engine frame; clears its mix the first time. */
void mae_node_touch(mae_engine *engine, mae_node *node, uint64_t sounds_to);

/* [audio] Says that something is mixed in this block into what a node's effect takes its level from; clears it the
 * first time. */
void mae_node_touch_key(mae_engine *engine, mae_node *node);

/* [audio] True where nothing sounded in the node in the last frame: its parameters may jump. */
static inline bool mae_node_is_silent(const mae_engine *engine, const mae_node *node) {
  return node->sounded_to < engine->now || engine->now == 0;
}

#endif
