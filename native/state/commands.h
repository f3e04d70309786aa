/* Commands as they lie on the wire, and those that wait for their frame. */
#ifndef MAE_STATE_COMMANDS_H
#define MAE_STATE_COMMANDS_H

#include <stdint.h>

#include "mae.h"

typedef struct {
  uint8_t op, param, curve, flags;
  uint32_t target;
  double frame;
  union {
    double value;
    uint32_t words[2];
    float floats[2];
  } a;
  union {
    uint32_t words[2];
    double value;
  } b;
} mae_command;

/* The engine's own reminders. */
typedef enum {
  mae_remind_nothing, /* a command of TypeScript's */
  mae_remind_ramp,
  mae_remind_freeze,
  mae_remind_routes,
  mae_remind_fade, /* a dying effect */
  mae_remind_faded
} mae_reminder;

typedef struct {
  uint64_t frame;
  uint32_t order; /* of sending */
  mae_reminder reminder;
  mae_command command;
} mae_scheduled;

/* [any] A frame number from the wire; what is none becomes 0, more than a double counts exactly becomes that. */
static inline uint64_t mae_frame_of(double value) {
  const double most = 9007199254740992.0;
  return !(value > 0) ? 0 : value >= most ? (uint64_t)most : (uint64_t)value;
}

#endif
