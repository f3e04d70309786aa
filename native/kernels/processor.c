/* Which kernels this processor runs. */
#include "kernels/kernels.h"

extern const mae_kernels mae_kernels_base;

#if defined(__x86_64__)
extern const mae_kernels mae_kernels_avx2;

#include <cpuid.h>

/* [control] The processor has AVX2 and the operating system saves its registers. */
static bool has_avx2(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return false;
  const unsigned os_saves_registers = 1u << 27, avx = 1u << 28;
  if ((c & (os_saves_registers | avx)) != (os_saves_registers | avx)) return false;
  unsigned low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  const unsigned sse_and_avx_state = 6;
  if ((low & sse_and_avx_state) != sse_and_avx_state) return false;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return false;
  const unsigned avx2 = 1u << 5;
  return (b & avx2) != 0;
}

const mae_kernels *mae_kernels_choose(void) { return has_avx2() ? &mae_kernels_avx2 : &mae_kernels_base; }
#else
const mae_kernels *mae_kernels_choose(void) { return &mae_kernels_base; }
#endif
