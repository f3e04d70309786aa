/* What the engine is made of. Everything here belongs to the audio side; the control side makes and frees the memory
 * (lifecycle.c) and hands it over through the tables of slots. */
#ifndef MAE_STATE_ENGINE_H
#define MAE_STATE_ENGINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ramp.h"
#include "kernels/kernels.h"
#include "mae.h"

/* Frames rendered in one go; longer requests are cut. Long enough to spread the cost of a voice, short enough that a
 * group's mix stays in the first cache. */
#define MAE_BLOCK_FRAMES 512
/* Source frames gathered at a time where a voice cannot read its buffer in place. */
#define MAE_WINDOW_FRAMES 1024
/* Slots of sounds and buffers come in chunks, made when first needed. */
#define MAE_SLOT_CHUNK 256
#define MAE_SLOT_CHUNKS 256
#define MAE_NODE_SENDS MAE_WIRE_SENDS_MAXIMUM
#define MAE_NODE_ROUTES (MAE_NODE_SENDS + 8)
#define MAE_SCHEDULE_ENTRIES                                                                                           \
  (MAE_WIRE_SCHEDULE_CAPACITY + 4096) /* the rest is for reminders that TypeScript does not count */

typedef struct mae_buffer mae_buffer;
typedef struct mae_effect mae_effect;
typedef struct mae_node mae_node;
typedef struct mae_sound mae_sound;

/* The head of everything that has an id: what is still to be told about it when the event ring was full. */
typedef struct mae_object {
  uint32_t id;      /* 0: the slot is free */
  uint32_t waiting; /* bits 1 << MAE_EVENT_* */
  uint32_t ended_run, stopped_run;
  struct mae_object *next_waiting;
} mae_object;

/* ---- sample memory
 * --------------------------------------------------------------------------------------------------- */
/* Samples that come while they are played. */
typedef struct {
  mae_stream_kind kind;
  uint8_t *header;
  uint32_t capacity;        /* frames or pages */
  uint64_t position;        /* ring: frames taken out so far */
  uint64_t left, left_loop; /* pages: where its sound was before it was put elsewhere */
  mae_sound *reader;        /* NULL: none */
} mae_stream;

struct mae_buffer {
  mae_object object;
  mae_buffer_config config;
  mae_stream stream;
  uint32_t users; /* voices that may still read it */
  bool dying;
};

/* ---- spatial sound
 * ----------------------------------------------------------------------------------------------------- */
typedef struct {
  double position[3], direction[3], velocity[3], world_up[3];
  double right[3], up[3], forward[3]; /* unit vectors made of direction and world up */
  bool enabled;
} mae_listener;

/* Where a sound is. Gains and doppler follow from it and from the listeners; a change of either lets them move to their
 * new values. */
typedef struct {
  bool enabled, relative, stale /* something of it has changed */, jump /* nothing was heard with the present gains */,
      silent /* every gain ends at 0 */;
  uint8_t attenuation;
  int8_t pinned;      /* -1: the nearest listener */
  uint32_t listeners; /* the state of the listeners that the gains are of */
  uint64_t begin, end;
  mae_ramp doppler;                                   /* factor on the pitch */
  float from[MAE_MAX_CHANNELS], to[MAE_MAX_CHANNELS]; /* gains of the engine's channels at the frames begin and end */
  double inverse_length;
  float position[3], direction[3], velocity[3], cone[3] /* inner and outer angle, outer gain */;
  double rolloff, min_distance, max_distance, min_gain, max_gain, doppler_factor, directional_attenuation_factor;
} mae_spatial;

/* Speakers that have a direction, in the order of their angles. */
typedef struct {
  uint32_t count;
  uint32_t channels[MAE_MAX_CHANNELS];
  double angles[MAE_MAX_CHANNELS]; /* radians, 0 ahead, positive to the right, -pi..pi */
} mae_speakers;

/* ---- voices
 * ------------------------------------------------------------------------------------------------------------ */
typedef enum {
  mae_ramp_pitch,
  mae_ramp_volume,
  mae_ramp_pan,
  mae_ramp_output,
  mae_ramp_fade,
  mae_ramp_soften,
  mae_voice_ramps
} mae_voice_ramp;

/* How a stream sounds where it has holes: what was heard last dies away, what comes after a hole rises. */
typedef struct {
  float last[MAE_MAX_CHANNELS]; /* the frame that was put out last */
  float tail[MAE_MAX_CHANNELS]; /* the frame that dies away */
  uint64_t tail_end, rise_end;  /* engine frames */
  uint32_t sight;               /* ring: frames beyond the read head that the interpolator sees */
  bool dry;                     /* in a hole */
  bool heard;                   /* something was put out since it was put in its place */
  bool held;                    /* a ghost's tail: it stays, the ghost fades as a whole */
  bool over;                    /* nothing follows */
} mae_flow;

