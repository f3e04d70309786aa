#include "voices/spatial.h"

#include <stddef.h>
#include <string.h>

#include "base/elementary.h"
#include "base/rows.h"

static const double SPEED_OF_SOUND = 343.3; /* units a second */
static const double SPEED_BOUND = 0.95;     /* of it: what velocities are bounded to */
static const double DOPPLER_MIN = 0.05, DOPPLER_MAX = 20;
static const double DIRECTION_DEPTH = 0.8;    /* of a source at the side; at 1 the far ear would hear nothing */
static const double SMALLEST_DISTANCE = 1e-9; /* the models divide by minDistance */

/* [any] */
static double dot(const double a[3], const double b[3]) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

/* [any] */
static void cross(const double a[3], const double b[3], double out[3]) {
  out[0] = a[1] * b[2] - a[2] * b[1];
  out[1] = a[2] * b[0] - a[0] * b[2];
  out[2] = a[0] * b[1] - a[1] * b[0];
}

/* [any] Makes a vector one unit long; false where it has no direction. */
static bool normalise(double v[3]) {
  double length = mae_sqrt(dot(v, v));
  if (!(length > 1e-30)) return false;
  for (int i = 0; i < 3; i += 1) v[i] /= length;
  return true;
}

/* [any] A direction as a unit vector; one without direction looks ahead. */
static void unit_of(const float from[3], double out[3]) {
  for (int i = 0; i < 3; i += 1) out[i] = from[i];
  if (normalise(out)) return;
  out[0] = out[1] = 0;
  out[2] = -1;
}

/* [any] */
static float finite_or_zero(float x) { return x - x == 0 ? x : 0; }

mae_vector mae_vector_of(const mae_command *command) {
  float third;
  memcpy(&third, &command->b.words[0], sizeof third);
  return (mae_vector){finite_or_zero(command->a.floats[0]), finite_or_zero(command->a.floats[1]),
                      finite_or_zero(third)};
}

/* [any] Works out right, up and forward. A listener that looks straight along its world up has no side of its own:
 * it is oriented as if it had leaned there from looking ahead. */
static void orient(mae_listener *listener) {
  memcpy(listener->forward, listener->direction, sizeof listener->forward);
  cross(listener->forward, listener->world_up, listener->right);
  if (dot(listener->right, listener->right) < 1e-18) {
    static const double SIDE[3] = {1, 0, 0}, ASIDE[3] = {0, 0, 1};
    double along = dot(SIDE, listener->forward);
    const double *side = along * along < 0.99 ? SIDE : ASIDE;
    along = dot(side, listener->forward);
    for (int i = 0; i < 3; i += 1) listener->right[i] = side[i] - along * listener->forward[i];
  }
  normalise(listener->right);
  cross(listener->right, listener->forward, listener->up);
}

void mae_listeners_begin(mae_engine *engine) {
  for (uint32_t i = 0; i < MAE_WIRE_LISTENER_COUNT; i += 1) {
    engine->listeners[i] = (mae_listener){.direction = {0, 0, -1}, .world_up = {0, 1, 0}, .enabled = i == 0};
    orient(&engine->listeners[i]);
  }
}

mae_result mae_listener_command(mae_engine *engine, const mae_command *command) {
  if (command->target >= MAE_WIRE_LISTENER_COUNT) return MAE_WRONG_KIND;
  mae_listener *listener = &engine->listeners[command->target];
  if (command->op == MAE_OP_LISTENER_ENABLED) {
    listener->enabled = command->a.value != 0;
  } else {
    mae_vector vector = mae_vector_of(command);
    double given[3] = {vector.x, vector.y, vector.z};
    double *fields[] = {listener->position, listener->direction, listener->velocity, listener->world_up};
    if (command->param >= sizeof fields / sizeof *fields) return MAE_INVALID_ARGUMENT;
    bool is_direction = command->param == MAE_WIRE_VECTOR_DIRECTION || command->param == MAE_WIRE_VECTOR_WORLD_UP;
    if (is_direction && !normalise(given)) return MAE_INVALID_ARGUMENT;
    memcpy(fields[command->param], given, sizeof given);
    if (is_direction) orient(listener);
  }
  engine->listeners_state += 1;
  return MAE_OK;
}

