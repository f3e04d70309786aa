/* Reads just enough of wav and mp3 headers to know what they are and how much they claim to hold. */
#include "decoders/container.h"

#include <string.h>

/* How far into the file an mp3 may begin: some carry padding or a broken tag before the first frame. */
#define MP3_SEARCH_BYTES 65536u
/* How much an mp3 may be shorter than its header says, one long frame: encoders count their own header frame or not. */
#define MP3_SLACK_BYTES 1500u
/* Frames of sound that every layer 3 decoder puts before the encoder's own delay: 528 of the filter banks and one more
 * by LAME's definition. */
#define MP3_DECODER_DELAY 529u

/* [worker] Four bytes equal to a tag. */
static bool has_tag(mae_bytes *bytes, uint64_t at, const char *tag) {
  const uint8_t *four = mae_bytes_at(bytes, at, 4);
  return four && memcmp(four, tag, 4) == 0;
}

/* [any] Little-endian. */
static uint32_t read_u32(const uint8_t *bytes) {
  return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

/* [any] Big-endian. */
static uint32_t read_u32_big(const uint8_t *bytes) {
  return (uint32_t)bytes[3] | (uint32_t)bytes[2] << 8 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[0] << 24;
}

uint64_t mae_mp3_begin(mae_bytes *bytes) {
  const uint8_t *tag = mae_bytes_at(bytes, 0, 10);
  if (!tag || memcmp(tag, "ID3", 3) != 0) return 0;
  uint32_t length = (uint32_t)(tag[6] & 127) << 21 | (uint32_t)(tag[7] & 127) << 14 | (uint32_t)(tag[8] & 127) << 7 |
                    (uint32_t)(tag[9] & 127);
  return 10 + length + ((tag[5] & 16) ? 10 : 0);
}

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
  for (uint64_t at = begin; at < bytes->size && at - begin < MP3_SEARCH_BYTES; at += 1) {
    mae_mp3_frame next;
    if (!mae_mp3_frame_at(bytes, at, frame)) continue;
    const uint64_t end = at + frame->bytes;
    if (end == bytes->size) return at;
    if (mae_mp3_frame_at(bytes, end, &next) && next.identity == frame->identity) return at;
  }
  return bytes->size;
}

/* [worker] Bytes after the tag of a Xing or Info header; NULL where the frame has none. */
static const uint8_t *info_of(mae_bytes *bytes, uint64_t at, const mae_mp3_frame *frame) {
  const uint64_t tag = at + 4 + frame->side_bytes;
  if (!has_tag(bytes, tag, "Xing") && !has_tag(bytes, tag, "Info")) return NULL;
  const size_t most = 4 + 4 + 4 + 4 + 100 + 4 + 24,
               rest = bytes->size - tag < most ? (size_t)(bytes->size - tag) : most;
  /* What the frame is too short for reads as what follows it, and says nothing wrong: flags tell what is there. */
  return rest == most ? mae_bytes_at(bytes, tag, most) : NULL;
}

bool mae_mp3_info_at(mae_bytes *bytes, uint64_t at, const mae_mp3_frame *frame, mae_mp3_info *info) {
  memset(info, 0, sizeof *info);
  const uint8_t *tag = info_of(bytes, at, frame);
  if (!tag)
    return has_tag(bytes, at + 4 + frame->side_bytes, "Xing") || has_tag(bytes, at + 4 + frame->side_bytes, "Info");
  const uint32_t flags = tag[7];
  const uint8_t *rest = tag + 8;
  if (flags & 1) {
    info->frames = read_u32_big(rest);
    rest += 4;
  }
  rest += ((flags & 2) ? 4 : 0) + ((flags & 4) ? 100 : 0) + ((flags & 8) ? 4 : 0);
  /* LAME's part: nine bytes of version, twelve of other things, then delay and padding in 12 bits each. */
  if (rest[0] == 0 || 4u + frame->side_bytes + (uint32_t)(rest - tag) + 35 >= frame->bytes) return true;
  const uint32_t delay = (uint32_t)rest[21] << 4 | rest[22] >> 4, padding = (uint32_t)(rest[22] & 15) << 8 | rest[23];
  info->delay = delay + MP3_DECODER_DELAY;
  info->padding = padding > MP3_DECODER_DELAY ? padding - MP3_DECODER_DELAY : 0;
  return true;
}

mae_container mae_container_find(mae_bytes *bytes) {
  static const char *const wav_tags[] = {"RIFF", "RIFX", "RF64", "riff", "FORM"};
  for (size_t index = 0; index < sizeof wav_tags / sizeof *wav_tags; index += 1) {
    if (has_tag(bytes, 0, wav_tags[index])) return mae_container_wav;
  }
  const uint64_t begin = mae_mp3_begin(bytes);
  if (has_tag(bytes, begin, "fLaC") || has_tag(bytes, 0, "OggS")) return mae_container_flac;
  mae_mp3_frame frame;
  return mae_mp3_find(bytes, begin, &frame) < bytes->size ? mae_container_mp3 : mae_container_unknown;
}

/* [worker] Finds the data chunk. Both sizes 0xFFFFFFFF is how programs write to a pipe, where the length is not known:
 * everything to the end is sound then. */
static bool is_whole_wav(mae_bytes *bytes) {
  const bool is_rf64 = has_tag(bytes, 0, "RF64");
  if (!is_rf64 && !has_tag(bytes, 0, "RIFF")) return true; /* the rarer kinds are left to the decoder */
  const uint8_t *riff = mae_bytes_at(bytes, 0, 12);
  if (!riff) return false;
  const uint32_t riff_bytes = read_u32(riff + 4);
  uint64_t long_data_bytes = 0;
  for (uint64_t at = 12;;) {
    const uint8_t *chunk = mae_bytes_at(bytes, at, 8);
    if (!chunk) return false;
    uint64_t length = read_u32(chunk + 4);
    const bool is_data = memcmp(chunk, "data", 4) == 0;
    if (memcmp(chunk, "ds64", 4) == 0 && (chunk = mae_bytes_at(bytes, at, 24))) {
      long_data_bytes = (uint64_t)read_u32(chunk + 16) | (uint64_t)read_u32(chunk + 20) << 32;
    }
    if (is_data) {
      if (length == 0xFFFFFFFFu && is_rf64) length = long_data_bytes;
      else if (length == 0xFFFFFFFFu && riff_bytes == 0xFFFFFFFFu) return true;
      return length <= bytes->size - at - 8;
    }
    at += 8 + length + (length & 1);
  }
}

/* [worker] Compares the byte count of a Xing or Info header, where there is one. */
static bool is_whole_mp3(mae_bytes *bytes) {
  mae_mp3_frame frame;
  const uint64_t begin = mae_mp3_find(bytes, mae_mp3_begin(bytes), &frame), at = begin + 4 + frame.side_bytes;
  if (!has_tag(bytes, at, "Xing") && !has_tag(bytes, at, "Info")) return true;
  const uint8_t *tag = mae_bytes_at(bytes, at, 16);
  if (!tag) return false;
  const uint32_t flags = read_u32_big(tag + 4);
  if (!(flags & 2)) return true;
  return read_u32_big(tag + 8 + ((flags & 1) ? 4 : 0)) <= bytes->size - begin + MP3_SLACK_BYTES;
}

bool mae_container_is_whole(mae_container container, mae_bytes *bytes) {
  if (container == mae_container_wav) return is_whole_wav(bytes);
  if (container == mae_container_mp3) return is_whole_mp3(bytes);
  return true;
}
