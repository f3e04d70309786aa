/* Reading a source: where the next frames lie in it, and interpolation between its frames. */
#ifndef MAE_VOICES_SOURCE_H
#define MAE_VOICES_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

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

/* [audio] The next frames of a voice that reads a buffer, at the engine's rate, in the source's channels: sets *samples
 * to 1..wanted interleaved frames that stay valid until the next call. `frame` is the engine frame of the first,
 * `offset` where it lies in the block. Returns their count. There must be something to read. */
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

/* [audio] Asks for the samples that a voice will read next: voices read far from one another, which no cache
 * foresees. Nothing happens where there is no memory. */
static inline void mae_source_prefetch(const mae_voice *voice) {
  if (!voice->playing) return;         /* its buffer may be gone */
  enum { LINES = 8, LINE_BYTES = 64 }; /* processors see a longer stretch by themselves */
  const mae_buffer_config *config = &voice->buffer->config;
  uintptr_t at = (uintptr_t)config->samples + (uintptr_t)voice->index * config->channels * sizeof(float);
  for (uint32_t line = 0; line < LINES; line += 1) __builtin_prefetch((const void *)(at + line * LINE_BYTES));
}

#endif
