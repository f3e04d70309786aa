/* Whole files to float32, from memory. What the file claims about its length is never allocated before the data has
 * been seen. */
#include <stdlib.h>
#include <string.h>

#include "base/upstream.h"
#include "decoders/container.h"
#include "mae.h"

/* Frames that are decoded in one go. */
#define FRAMES_AT_ONCE 16384u
/* Room for the first frames, in bytes for each byte of the file: 16-bit files need 2, so most grow never or once. */
#define FIRST_BYTES_PER_BYTE 2u
#define FIRST_BYTES_MINIMUM 65536u
#define LOWEST_SAMPLE_RATE 1000u
#define HIGHEST_SAMPLE_RATE 768000u

/* The most bytes one sound may have: what a Float32Array can hold on every host. */
static const uint64_t most_bytes = sizeof(size_t) == 4 ? 0x3FFF0000u : 0xFFFF0000u;

/* [worker] Makes room for at least `needed` bytes, doubling so that the copies stay linear. */
static mae_result reserve(mae_pcm *pcm, uint64_t *capacity, uint64_t needed) {
  if (needed <= *capacity) return MAE_OK;
  if (needed > most_bytes) return MAE_TOO_LARGE;
  uint64_t larger = *capacity * 2;
  if (larger < needed) larger = needed;
  if (larger > most_bytes) larger = most_bytes;
  float *samples = realloc(pcm->samples, (size_t)larger);
  if (!samples) return MAE_OUT_OF_MEMORY;
  pcm->samples = samples;
  *capacity = larger;
  return MAE_OK;
}

/* [worker] NaN and infinity become 0: one of them would silence every sound it is mixed with. */
static void make_finite(float *samples, uint64_t count) {
  for (uint64_t index = 0; index < count; index += 1) {
    /* Of a finite number only, minus itself is 0. */
    if (!(samples[index] - samples[index] == 0.0f)) samples[index] = 0.0f;
  }
}

/* [worker] Reads to the end. The last chunk may be short; an error in the middle looks the same to miniaudio and is
 * found by the length afterwards. */
static mae_result read_all(ma_decoder *decoder, size_t file_bytes, mae_pcm *pcm) {
  const uint64_t frame_bytes = (uint64_t)pcm->channels * sizeof(float);
  uint64_t capacity = 0;
  uint64_t first = (uint64_t)file_bytes * FIRST_BYTES_PER_BYTE;
  if (first < FIRST_BYTES_MINIMUM) first = FIRST_BYTES_MINIMUM;
  first += FRAMES_AT_ONCE * frame_bytes;
  mae_result result = reserve(pcm, &capacity, first < most_bytes ? first : most_bytes);
  if (result != MAE_OK) return result;
  for (;;) {
    result = reserve(pcm, &capacity, (pcm->frames + FRAMES_AT_ONCE) * frame_bytes);
    if (result != MAE_OK) return result;
    ma_uint64 read = 0;
    float *target = pcm->samples + pcm->frames * pcm->channels;
    ma_result status = ma_decoder_read_pcm_frames(decoder, target, FRAMES_AT_ONCE, &read);
    make_finite(target, read * pcm->channels);
    pcm->frames += read;
    if (status == MA_OUT_OF_MEMORY) return MAE_OUT_OF_MEMORY;
    if (status != MA_SUCCESS || read == 0) return MAE_OK;
  }
}

/* [worker] Gives back what was reserved beyond the sound. */
static void shrink(mae_pcm *pcm) {
  uint64_t bytes = pcm->frames * pcm->channels * sizeof(float);
  float *samples = realloc(pcm->samples, (size_t)(bytes > 0 ? bytes : 1));
  if (samples) pcm->samples = samples;
}

/* [worker] Decodes with one miniaudio decoder, and refuses a file that holds less than it says. */
static mae_result decode_as(mae_container container, const void *bytes, size_t size, mae_pcm *pcm) {
  ma_decoder_config config = ma_decoder_config_init(ma_format_f32, 0, 0);
  config.encodingFormat = container == mae_container_wav    ? ma_encoding_format_wav
                          : container == mae_container_flac ? ma_encoding_format_flac
                                                            : ma_encoding_format_mp3;
  ma_decoder decoder;
  ma_result status = ma_decoder_init_memory(bytes, size, &config, &decoder);
  if (status == MA_OUT_OF_MEMORY) return MAE_OUT_OF_MEMORY;
  if (status != MA_SUCCESS) return MAE_DECODE;
  pcm->channels = decoder.outputChannels;
  pcm->sample_rate = decoder.outputSampleRate;
  mae_result result = MAE_DECODE;
  if (pcm->channels >= 1 && pcm->channels <= MAE_MAX_CHANNELS && pcm->sample_rate >= LOWEST_SAMPLE_RATE &&
      pcm->sample_rate <= HIGHEST_SAMPLE_RATE) {
    result = read_all(&decoder, size, pcm);
  }
  ma_uint64 declared = 0;
  /* An mp3 without a length in its header would be decoded a second time by this question; its container was checked
   * before. */
  if (result == MAE_OK && container == mae_container_flac &&
      ma_decoder_get_length_in_pcm_frames(&decoder, &declared) == MA_SUCCESS && pcm->frames < declared) {
    result = MAE_DECODE;
  }
  ma_decoder_uninit(&decoder);
  return result;
}

/* [worker] Decodes wav, flac or mp3, found from the bytes. */
mae_result mae_decode(const void *bytes, size_t size, mae_pcm *pcm) {
  if (!pcm) return MAE_INVALID_ARGUMENT;
  memset(pcm, 0, sizeof *pcm);
  if (!bytes && size > 0) return MAE_INVALID_ARGUMENT;
  mae_bytes all = mae_bytes_of_memory(bytes, size);
  mae_container container = mae_container_find(&all);
  if (container == mae_container_unknown || !mae_container_is_whole(container, &all)) return MAE_DECODE;
  mae_result result = decode_as(container, bytes, size, pcm);
  /* A compressed file that decodes to nothing is damaged; a wav may really be empty. */
  if (result == MAE_OK && pcm->frames == 0 && container != mae_container_wav) result = MAE_DECODE;
  if (result == MAE_OK) shrink(pcm);
  else mae_pcm_free(pcm);
  return result;
}

/* [control] NULL and empty are allowed. */
void mae_pcm_free(mae_pcm *pcm) {
  if (!pcm) return;
  free(pcm->samples);
  memset(pcm, 0, sizeof *pcm);
}
