/* The tables of the sinc interpolators. */
#ifndef MAE_KERNELS_SINC_H
#define MAE_KERNELS_SINC_H

#include "kernels/kernels.h"

/* [control] Makes the tables of MAE_WIRE_RESAMPLER_SINC or _SINC_BEST in one piece of memory, which the caller frees;
 * NULL where there is none. */
mae_sinc *mae_sinc_make(uint32_t resampler);

#endif
