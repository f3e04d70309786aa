/* Reading a buffer: ranges, loops, sample formats and pitch. */
#ifndef MAE_CORE_SOURCE_H
#define MAE_CORE_SOURCE_H

#include "engine.h"

/* [audio] The next frames of a voice at the engine's rate, in the source's channels: sets *samples to 1..wanted interleaved frames that stay
 * valid until the next call. `frame` is the engine frame of the first, `offset` its place in the block. Returns their count, 0 at the end. */
uint32_t mae_source_read(mae_engine *engine, mae_voice *voice, uint64_t frame, uint32_t offset, uint32_t wanted, const float **samples);

/* [audio] True where the voice has nothing more to read. */
static inline bool mae_source_ended(const mae_voice *voice) {
  return voice->begin >= voice->end || (!voice->looping && voice->index >= voice->end);
}

/* [audio] After a change of range or loop: what lies behind the read head is the loop's end only inside the loop. */
void mae_source_ranges_changed(mae_voice *voice);

/* [audio] Puts the read head on a source frame. */
void mae_source_seek(mae_voice *voice, uint64_t index);

#endif
