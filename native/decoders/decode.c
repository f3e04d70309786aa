/* Whole files to float32, from memory. What the file claims about its length is never allocated before the data has
 * been seen. */
#include <stdlib.h>
#include <string.h>

#include "decoders/decoder.h"

/* Frames that are decoded in one go. */
#define FRAMES_AT_ONCE 16384u
/* Room for the first frames, in bytes for each byte of the file: 16-bit files need 2, so most grow never or once. */
#define FIRST_BYTES_PER_BYTE 2u
#define FIRST_BYTES_MINIMUM 65536u

/* The most bytes one sound may have: what a Float32Array can hold on every host. */
static const uint64_t most_bytes = sizeof(size_t) == 4 ? 0x3FFF0000u : 0xFFFF0000u;

/* [worker] Makes room for at least `needed` bytes of the `all` that the sound will have, doubling so that the copies
 * stay linear. */
static mae_result reserve(mae_pcm *pcm, uint64_t *capacity, uint64_t needed, uint64_t all) {
  if (needed <= *capacity) return MAE_OK;
  uint64_t larger = *capacity * 2;
  if (larger < needed) larger = needed;
  if (larger > all) larger = all;
  float *samples = realloc(pcm->samples, (size_t)larger);
  if (!samples) return MAE_OUT_OF_MEMORY;
  pcm->samples = samples;
  *capacity = larger;
  return MAE_OK;
}

/* [worker] */
static mae_result read_all(mae_decoder *decoder, size_t file_bytes, mae_pcm *pcm) {
  const uint64_t frames = pcm->info.frames, frame_bytes = (uint64_t)pcm->info.channels * sizeof(float);
  if (frames > most_bytes / frame_bytes) return MAE_TOO_LARGE;
  const uint64_t all = frames * frame_bytes;
  uint64_t capacity = 0;
  uint64_t first = (uint64_t)file_bytes * FIRST_BYTES_PER_BYTE + FIRST_BYTES_MINIMUM;
  mae_result result = reserve(pcm, &capacity, first < all ? first : all, all);
  for (uint64_t frame = 0; result == MAE_OK && frame < frames;) {
    const uint32_t count = frames - frame < FRAMES_AT_ONCE ? (uint32_t)(frames - frame) : FRAMES_AT_ONCE;
    result = reserve(pcm, &capacity, (frame + count) * frame_bytes, all);
    if (result == MAE_OK) result = mae_decoder_read(decoder, frame, count, pcm->samples + frame * pcm->info.channels);
    frame += count;
  }
  return result;
}

mae_result mae_decode(const void *bytes, size_t size, mae_pcm *pcm) {
  if (!pcm) return MAE_INVALID_ARGUMENT;
  memset(pcm, 0, sizeof *pcm);
  if (!bytes && size > 0) return MAE_INVALID_ARGUMENT;
  mae_decoder *decoder = NULL;
  mae_result result = mae_decoder_open_memory(bytes, size, &decoder, &pcm->info);
  if (result != MAE_OK) return result;
  result = read_all(decoder, size, pcm);
  mae_decoder_close(decoder);
  if (result != MAE_OK) mae_pcm_free(pcm);
  return result;
}

void mae_pcm_free(mae_pcm *pcm) {
  if (!pcm) return;
  free(pcm->samples);
  memset(pcm, 0, sizeof *pcm);
}
