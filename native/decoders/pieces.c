/* Files that are decoded piece by piece, from anywhere. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/upstream.h"
#include "decoders/container.h"
#include "decoders/mp3.h"

struct mae_decoder {
  const mae_reader *reader;
  mae_sound_shape shape;
  mae_bytes bytes;
  mae_mp3 *mp3; /* NULL: the file is miniaudio's */
  ma_decoder upstream;
  ma_encoding_format encoding;
  /* False after a failure: nobody knows where it stands, and the next read opens it anew. */
  bool has_upstream;
  /* The file does not say how long it is: upstream can seek in it to its beginning only. */
  bool is_counted;
  uint64_t at;     /* byte that upstream reads next */
  uint64_t cursor; /* frame that upstream decodes next */
  uint8_t piece[MAE_BYTES_PIECE];
};

/* [worker] */
static ma_result on_read(ma_decoder *upstream, void *out, size_t size, size_t *read) {
  mae_decoder *self = upstream->pUserData;
  const uint64_t left = self->at < self->reader->size ? self->reader->size - self->at : 0;
  *read = self->reader->read(self->reader->user, self->at, out, size < left ? size : (size_t)left);
  self->at += *read;
  return *read == size ? MA_SUCCESS : MA_AT_END;
}

/* [worker] */
static ma_result on_seek(ma_decoder *upstream, ma_int64 offset, ma_seek_origin origin) {
  mae_decoder *self = upstream->pUserData;
  const int64_t base = origin == ma_seek_origin_start     ? 0
                       : origin == ma_seek_origin_current ? (int64_t)self->at
                                                          : (int64_t)self->reader->size;
  if (base + offset < 0 || (uint64_t)(base + offset) > self->reader->size) return MA_BAD_SEEK;
  self->at = (uint64_t)(base + offset);
  return MA_SUCCESS;
}

/* [worker] Some flac files do not say how long they are: then everything is decoded once to count it. */
static mae_result count_frames(mae_decoder *self) {
  ma_uint64 frames = 0;
  ma_decoder_get_length_in_pcm_frames(&self->upstream, &frames);
  self->shape.frames = frames;
  if (frames > 0) return MAE_OK;
  self->is_counted = true;
  float samples[256 * MAE_MAX_CHANNELS];
  ma_uint64 read = 0;
  while (ma_decoder_read_pcm_frames(&self->upstream, samples, 256, &read) == MA_SUCCESS && read > 0)
    self->shape.frames += read;
  return ma_decoder_seek_to_pcm_frame(&self->upstream, 0) == MA_SUCCESS ? MAE_OK : MAE_DECODE;
}

/* [worker] */
static ma_result init_upstream(mae_decoder *self) {
  ma_decoder_config config = ma_decoder_config_init(ma_format_f32, 0, 0);
  config.encodingFormat = self->encoding;
  self->at = self->cursor = 0;
  const ma_result status = ma_decoder_init(on_read, on_seek, self, &config, &self->upstream);
  self->has_upstream = status == MA_SUCCESS;
  return status;
}

/* [worker] */
static void drop_upstream(mae_decoder *self) {
  if (self->has_upstream) ma_decoder_uninit(&self->upstream);
  self->has_upstream = false;
}

/* [worker] */
static mae_result open_upstream(mae_decoder *self, mae_container container) {
  self->encoding = container == mae_container_wav ? ma_encoding_format_wav : ma_encoding_format_flac;
  const ma_result status = init_upstream(self);
  if (status != MA_SUCCESS) return status == MA_OUT_OF_MEMORY ? MAE_OUT_OF_MEMORY : MAE_DECODE;
  self->shape.channels = self->upstream.outputChannels;
  self->shape.sample_rate = self->upstream.outputSampleRate;
  const mae_result result =
      self->shape.channels >= 1 && self->shape.channels <= MAE_MAX_CHANNELS ? count_frames(self) : MAE_DECODE;
  if (result != MAE_OK) drop_upstream(self);
  return result;
}

