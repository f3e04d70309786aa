/* The bytes of a file, wherever they are: in memory, or behind a reader that fetches pieces. */
#ifndef MAE_DECODERS_BYTES_H
#define MAE_DECODERS_BYTES_H

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

#endif
