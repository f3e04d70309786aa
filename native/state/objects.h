/* Ids, and what every object that has one begins with. */
#ifndef MAE_STATE_OBJECTS_H
#define MAE_STATE_OBJECTS_H

#include <stdint.h>

#include "mae.h"

/* Also holds what is still to be told about the object when the event ring was full. */
typedef struct mae_object {
  uint32_t id;      /* 0: the slot is free */
  uint32_t waiting; /* bits 1 << MAE_EVENT_* */
  uint32_t ended_run, stopped_run;
  struct mae_object *next_waiting;
} mae_object;

/* [any] The parts of an id. */
static inline uint32_t mae_id_slot(uint32_t id) { return id & MAE_WIRE_ID_SLOT_MASK; }
static inline uint32_t mae_id_kind(uint32_t id) { return id >> MAE_WIRE_ID_KIND_SHIFT; }
static inline uint32_t mae_id_generation(uint32_t id) {
  return (id >> MAE_WIRE_ID_GENERATION_SHIFT) & MAE_WIRE_ID_GENERATION_MAX;
}

#endif
