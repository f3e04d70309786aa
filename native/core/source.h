/* Reading a source: where the next frames lie in it, and interpolation between its frames. */
#ifndef MAE_CORE_SOURCE_H
#define MAE_CORE_SOURCE_H

#include "engine.h"

/* Where the next frames of a voice lie in its source. */
typedef struct {
  mae_path path;
  uint32_t before, after; /* source frames that interpolation sees around the one it stands on */
  uint32_t resampler;     /* MAE_WIRE_RESAMPLER_* */
  bool plain;             /* the source's frames themselves */
} mae_way;

/* [audio] The next frames of a voice at the engine's rate, in the source's channels: sets *samples to 1..wanted interleaved frames that stay
 * valid until the next call. `frame` is the engine frame of the first, `offset` its place in the block. Returns their count, 0 at the end. */
uint32_t mae_source_read(mae_engine *engine, mae_voice *voice, uint64_t frame, uint32_t offset, uint32_t wanted, const float **samples);

/* [audio] For streams: the way of the next `wanted` frames. Valid until the next one is asked for. */
mae_way mae_source_way(mae_engine *engine, const mae_voice *voice, uint64_t frame, uint32_t offset, uint32_t wanted);

/* [audio] For streams: reads along a way as far as `usable` frames from the read head reach, at least 1, into scratch memory. Returns 0 where the source was taken away meanwhile. */
uint32_t mae_source_read_way(mae_engine *engine, mae_voice *voice, const mae_way *way, uint64_t usable, uint32_t wanted, float **samples);

/* [audio] True where the voice has nothing more to read. */
static inline bool mae_source_ended(const mae_voice *voice) {
  if (voice->buffer->stream.kind != mae_stream_none) return voice->flow.over || voice->begin >= voice->end;
  return voice->begin >= voice->end || (!voice->looping && voice->index >= voice->end);
}

/* [audio] After a change of range or loop: what lies behind the read head is the loop's end only inside the loop. */
void mae_source_ranges_changed(mae_voice *voice);

/* [audio] Puts the read head on a source frame. */
void mae_source_seek(mae_voice *voice, uint64_t index);

#endif
