#include "engine/command.h"

#include <string.h>

#include "graph/graph.h"
#include "graph/node.h"
#include "state/event.h"
#include "state/parameter.h"
#include "state/schedule.h"
#include "voices/sound.h"
#include "voices/spatial.h"

_Static_assert(sizeof(mae_command) == MAE_WIRE_COMMAND_BYTES, "a command is one record of the wire");
_Static_assert(offsetof(mae_command, op) == MAE_WIRE_COMMAND_OP &&
                   offsetof(mae_command, param) == MAE_WIRE_COMMAND_PARAM,
               "layout");
_Static_assert(offsetof(mae_command, curve) == MAE_WIRE_COMMAND_CURVE &&
                   offsetof(mae_command, flags) == MAE_WIRE_COMMAND_FLAGS,
               "layout");
_Static_assert(offsetof(mae_command, target) == MAE_WIRE_COMMAND_TARGET &&
                   offsetof(mae_command, frame) == MAE_WIRE_COMMAND_FRAME,
               "layout");
_Static_assert(offsetof(mae_command, a) == MAE_WIRE_COMMAND_VALUE &&
                   offsetof(mae_command, b) == MAE_WIRE_COMMAND_FRAMES,
               "layout");

/* [audio] The living sound with this id, NULL where there is none. */
static mae_sound *find_sound(mae_engine *engine, uint32_t id) {
  uint32_t slot = mae_id_slot(id);
  if (mae_id_kind(id) != MAE_WIRE_KIND_SOUND || mae_id_generation(id) == 0 || slot >= MAE_WIRE_SOUND_CAPACITY) return 0;
  mae_sound *sound = mae_sound_slot(engine, slot);
  /* Retired, but not yet told: gone all the same. */
  return sound && sound->object.id == id && !(sound->object.waiting & (1u << MAE_EVENT_RETIRED)) ? sound : 0;
}

/* [audio] */
static mae_result create_sound(mae_engine *engine, const mae_command *command) {
  uint32_t id = command->target, slot = mae_id_slot(id);
  if (mae_id_kind(id) != MAE_WIRE_KIND_SOUND || mae_id_generation(id) == 0 || slot >= MAE_WIRE_SOUND_CAPACITY)
    return MAE_WRONG_KIND;
  mae_sound *sound = mae_sound_slot(engine, slot);
  return sound ? mae_sound_create(engine, sound, command) : MAE_NOT_PREPARED;
}

/* [audio] */
static mae_result destroy_buffer(mae_engine *engine, uint32_t id) {
  if (mae_id_kind(id) != MAE_WIRE_KIND_BUFFER) return MAE_WRONG_KIND;
  mae_buffer *buffer = mae_buffer_find(engine, id);
  if (!buffer || buffer->object.waiting) return MAE_STALE_ID;
  buffer->dying = true;
  buffer->users += 1;
  mae_buffer_leave(engine, buffer);
  return MAE_OK;
}

/* [audio] */
static mae_result run(mae_engine *engine, const mae_command *command, bool waited, uint32_t order) {
  if (command->op == MAE_OP_SOUND_CREATE) return create_sound(engine, command);
  if (command->op == MAE_OP_NODE_CREATE) return mae_node_create(engine, command);
  if (command->op == MAE_OP_BUFFER_DESTROY) return destroy_buffer(engine, command->target);
  if (command->op == MAE_OP_LISTENER_VECTOR || command->op == MAE_OP_LISTENER_ENABLED)
    return mae_listener_command(engine, command);
  if (mae_id_kind(command->target) == MAE_WIRE_KIND_NODE) {
    mae_node *node = mae_node_find(engine, command->target);
    return node ? mae_node_command(engine, node, command) : MAE_STALE_ID;
  }
  if (mae_id_kind(command->target) != MAE_WIRE_KIND_SOUND) return MAE_WRONG_KIND;
  mae_sound *sound = find_sound(engine, command->target);
  return sound ? mae_sound_command(engine, sound, command, waited, order) : MAE_STALE_ID;
}

/* [audio] */
static mae_result put_off(mae_engine *engine, const mae_command *command) {
  if (engine->schedule_count >= MAE_WIRE_SCHEDULE_CAPACITY) return MAE_SCHEDULE_FULL;
  if (command->op == MAE_OP_SOUND_START) {
    mae_sound *sound = find_sound(engine, command->target);
    if (!sound) return MAE_STALE_ID;
    mae_sound_start_waits(sound, command);
  }
  mae_schedule_add(engine, mae_frame_of(command->frame), 0, command);
  return MAE_OK;
}

void mae_command_take(mae_engine *engine) {
  uint32_t head = __atomic_load_n(mae_wire_u32(engine, MAE_WIRE_COMMAND_HEAD), __ATOMIC_ACQUIRE),
           tail = engine->command_tail;
  if (head - tail > MAE_WIRE_COMMAND_CAPACITY)
    tail = head - MAE_WIRE_COMMAND_CAPACITY; /* only a foreign writer can have done that */
  while (tail != head) {
    mae_command command;
    memcpy(&command,
           engine->wire + MAE_WIRE_COMMAND_OFFSET + (tail & (MAE_WIRE_COMMAND_CAPACITY - 1)) * MAE_WIRE_COMMAND_BYTES,
           sizeof command);
    tail += 1;
    mae_result result =
        command.frame > (double)engine->now ? put_off(engine, &command) : run(engine, &command, false, 0);
    if (result != MAE_OK) mae_event_refused(engine, command.target, result, command.op);
  }
  engine->command_tail = tail;
  __atomic_store_n(mae_wire_u32(engine, MAE_WIRE_COMMAND_TAIL), tail, __ATOMIC_RELEASE);
}

/* [audio] */
static void remind(mae_engine *engine, const mae_scheduled *entry) {
  const mae_command *command = &entry->command;
  mae_node *node = mae_node_find(engine, command->target);
  mae_sound *sound = find_sound(engine, command->target);
  if (entry->internal == mae_remind_ramp && sound)
    mae_parameter_settle(engine, mae_sound_parameter(sound, command->param), command);
  if (entry->internal == mae_remind_ramp && node)
    mae_parameter_settle(engine, mae_node_parameter(node, command->param), command);
  if (entry->internal == mae_remind_freeze && node) mae_node_freeze(engine, node);
  if (entry->internal < mae_remind_routes) return;
  /* Dying nodes have these too. */
  mae_node *any = engine->nodes[mae_id_slot(command->target)];
  if (any->object.id != command->target) return;
  if (entry->internal == mae_remind_routes) mae_node_drop_routes(engine, any);
  if (entry->internal == mae_remind_fade) mae_node_fade_dying(engine, any);
  if (entry->internal == mae_remind_faded) mae_node_leave_dying(engine, any);
}

void mae_command_run_due(mae_engine *engine) {
  while (mae_schedule_next(engine) <= engine->now) {
    mae_scheduled entry = mae_schedule_take(engine);
    if (entry.internal) {
      remind(engine, &entry);
      continue;
    }
    mae_result result = run(engine, &entry.command, true, entry.order);
    if (result != MAE_OK && result != MAE_STALE_ID)
      mae_event_refused(engine, entry.command.target, result, entry.command.op);
  }
}
