/* Reads just enough of wav and mp3 headers to know what they are and how much they claim to hold. */
#include "decode_container.h"

#include <stdint.h>
#include <string.h>

/* How far into the file an mp3 may begin: some carry padding or a broken tag before the first frame. */
#define MP3_SEARCH_BYTES 65536u
/* How much an mp3 may be shorter than its header says, one long frame: encoders count their own header frame or not. */
#define MP3_SLACK_BYTES 1500u

typedef struct {
  uint32_t identity; /* version, layer and sample rate bits: equal in all frames of a stream */
  size_t bytes;      /* length of the frame */
  size_t side_bytes; /* side information of layer 3, before a Xing header */
} mp3_frame;

/* [any] Four bytes equal to a tag. */
static int has_tag(const uint8_t *bytes, size_t size, size_t at, const char *tag) { return at + 4 <= size && memcmp(bytes + at, tag, 4) == 0; }

/* [any] Little-endian. */
static uint32_t read_u32(const uint8_t *bytes) { return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24; }

/* [any] Big-endian. */
static uint32_t read_u32_big(const uint8_t *bytes) { return (uint32_t)bytes[3] | (uint32_t)bytes[2] << 8 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[0] << 24; }

/* [any] Length of an ID3v2 tag at the beginning, 0 without one. */
static size_t id3_bytes(const uint8_t *bytes, size_t size) {
  if (size < 10 || memcmp(bytes, "ID3", 3) != 0) return 0;
  size_t length = (size_t)(bytes[6] & 127) << 21 | (size_t)(bytes[7] & 127) << 14 | (size_t)(bytes[8] & 127) << 7 | (size_t)(bytes[9] & 127);
  return 10 + length + ((bytes[5] & 16) ? 10 : 0);
}

/* [any] Reads an MPEG audio header (ISO 11172-3 2.4.1.3, and the half-rate versions of 13818-3). 0 if it is none. */
static int read_mp3_frame(const uint8_t *bytes, size_t size, size_t at, mp3_frame *frame) {
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
  if (at + 4 > size) return 0;
  const uint8_t *header = bytes + at;
  if (header[0] != 0xFF || (header[1] & 0xE0) != 0xE0) return 0;
  const unsigned version = (header[1] >> 3) & 3; /* 0: 2.5, 2: 2, 3: 1 */
  const unsigned layer = (header[1] >> 1) & 3;   /* 1: III, 2: II, 3: I */
  const unsigned rate_index = (header[2] >> 2) & 3;
  const unsigned bitrate_index = header[2] >> 4;
  if (version == 1 || layer == 0 || rate_index == 3 || bitrate_index == 0 || bitrate_index == 15) return 0;
  const size_t rate = rates[rate_index] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
  const size_t bits = 1000u * (version == 3 ? kilobits_version1 : kilobits_version2)[layer][bitrate_index];
  const size_t padding = (header[2] >> 1) & 1;
  if (layer == 3) frame->bytes = (12 * bits / rate + padding) * 4;
  else frame->bytes = (layer == 1 && version != 3 ? 72 : 144) * bits / rate + padding;
  const int is_mono = (header[3] >> 6) == 3;
  frame->side_bytes = version == 3 ? (is_mono ? 17 : 32) : (is_mono ? 9 : 17);
  frame->identity = version << 8 | layer << 4 | rate_index;
  return frame->bytes > 4;
}

/* [any] Where the first of two frames that fit together begins; `size` if there is none. A lone frame that ends with the file counts. */
static size_t find_mp3(const uint8_t *bytes, size_t size, mp3_frame *frame) {
  size_t begin = id3_bytes(bytes, size);
  for (size_t at = begin; at < size && at - begin < MP3_SEARCH_BYTES; at += 1) {
    mp3_frame next;
    if (!read_mp3_frame(bytes, size, at, frame)) continue;
    const size_t end = at + frame->bytes;
    if (end == size) return at;
    if (read_mp3_frame(bytes, size, end, &next) && next.identity == frame->identity) return at;
  }
  return size;
}

/* [any] See the header. */
mae_container mae_container_find(const void *data, size_t size) {
  const uint8_t *bytes = data;
  if (bytes == NULL || size < 4) return mae_container_unknown;
  static const char *const wav_tags[] = {"RIFF", "RIFX", "RF64", "riff", "FORM"};
  for (size_t index = 0; index < sizeof(wav_tags) / sizeof(wav_tags[0]); index += 1) {
    if (has_tag(bytes, size, 0, wav_tags[index])) return mae_container_wav;
  }
  if (has_tag(bytes, size, id3_bytes(bytes, size), "fLaC") || has_tag(bytes, size, 0, "OggS")) return mae_container_flac;
  mp3_frame frame;
  return find_mp3(bytes, size, &frame) < size ? mae_container_mp3 : mae_container_unknown;
}

/* [any] Finds the data chunk. Both sizes 0xFFFFFFFF is how programs write to a pipe, where the length is not known: everything to the end is sound then. */
static int is_whole_wav(const uint8_t *bytes, size_t size) {
  const int is_rf64 = has_tag(bytes, size, 0, "RF64");
  if (!is_rf64 && !has_tag(bytes, size, 0, "RIFF")) return 1; /* the rarer kinds are left to the decoder */
  if (size < 12) return 0;
  uint64_t long_data_bytes = 0;
  for (uint64_t at = 12; at + 8 <= size;) {
    uint64_t length = read_u32(bytes + at + 4);
    if (has_tag(bytes, size, (size_t)at, "ds64") && at + 24 <= size) {
      long_data_bytes = (uint64_t)read_u32(bytes + at + 16) | (uint64_t)read_u32(bytes + at + 20) << 32;
    }
    if (has_tag(bytes, size, (size_t)at, "data")) {
      if (length == 0xFFFFFFFFu && is_rf64) length = long_data_bytes;
      else if (length == 0xFFFFFFFFu && read_u32(bytes + 4) == 0xFFFFFFFFu) return 1;
      return length <= size - at - 8;
    }
    at += 8 + length + (length & 1);
  }
  return 0;
}

/* [any] Compares the byte count of a Xing or Info header, where there is one. */
static int is_whole_mp3(const uint8_t *bytes, size_t size) {
  mp3_frame frame;
  const size_t begin = find_mp3(bytes, size, &frame);
  const size_t tag = begin + 4 + frame.side_bytes;
  if (!has_tag(bytes, size, tag, "Xing") && !has_tag(bytes, size, tag, "Info")) return 1;
  if (tag + 16 > size) return 0;
  const uint32_t flags = read_u32_big(bytes + tag + 4);
  if (!(flags & 2)) return 1;
  const uint32_t claimed = read_u32_big(bytes + tag + 8 + ((flags & 1) ? 4 : 0));
  return claimed <= size - begin + MP3_SLACK_BYTES;
}

/* [any] See the header. */
int mae_container_is_whole(mae_container container, const void *bytes, size_t size) {
  if (container == mae_container_wav) return is_whole_wav(bytes, size);
  if (container == mae_container_mp3) return is_whole_mp3(bytes, size);
  return 1;
}
