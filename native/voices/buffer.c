#include "voices/buffer.h"

#include "state/event.h"
#include "state/slots.h"

void mae_buffer_drop_user(mae_engine *engine, mae_buffer *buffer) {
  buffer->users -= 1;
  if (!buffer->dying || buffer->users > 0) return;
  buffer->dying = false;
  mae_event_life(engine, &buffer->object, MAE_EVENT_RETIRED, 0);
}

mae_result mae_buffer_destroy(mae_engine *engine, uint32_t id) {
  if (mae_id_kind(id) != MAE_WIRE_KIND_BUFFER) return MAE_WRONG_KIND;
  mae_buffer *buffer = mae_buffer_find(engine, id);
  if (!buffer || buffer->object.waiting) return MAE_STALE_ID;
  buffer->dying = true;
  buffer->users += 1;
  mae_buffer_drop_user(engine, buffer);
  return MAE_OK;
}