/* What the gains of a voice come to where nothing of them moves. */
typedef struct {
  uint64_t from; /* engine frame */
  double gain;
  float left, right; /* the same with the pan */
  bool known;        /* false: a ramp was touched since */
} mae_rest;

/* Reads a buffer and mixes into a node. A sound owns one; a ghost is a copy that fades out after its sound went
 * elsewhere. What every block reads stands in front: with thousands of voices the time goes into fetching it. */
typedef struct {
  mae_buffer *buffer;
  mae_node *node;    /* NULL: heard nowhere, but time goes on */
  mae_sound *sound;  /* NULL: a ghost */
  uint64_t index;    /* source frame under the read head */
  uint32_t fraction; /* of a frame, 2^-32 */
  bool pitch_enabled, looping, wrapped /* has passed the seam: what lies before the loop is its end */,
      listed /* in the active list */, playing;
  uint8_t resampler, pan_law;
  uint64_t begin, end;           /* range, end excluded */
  uint64_t loop_begin, loop_end; /* as asked for; cut to the range where used */
  uint64_t
      seam; /* where the read head last went back to the loop's beginning from: what lies there is heard before it */
  uint64_t stop_frame; /* engine frame at which it ends by itself, UINT64_MAX: none */
  double base_ratio;   /* source rate over engine rate */
  mae_rest rest;
  mae_ramp ramps[mae_voice_ramps]; /* pitch first: the others are looked at only while they move */
  mae_spatial spatial;
  uint64_t started; /* engine frame of its last start: nothing of it has been heard before */
  mae_flow flow;    /* of streams */
} mae_voice;

struct mae_sound {
  mae_object object;
  uint32_t run;            /* number of the last start */
  uint32_t waiting_starts; /* starts that wait for their frame */
  uint32_t waiting_run;    /* run number of the last of them */
  uint32_t void_before;    /* waiting starts with a lower order were called off */
  bool paused, at_end, fade_stopped /* a fade-out stopped it: the next start is at full */;
  mae_voice voice;
};

/* ---- nodes: a mixer with a volume, leading somewhere
 * --------------------------------------------------------------------- */
typedef enum {
  mae_node_volume,
  mae_node_pan,
  mae_node_pitch,
  mae_node_output,
  mae_node_mute,
  mae_node_pause,
  mae_node_ramps
} mae_node_ramp;

typedef struct {
  mae_node *to;
  mae_ramp gain;
  bool send; /* stays beside the present route for as long as it has a gain */
  bool key;  /* of a send: the effect there takes its level from it, and nothing is heard of it */
} mae_route;

/* A send that begins when the routes that still fade out are gone: until then it would be a cycle. */
typedef struct {
  uint32_t to; /* id, 0: the place is free */
  float gain;
  bool key;
} mae_waiting_send;

struct mae_node {
  mae_object object;
  mae_route
      routes[MAE_NODE_ROUTES]; /* the first is the present one (to may be NULL), the rest are sends or fading out */
  uint32_t route_count;
  mae_waiting_send waiting_sends[MAE_NODE_SENDS];
  mae_ramp ramps[mae_node_ramps];
  uint64_t touched;    /* number of the block in which something was mixed in */
  uint64_t sounded_to; /* engine frame after the last one that carried sound */
  float *key; /* mix of what an effect takes its level from, NULL where it takes it from nothing but its input */
  uint64_t key_touched;  /* number of the block in which something was mixed into it */
  uint32_t keys;         /* sends that do */
  uint32_t users;        /* voices and nodes that lead here */
  uint32_t route_serial; /* grows with every change of route */
  uint32_t depth;        /* longest way to an end of the graph */
  uint32_t made;         /* its place among all nodes that were ever made */
  mae_effect *effect;    /* works on the mix; NULL: none */
  uint32_t wanted;       /* id of the node it shall lead to as soon as that makes no cycle, where `waits` */
  bool waits, paused, frozen /* its own pause is complete */, still /* frozen here or above */, pitch_moves, dying;
  double pitch;         /* product of the way up, where it does not move */
  double *pitch_frames; /* for each frame of the block, where it does */
  float *mix;
  float peaks[MAE_MAX_CHANNELS];
  uint32_t peak_reset;
};

/* ---- commands that wait for their frame
 * ------------------------------------------------------------------------------------ */
typedef struct {
  uint8_t op, param, curve, flags;
  uint32_t target;
  double frame;
  union {
    double value;
    uint32_t words[2];
    float floats[2];
  } a;
  union {
    uint32_t words[2];
    double value;
  } b;
} mae_command;

typedef struct {
  uint64_t frame;
  uint32_t order;    /* of sending */
  uint32_t internal; /* 0, or one of the engine's own reminders */
  mae_command command;
} mae_scheduled;

/* The engine's own reminders. */
enum {
  mae_remind_ramp = 1,
  mae_remind_freeze,
  mae_remind_routes,
  mae_remind_fade /* a dying effect */,
  mae_remind_faded
};