/* [audio] The listener that hears the sound, NULL where nobody does. */
static const mae_listener *listener_of(const mae_engine *engine, const mae_spatial *spatial) {
  if (spatial->pinned >= 0) {
    const mae_listener *pinned = &engine->listeners[spatial->pinned];
    return pinned->enabled ? pinned : NULL;
  }
  const mae_listener *nearest = NULL;
  double least = 0;
  for (uint32_t i = 0; i < MAE_WIRE_LISTENER_COUNT; i += 1) {
    const mae_listener *listener = &engine->listeners[i];
    double away[3] = {spatial->position[0] - listener->position[0], spatial->position[1] - listener->position[1],
                      spatial->position[2] - listener->position[2]};
    double distance = dot(away, away);
    if (!listener->enabled || (nearest && distance >= least)) continue;
    nearest = listener;
    least = distance;
  }
  return nearest;
}

void mae_spatial_begin(mae_spatial *spatial, bool enabled) {
  const float whole_turn = (float)(2 * MAE_PI);
  *spatial =
      (mae_spatial){.direction = {0, 0, -1},
                    .cone = {whole_turn, whole_turn, 0},
                    .rolloff = mae_rows[MAE_ROW_spatial_rolloff].initial,
                    .min_distance = mae_rows[MAE_ROW_spatial_minDistance].initial,
                    .max_distance = mae_rows[MAE_ROW_spatial_maxDistance].initial,
                    .min_gain = mae_rows[MAE_ROW_spatial_minGain].initial,
                    .max_gain = mae_rows[MAE_ROW_spatial_maxGain].initial,
                    .doppler_factor = mae_rows[MAE_ROW_spatial_dopplerFactor].initial,
                    .directional_attenuation_factor = mae_rows[MAE_ROW_spatial_directionalAttenuationFactor].initial,
                    .enabled = enabled,
                    .stale = true,
                    .jump = true,
                    .attenuation = MAE_WIRE_ATTENUATION_INVERSE,
                    .pinned = -1};
  mae_ramp_rest(&spatial->doppler, 1);
}

mae_result mae_spatial_set(mae_spatial *spatial, uint8_t param, double value) {
  switch (param) {
    case MAE_WIRE_SPATIAL_POSITIONING: spatial->relative = value != 0; break;
    case MAE_WIRE_SPATIAL_PINNED:
      spatial->pinned = value >= 0 && value < MAE_WIRE_LISTENER_COUNT ? (int8_t)value : -1;
      break;
    case MAE_WIRE_SPATIAL_ATTENUATION:
      spatial->attenuation =
          value > 0 && value <= MAE_WIRE_ATTENUATION_EXPONENTIAL ? (uint8_t)value : MAE_WIRE_ATTENUATION_NONE;
      break;
    case MAE_WIRE_SPATIAL_ROLLOFF: spatial->rolloff = mae_row_bounded(MAE_ROW_spatial_rolloff, value); break;
    case MAE_WIRE_SPATIAL_MIN_DISTANCE:
      spatial->min_distance = mae_row_bounded(MAE_ROW_spatial_minDistance, value);
      break;
    case MAE_WIRE_SPATIAL_MAX_DISTANCE:
      spatial->max_distance = mae_row_bounded(MAE_ROW_spatial_maxDistance, value);
      break;
    case MAE_WIRE_SPATIAL_MIN_GAIN: spatial->min_gain = mae_row_bounded(MAE_ROW_spatial_minGain, value); break;
    case MAE_WIRE_SPATIAL_MAX_GAIN: spatial->max_gain = mae_row_bounded(MAE_ROW_spatial_maxGain, value); break;
    case MAE_WIRE_SPATIAL_DOPPLER_FACTOR:
      spatial->doppler_factor = mae_row_bounded(MAE_ROW_spatial_dopplerFactor, value);
      break;
    case MAE_WIRE_SPATIAL_DIRECTIONAL_ATTENUATION_FACTOR:
      spatial->directional_attenuation_factor = mae_row_bounded(MAE_ROW_spatial_directionalAttenuationFactor, value);
      break;
    default: return MAE_INVALID_ARGUMENT;
  }
  spatial->stale = true;
  return MAE_OK;
}

mae_result mae_spatial_set_vector(mae_spatial *spatial, uint8_t param, mae_vector vector) {
  float *fields[] = {spatial->position, spatial->direction, spatial->velocity, spatial->cone};
  float given[3] = {vector.x, vector.y, vector.z};
  if (param >= sizeof fields / sizeof *fields) return MAE_INVALID_ARGUMENT;
  if (param == MAE_WIRE_VECTOR_CONE) {
    const float most[3] = {(float)(2 * MAE_PI), (float)(2 * MAE_PI), 16};
    for (int i = 0; i < 3; i += 1) given[i] = given[i] < 0 ? 0 : given[i] < most[i] ? given[i] : most[i];
  }
  memcpy(fields[param], given, sizeof given);
  spatial->stale = true;
  return MAE_OK;
}

