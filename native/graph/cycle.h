/* Whether a new route or send would close a cycle. */
#ifndef MAE_GRAPH_CYCLE_H
#define MAE_GRAPH_CYCLE_H

#include <stdbool.h>

#include "state/engine.h"

/* [audio] True if sound of `from` would come back to it were it led to `to`. Routes that are fading out count. */
bool mae_cycle_now(mae_engine *engine, const mae_node *from, mae_node *to);

/* [audio] The same for when all that fades has faded and all that waits is done: then it would stay a cycle. */
bool mae_cycle_for_good(mae_engine *engine, const mae_node *from, mae_node *to);

#endif
