/* Events to TypeScript. What concerns the life of an object is never lost: where the ring is full it waits at the
 * object itself. */
#ifndef MAE_STATE_EVENT_H
#define MAE_STATE_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "mae.h"
#include "state/objects.h"

/* [audio] ENDED, STOPPED (with a run number) or RETIRED of an object. */
void mae_event_life(mae_engine *engine, mae_object *object, uint32_t type, uint32_t run);

/* [audio] RAMP_ENDED; dropped and counted where the ring is nearly full. Token 0 is nobody's. */
void mae_event_ramp(mae_engine *engine, uint32_t target, uint32_t token, bool reached);

/* [audio] COMMAND_REFUSED; dropped and counted where the ring is nearly full. */
void mae_event_refused(mae_engine *engine, uint32_t target, mae_result result, uint32_t op);

/* [audio] Tells what waited, as far as there is room. */
void mae_event_flush(mae_engine *engine);

#endif