/* [any] Rises from 0 to 1 without a corner at either end. */
static double smooth_step(double t) { return t <= 0 ? 0 : t >= 1 ? 1 : (3.0 - 2.0 * t) * t * t; }

/* [audio] */
static double distance_gain(const mae_spatial *spatial, double distance) {
  double near = spatial->min_distance > SMALLEST_DISTANCE ? spatial->min_distance : SMALLEST_DISTANCE;
  double far = spatial->max_distance > near ? spatial->max_distance : near;
  double d = distance < near ? near : distance < far ? distance : far, gain = 1;
  switch (spatial->attenuation) {
    case MAE_WIRE_ATTENUATION_INVERSE: gain = near / (near + spatial->rolloff * (d - near)); break;
    case MAE_WIRE_ATTENUATION_LINEAR: gain = far > near ? 1.0 - spatial->rolloff * (d - near) / (far - near) : 1; break;
    case MAE_WIRE_ATTENUATION_EXPONENTIAL: gain = d > near ? mae_exp(-spatial->rolloff * mae_log(d / near)) : 1; break;
    default: break;
  }
  if (gain < spatial->min_gain) gain = spatial->min_gain;
  return gain < spatial->max_gain ? gain : spatial->max_gain;
}

/* [audio] `away` leads from the listener to the source, in the space that the direction is of. */
static double cone_gain(const mae_spatial *spatial, const double away[3]) {
  double inner = spatial->cone[0] * 0.5, outer = spatial->cone[1] * 0.5, outer_gain = spatial->cone[2];
  if (inner >= MAE_PI) return 1;
  double back[3] = {-away[0], -away[1], -away[2]}, direction[3], across[3];
  unit_of(spatial->direction, direction);
  cross(direction, back, across);
  double angle = mae_atan2(mae_sqrt(dot(across, across)), dot(direction, back));
  if (angle <= inner) return 1;
  if (angle >= outer) return outer_gain;
  return 1.0 + (outer_gain - 1.0) * smooth_step((angle - inner) / (outer - inner));
}

/* [audio] Shares of power of all speakers: `k` of it comes from the two that the angle lies between, the rest from
 * everywhere. */
static void share_out(const mae_speakers *speakers, double angle, double k, double power[MAE_MAX_CHANNELS]) {
  uint32_t count = speakers->count, next = 0;
  for (uint32_t i = 0; i < count; i += 1) power[speakers->channels[i]] = (1.0 - k) / count;
  while (next < count && speakers->angles[next] <= angle) next += 1;
  uint32_t before = (next + count - 1) % count, after = next % count;
  double from = speakers->angles[before], to = speakers->angles[after];
  if (next == 0) from -= 2 * MAE_PI;
  if (next == count) to += 2 * MAE_PI;
  double toward_after = 0.5 * (1.0 - mae_cos(MAE_PI * (angle - from) / (to - from)));
  power[speakers->channels[before]] += k * (1.0 - toward_after);
  power[speakers->channels[after]] += k * toward_after;
}

/* [audio] Gains of the channels for a direction, of constant power; `local` is the way to the source as right, up and
 * forward of the listener. */
static void direct(const mae_engine *engine, const mae_spatial *spatial, const double local[3], double distance,
                   double gains[MAE_MAX_CHANNELS]) {
  uint32_t channels = engine->config.channels;
  double power[MAE_MAX_CHANNELS] = {0};
  double half = 0.5 * spatial->min_distance, nearness = half > 0 ? smooth_step(distance / half) : distance > 0;
  double k = DIRECTION_DEPTH * spatial->directional_attenuation_factor * nearness;
  if (engine->speakers.count < 2) {
    gains[0] = 1;
    return;
  }
  if (channels == 2) {
    double s = distance > 0 ? local[0] / distance : 0;
    power[0] = 0.5 * (1.0 - k * s);
    power[1] = 0.5 * (1.0 + k * s);
  } else {
    /* A source overhead comes from all sides. */
    double level = distance > 0 ? mae_sqrt(local[0] * local[0] + local[2] * local[2]) / distance : 0;
    share_out(&engine->speakers, mae_atan2(local[0], local[2]), k * level, power);
  }
  for (uint32_t c = 0; c < channels; c += 1) gains[c] = mae_sqrt(power[c]);
}

/* [audio] The part of a velocity along a line, times the factor, within what sound can do. */
static double bounded_speed(const double velocity[3], const double line[3], double factor) {
  double speed = dot(velocity, line) * factor, bound = SPEED_BOUND * SPEED_OF_SOUND;
  return speed > bound ? bound : speed < -bound ? -bound : speed;
}

