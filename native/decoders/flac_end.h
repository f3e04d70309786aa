/* The length of a flac file that does not say it (RFC 9639 allows that): by the last frame, which says where it
 * begins. */
#ifndef MAE_DECODERS_FLAC_END_H
#define MAE_DECODERS_FLAC_END_H

#include "decoders/bytes.h"

/* What STREAMINFO says that frames do not. */
typedef struct {
  uint32_t block_frames; /* of every block but the last, where all are of one size */
  uint32_t bits;         /* of a sample */
} mae_flac_shape;

/* [worker] Reads the body of STREAMINFO. False where the file ends in it. */
bool mae_flac_shape_at(mae_bytes *bytes, uint64_t at, mae_flac_shape *shape);

/* [worker] Frames of sound by the frame that ends with the file; false where none does. */
bool mae_flac_end(mae_bytes *bytes, const mae_flac_shape *shape, uint64_t *frames);

/* [worker] The same of flac in Ogg, by the page that ends with the file. */
bool mae_ogg_flac_end(mae_bytes *bytes, uint64_t *frames);

#endif
