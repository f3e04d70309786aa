/* Takes the place of native/kernels/processor.c in one of the bench's programs: the engine as it runs on a processor
 * without AVX2. */
#include "kernels/kernels.h"

extern const mae_kernels mae_kernels_base;

/* [control] */
const mae_kernels *mae_kernels_choose(void) { return &mae_kernels_base; }
