#include "decoders/flac_end.h"

#include <string.h>

/* How far before the end of the file the last frame or page may begin: a page has at most 65307 bytes, and larger flac
 * frames are rare. */
#define SEARCH_BYTES 131072u
/* Longest header of a flac frame, with its checksum. */
#define FRAME_HEADER_BYTES 16u
/* A page of Ogg before its table of segments. */
#define PAGE_HEADER_BYTES 27u
#define PAGE_CHECKSUM_AT 22u

/* [any] One more byte into a checksum: most significant bit first, no inversion. */
static uint32_t add_to_checksum(uint32_t checksum, uint8_t byte, unsigned bits, uint32_t polynomial) {
  checksum ^= (uint32_t)byte << (bits - 8);
  for (int bit = 0; bit < 8; bit += 1) {
    const bool carries = (checksum >> (bits - 1)) & 1;
    checksum = (checksum << 1) ^ (carries ? polynomial : 0);
  }
  return bits == 32 ? checksum : checksum & ((1u << bits) - 1);
}

/* [worker] True if the frame from `at` to the end of the file has the checksum it says. */
static bool is_whole_frame(mae_bytes *bytes, uint64_t at) {
  uint32_t checksum = 0;
  for (; at < bytes->size; at += 1) {
    const uint8_t *byte = mae_bytes_at(bytes, at, 1);
    if (!byte) return false;
    checksum = add_to_checksum(checksum, *byte, 16, 0x8005);
  }
  return checksum == 0;
}

/* [any] Reads a number as long as its first byte says (UTF-8 of up to 36 bits). Returns its bytes, 0 where it is
 * none. */
static uint32_t read_coded_number(const uint8_t *bytes, uint64_t *number) {
  if (bytes[0] < 0x80) {
    *number = bytes[0];
    return 1;
  }
  uint32_t length = 0;
  while (length < 8 && (bytes[0] & (0x80u >> length))) length += 1;
  if (length < 2 || length > 7) return 0;
  *number = length == 7 ? 0 : bytes[0] & (0x7Fu >> length);
  for (uint32_t index = 1; index < length; index += 1) {
    if ((bytes[index] & 0xC0) != 0x80) return 0;
    *number = *number << 6 | (bytes[index] & 0x3F);
  }
  return length;
}

/* [any] Where the sound ends by the header of a frame; false where it is none. `header` has FRAME_HEADER_BYTES. */
static bool read_frame_header(const uint8_t *header, const mae_flac_shape *shape, uint64_t *end) {
  if (header[0] != 0xFF || (header[1] & 0xFE) != 0xF8) return false;
  const uint32_t size_code = header[2] >> 4, rate_code = header[2] & 15;
  if (size_code == 0 || rate_code == 15 || (header[3] & 1)) return false;
  uint64_t number = 0;
  const uint32_t number_bytes = read_coded_number(header + 4, &number);
  if (number_bytes == 0) return false;
  uint32_t at = 4 + number_bytes, block_frames;
  switch (size_code) {
    case 1: block_frames = 192; break;
    case 6: block_frames = header[at++] + 1u; break;
    case 7:
      block_frames = ((uint32_t)header[at] << 8 | header[at + 1]) + 1u;
      at += 2;
      break;
    default: block_frames = size_code < 6 ? 144u << size_code : 1u << size_code;
  }
  at += rate_code == 12 ? 1 : rate_code > 12 ? 2 : 0;
  uint32_t checksum = 0;
  for (uint32_t index = 0; index < at; index += 1) checksum = add_to_checksum(checksum, header[index], 8, 0x07);
  if (checksum != header[at]) return false;
  const bool has_variable_blocks = header[1] & 1;
  *end = (has_variable_blocks ? number : number * shape->block_frames) + block_frames;
  return true;
}

bool mae_flac_shape_at(mae_bytes *bytes, uint64_t at, mae_flac_shape *shape) {
  const uint8_t *body = mae_bytes_at(bytes, at, 34);
  if (!body) return false;
  shape->block_frames = (uint32_t)body[0] << 8 | body[1];
  shape->bits = ((body[12] & 1u) << 4 | body[13] >> 4) + 1;
  return true;
}

bool mae_flac_end(mae_bytes *bytes, const mae_flac_shape *shape, uint64_t *frames) {
  const uint64_t begin = bytes->size > SEARCH_BYTES ? bytes->size - SEARCH_BYTES : 0;
  if (bytes->size < FRAME_HEADER_BYTES) return false;
  for (uint64_t at = bytes->size - FRAME_HEADER_BYTES + 1; at-- > begin;) {
    const uint8_t *header = mae_bytes_before(bytes, at, FRAME_HEADER_BYTES);
    if (!header) return false;
    if (read_frame_header(header, shape, frames) && is_whole_frame(bytes, at)) return true;
  }
  return false;
}

/* [worker] True if the page at a place ends with the file and has the checksum it says. */
static bool is_last_page(mae_bytes *bytes, uint64_t at) {
  const uint8_t *header = mae_bytes_at(bytes, at, PAGE_HEADER_BYTES);
  const uint32_t segments = header ? header[26] : 0;
  const uint8_t *table = header ? mae_bytes_at(bytes, at + PAGE_HEADER_BYTES, segments) : NULL;
  if (!table) return false;
  uint64_t end = at + PAGE_HEADER_BYTES + segments;
  for (uint32_t index = 0; index < segments; index += 1) end += table[index];
  if (end != bytes->size) return false;
  uint32_t checksum = 0;
  for (uint64_t index = 0; at + index < end; index += 1) {
    const uint8_t *byte = mae_bytes_at(bytes, at + index, 1);
    if (!byte) return false;
    const bool is_checksum = index >= PAGE_CHECKSUM_AT && index < PAGE_CHECKSUM_AT + 4;
    checksum = add_to_checksum(checksum, is_checksum ? 0 : *byte, 32, 0x04C11DB7);
  }
  const uint8_t *said = mae_bytes_at(bytes, at + PAGE_CHECKSUM_AT, 4);
  return said && mae_read_u32(said) == checksum;
}

bool mae_ogg_flac_end(mae_bytes *bytes, uint64_t *frames) {
  const uint64_t begin = bytes->size > SEARCH_BYTES ? bytes->size - SEARCH_BYTES : 0;
  if (bytes->size < PAGE_HEADER_BYTES) return false;
  for (uint64_t at = bytes->size - PAGE_HEADER_BYTES + 1; at-- > begin;) {
    const uint8_t *header = mae_bytes_before(bytes, at, PAGE_HEADER_BYTES);
    if (!header) return false;
    if (memcmp(header, "OggS", 4) != 0 || header[4] != 0) continue;
    *frames = mae_read_u64(header + 6);
    /* -1: no packet ends on it. */
    if (*frames != UINT64_MAX && is_last_page(bytes, at)) return true;
  }
  return false;
}
