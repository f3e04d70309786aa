/* The order in which nodes are mixed. */
#ifndef MAE_GRAPH_ORDER_H
#define MAE_GRAPH_ORDER_H

#include "state/engine.h"

/* [audio] Brings the order up to date after an edit. */
void mae_order_update(mae_engine *engine);

#endif
