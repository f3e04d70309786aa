/* Effects from inside: when they sleep, what they give back, and that their functions are as accurate as the system's.
 */
#include <math.h>

#include "effects/effect.h"
#include "effects/pair.h"
#include "harness.h"

enum { LENGTH = 2000 };

static float samples[LENGTH * 2];
static float out[8192 * 2];

static uint32_t node_id(uint32_t generation) { return make_id(MAE_WIRE_KIND_NODE, generation, 1); }
static uint32_t sound_id(void) { return make_id(MAE_WIRE_KIND_SOUND, 1, 0); }

/* [control] A sound through one effect. */
static bench_top open_with(uint32_t kind, uint32_t variant) {
  bench_top top = open_engine(mae_engine_config_init());
  mae_buffer_config config = {.samples = samples, .channels = 2, .sample_rate = 48000, .frames = LENGTH, .trusted = 1};
  CHECK(mae_engine_prepare_buffer(top.engine, make_id(MAE_WIRE_KIND_BUFFER, 1, 0), &config) == MAE_OK);
  CHECK(mae_engine_prepare_sounds(top.engine, 1) == MAE_OK);
  CHECK(mae_engine_prepare_effect(top.engine, node_id(1), kind, variant) == MAE_OK);
  send(&top, (mae_command){.op = MAE_OP_NODE_CREATE, .target = node_id(1), .a.words = {0, MAE_WIRE_ENDPOINT_ID}});
  send(&top, (mae_command){.op = MAE_OP_SOUND_CREATE,
                           .target = sound_id(),
                           .a.words = {make_id(MAE_WIRE_KIND_BUFFER, 1, 0), node_id(1)}});
  return top;
}

/* [control] */
static double render(bench_top *top, uint32_t frames) {
  double largest = 0;
  for (uint32_t done = 0, count; done < frames; done += count) {
    count = frames - done < 8192 ? frames - done : 8192;
    mae_engine_render(top->engine, out, count);
    for (uint32_t i = 0; i < count * 2; i += 1) largest = fmax(largest, fabs(out[i]));
  }
  return largest;
}

/* [control] */
static uint32_t published_awake(const bench_top *top) {
  uint32_t awake;
  memcpy(&awake, top->wire + MAE_WIRE_NODE_STATE_OFFSET + MAE_WIRE_NODE_STATE_BYTES + MAE_WIRE_NODE_AWAKE,
         sizeof awake);
  return awake;
}

static void sleeps_and_wakes(uint32_t kind) {
  bench_top top = open_with(kind, 2);
  CHECK(top.engine->awake_effects == 0);
  for (int round = 0; round < 2; round += 1) {
    send(&top, (mae_command){.op = MAE_OP_SOUND_START, .target = sound_id()});
    CHECK(render(&top, 1000) > 0);
    CHECK(top.engine->awake_effects == 1 && published_awake(&top) == 1);
    /* The longest of them, a delay of a quarter of a second, falls by 160 dB in five seconds; a compressor forgets in
     * two. */
    double before = 0, last = 1;
    uint32_t seconds = 0;
    while (top.engine->awake_effects > 0 && seconds < 20) {
      before = last;
      last = render(&top, 48000);
      seconds += 1;
    }
    CHECK(top.engine->awake_effects == 0 && published_awake(&top) == 0);
    CHECK(seconds < 12 && (before < 1e-3 || seconds == 1));
    CHECK(render(&top, 5000) == 0);
    CHECK(top.engine->nodes[1]->sounded_to < top.engine->now);
  }
  close_engine(&top);
}

static void never_sleeps_while_frozen(void) {
  bench_top top = open_with(MAE_WIRE_EFFECT_FREEVERB, 0);
  send(&top, (mae_command){.op = MAE_OP_SOUND_START, .target = sound_id()});
  render(&top, 1500);
  send(&top, (mae_command){.op = MAE_OP_RAMP,
                           .target = node_id(1),
                           .param = MAE_WIRE_PARAM_EFFECT + 5,
                           .a.value = 1,
                           .b.words = {480, 0}});
  render(&top, 48000 * 30);
  CHECK(top.engine->awake_effects == 1 && render(&top, 4800) > 1e-3);
  send(
      &top,
      (mae_command){
          .op = MAE_OP_RAMP, .target = node_id(1), .param = MAE_WIRE_PARAM_ENABLED, .a.value = 0, .b.words = {480, 0}});
  render(&top, 1000);
  CHECK(top.engine->awake_effects == 0 && render(&top, 4800) == 0);
  close_engine(&top);
}

