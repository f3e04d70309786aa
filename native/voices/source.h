/* Reading a source: where the next frames lie in it, and interpolation between its frames. */
#ifndef MAE_VOICES_SOURCE_H
#define MAE_VOICES_SOURCE_H

#include "state/engine.h"

/* How many source frames an interpolator sees before the one it stands on, and after. */
typedef struct {
  uint32_t before, after;
} mae_sight;

/* Where the next frames of a voice lie in its source. */
typedef struct {
  mae_path path;
  mae_sight sees;
  uint32_t resampler; /* MAE_WIRE_RESAMPLER_* */
  bool plain;         /* the source's frames themselves */
} mae_way;

/* [audio] The next frames of a voice at the engine's rate, in the source's channels: sets *samples to 1..wanted
 * interleaved frames that stay valid until the next call. `frame` is the engine frame of the first, `offset` its place
 * in the block. Returns their count, 0 at the end. */
uint32_t mae_source_read(mae_engine *engine, mae_voice *voice, uint64_t frame, uint32_t offset, uint32_t wanted,
                         const float **samples);

/* [audio] For streams: the way of the next `wanted` frames. Valid until the next one is asked for. */
mae_way mae_source_way(mae_engine *engine, const mae_voice *voice, uint64_t frame, uint32_t offset, uint32_t wanted);

/* [audio] For streams: how far the voice's interpolator sees at its fastest. */
mae_sight mae_source_widest_sight(const mae_engine *engine, const mae_voice *voice);

/* [audio] For streams: reads along a way as far as `usable` frames from the read head reach, at least 1, into scratch
 * memory. Returns 0 where the source was taken away meanwhile. */
uint32_t mae_source_read_way(mae_engine *engine, mae_voice *voice, const mae_way *way, uint64_t usable, uint32_t wanted,
                             float **samples);

/* [audio] True where the voice has nothing more to read. */
static inline bool mae_source_ended(const mae_voice *voice) {
  if (voice->buffer->stream.kind != mae_stream_none) return voice->flow.over || voice->begin >= voice->end;
  return voice->begin >= voice->end || (!voice->looping && voice->index >= voice->end);
}

/* [audio] After a change of range or loop: what lies behind the read head is the loop's end only inside the loop. */
void mae_source_ranges_changed(mae_voice *voice);

/* [audio] Puts the read head on a source frame. */
void mae_source_seek(mae_voice *voice, uint64_t index);

/* [audio] Asks for the samples that a voice will read next: voices read places far apart, which no cache foresees.
 * Nothing happens where there is no memory. */
static inline void mae_source_prefetch(const mae_voice *voice) {
  if (!voice->playing) return;         /* its buffer may be gone */
  enum { LINES = 8, LINE_BYTES = 64 }; /* processors see a longer stretch by themselves */
  const mae_buffer_config *config = &voice->buffer->config;
  uintptr_t at = (uintptr_t)config->samples + (uintptr_t)voice->index * config->channels * sizeof(float);
  for (uint32_t line = 0; line < LINES; line += 1) __builtin_prefetch((const void *)(at + line * LINE_BYTES));
}

#endif
