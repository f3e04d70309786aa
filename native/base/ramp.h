/* A value that moves over time. Evaluated from the frame number alone, so that it does not matter how time is cut into
 * blocks. */
#ifndef MAE_BASE_RAMP_H
#define MAE_BASE_RAMP_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
  double from, to;
  uint64_t begin, end; /* engine frames: `from` at begin, `to` at end and after */
  double inverse_length;
  uint32_t token; /* who wants to hear of its end; 0: nobody */
  uint8_t curve;  /* MAE_WIRE_CURVE_* */
} mae_ramp;

/* [any] A ramp that rests at a value. */
void mae_ramp_rest(mae_ramp *ramp, double value);

/* [audio] Moves from `from` to `to` beginning at frame `now`; 0 frames is a jump. The token is left to the caller. */
void mae_ramp_move(mae_ramp *ramp, double from, double to, uint64_t now, uint32_t frames, uint8_t curve);

/* [audio] The value at a frame. */
double mae_ramp_at(const mae_ramp *ramp, uint64_t frame);

/* [audio] values[i] *= the value at frame + i. */
void mae_ramp_multiply(const mae_ramp *ramp, uint64_t frame, double *values, uint32_t count);

/* [audio] values[i] = the value at frame + i. */
void mae_ramp_fill(const mae_ramp *ramp, uint64_t frame, double *values, uint32_t count);

/* [audio] True where the value at `frame` is not yet the last one. */
static inline bool mae_ramp_moves(const mae_ramp *ramp, uint64_t frame) { return frame < ramp->end; }

#endif
