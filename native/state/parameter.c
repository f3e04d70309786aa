#include "state/parameter.h"

#include "base/rows.h"
#include "state/event.h"
#include "state/schedule.h"

double mae_parameter_clamp(uint8_t param, double value) {
  static const uint32_t rows[] = {[MAE_WIRE_PARAM_VOLUME] = MAE_ROW_sound_volume,
                                  [MAE_WIRE_PARAM_PAN] = MAE_ROW_sound_pan,
                                  [MAE_WIRE_PARAM_PITCH] = MAE_ROW_sound_pitch,
                                  [MAE_WIRE_PARAM_OUTPUT] = MAE_ROW_node_outputVolume,
                                  [MAE_WIRE_PARAM_FADE] = MAE_ROW_sound_volume};
  return param == MAE_WIRE_PARAM_MUTE ? mae_bounded(value, 0, 1) : mae_row_bounded(rows[param], value);
}

void mae_parameter_ramp(mae_engine *engine, mae_ramp *ramp, const mae_command *command, bool silent) {
  mae_parameter_ramp_to(engine, ramp, command, mae_parameter_clamp(command->param, command->a.value), silent);
}

void mae_parameter_ramp_to(mae_engine *engine, mae_ramp *ramp, const mae_command *command, double target, bool silent) {
  uint32_t frames = command->b.words[0], token = command->b.words[1];
  double value = mae_ramp_at(ramp, engine->now);
  mae_event_ramp(engine, command->target, ramp->token, engine->now >= ramp->end);
  ramp->token = 0;
  if (token == 0 && silent) {
    mae_ramp_rest(ramp, target);
    return;
  }
  ramp->token = token;
  mae_ramp_move(ramp, value, target, engine->now, frames, command->curve);
  if (token == 0) return;
  if (frames > 0 && mae_schedule_add(engine, ramp->end, mae_remind_ramp, command)) return;
  if (frames > 0) mae_event_refused(engine, command->target, MAE_SCHEDULE_FULL, command->op);
  mae_event_ramp(engine, command->target, token, frames == 0);
  ramp->token = 0;
}

void mae_parameter_settle(mae_engine *engine, mae_ramp *ramp, const mae_command *command) {
  /* An id that was given again may name an effect without that parameter. */
  if (!ramp || ramp->token != command->b.words[1]) return; /* another took over */
  mae_event_ramp(engine, command->target, ramp->token, true);
  ramp->token = 0;
}
