/* Commands from the wire: taken in order, done at once or put off to their frame. */
#ifndef MAE_ENGINE_COMMAND_H
#define MAE_ENGINE_COMMAND_H

#include "state/engine.h"

/* [audio] Takes all that wait on the wire. */
void mae_command_take(mae_engine *engine);

/* [audio] Does what is due at the present frame. */
void mae_command_do_due(mae_engine *engine);

#endif
