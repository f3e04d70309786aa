#include "engine/command.h"

#include <stddef.h>
#include <string.h>

#include "base/shared.h"
#include "graph/node.h"
#include "graph/route.h"
#include "state/event.h"
#include "state/parameter.h"
#include "state/schedule.h"
#include "state/slots.h"
#include "state/wire.h"
#include "voices/buffer.h"
#include "voices/sound.h"
#include "voices/spatial.h"

#define IS_AT(field, offset)                                                                                           \
  _Static_assert(offsetof(mae_command, field) == (offset), "where " #field " lies on the wire")
_Static_assert(sizeof(mae_command) == MAE_WIRE_COMMAND_BYTES, "a command is one record of the wire");
IS_AT(op, MAE_WIRE_COMMAND_OP);
IS_AT(param, MAE_WIRE_COMMAND_PARAM);
IS_AT(curve, MAE_WIRE_COMMAND_CURVE);
IS_AT(flags, MAE_WIRE_COMMAND_FLAGS);
IS_AT(target, MAE_WIRE_COMMAND_TARGET);
IS_AT(frame, MAE_WIRE_COMMAND_FRAME);
IS_AT(a, MAE_WIRE_COMMAND_VALUE);
IS_AT(b, MAE_WIRE_COMMAND_FRAMES);

/* [audio] */
static mae_result do_now(mae_engine *engine, const mae_command *command, bool waited, uint32_t order) {
  switch (command->op) {
    case MAE_OP_SOUND_CREATE: return mae_sound_create(engine, command);
    case MAE_OP_NODE_CREATE: return mae_node_create(engine, command);
    case MAE_OP_BUFFER_DESTROY: return mae_buffer_destroy(engine, command->target);
    case MAE_OP_LISTENER_VECTOR:
    case MAE_OP_LISTENER_ENABLED: return mae_listener_command(engine, command);
    default: break;
  }
  if (mae_id_kind(command->target) == MAE_WIRE_KIND_NODE) {
    mae_node *node = mae_node_find(engine, command->target);
    return node ? mae_node_command(engine, node, command) : MAE_STALE_ID;
  }
  if (mae_id_kind(command->target) != MAE_WIRE_KIND_SOUND) return MAE_WRONG_KIND;
  mae_sound *sound = mae_sound_find(engine, command->target);
  return sound ? mae_sound_command(engine, sound, command, waited, order) : MAE_STALE_ID;
}

/* [audio] */
static mae_result put_off(mae_engine *engine, const mae_command *command) {
  if (engine->schedule_count >= MAE_WIRE_SCHEDULE_CAPACITY) return MAE_SCHEDULE_FULL;
  if (command->op == MAE_OP_SOUND_START) {
    mae_sound *sound = mae_sound_find(engine, command->target);
    if (!sound) return MAE_STALE_ID;
    mae_sound_start_waits(sound, command);
  }
  mae_schedule_add(engine, mae_frame_of(command->frame), mae_remind_nothing, command);
  return MAE_OK;
}

void mae_command_take(mae_engine *engine) {
  uint32_t head = mae_shared_load(mae_wire_u32(engine, MAE_WIRE_COMMAND_HEAD)), tail = engine->command_tail;
  /* Only a foreign writer can have done that. */
  if (head - tail > MAE_WIRE_COMMAND_CAPACITY) tail = head - MAE_WIRE_COMMAND_CAPACITY;
  while (tail != head) {
    mae_command command;
    memcpy(&command,
           engine->wire + MAE_WIRE_COMMAND_OFFSET + (tail & (MAE_WIRE_COMMAND_CAPACITY - 1)) * MAE_WIRE_COMMAND_BYTES,
           sizeof command);
    tail += 1;
    mae_result result =
        command.frame > (double)engine->now ? put_off(engine, &command) : do_now(engine, &command, false, 0);
    if (result != MAE_OK) mae_event_refused(engine, command.target, result, command.op);
  }
  engine->command_tail = tail;
  mae_shared_store(mae_wire_u32(engine, MAE_WIRE_COMMAND_TAIL), tail);
}

/* [audio] */
static void remind(mae_engine *engine, mae_reminder reminder, const mae_command *command) {
  mae_node *node = mae_node_find(engine, command->target);
  mae_sound *sound = mae_sound_find(engine, command->target);
  /* The memory of the slot: dying nodes are reminded too. */
  mae_node *dying = mae_node_slot(engine, mae_id_slot(command->target));
  if (dying && dying->object.id != command->target) dying = NULL;
  switch (reminder) {
    case mae_remind_nothing: return;
    case mae_remind_ramp:
      if (sound) mae_parameter_settle(engine, mae_sound_parameter(sound, command->param), command);
      if (node) mae_parameter_settle(engine, mae_node_parameter(node, command->param), command);
      return;
    case mae_remind_freeze:
      if (node) mae_node_freeze(engine, node);
      return;
    case mae_remind_routes:
      if (dying) mae_node_drop_routes(engine, dying);
      return;
    case mae_remind_fade:
      if (dying) mae_node_fade_dying(engine, dying);
      return;
    case mae_remind_faded:
      if (dying) mae_node_leave_dying(engine, dying);
      return;
  }
}

void mae_command_do_due(mae_engine *engine) {
  while (mae_schedule_next(engine) <= engine->now) {
    mae_scheduled entry = mae_schedule_take(engine);
    if (entry.reminder != mae_remind_nothing) {
      remind(engine, entry.reminder, &entry.command);
      continue;
    }
    mae_result result = do_now(engine, &entry.command, true, entry.order);
    if (result != MAE_OK && result != MAE_STALE_ID)
      mae_event_refused(engine, entry.command.target, result, entry.command.op);
  }
}
