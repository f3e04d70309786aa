/* What stands behind an id. */
#ifndef MAE_STATE_SLOTS_H
#define MAE_STATE_SLOTS_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "base/shared.h"
#include "state/engine.h"

/* [audio] The memory of a sound's slot, NULL where none was prepared. */
static inline mae_sound *mae_sound_slot(mae_engine *engine, uint32_t slot) {
  mae_sound *chunk = atomic_load_explicit(&engine->sound_chunks[slot / MAE_SLOT_CHUNK], memory_order_acquire);
  return chunk ? chunk + slot % MAE_SLOT_CHUNK : NULL;
}

/* [any] The memory of a buffer's slot, NULL where none was prepared. */
static inline mae_buffer *mae_buffer_slot(mae_engine *engine, uint32_t slot) {
  mae_buffer *chunk = atomic_load_explicit(&engine->buffer_chunks[slot / MAE_SLOT_CHUNK], memory_order_acquire);
  return chunk ? chunk + slot % MAE_SLOT_CHUNK : NULL;
}

/* [any] The memory of a node's slot, NULL where none was prepared. */
static inline mae_node *mae_node_slot(mae_engine *engine, uint32_t slot) {
  return slot < MAE_WIRE_NODE_CAPACITY ? atomic_load_explicit(&engine->nodes[slot], memory_order_acquire) : NULL;
}

/* [any] Where everything ends. */
static inline mae_node *mae_endpoint(mae_engine *engine) {
  return atomic_load_explicit(&engine->nodes[0], memory_order_relaxed);
}

/* [audio] The living buffer with this id, NULL where there is none: also while the control side fills the slot for
 * another id. */
static inline mae_buffer *mae_buffer_find(mae_engine *engine, uint32_t id) {
  if (mae_id_slot(id) >= MAE_WIRE_BUFFER_CAPACITY) return NULL;
  mae_buffer *buffer = mae_buffer_slot(engine, mae_id_slot(id));
  return buffer && mae_shared_load(&buffer->object.id) == id && !buffer->dying ? buffer : NULL;
}

/* [audio] The living node with this id, NULL where there is none. */
static inline mae_node *mae_node_find(mae_engine *engine, uint32_t id) {
  mae_node *node = mae_id_kind(id) == MAE_WIRE_KIND_NODE ? mae_node_slot(engine, mae_id_slot(id)) : NULL;
  return node && node->object.id == id && !node->dying ? node : NULL;
}

#endif
