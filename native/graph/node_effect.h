/* The effect that a node may carry: when it works, when it sleeps, how it leaves. */
#ifndef MAE_GRAPH_NODE_EFFECT_H
#define MAE_GRAPH_NODE_EFFECT_H

#include <stdbool.h>
#include <stdint.h>

#include "state/engine.h"

/* [audio] Works on a block's mix in place, between mixing in and the node's own gains. Returns whether the node carries
 * sound in this block. */
bool mae_node_effect_process(mae_engine *engine, mae_node *node, uint32_t frames);

/* [audio] At the beginning of a block: effects whose sound has died away forget it and cost nothing from here on. */
void mae_node_effects_sleep(mae_engine *engine);

/* [audio] Frames that may be rendered in one go without passing a frame at which effects fall asleep. */
uint32_t mae_node_effects_limit(const mae_engine *engine, uint32_t frames);

/* [audio] Does NODE_RESET. */
void mae_node_effect_reset(mae_engine *engine, mae_node *node);

/* [audio] It is taken out of use. */
void mae_node_effect_end(mae_engine *engine, mae_node *node);

#endif
