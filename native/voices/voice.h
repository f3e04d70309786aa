/* A voice: reads its buffer or stream and mixes it into its node, every gain moving frame by frame. */
#ifndef MAE_VOICES_VOICE_H
#define MAE_VOICES_VOICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "state/engine.h"

/* What became of a voice in a block. */
typedef enum {
  mae_voice_going,
  mae_voice_ended,  /* it read its last frame */
  mae_voice_stopped /* it faded out as asked */
} mae_voice_outcome;

/* [audio] Mixes the next `frames` frames. */
mae_voice_outcome mae_voice_render(mae_engine *engine, mae_voice *voice, uint32_t frames);

/* [any] True if what it reads may have holes. */
static inline bool mae_voice_streams(const mae_voice *voice) { return voice->buffer->stream.kind != mae_stream_none; }

/* [audio] Puts the read head on a source frame. */
void mae_voice_seek(mae_voice *voice, uint64_t index);

/* [audio] Puts a voice at the end of the active list, once. */
void mae_voice_list(mae_engine *engine, mae_voice *voice);

/* [audio] Leaves a copy behind that fades out from where the voice is now. Call before the voice is changed in a way
 * that would be heard as a step. */
void mae_voice_leave_ghost(mae_engine *engine, const mae_voice *voice);

/* [audio] A ghost is over: another may have its memory. */
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
