#include "state/event.h"

#include <stddef.h>

#include "base/shared.h"
#include "state/engine.h"
#include "state/wire.h"

/* Room in the ring that is kept for events about the lives of objects. */
static const uint32_t RESERVE = 1024;

/* [audio] */
static uint32_t room(mae_engine *engine) {
  uint32_t tail = mae_shared_load(mae_wire_u32(engine, MAE_WIRE_EVENT_TAIL));
  uint32_t used = engine->event_head - tail;
  return used < MAE_WIRE_EVENT_CAPACITY ? MAE_WIRE_EVENT_CAPACITY - used : 0;
}

/* [audio] There must be room. */
static void write(mae_engine *engine, uint32_t type, uint32_t target, uint32_t a, uint32_t b) {
  uint32_t offset = MAE_WIRE_EVENT_OFFSET + (engine->event_head & (MAE_WIRE_EVENT_CAPACITY - 1)) * MAE_WIRE_EVENT_BYTES;
  *mae_wire_u32(engine, offset + MAE_WIRE_EVENT_TYPE) = type;
  *mae_wire_u32(engine, offset + MAE_WIRE_EVENT_TARGET) = target;
  *mae_wire_f64(engine, offset + MAE_WIRE_EVENT_FRAME) = (double)engine->now;
  *mae_wire_u32(engine, offset + MAE_WIRE_EVENT_A) = a;
  *mae_wire_u32(engine, offset + MAE_WIRE_EVENT_B) = b;
  engine->event_head += 1;
  mae_shared_store(mae_wire_u32(engine, MAE_WIRE_EVENT_HEAD), engine->event_head);
}

/* [audio] In the order in which they can follow one another; RETIRED is the last, and empties the slot. Returns false
 * where the ring became full. */
static bool write_waiting(mae_engine *engine, mae_object *object) {
  static const uint32_t types[] = {MAE_EVENT_ENDED, MAE_EVENT_STOPPED, MAE_EVENT_RETIRED};
  for (uint32_t i = 0; i < sizeof types / sizeof *types; i += 1) {
    uint32_t type = types[i];
    if (!(object->waiting & (1u << type))) continue;
    if (!room(engine)) return false;
    uint32_t id = object->id, run = type == MAE_EVENT_ENDED ? object->ended_run : object->stopped_run;
    object->waiting &= ~(1u << type);
    /* The slot is free before TypeScript can know it is. */
    if (type == MAE_EVENT_RETIRED) mae_shared_store(&object->id, 0);
    write(engine, type, id, type == MAE_EVENT_RETIRED ? 0 : run, 0);
  }
  return true;
}

void mae_event_life(mae_engine *engine, mae_object *object, uint32_t type, uint32_t run) {
  bool queued = object->waiting != 0;
  object->waiting |= 1u << type;
  if (type == MAE_EVENT_ENDED) object->ended_run = run;
  if (type == MAE_EVENT_STOPPED) object->stopped_run = run;
  if (queued || (!engine->waiting_first && write_waiting(engine, object))) return;
  object->next_waiting = NULL;
  if (engine->waiting_last) engine->waiting_last->next_waiting = object;
  else engine->waiting_first = object;
  engine->waiting_last = object;
}

void mae_event_flush(mae_engine *engine) {
  while (engine->waiting_first) {
    mae_object *object = engine->waiting_first, *next = object->next_waiting;
    if (!write_waiting(engine, object)) return;
    engine->waiting_first = next;
    if (!next) engine->waiting_last = NULL;
  }
}

/* [audio] */
static void write_if_roomy(mae_engine *engine, uint32_t type, uint32_t target, uint32_t a, uint32_t b) {
  if (room(engine) > RESERVE) write(engine, type, target, a, b);
  else engine->events_lost += 1;
}

void mae_event_ramp(mae_engine *engine, uint32_t target, uint32_t token, bool reached) {
  if (token) write_if_roomy(engine, MAE_EVENT_RAMP_ENDED, target, token, reached);
}

void mae_event_refused(mae_engine *engine, uint32_t target, mae_result result, uint32_t op) {
  write_if_roomy(engine, MAE_EVENT_COMMAND_REFUSED, target, (uint32_t)result, op);
}
