/* What the engine is made of. Everything here belongs to the audio side; the control side makes and frees the memory
 * (engine/lifecycle.c) and hands it over through the tables of slots. */
#ifndef MAE_STATE_ENGINE_H
#define MAE_STATE_ENGINE_H

#include <stdbool.h>
#include <stdint.h>

#include "kernels/kernels.h"
#include "mae.h"
#include "state/buffers.h"
#include "state/commands.h"
#include "state/nodes.h"
#include "state/objects.h"
#include "state/space.h"
#include "state/voices.h"

/* Frames rendered in one go; longer requests are cut. Long enough to spread the cost of a voice, short enough that a
 * group's mix stays in the first cache. */
#define MAE_BLOCK_FRAMES 512
/* Source frames gathered at a time where a voice cannot read its buffer in place. */
#define MAE_WINDOW_FRAMES 1024
/* Slots of sounds and buffers come in chunks, made when first needed. */
#define MAE_SLOT_CHUNK 256
#define MAE_SLOT_CHUNKS 256
/* Beyond what TypeScript may send there is room for reminders, which it does not count. */
#define MAE_SCHEDULE_ENTRIES (MAE_WIRE_SCHEDULE_CAPACITY + 4096)

struct mae_engine {
  mae_engine_config config;
  const mae_kernels *kernels;
  uint8_t *wire;
  uint64_t now;   /* the clock: frames rendered */
  uint64_t block; /* number of the block being rendered */
  uint32_t command_tail, event_head;
  uint32_t underruns, events_lost, heartbeat, stream_underruns;
  float load;

  /* By slot; the control side makes them, the audio side finds them. */
  _Atomic(mae_sound *) sound_chunks[MAE_SLOT_CHUNKS];
  _Atomic(mae_buffer *) buffer_chunks[MAE_SLOT_CHUNKS];
  _Atomic(mae_node *) nodes[MAE_WIRE_NODE_CAPACITY];
  uint32_t sound_count; /* that exist */
  uint32_t playing;     /* of them, playing or paused */

  /* In the order in which they began: the order of addition must not depend on how time is cut. */
  mae_voice **active;
  uint32_t active_count, active_capacity;
  mae_voice *ghosts;
  uint32_t *free_ghosts;
  uint32_t free_ghost_count, ghost_capacity;

  mae_node *order[MAE_WIRE_NODE_CAPACITY]; /* sources before what they lead to; the endpoint is last */
  uint32_t order_count, nodes_made;
  uint32_t awake_effects; /* that have something in their memory */
  bool order_stale;
  bool mixing;       /* within a block: a node whose last voice ends is retired only after its mix */
  bool sweep_wanted; /* such a node is there */

  mae_scheduled *schedule; /* a heap by frame and order */
  uint32_t schedule_count, schedule_order;

  mae_object *waiting_first, *waiting_last;

  /* From n + 1 source channels to the engine's: [n][source][engine]. */
  float matrices[MAE_MAX_CHANNELS][MAE_MAX_CHANNELS * MAE_MAX_CHANNELS];
  int8_t sides[MAE_MAX_CHANNELS]; /* of the engine's channels: -1 left, 0 neither, 1 right */

  /* Made when a sound first asks for them. */
  _Atomic(mae_sinc *) sincs[MAE_RESAMPLER_COUNT - MAE_WIRE_RESAMPLER_SINC];
  mae_speakers speakers;
  mae_listener listeners[MAE_WIRE_LISTENER_COUNT];
  uint32_t listeners_state; /* grows with every change of one of them */

  /* Scratch of one block. */
  float *window, *resampled, *mapped;
  uint64_t *positions;
  double *gains, *pans, *ratios;
  float *left, *right, *centre, *spread;
};

#endif