struct mae_engine {
  mae_engine_config config;
  const mae_kernels *kernels;
  uint8_t *wire;
  uint64_t now;   /* the clock: frames rendered */
  uint64_t block; /* number of the block being rendered */
  uint32_t command_tail, event_head;
  uint32_t underruns, events_lost, heartbeat, stream_underruns;
  float load;

  mae_sound *sound_chunks[MAE_SLOT_CHUNKS];
  mae_buffer *buffer_chunks[MAE_SLOT_CHUNKS];
  mae_node *nodes[MAE_WIRE_NODE_CAPACITY];
  uint32_t sound_count; /* that exist */
  uint32_t playing;     /* of them, playing or paused */

  mae_voice **active; /* in the order in which they began: the order of addition must not depend on how time is cut */
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

  float matrices[MAE_MAX_CHANNELS][MAE_MAX_CHANNELS *
                                   MAE_MAX_CHANNELS]; /* from n + 1 source channels to the engine's: [source][engine] */
  int8_t sides[MAE_MAX_CHANNELS];                     /* of the engine's channels: -1 left, 0 neither, 1 right */

  mae_sinc *sincs[MAE_RESAMPLER_COUNT - MAE_WIRE_RESAMPLER_SINC]; /* made when a sound first asks for them */
  mae_speakers speakers;
  mae_listener listeners[MAE_WIRE_LISTENER_COUNT];
  uint32_t listeners_state; /* grows with every change of one of them */

  /* Scratch of one block. */
  float *window, *resampled, *mapped;
  uint64_t *positions;
  double *gains, *pans, *ratios;
  float *left, *right, *centre, *spread;
};

/* ---- wire access
 * ------------------------------------------------------------------------------------------------------------- */
/* [any] Numbers on the wire, by their offset; who may write them stands in mae_wire.def. */
static inline uint32_t *mae_wire_u32(mae_engine *engine, uint32_t offset) {
  return (uint32_t *)(void *)(engine->wire + offset);
}
static inline double *mae_wire_f64(mae_engine *engine, uint32_t offset) {
  return (double *)(void *)(engine->wire + offset);
}
static inline float *mae_wire_f32(mae_engine *engine, uint32_t offset) {
  return (float *)(void *)(engine->wire + offset);
}

/* [any] The parts of an id. */
static inline uint32_t mae_id_slot(uint32_t id) { return id & MAE_WIRE_ID_SLOT_MASK; }
static inline uint32_t mae_id_kind(uint32_t id) { return id >> MAE_WIRE_ID_KIND_SHIFT; }
static inline uint32_t mae_id_generation(uint32_t id) {
  return (id >> MAE_WIRE_ID_GENERATION_SHIFT) & MAE_WIRE_ID_GENERATION_MAX;
}

/* [any] A frame number from the wire; what is none becomes 0, more than a double counts exactly becomes that. */
static inline uint64_t mae_frame_of(double value) {
  const double most = 9007199254740992.0;
  return !(value > 0) ? 0 : value >= most ? (uint64_t)most : (uint64_t)value;
}

/* [audio] The memory of a sound's slot, NULL where none was prepared. */
static inline mae_sound *mae_sound_slot(mae_engine *engine, uint32_t slot) {
  mae_sound *chunk = __atomic_load_n(&engine->sound_chunks[slot / MAE_SLOT_CHUNK], __ATOMIC_ACQUIRE);
  return chunk ? chunk + slot % MAE_SLOT_CHUNK : 0;
}

/* [any] The memory of a buffer's slot, NULL where none was prepared. */
static inline mae_buffer *mae_buffer_slot(mae_engine *engine, uint32_t slot) {
  mae_buffer *chunk = __atomic_load_n(&engine->buffer_chunks[slot / MAE_SLOT_CHUNK], __ATOMIC_ACQUIRE);
  return chunk ? chunk + slot % MAE_SLOT_CHUNK : 0;
}

/* [audio] The buffer with this id, NULL where there is none: also while the control side fills the slot for another id.
 */
static inline mae_buffer *mae_buffer_find(mae_engine *engine, uint32_t id) {
  if (mae_id_slot(id) >= MAE_WIRE_BUFFER_CAPACITY) return 0;
  mae_buffer *buffer = mae_buffer_slot(engine, mae_id_slot(id));
  return buffer && __atomic_load_n(&buffer->object.id, __ATOMIC_ACQUIRE) == id && !buffer->dying ? buffer : 0;
}

/* [any] The memory of a node's slot, NULL where none was prepared. */
static inline mae_node *mae_node_slot(mae_engine *engine, uint32_t slot) {
  return slot < MAE_WIRE_NODE_CAPACITY ? __atomic_load_n(&engine->nodes[slot], __ATOMIC_ACQUIRE) : 0;
}

/* [any] Where everything ends. */
static inline mae_node *mae_endpoint(mae_engine *engine) { return engine->nodes[0]; }

#endif
