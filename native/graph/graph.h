/* Nodes and where they lead: order of mixing, cycles, pauses and pitch inherited from above, and the mixing itself. */
#ifndef MAE_GRAPH_GRAPH_H
#define MAE_GRAPH_GRAPH_H

#include "state/engine.h"

typedef struct {
  double left, right;
} mae_pan;

/* [audio] Gains of both sides. Balance leaves the centre at 1; equal power keeps left^2 + right^2 = 1. */
mae_pan mae_pan_gains(uint8_t law, double pan);

/* [audio] Says that a node carries sound in this block, up to an engine frame; clears its mix the first time. */
void mae_graph_touch(mae_engine *engine, mae_node *node, uint64_t sounds_to);

/* [audio] Says that something is mixed in this block into what a node's effect takes its level from; clears it the
 * first time. */
void mae_graph_touch_key(mae_engine *engine, mae_node *node);

/* [audio] True where nothing sounded in the node in the last frame: its parameters may jump. */
static inline bool mae_graph_silent(const mae_engine *engine, const mae_node *node) {
  return node->sounded_to < engine->now || engine->now == 0;
}

/* [audio] One user fewer; a dying node without users is retired. NULL is allowed. */
void mae_graph_leave(mae_engine *engine, mae_node *node);

/* [audio] After the mix of a block: retires the dying nodes whose last voice ended within it. Until then their mix was
 * still wanted. */
void mae_graph_sweep(mae_engine *engine);

/* [audio] One voice fewer; a dying buffer without users is retired. */
void mae_buffer_leave(mae_engine *engine, mae_buffer *buffer);

/* [audio] True if sound of `from` would come back to it were it led to `to`. Routes that are fading out count. */
bool mae_graph_would_cycle(mae_engine *engine, const mae_node *from, const mae_node *to);

/* [audio] The same for when all that fades has faded and all that waits is done: then it would stay a cycle. */
bool mae_graph_would_cycle_for_good(mae_engine *engine, const mae_node *from, const mae_node *to);

/* [audio] Before a block: brings the order up to date, and pauses and pitch from the top down. */
void mae_graph_prepare(mae_engine *engine, uint32_t frames);

/* [audio] After the voices: mixes every node into what it leads to, and the endpoint into out. */
void mae_graph_mix(mae_engine *engine, float *out, uint32_t frames);

#endif
