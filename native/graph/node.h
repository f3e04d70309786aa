/* Nodes: what the NODE_* commands do. */
#ifndef MAE_GRAPH_NODE_H
#define MAE_GRAPH_NODE_H

#include <stdint.h>

#include "state/engine.h"

/* [audio] Puts prepared memory into use, leading to `to` (NULL: nowhere). */
void mae_node_begin(mae_engine *engine, mae_node *node, uint32_t id, mae_node *to);

/* [audio] Does NODE_CREATE. */
mae_result mae_node_create(mae_engine *engine, const mae_command *command);

/* [audio] Does another NODE_* command, or RAMP of a node, now. */
mae_result mae_node_command(mae_engine *engine, mae_node *node, const mae_command *command);

/* [audio] A reminder came: a pause is complete. */
void mae_node_freeze(mae_engine *engine, mae_node *node);

/* [audio] A reminder came about a node that is dying with its effect: what led into it is gone and its tail fades out,
 * or it has. */
void mae_node_fade_dying(mae_engine *engine, mae_node *node);
void mae_node_leave_dying(mae_engine *engine, mae_node *node);

/* [audio] The ramp behind a parameter of RAMP, NULL where nodes have none. */
mae_ramp *mae_node_parameter(mae_node *node, uint8_t param);

#endif
