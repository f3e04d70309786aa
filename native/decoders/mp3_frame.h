/* Headers of MPEG audio frames, and the header frame that tells how long the sound is. */
#ifndef MAE_DECODERS_MP3_FRAME_H
#define MAE_DECODERS_MP3_FRAME_H

#include "decoders/bytes.h"

/* One frame of an mp3. */
typedef struct {
  uint32_t identity;    /* version, layer and sample rate bits: equal in all frames of a file */
  uint32_t bytes;       /* length of the frame */
  uint32_t side_bytes;  /* side information of layer 3, before a Xing header */
  uint32_t samples;     /* frames of sound */
  uint32_t sample_rate; /* Hz */
  uint32_t channels;
} mae_mp3_frame;

/* What a Xing or Info header says. */
typedef struct {
  uint32_t frames;         /* mp3 frames that follow it, 0: not said */
  uint32_t bytes;          /* from its own frame on, 0: not said */
  uint32_t delay, padding; /* frames of sound that the encoder and the decoder put before and after */
} mae_mp3_info;

/* [worker] Reads an MPEG audio header (ISO 11172-3 2.4.1.3, and the half-rate versions of 13818-3). False if it is
 * none. */
bool mae_mp3_frame_at(mae_bytes *bytes, uint64_t at, mae_mp3_frame *frame);

/* [worker] Where, from `begin` on, the first of two frames that fit together begins; the file's size if there is none
 * near. A lone frame that ends with the file counts. */
uint64_t mae_mp3_find(mae_bytes *bytes, uint64_t begin, mae_mp3_frame *frame);

/* [worker] The Xing or Info header in a frame; false if it has none. */
bool mae_mp3_info_at(mae_bytes *bytes, uint64_t at, const mae_mp3_frame *frame, mae_mp3_info *info);

#endif