/* [worker] Brings upstream to a frame. */
static mae_result seek_upstream(mae_decoder *self, uint64_t frame) {
  if (frame == self->cursor) return MAE_OK;
  if (!self->is_counted)
    return ma_decoder_seek_to_pcm_frame(&self->upstream, frame) == MA_SUCCESS ? MAE_OK : MAE_DECODE;
  if (frame < self->cursor) {
    if (ma_decoder_seek_to_pcm_frame(&self->upstream, 0) != MA_SUCCESS) return MAE_DECODE;
    self->cursor = 0;
  }
  float samples[256 * MAE_MAX_CHANNELS];
  while (self->cursor < frame) {
    const uint64_t left = frame - self->cursor;
    ma_uint64 read = 0;
    if (ma_decoder_read_pcm_frames(&self->upstream, samples, left < 256 ? left : 256, &read) != MA_SUCCESS || read == 0)
      return MAE_DECODE;
    self->cursor += read;
  }
  return MAE_OK;
}

/* [worker] A seek of upstream's in a damaged flac file leaves a state that must not be read from: after a failure it is
 * dropped. */
static mae_result read_upstream(mae_decoder *self, uint64_t frame, uint32_t count, float *samples) {
  if (!self->has_upstream && init_upstream(self) != MA_SUCCESS) return MAE_DECODE;
  ma_uint64 read = 0;
  if (seek_upstream(self, frame) == MAE_OK) ma_decoder_read_pcm_frames(&self->upstream, samples, count, &read);
  self->cursor = frame + read;
  if (read == count) return MAE_OK;
  drop_upstream(self);
  return MAE_DECODE;
}

mae_result mae_decoder_open(const mae_reader *reader, mae_decoder **decoder, mae_sound_shape *shape) {
  if (!reader || !decoder || !shape) return MAE_INVALID_ARGUMENT;
  *decoder = NULL;
  memset(shape, 0, sizeof *shape);
  mae_decoder *self = calloc(1, sizeof *self);
  if (!self) return MAE_OUT_OF_MEMORY;
  self->reader = reader;
  self->bytes = mae_bytes_of_reader(reader, self->piece);
  const mae_container container = mae_container_find(&self->bytes);
  mae_result result = MAE_DECODE;
  if (container != mae_container_unknown && mae_container_is_whole(container, &self->bytes)) {
    result = container == mae_container_mp3 ? mae_mp3_open(&self->bytes, &self->mp3, &self->shape)
                                            : open_upstream(self, container);
  }
  const uint32_t lowest_rate = 1000, highest_rate = 768000;
  const bool is_sound = self->shape.sample_rate >= lowest_rate && self->shape.sample_rate <= highest_rate &&
                        (self->shape.frames > 0 || container == mae_container_wav);
  if (result != MAE_OK) {
    free(self);
    return result;
  }
  if (!is_sound) {
    mae_decoder_close(self);
    return MAE_DECODE;
  }
  *shape = self->shape;
  *decoder = self;
  return MAE_OK;
}

mae_result mae_decoder_read(mae_decoder *self, uint64_t frame, uint32_t count, float *samples) {
  if (frame > self->shape.frames || count > self->shape.frames - frame) return MAE_INVALID_ARGUMENT;
  const mae_result result =
      self->mp3 ? mae_mp3_read(self->mp3, frame, count, samples) : read_upstream(self, frame, count, samples);
  if (result != MAE_OK) return result;
  for (size_t i = 0; i < (size_t)count * self->shape.channels; i += 1) {
    /* Of a finite number only, minus itself is 0. */
    if (!(samples[i] - samples[i] == 0.0f)) samples[i] = 0.0f;
  }
  return MAE_OK;
}

void mae_decoder_close(mae_decoder *self) {
  if (!self) return;
  mae_mp3_close(self->mp3);
  drop_upstream(self);
  free(self);
}
