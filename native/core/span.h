/* The part of a source that is being read: ranges, loops, and the read head that moves through them. */
#ifndef MAE_CORE_SPAN_H
#define MAE_CORE_SPAN_H

#include "engine.h"

/* It ends at `end`; a loop goes on at `loop_begin`. What lies before `lower` is not heard. */
typedef struct {
  uint64_t lower, end, loop_begin, loop_end;
  bool seamless; /* what follows `end` is the loop's beginning. Beyond the loop's end the rest of the range is played first, once. */
  bool wrapped;  /* what lies before `lower` is the loop's end */
} mae_span;

/* Frames that lie side by side in the source. `index` is -1 where nothing is heard. */
typedef struct {
  int64_t index;
  uint32_t frames;
} mae_stretch;

/* [audio] Where a voice reads now. */
mae_span mae_span_of(const mae_voice *voice);

/* [audio] What is heard from `position` on, at most `count` frames. The position may lie before the first frame or after the last: loops go round, the rest is silence. */
mae_stretch mae_span_at(const mae_span *span, int64_t position, uint32_t count);

/* [audio] Moves the read head by a 32.32 distance, round the loop where there is one. */
void mae_span_advance(mae_voice *voice, const mae_span *span, uint64_t distance);

#endif
