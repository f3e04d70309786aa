#include "graph/mixer.h"

#include <string.h>

#include "base/pan.h"
#include "base/shared.h"
#include "graph/node_effect.h"
#include "graph/touch.h"
#include "state/slots.h"
#include "state/wire.h"

/* The gains of a node that are multiplied for each frame, always in this order. */
static const mae_node_ramp GAINS[] = {mae_node_volume, mae_node_mute, mae_node_output, mae_node_pause};
enum { GAIN_COUNT = sizeof GAINS / sizeof *GAINS };

/* [audio] Multiplies the node's mix by its own gains, in place. */
static void apply_gains(mae_engine *engine, mae_node *node, uint32_t frames) {
  uint32_t channels = engine->config.channels;
  uint64_t now = engine->now, until = node->ramps[mae_node_pan].end;
  double gain = node->ramps[GAINS[0]].to;
  for (uint32_t k = 0; k < GAIN_COUNT; k += 1) {
    const mae_ramp *ramp = &node->ramps[GAINS[k]];
    if (ramp->end > until) until = ramp->end;
    if (k > 0) gain *= ramp->to;
  }
  float *mix = node->mix;
  if (now >= until) {
    mae_pan pan = mae_pan_gains(mae_pan_balance, node->ramps[mae_node_pan].to);
    float side[3] = {(float)(gain * pan.left), (float)gain, (float)(gain * pan.right)};
    if (side[0] == 1 && side[1] == 1 && side[2] == 1) return;
    if (channels == 2) {
      for (uint32_t i = 0; i < frames; i += 1) {
        mix[2 * i] *= side[0];
        mix[2 * i + 1] *= side[2];
      }
      return;
    }
    for (uint32_t i = 0; i < frames; i += 1)
      for (uint32_t c = 0; c < channels; c += 1) mix[(size_t)i * channels + c] *= side[engine->sides[c] + 1];
    return;
  }
  double *gains = engine->gains, *pans = engine->pans;
  mae_ramp_fill(&node->ramps[GAINS[0]], now, gains, frames);
  for (uint32_t k = 1; k < GAIN_COUNT; k += 1) mae_ramp_multiply(&node->ramps[GAINS[k]], now, gains, frames);
  mae_ramp_fill(&node->ramps[mae_node_pan], now, pans, frames);
  for (uint32_t i = 0; i < frames; i += 1) {
    mae_pan pan = mae_pan_gains(mae_pan_balance, pans[i]);
    float side[3] = {(float)(gains[i] * pan.left), (float)gains[i], (float)(gains[i] * pan.right)};
    for (uint32_t c = 0; c < channels; c += 1) mix[(size_t)i * channels + c] *= side[engine->sides[c] + 1];
  }
}

/* [audio] */
static void measure(mae_engine *engine, mae_node *node, uint32_t frames, bool sounds) {
  uint32_t channels = engine->config.channels,
           offset = MAE_WIRE_NODE_STATE_OFFSET + mae_id_slot(node->object.id) * MAE_WIRE_NODE_STATE_BYTES;
  float *peaks = mae_wire_f32(engine, offset + MAE_WIRE_NODE_PEAKS);
  double *squares = mae_wire_f64(engine, offset + MAE_WIRE_NODE_SQUARES);
  uint32_t reset = mae_shared_load(mae_wire_u32(engine, offset + MAE_WIRE_NODE_PEAK_RESET));
  if (reset != node->peak_reset) memset(node->peaks, 0, sizeof node->peaks);
  *mae_wire_f64(engine, offset + MAE_WIRE_NODE_FRAMES) += frames;
  if (sounds && channels == 2) {
    engine->kernels->meter_stereo(node->mix, frames, node->peaks, squares);
  } else if (sounds) {
    for (uint32_t i = 0; i < frames; i += 1)
      for (uint32_t c = 0; c < channels; c += 1) {
        float x = node->mix[(size_t)i * channels + c], magnitude = x < 0 ? -x : x;
        squares[c] += x * x;
        if (magnitude > node->peaks[c]) node->peaks[c] = magnitude;
      }
  }
  if (!sounds && reset == node->peak_reset) return;
  node->peak_reset = reset;
  memcpy(peaks, node->peaks, sizeof node->peaks);
}

/* [audio] Engine frame after the last one in which something of the node is heard: a muted one is silent whatever
 * sounds in it. */
static uint64_t heard_to(const mae_node *node) {
  uint64_t until = 0;
  double gain = 1;
  for (uint32_t k = 0; k < GAIN_COUNT; k += 1) {
    const mae_ramp *ramp = &node->ramps[GAINS[k]];
    if (ramp->end > until) until = ramp->end;
    gain *= ramp->to;
  }
  return gain != 0 || node->sounded_to < until ? node->sounded_to : until;
}

/* [audio] */
static void add_along_routes(mae_engine *engine, mae_node *node, uint32_t frames) {
  uint64_t sounds_to = heard_to(node);
  if (sounds_to <= engine->now) return;
  uint32_t channels = engine->config.channels, samples = frames * channels;
  for (uint32_t r = 0; r < node->route_count; r += 1) {
    mae_node *to = node->routes[r].to;
    const mae_ramp *gain = &node->routes[r].gain;
    if (!to) continue;
    float *into = to->mix;
    if (node->routes[r].key) {
      into = to->key;
      mae_node_touch_key(engine, to);
    } else {
      mae_node_touch(engine, to, sounds_to);
    }
    if (!mae_ramp_moves(gain, engine->now)) {
      float still = (float)gain->to;
      if (still == 1)
        for (uint32_t i = 0; i < samples; i += 1) into[i] += node->mix[i];
      else if (still != 0)
        for (uint32_t i = 0; i < samples; i += 1) into[i] += node->mix[i] * still;
      continue;
    }
    mae_ramp_fill(gain, engine->now, engine->gains, frames);
    for (uint32_t i = 0; i < frames; i += 1)
      for (uint32_t c = 0; c < channels; c += 1)
        into[(size_t)i * channels + c] += node->mix[(size_t)i * channels + c] * (float)engine->gains[i];
  }
}

void mae_graph_mix(mae_engine *engine, float *out, uint32_t frames) {
  uint32_t samples = frames * engine->config.channels;
  mae_node *endpoint = mae_endpoint(engine);
  for (uint32_t i = 0; i < engine->order_count; i += 1) {
    mae_node *node = engine->order[i];
    bool sounds = node->effect ? mae_node_effect_process(engine, node, frames) : node->touched == engine->block;
    if (sounds) {
      apply_gains(engine, node, frames);
      if (node != endpoint) add_along_routes(engine, node, frames);
      /* Sums of extreme samples may overflow; what leaves the engine is finite. */
      else engine->kernels->convert_f32(out, node->mix, samples);
    } else if (node == endpoint) {
      memset(out, 0, samples * sizeof(float));
    }
    measure(engine, node, frames, sounds);
  }
}
