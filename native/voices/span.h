/* The part of a source that is being read: ranges, loops, and the read head that moves through them. */
#ifndef MAE_VOICES_SPAN_H
#define MAE_VOICES_SPAN_H

#include <stdbool.h>
#include <stdint.h>

#include "state/voices.h"

/* It ends at `end`; a loop goes on at `loop_begin`. What lies before `lower` is not heard. */
typedef struct {
  uint64_t lower, end, loop_begin, loop_end;
  uint64_t seam; /* of one that is wrapped: what lies before this is heard before `lower` */
  bool looping, wrapped;
} mae_span;

/* Frames that lie side by side in the source. `index` is -1 where nothing is heard. */
typedef struct {
  int64_t index;
  uint32_t frames;
} mae_stretch;

/* [audio] Where a voice reads now. */
mae_span mae_span_of(const mae_voice *voice);

/* [any] True where the read head stands at the beginning of the range, and has not come there by a loop. */
static inline bool mae_span_at_beginning(const mae_voice *voice) {
  return voice->index == voice->begin && voice->fraction == 0 && !voice->wrapped;
}

/* [audio] What is heard from `position` on, at most `count` frames. The position may lie before the first frame or
 * after the last: loops go round, the rest is silence. */
mae_stretch mae_span_at(const mae_span *span, int64_t position, uint32_t count);

/* [audio] Moves the read head by a 32.32 distance, round the loop where there is one. */
void mae_span_advance(mae_voice *voice, const mae_span *span, uint64_t distance);

/* [audio] After a change of range or loop: what lies behind the read head is the loop's end only inside the loop. */
void mae_span_changed(mae_voice *voice);

#endif
