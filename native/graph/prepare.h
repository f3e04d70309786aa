/* What comes from above: pauses and pitch of the nodes that a node leads to. */
#ifndef MAE_GRAPH_PREPARE_H
#define MAE_GRAPH_PREPARE_H

#include <stdint.h>

#include "state/engine.h"

/* [audio] Before a block: brings the order up to date, and pauses and pitch from the top down. */
void mae_graph_prepare(mae_engine *engine, uint32_t frames);

#endif
