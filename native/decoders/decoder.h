/* Decoders of the public interface, for the rest of this folder. */
#ifndef MAE_DECODERS_DECODER_H
#define MAE_DECODERS_DECODER_H

#include "decoders/file_kind.h"

/* [worker] mae_decoder_open for bytes in memory, borrowed until mae_decoder_close. */
mae_result mae_decoder_open_memory(const void *bytes, size_t size, mae_decoder **decoder, mae_sound_info *info);

#endif
