#include "base/trap.h"

#ifdef MAE_DEBUG

#include <stdio.h>

_Thread_local int mae_on_audio_thread;

void mae_trap(const char *what) {
  if (mae_on_audio_thread == 0) return;
  fprintf(stderr, "miniaudio-engine: the audio thread called %s\n", what);
  abort();
}

#endif
