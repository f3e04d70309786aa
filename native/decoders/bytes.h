/* The bytes of a file, wherever they are: in memory, or behind a reader that fetches pieces. */
#ifndef MAE_DECODERS_BYTES_H
#define MAE_DECODERS_BYTES_H

#include <stdbool.h>

#include "mae.h"

/* Bytes that a reader fetches at a time; also the most that can be looked at in one piece. */
#define MAE_BYTES_PIECE 32768u

typedef struct {
  const uint8_t *piece; /* of the file, from `begin` on */
  uint64_t begin;
  size_t filled;
  uint64_t size;            /* of the file */
  const mae_reader *reader; /* NULL: the piece is the whole file */
} mae_bytes;

/* [any] All bytes, in memory that is borrowed. */
mae_bytes mae_bytes_of_memory(const void *bytes, size_t size);

/* [worker] A file behind a reader, both borrowed. `piece` is memory of MAE_BYTES_PIECE bytes, borrowed. */
mae_bytes mae_bytes_of_reader(const mae_reader *reader, uint8_t *piece);

/* [worker] `count` bytes from `at` on, valid until the next call; NULL where the file has not so many. */
const uint8_t *mae_bytes_at(mae_bytes *bytes, uint64_t at, size_t count);

/* [worker] The same for a caller who goes backwards: what lies before is fetched with it. */
const uint8_t *mae_bytes_before(mae_bytes *bytes, uint64_t at, size_t count);

/* [worker] Copies `count` bytes from `at` on, past the piece. Returns how many there were. */
size_t mae_bytes_copy(mae_bytes *bytes, uint64_t at, void *target, size_t count);

/* [worker] True where the four letters of a tag are at a place. */
bool mae_bytes_have(mae_bytes *bytes, uint64_t at, const char *tag);

/* [worker] The first byte after an ID3v2 tag, which may stand before the file proper; 0 without one. */
uint64_t mae_bytes_behind_id3(mae_bytes *bytes);

/* [any] Little-endian. */
static inline uint32_t mae_read_u32(const uint8_t *bytes) {
  return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

/* [any] Little-endian. */
static inline uint64_t mae_read_u64(const uint8_t *bytes) {
  return (uint64_t)mae_read_u32(bytes) | (uint64_t)mae_read_u32(bytes + 4) << 32;
}

/* [any] Big-endian. */
static inline uint32_t mae_read_u32_big(const uint8_t *bytes) {
  return (uint32_t)bytes[3] | (uint32_t)bytes[2] << 8 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[0] << 24;
}

#endif
