/* Headers of MPEG audio frames. */
#include "decoders/mp3_frame.h"

#include <string.h>

/* How far into the file an mp3 may begin: some carry padding or a broken tag before the first frame. */
#define SEARCH_BYTES 65536u
/* Frames of sound that every layer 3 decoder puts before the encoder's own delay: 528 of the filter banks and one more
 * by LAME's definition. */
#define DECODER_DELAY 529u

bool mae_mp3_frame_at(mae_bytes *bytes, uint64_t at, mae_mp3_frame *frame) {
  static const uint16_t rates[3] = {44100, 48000, 32000};
  static const uint16_t kilobits_version1[4][15] = {
      {0},
      {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
      {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
      {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
  };
  static const uint16_t kilobits_version2[4][15] = {
      {0},
      {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
      {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
      {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
  };
  const uint8_t *header = mae_bytes_at(bytes, at, 4);
  if (!header || header[0] != 0xFF || (header[1] & 0xE0) != 0xE0) return false;
  const unsigned version = (header[1] >> 3) & 3; /* 0: 2.5, 2: 2, 3: 1 */
  const unsigned layer = (header[1] >> 1) & 3;   /* 1: III, 2: II, 3: I */
  const unsigned rate_index = (header[2] >> 2) & 3;
  const unsigned bitrate_index = header[2] >> 4;
  if (version == 1 || layer == 0 || rate_index == 3 || bitrate_index == 0 || bitrate_index == 15) return false;
  const uint32_t rate = rates[rate_index] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
  const uint32_t bits = 1000u * (version == 3 ? kilobits_version1 : kilobits_version2)[layer][bitrate_index];
  const uint32_t padding = (header[2] >> 1) & 1;
  if (layer == 3) frame->bytes = (12 * bits / rate + padding) * 4;
  else frame->bytes = (layer == 1 && version != 3 ? 72 : 144) * bits / rate + padding;
  const bool is_mono = (header[3] >> 6) == 3;
  frame->side_bytes = version == 3 ? (is_mono ? 17 : 32) : (is_mono ? 9 : 17);
  frame->sample_rate = rate;
  frame->channels = is_mono ? 1 : 2;
  frame->samples = layer == 3 ? 384 : layer == 1 && version != 3 ? 576 : 1152;
  frame->identity = version << 8 | layer << 4 | rate_index;
  return frame->bytes > 4;
}

uint64_t mae_mp3_find(mae_bytes *bytes, uint64_t begin, mae_mp3_frame *frame) {
  for (uint64_t at = begin; at < bytes->size && at - begin < SEARCH_BYTES; at += 1) {
    mae_mp3_frame next;
    if (!mae_mp3_frame_at(bytes, at, frame)) continue;
    const uint64_t end = at + frame->bytes;
    if (end == bytes->size) return at;
    if (mae_mp3_frame_at(bytes, end, &next) && next.identity == frame->identity) return at;
  }
  return bytes->size;
}

/* [worker] Bytes from the tag of a Xing or Info header on; NULL where the frame has none, or the file ends in it. */
static const uint8_t *info_of(mae_bytes *bytes, uint64_t at, const mae_mp3_frame *frame, bool *has_info) {
  const uint64_t tag = at + 4 + frame->side_bytes;
  *has_info = mae_bytes_have(bytes, tag, "Xing") || mae_bytes_have(bytes, tag, "Info");
  /* What the frame is too short for reads as what follows it, and says nothing wrong: flags tell what is there. */
  return *has_info ? mae_bytes_at(bytes, tag, 4 + 4 + 4 + 4 + 100 + 4 + 24) : NULL;
}

bool mae_mp3_info_at(mae_bytes *bytes, uint64_t at, const mae_mp3_frame *frame, mae_mp3_info *info) {
  memset(info, 0, sizeof *info);
  bool has_info;
  const uint8_t *tag = info_of(bytes, at, frame, &has_info);
  if (!tag) return has_info;
  const uint32_t flags = tag[7];
  const uint8_t *rest = tag + 8;
  if (flags & 1) {
    info->frames = mae_read_u32_big(rest);
    rest += 4;
  }
  if (flags & 2) {
    info->bytes = mae_read_u32_big(rest);
    rest += 4;
  }
  rest += ((flags & 4) ? 100 : 0) + ((flags & 8) ? 4 : 0);
  /* LAME's part: nine bytes of version, twelve of other things, then delay and padding in 12 bits each. */
  if (rest[0] == 0 || 4u + frame->side_bytes + (uint32_t)(rest - tag) + 35 >= frame->bytes) return true;
  const uint32_t delay = (uint32_t)rest[21] << 4 | rest[22] >> 4, padding = (uint32_t)(rest[22] & 15) << 8 | rest[23];
  info->delay = delay + DECODER_DELAY;
  info->padding = padding > DECODER_DELAY ? padding - DECODER_DELAY : 0;
  return true;
}
