/* Sends: a node is added to further nodes besides the one it leads to, with a gain of its own for each. */
#ifndef MAE_GRAPH_SEND_H
#define MAE_GRAPH_SEND_H

#include "state/engine.h"

/* [audio] Does NODE_SEND. @retval STALE_ID, CYCLE, INVALID_ARGUMENT: MAE_NODE_SENDS are in use already. */
mae_result mae_node_send(mae_engine *engine, mae_node *node, const mae_command *command);

/* [audio] True where a route beside the present one is still wanted: a send that has a gain. */
static inline bool mae_route_lasts(const mae_route *route) { return route->send && route->gain.to != 0; }

#endif
