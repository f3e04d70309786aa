/* Takes the place of native/core/processor.c in one of the bench's programs: the engine as it runs on a processor without AVX2. */
#include "../../native/core/kernels.h"

extern const mae_kernels mae_kernels_base;

/* [control] */
const mae_kernels *mae_kernels_choose(void) { return &mae_kernels_base; }
