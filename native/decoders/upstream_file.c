#include "decoders/upstream_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/upstream_inside.h"

/* Frames that are decoded at a time on the way to a position. */
#define SKIPPED_FRAMES 256u
/* How often a wav decoder may go back from where it is. One step mends a wrong size in the chunk of the format. */
#define MOST_STEPS_BACK 16u

/* [worker] There is one file; its handle is the file system itself. */
static ma_result on_open(ma_vfs *vfs, const char *path, ma_uint32 mode, ma_vfs_file *file) {
  (void)path;
  (void)mode;
  *file = vfs;
  return MA_SUCCESS;
}

/* [worker] */
static ma_result on_read(ma_vfs *vfs, ma_vfs_file handle, void *target, size_t size, size_t *read) {
  (void)handle;
  mae_upstream_file *file = vfs;
  const size_t count = mae_bytes_copy(file->bytes, file->at, target, size);
  file->at += count;
  if (read) *read = count;
  return count == size ? MA_SUCCESS : MA_AT_END;
}

/* [worker] A damaged size of a chunk can make miniaudio's wav decoder go back from where it is, and read the same
 * chunks for ever. */
static ma_result on_seek(ma_vfs *vfs, ma_vfs_file handle, ma_int64 offset, ma_seek_origin origin) {
  (void)handle;
  mae_upstream_file *file = vfs;
  if (file->encoding == ma_encoding_format_wav && origin == ma_seek_origin_current && offset < 0) {
    file->steps_back += 1;
    if (file->steps_back > MOST_STEPS_BACK) return MA_BAD_SEEK;
  }
  const uint64_t size = file->bytes->size;
  const int64_t base = origin == ma_seek_origin_start     ? 0
                       : origin == ma_seek_origin_current ? (int64_t)file->at
                                                          : (int64_t)size;
  if (offset > INT64_MAX - base || base + offset < 0 || (uint64_t)(base + offset) > size) return MA_BAD_SEEK;
  file->at = (uint64_t)(base + offset);
  return MA_SUCCESS;
}

/* [worker] It keeps miniaudio from believing that a file has more bytes than there are. */
static ma_result on_tell(ma_vfs *vfs, ma_vfs_file handle, ma_int64 *cursor) {
  (void)handle;
  *cursor = (ma_int64)((mae_upstream_file *)vfs)->at;
  return MA_SUCCESS;
}

/* [worker] */
static ma_result open_decoder(mae_upstream_file *file) {
  ma_decoder_config config = ma_decoder_config_init(ma_format_f32, 0, 0);
  config.encodingFormat = file->encoding;
  file->at = file->cursor = 0;
  file->steps_back = 0;
  const ma_result status = ma_decoder_init_vfs(file, "file", &config, &file->decoder);
  file->is_open = status == MA_SUCCESS;
  if (file->is_open && file->found_length > 0) mae_upstream_flac_set_length(&file->decoder, file->found_length);
  return status;
}

/* [worker] */
static void close_decoder(mae_upstream_file *file) {
  if (file->is_open) ma_decoder_uninit(&file->decoder);
  file->is_open = false;
}

mae_result mae_upstream_file_open(mae_bytes *bytes, ma_encoding_format encoding, mae_upstream_file **result,
                                  mae_sound_info *info) {
  mae_upstream_file *file = calloc(1, sizeof *file);
  if (!file) return MAE_OUT_OF_MEMORY;
  file->callbacks.onOpen = on_open;
  file->callbacks.onRead = on_read;
  file->callbacks.onSeek = on_seek;
  file->callbacks.onTell = on_tell;
  file->bytes = bytes;
  file->encoding = encoding;
  const ma_result status = open_decoder(file);
  if (status != MA_SUCCESS) {
    free(file);
    return status == MA_OUT_OF_MEMORY ? MAE_OUT_OF_MEMORY : MAE_DECODE;
  }
  ma_uint64 frames = 0;
  ma_decoder_get_length_in_pcm_frames(&file->decoder, &frames);
  info->channels = file->decoder.outputChannels;
  info->sample_rate = file->decoder.outputSampleRate;
  info->frames = frames;
  *result = file;
  return MAE_OK;
}

/* [worker] Decodes up to `count` frames and drops them. Returns how many there were. */
static uint64_t skip(mae_upstream_file *file, uint64_t count) {
  float samples[SKIPPED_FRAMES * MAE_MAX_CHANNELS];
  uint64_t skipped = 0;
  for (ma_uint64 read = 1; skipped < count && read > 0; skipped += read) {
    const uint64_t left = count - skipped;
    read = 0;
    ma_decoder_read_pcm_frames(&file->decoder, samples, left < SKIPPED_FRAMES ? left : SKIPPED_FRAMES, &read);
  }
  file->cursor += skipped;
  return skipped;
}

void mae_upstream_file_set_length(mae_upstream_file *file, uint64_t frames) {
  file->found_length = frames;
  mae_upstream_flac_set_length(&file->decoder, frames);
}

mae_result mae_upstream_file_count(mae_upstream_file *file, uint64_t *frames) {
  file->only_forward = true;
  *frames = skip(file, UINT64_MAX);
  file->cursor = 0;
  return ma_decoder_seek_to_pcm_frame(&file->decoder, 0) == MA_SUCCESS ? MAE_OK : MAE_DECODE;
}

/* [worker] Brings miniaudio to a frame. */
static bool seek(mae_upstream_file *file, uint64_t frame) {
  if (frame == file->cursor) return true;
  if (!file->only_forward) return ma_decoder_seek_to_pcm_frame(&file->decoder, frame) == MA_SUCCESS;
  if (frame < file->cursor) {
    if (ma_decoder_seek_to_pcm_frame(&file->decoder, 0) != MA_SUCCESS) return false;
    file->cursor = 0;
  }
  const uint64_t distance = frame - file->cursor;
  return skip(file, distance) == distance;
}

/* [worker] A seek of miniaudio's in a damaged flac file leaves a state that must not be read from: after a failure it
 * is closed. */
mae_result mae_upstream_file_read(void *opened, uint64_t frame, uint32_t count, float *samples) {
  mae_upstream_file *file = opened;
  if (!file->is_open) {
    const ma_result status = open_decoder(file);
    if (status != MA_SUCCESS) return status == MA_OUT_OF_MEMORY ? MAE_OUT_OF_MEMORY : MAE_DECODE;
  }
  ma_uint64 read = 0;
  if (seek(file, frame)) ma_decoder_read_pcm_frames(&file->decoder, samples, count, &read);
  file->cursor = frame + read;
  if (read == count) return MAE_OK;
  close_decoder(file);
  return MAE_DECODE;
}

void mae_upstream_file_close(void *opened) {
  mae_upstream_file *file = opened;
  if (!file) return;
  close_decoder(file);
  free(file);
}
