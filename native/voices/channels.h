/* What becomes of channels when a source has another number of them than the engine. */
#ifndef MAE_VOICES_CHANNELS_H
#define MAE_VOICES_CHANNELS_H

#include <stdint.h>

#include "mae.h"
#include "state/space.h"

/* [control] Fills the weights from 1..8 source channels ([n - 1][source * 8 + engine]) as miniaudio's channel converter
 * has them for its standard layouts, and the side of each of the engine's channels (-1 left, 0 neither, 1 right).
 * @retval OUT_OF_MEMORY */
mae_result mae_channels_fill(uint32_t channels, float matrices[MAE_MAX_CHANNELS][MAE_MAX_CHANNELS * MAE_MAX_CHANNELS],
                             int8_t sides[MAE_MAX_CHANNELS]);

/* [control] The angles at which the speakers of the engine's standard layout stand. */
void mae_speakers_fill(uint32_t channels, mae_speakers *speakers);

#endif
