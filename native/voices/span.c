#include "voices/span.h"

mae_span mae_span_of(const mae_voice *voice) {
  mae_span s = {.seam = voice->seam, .looping = voice->looping, .wrapped = voice->wrapped};
  s.loop_begin = voice->loop_begin > voice->begin ? voice->loop_begin : voice->begin;
  s.loop_end = voice->loop_end < voice->end ? voice->loop_end : voice->end;
  if (s.loop_end <= s.loop_begin) {
    s.loop_begin = voice->begin;
    s.loop_end = voice->end;
  }
  /* Beyond the loop's end the rest of the range is played first, once. */
  s.end = voice->looping && voice->index < s.loop_end ? s.loop_end : voice->end;
  s.lower = voice->wrapped ? s.loop_begin : voice->begin;
  return s;
}

mae_stretch mae_span_at(const mae_span *s, int64_t position, uint32_t count) {
  int64_t lower = (int64_t)s->lower, end = (int64_t)s->end, length = (int64_t)(s->loop_end - s->loop_begin),
          frames = count, index = -1;
  if (position < lower) {
    frames = lower - position;
    if (s->wrapped) {
      int64_t back = (lower - position - 1) % length + 1;
      index = (int64_t)s->seam - back;
      /* The loop may have become longer than what lies before the seam: before the source's first frame there is
       * nothing. */
      frames = index < 0 ? -index : back;
      if (index < 0) index = -1;
    }
  } else if (position < end) {
    frames = end - position;
    index = position;
  } else if (s->looping) {
    int64_t past = (position - end) % length;
    frames = length - past;
    index = (int64_t)s->loop_begin + past;
  }
  return (mae_stretch){index, frames < count ? (uint32_t)frames : count};
}

void mae_span_advance(mae_voice *voice, const mae_span *s, uint64_t distance) {
  voice->index += distance >> 32;
  voice->fraction = (uint32_t)distance;
  if (voice->index < s->end) return;
  if (voice->looping) {
    uint64_t past = voice->index - s->end, length = s->loop_end - s->loop_begin;
    voice->index = s->loop_begin + past % length;
    voice->wrapped = true;
    voice->seam = past < length ? s->end : s->loop_end; /* or it has been round more than once */
  } else {
    voice->index = voice->end;
    voice->fraction = 0;
  }
}

void mae_span_changed(mae_voice *voice) {
  mae_span s = mae_span_of(voice);
  if (voice->index < s.loop_begin || voice->index >= s.loop_end) voice->wrapped = false;
}
