/* An mp3 that is decoded from anywhere, frame by frame. miniaudio's own reader decodes all that lies before, and counts
 * the encoder's delay as sound while seeking. */
#ifndef MAE_DECODERS_MP3_H
#define MAE_DECODERS_MP3_H

#include "decoders/bytes.h"

typedef struct mae_mp3 mae_mp3;

/* [worker] `bytes` are borrowed until mae_mp3_close. @retval DECODE, OUT_OF_MEMORY */
mae_result mae_mp3_open(mae_bytes *bytes, mae_mp3 **mp3, mae_sound_shape *shape);

/* [worker] @retval DECODE */
mae_result mae_mp3_read(mae_mp3 *mp3, uint64_t frame, uint32_t count, float *samples);

/* [worker] NULL is allowed. */
void mae_mp3_close(mae_mp3 *mp3);

#endif
