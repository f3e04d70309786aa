/* Parameters that move: what RAMP does to a sound's or a node's. */
#ifndef MAE_STATE_PARAMETER_H
#define MAE_STATE_PARAMETER_H

#include <stdbool.h>
#include <stdint.h>

#include "state/engine.h"

/* [audio] Moves a parameter as RAMP asks; `silent` lets a plain set jump. */
void mae_parameter_ramp(mae_engine *engine, mae_ramp *ramp, const mae_command *command, bool silent);

/* [audio] The same for a target that is in its range. */
void mae_parameter_ramp_to(mae_engine *engine, mae_ramp *ramp, const mae_command *command, double target, bool silent);

/* [audio] A parameter's value brought into its range; what is not a number becomes the lowest. */
double mae_parameter_clamp(uint8_t param, double value);

/* [audio] The reminder of a ramp's end came. */
void mae_parameter_settle(mae_engine *engine, mae_ramp *ramp, const mae_command *command);

#endif
