/* Files that are decoded piece by piece, from anywhere. */
#include "decoders/decoder.h"

#include <stdlib.h>
#include <string.h>

#define LOWEST_SAMPLE_RATE 1000u
#define HIGHEST_SAMPLE_RATE 768000u

struct mae_decoder {
  mae_bytes bytes;
  const mae_file_kind *kind;
  void *file;
  mae_sound_info info;
  uint8_t piece[]; /* MAE_BYTES_PIECE bytes where there is a reader */
};

/* [any] A compressed file without sound is damaged; one of plain samples may really be empty. */
static bool is_sound(const mae_sound_info *info) {
  const bool may_be_empty = info->codec != mae_codec_flac && info->codec != mae_codec_mp3;
  return info->channels >= 1 && info->channels <= MAE_MAX_CHANNELS && info->sample_rate >= LOWEST_SAMPLE_RATE &&
         info->sample_rate <= HIGHEST_SAMPLE_RATE && (info->frames > 0 || may_be_empty);
}

/* [worker] Takes the decoder over. */
static mae_result open_file(mae_decoder *self, mae_decoder **decoder, mae_sound_info *info) {
  self->kind = mae_file_kind_of(&self->bytes);
  mae_result result = self->kind ? self->kind->open(&self->bytes, &self->file, &self->info) : MAE_DECODE;
  if (result == MAE_OK && !is_sound(&self->info)) result = MAE_DECODE;
  if (result != MAE_OK) {
    mae_decoder_close(self);
    return result;
  }
  *info = self->info;
  *decoder = self;
  return MAE_OK;
}

mae_result mae_decoder_open(const mae_reader *reader, mae_decoder **decoder, mae_sound_info *info) {
  if (!reader || !decoder || !info) return MAE_INVALID_ARGUMENT;
  *decoder = NULL;
  memset(info, 0, sizeof *info);
  mae_decoder *self = calloc(1, sizeof *self + MAE_BYTES_PIECE);
  if (!self) return MAE_OUT_OF_MEMORY;
  self->bytes = mae_bytes_of_reader(reader, self->piece);
  return open_file(self, decoder, info);
}

mae_result mae_decoder_open_memory(const void *bytes, size_t size, mae_decoder **decoder, mae_sound_info *info) {
  *decoder = NULL;
  memset(info, 0, sizeof *info);
  mae_decoder *self = calloc(1, sizeof *self);
  if (!self) return MAE_OUT_OF_MEMORY;
  self->bytes = mae_bytes_of_memory(bytes, size);
  return open_file(self, decoder, info);
}

mae_result mae_decoder_read(mae_decoder *self, uint64_t frame, uint32_t count, float *samples) {
  if (frame > self->info.frames || count > self->info.frames - frame) return MAE_INVALID_ARGUMENT;
  const mae_result result = self->kind->read(self->file, frame, count, samples);
  if (result != MAE_OK) return result;
  /* NaN and infinity become 0: one of them would silence every sound it is mixed with. */
  for (size_t i = 0; i < (size_t)count * self->info.channels; i += 1) {
    /* Of a finite number only, minus itself is 0. */
    if (!(samples[i] - samples[i] == 0.0f)) samples[i] = 0.0f;
  }
  return MAE_OK;
}

void mae_decoder_close(mae_decoder *self) {
  if (!self) return;
  if (self->file) self->kind->close(self->file);
  free(self);
}

mae_result mae_inspect(const mae_reader *reader, mae_sound_info *info) {
  mae_decoder *decoder = NULL;
  const mae_result result = mae_decoder_open(reader, &decoder, info);
  mae_decoder_close(decoder);
  return result;
}
