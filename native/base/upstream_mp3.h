/* miniaudio's mp3 decoder for single frames, which its header keeps to itself. */
#ifndef MAE_BASE_UPSTREAM_MP3_H
#define MAE_BASE_UPSTREAM_MP3_H

#include <stddef.h>
#include <stdint.h>

/* [any] Bytes of a decoder's state. */
size_t mae_upstream_mp3_bytes(void);

/* [worker] Makes a decoder forget what it has seen. */
void mae_upstream_mp3_init(void *decoder);

/* [worker] Decodes one whole frame to interleaved 16 bit samples, at most 1152 * 2. Returns the frames of sound, 0
 * where it cannot be decoded. */
uint32_t mae_upstream_mp3_frame(void *decoder, const uint8_t *data, uint32_t bytes, int16_t *samples,
                                uint32_t *channels);

#endif
