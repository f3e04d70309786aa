/* Buffers: how they end. */
#ifndef MAE_VOICES_BUFFER_H
#define MAE_VOICES_BUFFER_H

#include "state/engine.h"

/* [audio] One voice fewer reads it; a dying buffer without users is retired. */
void mae_buffer_drop_user(mae_engine *engine, mae_buffer *buffer);

/* [audio] Does BUFFER_DESTROY. */
mae_result mae_buffer_destroy(mae_engine *engine, uint32_t id);

#endif
