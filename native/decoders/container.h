/* What kind of file some bytes are, and whether the file is all there, before a decoder sees them. */
#ifndef MAE_DECODERS_CONTAINER_H
#define MAE_DECODERS_CONTAINER_H

#include <stdbool.h>

#include "decoders/bytes.h"

typedef enum { mae_container_unknown, mae_container_wav, mae_container_flac, mae_container_mp3 } mae_container;

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
  uint32_t delay, padding; /* frames of sound that the encoder and the decoder put before and after */
} mae_mp3_info;

/* [worker] By the first bytes. An mp3 has no magic number: two frames that fit together are asked for, because
 * miniaudio's decoder would find "frames" in any noise. */
mae_container mae_container_find(mae_bytes *bytes);

/* [worker] False when the container says that more sound follows than the bytes hold: the file was cut short or its
 * header is damaged. */
bool mae_container_is_whole(mae_container container, mae_bytes *bytes);

/* [worker] Reads an MPEG audio header (ISO 11172-3 2.4.1.3, and the half-rate versions of 13818-3). False if it is
 * none. */
bool mae_mp3_frame_at(mae_bytes *bytes, uint64_t at, mae_mp3_frame *frame);

/* [worker] Where, from `begin` on, the first of two frames that fit together begins; the file's size if there is none
 * near. A lone frame that ends with the file counts. */
uint64_t mae_mp3_find(mae_bytes *bytes, uint64_t begin, mae_mp3_frame *frame);

/* [worker] Where an mp3's first frame may begin: after an ID3v2 tag. */
uint64_t mae_mp3_begin(mae_bytes *bytes);

/* [worker] The Xing or Info header in a frame; false if it has none. */
bool mae_mp3_info_at(mae_bytes *bytes, uint64_t at, const mae_mp3_frame *frame, mae_mp3_info *info);

#endif
