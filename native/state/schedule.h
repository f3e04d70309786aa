/* Commands and reminders that wait for their frame. */
#ifndef MAE_STATE_SCHEDULE_H
#define MAE_STATE_SCHEDULE_H

#include <stdbool.h>
#include <stdint.h>

#include "state/engine.h"

/* [audio] Adds one; equal frames come out in the order of adding. Returns false where the heap is full. */
bool mae_schedule_add(mae_engine *engine, uint64_t frame, mae_reminder reminder, const mae_command *command);

/* [audio] Frame of the next one, UINT64_MAX: none. */
static inline uint64_t mae_schedule_next(const mae_engine *engine) {
  return engine->schedule_count ? engine->schedule[0].frame : UINT64_MAX;
}

/* [audio] Takes the next one out. There must be one. */
mae_scheduled mae_schedule_take(mae_engine *engine);

#endif
