/* Sounds: what the transport commands do. */
#ifndef MAE_VOICES_SOUND_H
#define MAE_VOICES_SOUND_H

#include "state/engine.h"

/* [audio] Does one SOUND_* command, or RAMP of a sound, now. `order` is its place in the sending order where it had to
 * wait, `waited` says whether it had. */
mae_result mae_sound_command(mae_engine *engine, mae_sound *sound, const mae_command *command, bool waited,
                             uint32_t order);

/* [audio] SOUND_CREATE into a free slot. */
mae_result mae_sound_create(mae_engine *engine, mae_sound *sound, const mae_command *command);

/* [audio] The ramp behind a parameter of RAMP, NULL where sounds have none. */
mae_ramp *mae_sound_parameter(mae_sound *sound, uint8_t param);

/* [audio] A start was put off to its frame. */
void mae_sound_start_waits(mae_sound *sound, const mae_command *command);

/* [audio] The voice read its last frame. */
void mae_sound_ended(mae_engine *engine, mae_sound *sound);

/* [audio] The voice faded out as asked. */
void mae_sound_fade_stopped(mae_engine *engine, mae_sound *sound);

/* [audio] Writes cursor and flags to the wire. */
void mae_sound_publish(mae_engine *engine, const mae_sound *sound);

#endif
