/* Frames as they lie in memory, in any sample format, whole or in a stream: as floats. */
#ifndef MAE_VOICES_SAMPLES_H
#define MAE_VOICES_SAMPLES_H

#include <stdbool.h>
#include <stdint.h>

#include "state/engine.h"

/* [audio] Writes `frames` frames from source frame `index` on, which must be there. Returns false where a page was
 * taken away meanwhile: what was written is no sound then. */
bool mae_samples_read(const mae_engine *engine, const mae_buffer *buffer, uint64_t index, uint32_t frames, float *out);

/* [audio] The place in the stream's memory where a page lies, `capacity` where it is not there. */
uint32_t mae_samples_page(const mae_stream *stream, uint64_t page);

#endif
