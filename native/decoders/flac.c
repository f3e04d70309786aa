/* flac, by itself and in Ogg, by miniaudio's flac decoder. */
#include <string.h>

#include "decoders/file_kind.h"
#include "decoders/flac_end.h"
#include "decoders/upstream_file.h"

/* A page of Ogg before its table of segments. */
#define OGG_HEADER_BYTES 27u
/* Before "fLaC" in the first packet of flac in Ogg. */
#define OGG_MAPPING_BYTES 9u

/* [worker] */
static bool recognise(mae_bytes *bytes) {
  return mae_bytes_have(bytes, 0, "OggS") || mae_bytes_have(bytes, mae_bytes_behind_id3(bytes), "fLaC");
}

/* [worker] Where the body of STREAMINFO begins, which is the first block of metadata; 0 where it is not there. */
static uint64_t find_streaminfo(mae_bytes *bytes, bool is_ogg) {
  uint64_t at = is_ogg ? 0 : mae_bytes_behind_id3(bytes);
  if (is_ogg) {
    const uint8_t *page = mae_bytes_at(bytes, 0, OGG_HEADER_BYTES);
    if (!page) return 0;
    at = OGG_HEADER_BYTES + page[26] + OGG_MAPPING_BYTES;
  }
  return mae_bytes_have(bytes, at, "fLaC") ? at + 8 : 0;
}

/* [worker] Finds the length of a file that does not say it, as of a recording into a pipe: at its end, or, where that
 * was cut off, by decoding it. */
static mae_result find_length(mae_bytes *bytes, mae_upstream_file *file, const mae_flac_shape *shape, bool is_ogg,
                              uint64_t *frames) {
  if (shape && (is_ogg ? mae_ogg_flac_end(bytes, frames) : mae_flac_end(bytes, shape, frames)) && *frames > 0) {
    mae_upstream_file_set_length(file, *frames);
    return MAE_OK;
  }
  return mae_upstream_file_count(file, frames);
}

/* [worker] */
static mae_result open_file(mae_bytes *bytes, void **opened, mae_sound_info *info) {
  const bool is_ogg = mae_bytes_have(bytes, 0, "OggS");
  mae_flac_shape shape;
  const uint64_t at = find_streaminfo(bytes, is_ogg);
  const bool has_shape = at != 0 && mae_flac_shape_at(bytes, at, &shape);
  mae_upstream_file *file = NULL;
  mae_result result = mae_upstream_file_open(bytes, ma_encoding_format_flac, &file, info);
  if (result != MAE_OK) return result;
  info->container = is_ogg ? mae_container_ogg : mae_container_flac;
  info->codec = mae_codec_flac;
  info->bits = has_shape ? shape.bits : 0;
  /* More channels than are decoded would not fit where the frames are counted. */
  if (info->channels < 1 || info->channels > MAE_MAX_CHANNELS) result = MAE_DECODE;
  else if (info->frames == 0) result = find_length(bytes, file, has_shape ? &shape : NULL, is_ogg, &info->frames);
  if (result != MAE_OK) {
    mae_upstream_file_close(file);
    return result;
  }
  *opened = file;
  return MAE_OK;
}

const mae_file_kind mae_flac_files = {recognise, open_file, mae_upstream_file_read, mae_upstream_file_close};
