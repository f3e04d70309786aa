/* Where sounds, listeners and speakers are. */
#ifndef MAE_STATE_SPACE_H
#define MAE_STATE_SPACE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ramp.h"
#include "mae.h"

typedef struct {
  double position[3], direction[3], velocity[3], world_up[3];
  double right[3], up[3], forward[3]; /* unit vectors made of direction and world up */
  bool enabled;
} mae_listener;

/* Where a sound is. Gains and doppler follow from it and from the listeners; a change of either lets them move to their
 * new values. */
typedef struct {
  bool enabled, relative;
  bool stale;  /* something of it has changed */
  bool jump;   /* nothing was heard with the present gains */
  bool silent; /* every gain ends at 0 */
  uint8_t attenuation;
  int8_t pinned;      /* -1: the nearest listener */
  uint32_t listeners; /* the state of the listeners that the gains are of */
  uint64_t begin, end;
  mae_ramp doppler; /* factor on the pitch */
  /* Gains of the engine's channels at the frames begin and end. */
  float from[MAE_MAX_CHANNELS], to[MAE_MAX_CHANNELS];
  double inverse_length;
  float position[3], direction[3], velocity[3];
  float cone[3]; /* inner and outer angle, outer gain */
  double rolloff, min_distance, max_distance, min_gain, max_gain, doppler_factor, directional_attenuation_factor;
} mae_spatial;

/* Speakers that have a direction, in the order of their angles. */
typedef struct {
  uint32_t count;
  uint32_t channels[MAE_MAX_CHANNELS];
  double angles[MAE_MAX_CHANNELS]; /* radians, 0 ahead, positive to the right, -pi..pi */
} mae_speakers;

#endif
