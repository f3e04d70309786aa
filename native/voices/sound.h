/* Sounds: what the transport commands do. */
#ifndef MAE_VOICES_SOUND_H
#define MAE_VOICES_SOUND_H

#include <stdbool.h>
#include <stdint.h>

#include "state/engine.h"
#include "voices/voice.h"

/* [audio] Does one SOUND_* command, or RAMP of a sound, now. `waited` says whether it had to wait for its frame,
 * `order` then is the order of sending. */
mae_result mae_sound_command(mae_engine *engine, mae_sound *sound, const mae_command *command, bool waited,
                             uint32_t order);

/* [audio] The living sound with this id, NULL where there is none. */
mae_sound *mae_sound_find(mae_engine *engine, uint32_t id);

/* [audio] Does SOUND_CREATE. */
mae_result mae_sound_create(mae_engine *engine, const mae_command *command);

/* [audio] The ramp behind a parameter of RAMP, NULL where sounds have none. */
mae_ramp *mae_sound_parameter(mae_sound *sound, uint8_t param);

/* [audio] A start was put off to its frame. */
void mae_sound_start_waits(mae_sound *sound, const mae_command *command);

/* [audio] The sound's voice ended or stopped in this block. */
void mae_sound_voice_done(mae_engine *engine, mae_sound *sound, mae_voice_outcome outcome);

/* [audio] Writes cursor and flags to the wire. */
void mae_sound_publish(mae_engine *engine, const mae_sound *sound);

#endif
