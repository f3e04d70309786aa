#include "decoders/bytes.h"

#include <string.h>

mae_bytes mae_bytes_of_memory(const void *bytes, size_t size) {
  return (mae_bytes){.piece = bytes, .filled = size, .size = size};
}

mae_bytes mae_bytes_of_reader(const mae_reader *reader, uint8_t *piece) {
  return (mae_bytes){.piece = piece, .size = reader->size, .reader = reader};
}

const uint8_t *mae_bytes_at(mae_bytes *bytes, uint64_t at, size_t count) {
  if (at > bytes->size || count > bytes->size - at) return NULL;
  if (at >= bytes->begin && at - bytes->begin + count <= bytes->filled) return bytes->piece + (at - bytes->begin);
  if (!bytes->reader || count > MAE_BYTES_PIECE) return NULL;
  const uint64_t left = bytes->size - at;
  bytes->begin = at;
  bytes->filled = bytes->reader->read(bytes->reader->user, at, (uint8_t *)bytes->piece,
                                      left < MAE_BYTES_PIECE ? (size_t)left : MAE_BYTES_PIECE);
  return count <= bytes->filled ? bytes->piece : NULL;
}

const uint8_t *mae_bytes_before(mae_bytes *bytes, uint64_t at, size_t count) {
  if (at > bytes->size || count > bytes->size - at || count > MAE_BYTES_PIECE) return NULL;
  if (at >= bytes->begin && at - bytes->begin + count <= bytes->filled) return bytes->piece + (at - bytes->begin);
  const uint64_t end = at + count, begin = end > MAE_BYTES_PIECE ? end - MAE_BYTES_PIECE : 0;
  if (!mae_bytes_at(bytes, begin, (size_t)(end - begin))) return NULL;
  return bytes->piece + (at - bytes->begin);
}

size_t mae_bytes_copy(mae_bytes *bytes, uint64_t at, void *target, size_t count) {
  if (at >= bytes->size) return 0;
  if (count > bytes->size - at) count = (size_t)(bytes->size - at);
  if (bytes->reader) return bytes->reader->read(bytes->reader->user, at, target, count);
  memcpy(target, bytes->piece + at, count);
  return count;
}

bool mae_bytes_have(mae_bytes *bytes, uint64_t at, const char *tag) {
  const uint8_t *four = mae_bytes_at(bytes, at, 4);
  return four && memcmp(four, tag, 4) == 0;
}

uint64_t mae_bytes_behind_id3(mae_bytes *bytes) {
  const uint8_t *tag = mae_bytes_at(bytes, 0, 10);
  if (!tag || memcmp(tag, "ID3", 3) != 0) return 0;
  const uint32_t length = (uint32_t)(tag[6] & 127) << 21 | (uint32_t)(tag[7] & 127) << 14 |
                          (uint32_t)(tag[8] & 127) << 7 | (uint32_t)(tag[9] & 127);
  return 10 + length + ((tag[5] & 16) ? 10 : 0);
}
