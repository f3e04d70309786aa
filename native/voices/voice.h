/* A voice: reads its source and mixes it into its node, every gain moving frame by frame. */
#ifndef MAE_VOICES_VOICE_H
#define MAE_VOICES_VOICE_H

#include <stddef.h>

#include "state/engine.h"

/* [any] True if what it reads may have holes. */
static inline bool mae_voice_streams(const mae_voice *voice) { return voice->buffer->stream.kind != mae_stream_none; }

/* [audio] Mixes the next `frames` frames. Returns false where the voice has nothing more to say. */
bool mae_voice_render(mae_engine *engine, mae_voice *voice, uint32_t frames);

/* [audio] Puts a voice at the end of the active list, once. */
void mae_voice_list(mae_engine *engine, mae_voice *voice);

/* [audio] Leaves a copy behind that fades out from where the voice is now. Call before the voice is changed in a way
 * that would be heard as a step. */
void mae_voice_leave_ghost(mae_engine *engine, const mae_voice *voice);

/* [audio] Gives a ghost's place back. */
void mae_voice_drop_ghost(mae_engine *engine, mae_voice *ghost);

/* [audio] Fades a voice in from silence over the smoothing time. */
void mae_voice_soften(mae_engine *engine, mae_voice *voice);

/* [audio] Asks for the part of a voice that every block reads. */
static inline void mae_voice_prefetch(const mae_voice *voice) {
  const char *at = (const char *)voice;
  for (size_t offset = 0; offset < offsetof(mae_voice, spatial) + sizeof(uint64_t); offset += 64)
    __builtin_prefetch(at + offset);
}

#endif
