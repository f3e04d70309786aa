/* Raising the rate of a signal to two or four times and lowering it again, with linear-phase filters whose delays add
 * up to whole frames: two times 31 + 1 + 40 = 72 frames at 96 kHz, four times 2 * 31 + 11 + 1 + 14 + 2 * 40 = 168 at
 * 192 kHz (at 48 kHz; the 1 is the shaper's between them). */
#ifndef MAE_EFFECTS_HALF_BAND_H
#define MAE_EFFECTS_HALF_BAND_H

#include "effects/pair.h"

enum {
  MAE_RESAMPLING_MOST = 4,
  MAE_RAISE_FIRST_TAPS = 63,
  MAE_RAISE_SECOND_TAPS = 23,
  MAE_LOWER_FIRST_TAPS = 29,
  MAE_LOWER_SECOND_TAPS = 81,
  MAE_RESAMPLING_FRAMES = 42 /* the longer of both delays, in frames of the engine */
};

typedef struct {
  uint32_t factor;
  bool wide;
  /* Every second tap of a half-band filter is 0, but the middle one. */
  double raise_first[(MAE_RAISE_FIRST_TAPS + 1) / 2], raise_second[(MAE_RAISE_SECOND_TAPS + 1) / 2];
  double lower_first[MAE_LOWER_FIRST_TAPS], lower_second[MAE_LOWER_SECOND_TAPS];
} mae_resampling;

/* The newest samples that each filter has seen. */
typedef struct {
  mae_pair raise_first[MAE_RAISE_FIRST_TAPS / 2], raise_second[MAE_RAISE_SECOND_TAPS / 2],
      lower_first[MAE_LOWER_FIRST_TAPS - 1], lower_second[MAE_LOWER_SECOND_TAPS - 1];
} mae_resampling_memory;

/* [control] `factor` is 2 or 4; `wide` as in mae_effect_config. */
void mae_resampling_design(mae_resampling *resampling, uint32_t factor, bool wide);

/* [audio] In place: `frames` (at most 32) become factor times as many. */
void mae_resampling_raise(const mae_resampling *resampling, mae_resampling_memory *memory, mae_pair *samples,
                          uint32_t frames);

/* [audio] In place: factor times `frames` become `frames`. */
void mae_resampling_lower(const mae_resampling *resampling, mae_resampling_memory *memory, mae_pair *samples,
                          uint32_t frames);

#endif
