/* RIFF, RIFX, RF64, W64, AIFF and AIFC, all by miniaudio's wav decoder. */
#include <string.h>

#include "base/upstream_inside.h"
#include "decoders/file_kind.h"
#include "decoders/upstream_file.h"

/* [worker] */
static bool recognise(mae_bytes *bytes) {
  static const char *const tags[] = {"RIFF", "RIFX", "RF64", "riff", "FORM"};
  for (size_t index = 0; index < sizeof tags / sizeof *tags; index += 1)
    if (mae_bytes_have(bytes, 0, tags[index])) return true;
  return false;
}

/* [worker] False when more sound should follow than the bytes hold: the file was cut off, or its header is damaged.
 * Both sizes 0xFFFFFFFF is how programs write to a pipe, where the length is not known: everything to the end is sound
 * then. */
static bool is_whole(mae_bytes *bytes) {
  const bool is_rf64 = mae_bytes_have(bytes, 0, "RF64");
  if (!is_rf64 && !mae_bytes_have(bytes, 0, "RIFF")) return true; /* of the rarer kinds what is there is taken */
  const uint8_t *riff = mae_bytes_at(bytes, 0, 12);
  if (!riff) return false;
  const uint32_t riff_bytes = mae_read_u32(riff + 4);
  uint64_t long_data_bytes = 0;
  for (uint64_t at = 12;;) {
    const uint8_t *chunk = mae_bytes_at(bytes, at, 8);
    if (!chunk) return false;
    uint64_t length = mae_read_u32(chunk + 4);
    const bool is_data = memcmp(chunk, "data", 4) == 0;
    if (memcmp(chunk, "ds64", 4) == 0 && (chunk = mae_bytes_at(bytes, at, 24))) {
      long_data_bytes = mae_read_u64(chunk + 16);
    }
    if (is_data) {
      if (length == 0xFFFFFFFFu && is_rf64) length = long_data_bytes;
      else if (length == 0xFFFFFFFFu && riff_bytes == 0xFFFFFFFFu) return true;
      return length <= bytes->size - at - 8;
    }
    at += 8 + length + (length & 1);
  }
}

/* [any] The codec of a WAVE_FORMAT_* tag; false for one that is not decoded. */
static bool codec_of(uint32_t tag, mae_codec *codec) {
  switch (tag) {
    case 1: *codec = mae_codec_pcm; return true;
    case 3: *codec = mae_codec_float; return true;
    case 6: *codec = mae_codec_alaw; return true;
    case 7: *codec = mae_codec_mulaw; return true;
    case 2: /* Microsoft's */
    case 0x11: /* IMA's */ *codec = mae_codec_adpcm; return true;
    default: return false;
  }
}

/* [worker] */
static mae_result open_file(mae_bytes *bytes, void **opened, mae_sound_info *info) {
  if (!is_whole(bytes)) return MAE_DECODE;
  mae_upstream_file *file = NULL;
  const mae_result result = mae_upstream_file_open(bytes, ma_encoding_format_wav, &file, info);
  if (result != MAE_OK) return result;
  const mae_upstream_wav wav = mae_upstream_wav_of(&file->decoder);
  if (!codec_of(wav.format_tag, &info->codec) || wav.frame_bytes == 0) {
    mae_upstream_file_close(file);
    return MAE_DECODE;
  }
  info->container = wav.is_w64 ? mae_container_w64 : wav.is_aiff ? mae_container_aiff : mae_container_wav;
  info->bits = wav.bits;
  /* miniaudio believes what an AIFF or W64 header counts, also where the file was cut off. */
  const uint64_t there = wav.data_bytes / wav.frame_bytes;
  if (info->codec != mae_codec_adpcm && info->frames > there) info->frames = there;
  *opened = file;
  return MAE_OK;
}

const mae_file_kind mae_wav_files = {recognise, open_file, mae_upstream_file_read, mae_upstream_file_close};