/* [audio] `away` leads from the listener to the source. */
static double doppler_ratio(const mae_spatial *spatial, const double listener_velocity[3], const double away[3],
                            double distance) {
  if (!(distance > 0)) return 1;
  double line[3] = {-away[0] / distance, -away[1] / distance, -away[2] / distance};
  double velocity[3] = {spatial->velocity[0], spatial->velocity[1], spatial->velocity[2]};
  double ratio = (SPEED_OF_SOUND - bounded_speed(listener_velocity, line, spatial->doppler_factor)) /
                 (SPEED_OF_SOUND - bounded_speed(velocity, line, spatial->doppler_factor));
  return ratio < DOPPLER_MIN ? DOPPLER_MIN : ratio < DOPPLER_MAX ? ratio : DOPPLER_MAX;
}

/* [audio] The gain of a channel; frame is before the end. */
static double moving_gain(const mae_spatial *spatial, uint32_t channel, uint64_t frame) {
  double a = spatial->from[channel], b = spatial->to[channel];
  return a + (b - a) * ((double)(frame - spatial->begin) * spatial->inverse_length);
}

/* [audio] Gains and doppler factor as they should be now. */
static double aim(const mae_engine *engine, const mae_spatial *spatial, float gains[MAE_MAX_CHANNELS]) {
  static const double STILL[3] = {0, 0, 0};
  const mae_listener *listener = listener_of(engine, spatial);
  memset(gains, 0, MAE_MAX_CHANNELS * sizeof *gains);
  if (!listener) return 1;
  double away[3] = {spatial->position[0], spatial->position[1], spatial->position[2]},
         local[3] = {away[0], away[1], -away[2]};
  if (!spatial->relative) {
    for (int i = 0; i < 3; i += 1) away[i] -= listener->position[i];
    local[0] = dot(away, listener->right);
    local[1] = dot(away, listener->up);
    local[2] = dot(away, listener->forward);
  }
  double distance = mae_sqrt(dot(away, away)), directed[MAE_MAX_CHANNELS] = {0};
  direct(engine, spatial, local, distance, directed);
  double gain = distance_gain(spatial, distance) * cone_gain(spatial, away);
  for (uint32_t c = 0; c < engine->config.channels; c += 1) gains[c] = (float)(gain * directed[c]);
  return doppler_ratio(spatial, spatial->relative ? STILL : listener->velocity, away, distance);
}

void mae_spatial_locate(mae_engine *engine, mae_spatial *spatial) {
  float gains[MAE_MAX_CHANNELS];
  uint64_t now = engine->now;
  uint32_t channels = engine->config.channels, frames = spatial->jump ? 0 : engine->config.smoothing_frames;
  double ratio = aim(engine, spatial, gains);
  spatial->listeners = engine->listeners_state;
  spatial->stale = spatial->jump = false;
  if (ratio != spatial->doppler.to || frames == 0)
    mae_ramp_move(&spatial->doppler, mae_ramp_at(&spatial->doppler, now), ratio, now, frames, MAE_WIRE_CURVE_LINEAR);
  bool same = frames > 0;
  for (uint32_t c = 0; c < channels; c += 1) same = same && gains[c] == spatial->to[c];
  if (same) return;
  spatial->silent = true;
  for (uint32_t c = 0; c < channels; c += 1) {
    spatial->from[c] = now < spatial->end ? (float)moving_gain(spatial, c, now) : spatial->to[c];
    spatial->silent = spatial->silent && gains[c] == 0;
  }
  memcpy(spatial->to, gains, sizeof gains);
  spatial->begin = now;
  spatial->end = now + frames;
  spatial->inverse_length = frames ? 1.0 / (double)frames : 0.0;
}

void mae_spatial_multiply(const mae_spatial *spatial, uint32_t channel, uint64_t frame, float *values, uint32_t count) {
  uint64_t left = frame < spatial->end ? spatial->end - frame : 0;
  uint32_t moving = left < count ? (uint32_t)left : count, i = 0;
  double a = spatial->from[channel], d = (double)spatial->to[channel] - a,
         k = (double)(int64_t)(frame - spatial->begin), scale = spatial->inverse_length;
  float last = spatial->to[channel];
  for (; i < moving; i += 1) values[i] *= (float)(a + d * ((k + (double)(int32_t)i) * scale));
  for (; i < count; i += 1) values[i] *= last;
}

void mae_spatial_downmix(const float *samples, uint32_t channels, uint32_t count, float *out) {
  float share = 1.0f / (float)channels;
  for (uint32_t i = 0; i < count; i += 1) {
    float sum = 0;
    for (uint32_t c = 0; c < channels; c += 1) sum += samples[(size_t)i * channels + c];
    out[i] = sum * share;
  }
}
