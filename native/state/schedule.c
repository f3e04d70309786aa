#include "state/schedule.h"

/* [audio] */
static bool before(const mae_scheduled *a, const mae_scheduled *b) {
  return a->frame != b->frame ? a->frame < b->frame : (int32_t)(a->order - b->order) < 0;
}

bool mae_schedule_add(mae_engine *engine, uint64_t frame, mae_reminder reminder, const mae_command *command) {
  if (engine->schedule_count == MAE_SCHEDULE_ENTRIES) return false;
  mae_scheduled entry = {.frame = frame, .order = engine->schedule_order++, .reminder = reminder, .command = *command};
  uint32_t i = engine->schedule_count++;
  while (i > 0 && before(&entry, &engine->schedule[(i - 1) / 2])) {
    engine->schedule[i] = engine->schedule[(i - 1) / 2];
    i = (i - 1) / 2;
  }
  engine->schedule[i] = entry;
  return true;
}

mae_scheduled mae_schedule_take(mae_engine *engine) {
  mae_scheduled *heap = engine->schedule, first = heap[0], last = heap[--engine->schedule_count];
  uint32_t count = engine->schedule_count, i = 0;
  for (;;) {
    uint32_t child = 2 * i + 1;
    if (child >= count) break;
    if (child + 1 < count && before(&heap[child + 1], &heap[child])) child += 1;
    if (!before(&heap[child], &last)) break;
    heap[i] = heap[child];
    i = child;
  }
  heap[i] = last;
  return first;
}
