/* Effects from inside: when they sleep, what they give back, and that their functions are as accurate as the system's.
 */
#include <math.h>

#include "effects/effect.h"
#include "effects/pair.h"
#include "harness.h"

enum { LENGTH = 2000, PIECE = 8192, SECOND = 48000 };

static float samples[LENGTH * 2];
static float out[PIECE * 2];

/* [any] There is one node, one sound and one buffer. */
static uint32_t node_id(uint32_t generation) { return make_id(MAE_WIRE_KIND_NODE, generation, 1); }
static uint32_t sound_id(void) { return make_id(MAE_WIRE_KIND_SOUND, 1, 0); }
static uint32_t buffer_id(void) { return make_id(MAE_WIRE_KIND_BUFFER, 1, 0); }

/* [any] */
static mae_command plain(uint8_t op, uint32_t target) { return (mae_command){.op = op, .target = target}; }

/* [any] A parameter of a node moves to a value in 10 ms. */
static mae_command ramp(uint32_t node, uint8_t param, double value) {
  return (mae_command){.op = MAE_OP_RAMP, .target = node, .param = param, .a.value = value, .b.words = {480, 0}};
}

/* [any] A node that leads to the endpoint. */
static mae_command create_node(uint32_t node) {
  return (mae_command){.op = MAE_OP_NODE_CREATE, .target = node, .a.words = {0, MAE_WIRE_ENDPOINT_ID}};
}

/* [control] An engine with a sound through one effect. */
static fixture open_with(uint32_t kind, uint32_t variant) {
  fixture top = open_engine(mae_engine_config_init());
  mae_buffer_config config = {.samples = samples, .channels = 2, .sample_rate = 48000, .frames = LENGTH, .trusted = 1};
  EXPECT_OK(mae_engine_prepare_buffer(top.engine, buffer_id(), &config));
  EXPECT_OK(mae_engine_prepare_sounds(top.engine, 1));
  EXPECT_OK(mae_engine_prepare_effect(top.engine, node_id(1), kind, variant));
  send(&top, create_node(node_id(1)));
  send(&top, (mae_command){.op = MAE_OP_SOUND_CREATE, .target = sound_id(), .a.words = {buffer_id(), node_id(1)}});
  return top;
}

/* [control] Renders frames and returns their largest magnitude. */
static double render(fixture *top, uint32_t frames) {
  double largest = 0;
  for (uint32_t done = 0, count; done < frames; done += count) {
    count = frames - done < PIECE ? frames - done : PIECE;
    mae_engine_render(top->engine, out, count);
    for (uint32_t i = 0; i < count * 2; i += 1) largest = fmax(largest, fabs(out[i]));
  }
  return largest;
}

/* [control] */
static uint32_t published_awake(fixture *top) {
  return *wire_word(top, MAE_WIRE_NODE_STATE_OFFSET + MAE_WIRE_NODE_STATE_BYTES + MAE_WIRE_NODE_AWAKE);
}

/* [control] */
static void expect_awake(fixture *top, uint32_t awake) {
  EXPECT_EQUAL(top->engine->awake_effects, awake);
  EXPECT_EQUAL(published_awake(top), awake);
}

/* [control] Renders until the effect sleeps, for 20 seconds at most. Returns the seconds; the last but one was as loud
 * as
 * `*before`. */
static uint32_t render_to_sleep(fixture *top, double *before) {
  double last = 1;
  uint32_t seconds = 0;
  *before = 0;
  while (top->engine->awake_effects > 0 && seconds < 20) {
    *before = last;
    last = render(top, SECOND);
    seconds += 1;
  }
  return seconds;
}

/* [control] */
static void expect_sleep_and_waking(uint32_t kind) {
  fixture top = open_with(kind, 2);
  EXPECT_EQUAL(top.engine->awake_effects, 0);
  for (int round = 0; round < 2; round += 1) {
    send(&top, plain(MAE_OP_SOUND_START, sound_id()));
    EXPECT_ABOVE(render(&top, 1000), 0);
    expect_awake(&top, 1);
    /* The longest of them, a delay of a quarter of a second, falls by 160 dB in five seconds; a compressor forgets in
     * two. */
    double before;
    uint32_t seconds = render_to_sleep(&top, &before);
    expect_awake(&top, 0);
    EXPECT_BELOW(seconds, 12);
    if (seconds != 1) EXPECT_BELOW(before, 1e-3);
    EXPECT(render(&top, 5000) == 0, "silence from an effect that sleeps");
    EXPECT(mae_node_slot(top.engine, 1)->sounded_to < top.engine->now, "a node that carries no sound");
  }
  close_engine(&top);
}

static void sleep_of_every_kind(void) {
  for (uint32_t kind = 1; kind < MAE_EFFECT_COUNT; kind += 1) expect_sleep_and_waking(kind);
}

static void frozen_reverb(void) {
  const uint8_t freeze = MAE_WIRE_PARAM_EFFECT + 5;
  fixture top = open_with(MAE_EFFECT_freeverb, 0);
  send(&top, plain(MAE_OP_SOUND_START, sound_id()));
  render(&top, 1500);
  send(&top, ramp(node_id(1), freeze, 1));
  render(&top, SECOND * 30);
  EXPECT_EQUAL(top.engine->awake_effects, 1);
  EXPECT_ABOVE(render(&top, 4800), 1e-3);
  send(&top, ramp(node_id(1), MAE_WIRE_PARAM_ENABLED, 0));
  render(&top, 1000);
  EXPECT_EQUAL(top.engine->awake_effects, 0);
  EXPECT(render(&top, 4800) == 0, "silence from an effect that is switched off");
  close_engine(&top);
}

