/* Sends: a node is added to further nodes besides the one it leads to, with a gain of its own for each. */
#ifndef MAE_GRAPH_SEND_H
#define MAE_GRAPH_SEND_H

#include "state/engine.h"

/* [audio] Does NODE_SEND. @retval STALE_ID, CYCLE, SCHEDULE_FULL, INVALID_ARGUMENT: among others, MAE_NODE_SENDS are in
 * use already. */
mae_result mae_node_send(mae_engine *engine, mae_node *node, const mae_command *command);

#endif
