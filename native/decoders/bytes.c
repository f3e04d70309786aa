#include "decoders/bytes.h"

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
