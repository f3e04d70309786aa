/* Spatial sound: from where a sound is and who listens to the gain of each channel and the doppler factor. The gains
 * are worked out only when something changes, at the frame at which it does, and move straight to their new values over
 * the smoothing time: so a change of any size is no step, what rests costs what a plain sound costs, and the bits do
 * not depend on how time is cut. */
#ifndef MAE_VOICES_SPATIAL_H
#define MAE_VOICES_SPATIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "state/engine.h"

typedef struct {
  float x, y, z;
} mae_vector;

/* [control] The listeners of a new engine: the first hears, at the origin. */
void mae_listeners_begin(mae_engine *engine);

/* [audio] Does LISTENER_VECTOR and LISTENER_ENABLED. */
mae_result mae_listener_command(mae_engine *engine, const mae_command *command);

/* [audio] The defaults of a new sound. */
void mae_spatial_begin(mae_spatial *spatial, bool enabled);

/* [audio] Does SOUND_SPATIAL, all but the switch. A value outside its range is brought into it. */
mae_result mae_spatial_set(mae_spatial *spatial, uint8_t param, double value);

/* [audio] Does SOUND_VECTOR. */
mae_result mae_spatial_set_vector(mae_spatial *spatial, uint8_t param, mae_vector vector);

/* [audio] The three floats of a command; what is not finite becomes 0. */
mae_vector mae_vector_of(const mae_command *command);

/* [audio] Works the gains of a voice out anew and lets them move there from the present frame on. */
void mae_spatial_locate(mae_engine *engine, mae_spatial *spatial);

/* [audio] The same where something has changed. */
static inline void mae_spatial_update(mae_engine *engine, mae_spatial *spatial) {
  if (spatial->stale || spatial->listeners != engine->listeners_state) mae_spatial_locate(engine, spatial);
}

/* [audio] values[i] *= the gain of a channel at frame + i. */
void mae_spatial_multiply(const mae_spatial *spatial, uint32_t channel, uint64_t frame, float *values, uint32_t count);

/* [audio] All channels of the source as one: their mean. */
void mae_spatial_downmix(const float *samples, uint32_t channels, uint32_t count, float *out);

#endif
