/* Which kernels this processor runs. */
#include "kernels/kernels.h"

extern const mae_kernels mae_kernels_base;

#if defined(__x86_64__)
extern const mae_kernels mae_kernels_avx2;

#include <cpuid.h>

/* [control] The processor has AVX2 and the operating system saves its registers. */
static int has_avx2(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return 0;
  const unsigned os_saves_registers = 1u << 27, avx = 1u << 28;
  if ((c & (os_saves_registers | avx)) != (os_saves_registers | avx)) return 0;
  unsigned low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  const unsigned sse_and_avx_state = 6;
  if ((low & sse_and_avx_state) != sse_and_avx_state) return 0;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return 0;
  return (b >> 5) & 1;
}

const mae_kernels *mae_kernels_choose(void) { return has_avx2() ? &mae_kernels_avx2 : &mae_kernels_base; }
#else
const mae_kernels *mae_kernels_choose(void) { return &mae_kernels_base; }
#endif
