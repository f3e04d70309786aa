#include "base/ramp.h"

#include "base/elementary.h"
#include "mae.h"

/* An exponential ramp cannot reach 0: a zero end counts as -100 dB and is reached exactly at the end. */
static const double EXPONENTIAL_FLOOR = 1e-5;

void mae_ramp_rest(mae_ramp *ramp, double value) { *ramp = (mae_ramp){.from = value, .to = value}; }

void mae_ramp_move(mae_ramp *ramp, double from, double to, uint64_t now, uint32_t frames, uint8_t curve) {
  ramp->from = from;
  ramp->to = to;
  ramp->begin = now;
  ramp->end = from == to && ramp->token == 0 ? now : now + frames;
  ramp->inverse_length = frames ? 1.0 / (double)frames : 0.0;
  ramp->curve = curve;
}

/* [audio] The formulas of `Curve` in the public contract. */
static double value_on_curve(const mae_ramp *ramp, double t) {
  double a = ramp->from, b = ramp->to;
  switch (ramp->curve) {
    case MAE_WIRE_CURVE_EXPONENTIAL: {
      /* Of values that change sign there is no exponential; the straight line is what is left. */
      if (a < 0 || b < 0) break;
      double low = a > EXPONENTIAL_FLOOR ? a : EXPONENTIAL_FLOOR, high = b > EXPONENTIAL_FLOOR ? b : EXPONENTIAL_FLOOR;
      return low * mae_exp(t * mae_log(high / low));
    }
    case MAE_WIRE_CURVE_EQUAL_POWER:
      return b >= a ? a + (b - a) * mae_sin(t * (MAE_PI / 2)) : b + (a - b) * mae_cos(t * (MAE_PI / 2));
    case MAE_WIRE_CURVE_EASE_IN: t = t * t; break;
    case MAE_WIRE_CURVE_EASE_OUT: t = 1.0 - (1.0 - t) * (1.0 - t); break;
    case MAE_WIRE_CURVE_EASE_IN_OUT: t = (3.0 - 2.0 * t) * t * t; break;
    default: break;
  }
  return a + (b - a) * t;
}

double mae_ramp_at(const mae_ramp *ramp, uint64_t frame) {
  if (frame >= ramp->end) return ramp->to;
  return value_on_curve(ramp, (double)(frame - ramp->begin) * ramp->inverse_length);
}

/* [audio] How many of the next frames still move. */
static uint32_t moving_frames(const mae_ramp *ramp, uint64_t frame, uint32_t count) {
  if (frame >= ramp->end) return 0;
  uint64_t left = ramp->end - frame;
  return left < count ? (uint32_t)left : count;
}

void mae_ramp_fill(const mae_ramp *ramp, uint64_t frame, double *values, uint32_t count) {
  uint32_t moving = moving_frames(ramp, frame, count), i = 0;
  if (ramp->curve == MAE_WIRE_CURVE_LINEAR) {
    double a = ramp->from, d = ramp->to - ramp->from, k = (double)(int64_t)(frame - ramp->begin),
           scale = ramp->inverse_length;
    for (; i < moving; i += 1) values[i] = a + d * ((k + (double)(int32_t)i) * scale);
  }
  for (; i < moving; i += 1) values[i] = value_on_curve(ramp, (double)(frame + i - ramp->begin) * ramp->inverse_length);
  for (; i < count; i += 1) values[i] = ramp->to;
}

void mae_ramp_multiply(const mae_ramp *ramp, uint64_t frame, double *values, uint32_t count) {
  uint32_t moving = moving_frames(ramp, frame, count), i = 0;
  if (ramp->curve == MAE_WIRE_CURVE_LINEAR) {
    double a = ramp->from, d = ramp->to - ramp->from, k = (double)(int64_t)(frame - ramp->begin),
           scale = ramp->inverse_length;
    for (; i < moving; i += 1) values[i] *= a + d * ((k + (double)(int32_t)i) * scale);
  }
  for (; i < moving; i += 1)
    values[i] *= value_on_curve(ramp, (double)(frame + i - ramp->begin) * ramp->inverse_length);
  for (; i < count; i += 1) values[i] *= ramp->to;
}