/* [control] A delay whose node was destroyed while it sounded, and has retired. */
static fixture open_with_retired_delay(void) {
  fixture top = open_with(MAE_EFFECT_delay, 0);
  send(&top, plain(MAE_OP_SOUND_START, sound_id()));
  render(&top, 100);
  EXPECT_EQUAL(mae_engine_prepare_effect(top.engine, node_id(2), MAE_EFFECT_freeverb, 0), MAE_SLOT_TAKEN);
  mae_engine_release_node(top.engine, node_id(1));
  EXPECT(mae_node_slot(top.engine, 1)->effect, "the effect of a node in use to stay");
  send(&top, plain(MAE_OP_NODE_DESTROY, node_id(1)));
  send(&top, plain(MAE_OP_SOUND_DESTROY, sound_id()));
  render(&top, 2000);
  EXPECT_EQUAL(count_events(&top, MAE_EVENT_RETIRED), 2);
  EXPECT_EQUAL(top.engine->awake_effects, 0);
  return top;
}

static void memory_of_effects(void) {
  fixture top = open_with_retired_delay();
  mae_engine_release_node(top.engine, node_id(1));
  EXPECT(!mae_node_slot(top.engine, 1)->effect, "the effect of a retired node to be freed");
  close_engine(&top);
}

static void group_after_effect(void) {
  fixture top = open_with_retired_delay();
  mae_engine_release_node(top.engine, node_id(1));
  EXPECT_OK(mae_engine_prepare_node(top.engine, node_id(2)));
  send(&top, create_node(node_id(2)));
  send(&top, plain(MAE_OP_NODE_RESET, node_id(2)));
  send(&top, ramp(node_id(2), MAE_WIRE_PARAM_EFFECT, 0));
  send(&top, ramp(node_id(2), MAE_WIRE_PARAM_ENABLED, 0));
  render(&top, 100);
  EXPECT_EQUAL(count_events(&top, MAE_EVENT_COMMAND_REFUSED), 3);
  close_engine(&top);
}

static void kinds_of_effects(void) {
  fixture top = open_engine(mae_engine_config_init());
  const uint32_t node = make_id(MAE_WIRE_KIND_NODE, 1, 2), any_variant = 77;
  for (uint32_t kind = 0; kind < 20; kind += 1) {
    bool known = kind > 0 && kind < MAE_EFFECT_COUNT;
    EXPECT_EQUAL(mae_engine_prepare_effect(top.engine, node, kind, any_variant), known ? MAE_OK : MAE_INVALID_ARGUMENT);
  }
  const uint32_t sound = make_id(MAE_WIRE_KIND_SOUND, 1, 2);
  EXPECT_EQUAL(mae_engine_prepare_effect(top.engine, sound, MAE_EFFECT_low_pass, 0), MAE_INVALID_ARGUMENT);
  close_engine(&top);
}

/* Far below what a float can tell. */
static void accuracy_of_functions(void) {
  double worst_exp = 0, worst_log = 0, worst_tanh = 0;
  bool lanes_agree = true;
  uint64_t seed = 5;
  for (int i = 0; i < 200000; i += 1) {
    double x = random_between(&seed, -80, 80), small = pow(10, random_between(&seed, -12, 1.5)) * (i & 1 ? 1 : -1),
           positive = pow(10, random_between(&seed, -30, 30));
    mae_quad e = mae_quad_exp(mae_quad_of(x)), l = mae_quad_log(mae_quad_of(positive)),
             t = mae_quad_tanh(mae_quad_of(small));
    worst_exp = fmax(worst_exp, fabs(e[i & 3] / exp(x) - 1));
    worst_log = fmax(worst_log, fabs(l[i & 3] - log(positive)));
    worst_tanh = fmax(worst_tanh, fabs(t[i & 3] / tanh(small) - 1));
    lanes_agree = lanes_agree && e[0] == e[3] && l[0] == l[2] && t[0] == t[1];
  }
  EXPECT_BELOW(worst_exp, 3e-11);
  EXPECT_BELOW(worst_log, 3e-14);
  EXPECT_BELOW(worst_tanh, 3e-11);
  EXPECT(lanes_agree, "the same number in every lane");
  EXPECT(mae_quad_tanh(mae_quad_of(0))[0] == 0, "tanh(0) to be 0");
  EXPECT(mae_quad_tanh(mae_quad_of(1e300))[0] == 1, "tanh of a huge number to be 1");
  EXPECT(mae_quad_tanh(mae_quad_of(-1e300))[0] == -1, "tanh of a huge negative number to be -1");
}

int main(void) {
  for (int i = 0; i < LENGTH * 2; i += 1) samples[i] = (float)sin(i * 0.05) * 0.5f;
  run_test("an effect of any kind sleeps when its tail is over, and wakes with sound", sleep_of_every_kind);
  run_test("a frozen reverb never sleeps, until it is switched off", frozen_reverb);
  run_test("the memory of an effect is given back after its node retired, and not before", memory_of_effects);
  run_test("a group in the slot of an effect takes no commands of effects", group_after_effect);
  run_test("effects of known kinds are made, and only for nodes", kinds_of_effects);
  run_test("exp, log and tanh are as accurate as the system's", accuracy_of_functions);
  return report();
}
