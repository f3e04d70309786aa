/* What miniaudio's decoders of wav and flac read from headers, which its own header keeps to itself. */
#ifndef MAE_BASE_UPSTREAM_INSIDE_H
#define MAE_BASE_UPSTREAM_INSIDE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
  bool is_w64, is_aiff;
  uint32_t format_tag;  /* WAVE_FORMAT_*: 1 pcm, 3 float, ... */
  uint32_t bits;        /* of one sample as it is stored */
  uint32_t frame_bytes; /* of one frame, or of one block of compressed ones */
  uint64_t data_bytes;  /* of all sound that is there */
} mae_upstream_wav;

/* [worker] Of an ma_decoder that was opened as wav. */
mae_upstream_wav mae_upstream_wav_of(const void *decoder);

/* [worker] Tells an ma_decoder that was opened as flac how long a file is that does not say so. It can seek only in
 * files whose length it knows. */
void mae_upstream_flac_set_length(void *decoder, uint64_t frames);

#endif
