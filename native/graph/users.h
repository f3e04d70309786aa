/* Who still needs a node: the voices and nodes that lead to it, and for a while its own death. */
#ifndef MAE_GRAPH_USERS_H
#define MAE_GRAPH_USERS_H

#include "state/engine.h"

/* [audio] One user fewer; a dying node without users is retired. NULL is allowed. */
void mae_node_drop_user(mae_engine *engine, mae_node *node);

/* [audio] After the mix of a block: retires the dying nodes whose last voice ended within it. Until then their mix was
 * still wanted. */
void mae_graph_retire_unused(mae_engine *engine);

#endif
