/* Routes: where a node leads, and how it is led elsewhere. */
#ifndef MAE_GRAPH_ROUTE_H
#define MAE_GRAPH_ROUTE_H

#include "state/engine.h"

/* [audio] Does NODE_ROUTE. @retval STALE_ID, CYCLE, SCHEDULE_FULL, INVALID_ARGUMENT: the endpoint leads nowhere. */
mae_result mae_node_route(mae_engine *engine, mae_node *node, const mae_command *command);

/* [audio] Takes out the routes that have faded out. */
void mae_node_drop_routes(mae_engine *engine, mae_node *node);

/* [audio] Ends one of the routes that fade out before its time, as there is no room for another. */
void mae_node_make_room(mae_engine *engine, mae_node *node);

#endif
