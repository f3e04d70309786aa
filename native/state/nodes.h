/* Nodes: each is a mixer with a volume that leads to another node; some have an effect. */
#ifndef MAE_STATE_NODES_H
#define MAE_STATE_NODES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ramp.h"
#include "mae.h"
#include "state/objects.h"

#define MAE_NODE_SENDS MAE_WIRE_SENDS_MAXIMUM
#define MAE_NODE_ROUTES (MAE_NODE_SENDS + 8)

typedef struct mae_node mae_node;

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
  uint32_t to; /* id, 0: the entry is free */
  float gain;
  bool key;
} mae_waiting_send;

struct mae_node {
  mae_object object;
  mae_route routes[MAE_NODE_ROUTES]; /* the first is the present one (to may be NULL), the rest are sends or fade out */
  uint32_t route_count;
  mae_waiting_send waiting_sends[MAE_NODE_SENDS];
  mae_ramp ramps[mae_node_ramps];
  uint64_t touched;    /* number of the block in which something was mixed in */
  uint64_t sounded_to; /* engine frame after the last one that carried sound */
  /* Mix of what an effect takes its level from, NULL where it takes it from nothing but its input. */
  float *key;
  uint64_t key_touched;      /* number of the block in which something was mixed into it */
  uint32_t keys;             /* sends that do */
  uint32_t users;            /* voices and nodes that lead here */
  uint32_t route_serial;     /* grows with every change of route */
  uint32_t depth;            /* longest way to an end of the graph */
  uint32_t made;             /* how many nodes were made before this one */
  struct mae_effect *effect; /* works on the mix; NULL: none */
  uint32_t wanted;           /* id of the node it shall lead to as soon as that makes no cycle, where `waits` */
  bool waits, paused;
  bool frozen; /* its own pause is complete */
  bool still;  /* frozen here or above */
  bool pitch_moves, dying;
  double pitch;         /* product of the way up, where it does not move */
  double *pitch_frames; /* for each frame of the block, where it does */
  float *mix;
  float peaks[MAE_MAX_CHANNELS];
  uint32_t peak_reset;
};

/* [audio] True where a route beside the present one is still wanted: a send that has a gain. */
static inline bool mae_route_lasts(const mae_route *route) { return route->send && route->gain.to != 0; }

#endif
