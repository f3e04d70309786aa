/* Gains of the left and the right side. */
#ifndef MAE_BASE_PAN_H
#define MAE_BASE_PAN_H

#include <stdint.h>

#include "base/elementary.h"

enum { mae_pan_balance, mae_pan_equal_power };

typedef struct {
  double left, right;
} mae_pan;

/* [audio] Balance leaves the centre at 1; equal power keeps left^2 + right^2 = 1. */
static inline mae_pan mae_pan_gains(uint8_t law, double pan) {
  if (law == mae_pan_balance) return (mae_pan){pan > 0 ? 1 - pan : 1, pan < 0 ? 1 + pan : 1};
  double angle = (pan + 1) * (MAE_PI / 4);
  return (mae_pan){mae_cos(angle), mae_sin(angle)};
}

#endif
