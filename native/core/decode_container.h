/* What kind of file some bytes are, and whether the file is all there, before a decoder sees them. */
#ifndef MAE_DECODE_CONTAINER_H
#define MAE_DECODE_CONTAINER_H

#include <stddef.h>

typedef enum { mae_container_unknown, mae_container_wav, mae_container_flac, mae_container_mp3 } mae_container;

/* [any] By the first bytes. An mp3 has no magic number: two frames that fit together are asked for, because miniaudio's decoder would find "frames" in any noise. */
mae_container mae_container_find(const void *bytes, size_t size);

/* [any] 0 when the container says that more sound follows than the bytes hold: the file was cut short or its header is damaged. */
int mae_container_is_whole(mae_container container, const void *bytes, size_t size);

#endif