static void gives_its_memory_back(void) {
  bench_top top = open_with(MAE_WIRE_EFFECT_DELAY, 0);
  send(&top, (mae_command){.op = MAE_OP_SOUND_START, .target = sound_id()});
  render(&top, 100);
  CHECK(mae_engine_prepare_effect(top.engine, node_id(2), MAE_WIRE_EFFECT_FREEVERB, 0) == MAE_SLOT_TAKEN);
  mae_engine_release_node(top.engine, node_id(1)); /* in use: nothing happens */
  CHECK(top.engine->nodes[1]->effect != NULL);
  send(&top, (mae_command){.op = MAE_OP_NODE_DESTROY, .target = node_id(1)});
  send(&top, (mae_command){.op = MAE_OP_SOUND_DESTROY, .target = sound_id()});
  render(&top, 2000);
  CHECK(count_events(&top, MAE_EVENT_RETIRED) == 2);
  CHECK(top.engine->awake_effects == 0);
  mae_engine_release_node(top.engine, node_id(1));
  CHECK(top.engine->nodes[1]->effect == NULL);
  /* The slot's next node is a group, the one after an effect again. */
  CHECK(mae_engine_prepare_node(top.engine, node_id(2)) == MAE_OK);
  send(&top, (mae_command){.op = MAE_OP_NODE_CREATE, .target = node_id(2), .a.words = {0, MAE_WIRE_ENDPOINT_ID}});
  send(&top, (mae_command){.op = MAE_OP_NODE_RESET, .target = node_id(2)});
  send(&top, (mae_command){.op = MAE_OP_RAMP, .target = node_id(2), .param = MAE_WIRE_PARAM_EFFECT});
  send(&top, (mae_command){.op = MAE_OP_RAMP, .target = node_id(2), .param = MAE_WIRE_PARAM_ENABLED});
  render(&top, 100);
  CHECK(count_events(&top, MAE_EVENT_COMMAND_REFUSED) == 3);
  for (uint32_t kind = 0; kind < 20; kind += 1) {
    bool known = kind > 0 && kind < MAE_WIRE_EFFECT_COUNT;
    CHECK(mae_engine_prepare_effect(top.engine, make_id(MAE_WIRE_KIND_NODE, 1, 2), kind, 77) ==
          (known ? MAE_OK : MAE_INVALID_ARGUMENT));
  }
  CHECK(mae_engine_prepare_effect(top.engine, make_id(MAE_WIRE_KIND_SOUND, 1, 2), 1, 0) == MAE_INVALID_ARGUMENT);
  close_engine(&top);
}

/* Far below what a float can tell. */
static void functions_are_accurate(void) {
  double worst_exp = 0, worst_log = 0, worst_tanh = 0;
  uint64_t seed = 5;
  for (int i = 0; i < 200000; i += 1) {
    double x = random_between(&seed, -80, 80), small = pow(10, random_between(&seed, -12, 1.5)) * (i & 1 ? 1 : -1),
           positive = pow(10, random_between(&seed, -30, 30));
    mae_quad e = mae_quad_exp(mae_quad_of(x)), l = mae_quad_log(mae_quad_of(positive)),
             t = mae_quad_tanh(mae_quad_of(small));
    worst_exp = fmax(worst_exp, fabs(e[i & 3] / exp(x) - 1));
    worst_log = fmax(worst_log, fabs(l[i & 3] - log(positive)));
    worst_tanh = fmax(worst_tanh, fabs(t[i & 3] / tanh(small) - 1));
    if (e[0] != e[3] || l[0] != l[2] || t[0] != t[1]) worst_exp = 1;
  }
  CHECK(worst_exp < 3e-11);
  CHECK(worst_log < 3e-14);
  CHECK(worst_tanh < 3e-11);
  CHECK(mae_quad_tanh(mae_quad_of(0))[0] == 0 && mae_quad_tanh(mae_quad_of(1e300))[0] == 1 &&
        mae_quad_tanh(mae_quad_of(-1e300))[0] == -1);
}

int main(void) {
  for (int i = 0; i < LENGTH * 2; i += 1) samples[i] = (float)sin(i * 0.05) * 0.5f;
  for (uint32_t kind = 1; kind < MAE_WIRE_EFFECT_COUNT; kind += 1) sleeps_and_wakes(kind);
  never_sleeps_while_frozen();
  gives_its_memory_back();
  functions_are_accurate();
  return report();
}
