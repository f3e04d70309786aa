/* Voices, and the sounds that own them. */
#ifndef MAE_STATE_VOICES_H
#define MAE_STATE_VOICES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ramp.h"
#include "mae.h"
#include "state/buffers.h"
#include "state/objects.h"
#include "state/space.h"

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
  bool heard;                   /* something was put out since the read head last jumped */
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
  struct mae_node *node;   /* NULL: heard nowhere, but time goes on */
  struct mae_sound *sound; /* NULL: a ghost */
  uint64_t index;          /* source frame under the read head */
  uint32_t fraction;       /* of a frame, 2^-32 */
  bool pitch_enabled, looping;
  bool wrapped; /* has passed the seam: what lies before the loop is its end */
  bool listed;  /* in the active list */
  bool playing;
  uint8_t resampler, pan_law;
  uint64_t begin, end;           /* range, end excluded */
  uint64_t loop_begin, loop_end; /* as asked for; cut to the range where used */
  /* Where the read head last went back to the loop's beginning from: what lies there is heard before it. */
  uint64_t seam;
  uint64_t stop_frame; /* engine frame at which it ends by itself, UINT64_MAX: none */
  double base_ratio;   /* source rate over engine rate */
  mae_rest rest;
  mae_ramp ramps[mae_voice_ramps]; /* pitch first: the others are looked at only while they move */
  mae_spatial spatial;
  uint64_t started; /* engine frame of its last start: nothing of it has been heard before */
  mae_flow flow;    /* of streams */
} mae_voice;

typedef struct mae_sound {
  mae_object object;
  uint32_t run;            /* number of the last start */
  uint32_t waiting_starts; /* starts that wait for their frame */
  uint32_t waiting_run;    /* run number of the last of them */
  uint32_t void_before;    /* waiting starts with a lower order were called off */
  bool paused, at_end;
  bool fade_stopped; /* a fade-out stopped it: the next start is at full */
  mae_voice voice;
} mae_sound;

#endif
