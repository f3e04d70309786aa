/* Ids from C: stale, foreign, exhausted, of another kind; headers of other versions. */
#include "harness.h"

static float samples[48000];

/* [any] */
static uint32_t sound_id(uint32_t slot) { return make_id(MAE_WIRE_KIND_SOUND, 1, slot); }
static uint32_t node_id(uint32_t slot) { return make_id(MAE_WIRE_KIND_NODE, 1, slot); }
static uint32_t buffer_id(uint32_t slot) { return make_id(MAE_WIRE_KIND_BUFFER, 1, slot); }

/* [any] */
static mae_buffer_config mono_samples(uint64_t frames) {
  return (mae_buffer_config){.samples = samples, .channels = 1, .sample_rate = 48000, .frames = frames, .trusted = 1};
}

/* [any] */
static mae_command create_sound(uint32_t sound, uint32_t buffer, uint32_t node) {
  return (mae_command){.op = MAE_OP_SOUND_CREATE,
                       .target = sound,
                       .a.words = {buffer, node},
                       .b.words = {MAE_WIRE_CREATE_PITCH_ENABLED, 0}};
}

/* [any] */
static mae_command create_node(uint32_t node) {
  return (mae_command){.op = MAE_OP_NODE_CREATE, .target = node, .a.words = {0, MAE_WIRE_ENDPOINT_ID}};
}

/* [any] A command that needs no more than its target. */
static mae_command plain(uint8_t op, uint32_t target) { return (mae_command){.op = op, .target = target}; }

/* [any] */
static mae_command route(uint8_t op, uint32_t target, uint32_t node) {
  return (mae_command){.op = op, .target = target, .a.words = {node, 0}};
}

/* [control] Sends, drains and returns the result that a refusal carries; OK where nothing was refused. */
static mae_result result_of(fixture *fixture, mae_command command) {
  event e;
  mae_result result = MAE_OK;
  send(fixture, command);
  mae_engine_drain(fixture->engine);
  while (next_event(fixture, &e)) {
    if (e.type != MAE_EVENT_COMMAND_REFUSED) continue;
    result = (mae_result)e.a;
    EXPECT_EQUAL(e.target, command.target);
    EXPECT_EQUAL(e.b, command.op);
  }
  return result;
}

/* [control] An engine with a prepared and created sound 3 of buffer 7, and a prepared and created node 5. */
static fixture open_with_objects(void) {
  fixture made = open_engine(mae_engine_config_init());
  mae_buffer_config config = mono_samples(48000);
  EXPECT_OK(mae_engine_prepare_buffer(made.engine, buffer_id(7), &config));
  EXPECT_OK(mae_engine_prepare_sounds(made.engine, 4));
  EXPECT_OK(mae_engine_prepare_node(made.engine, node_id(5)));
  EXPECT_OK(result_of(&made, create_sound(sound_id(3), buffer_id(7), MAE_WIRE_ENDPOINT_ID)));
  EXPECT_OK(result_of(&made, create_node(node_id(5))));
  return made;
}

static void wire_headers(void) {
  mae_engine_config config = mae_engine_config_init();
  mae_engine *engine;
  uint8_t *wire = new_wire();
  uint32_t *header = (uint32_t *)(void *)wire;
  EXPECT_EQUAL(mae_engine_create(&config, wire, MAE_WIRE_TOTAL_BYTES - 1, &engine), MAE_INVALID_ARGUMENT);
  EXPECT(!engine, "no engine on a block that is too small");
  EXPECT_EQUAL(mae_engine_create(&config, wire + 4, MAE_WIRE_TOTAL_BYTES, &engine), MAE_INVALID_ARGUMENT);
  header[MAE_WIRE_HEADER_VERSION / 4] = MAE_WIRE_VERSION + 1;
  EXPECT_EQUAL(mae_engine_create(&config, wire, MAE_WIRE_TOTAL_BYTES, &engine), MAE_ENGINE_OLDER);
  header[MAE_WIRE_HEADER_VERSION / 4] = MAE_WIRE_VERSION - 1;
  EXPECT_EQUAL(mae_engine_create(&config, wire, MAE_WIRE_TOTAL_BYTES, &engine), MAE_LIBRARY_OLDER);
  EXPECT_EQUAL(header[MAE_WIRE_HEADER_ENGINE_VERSION / 4], MAE_WIRE_VERSION);
  header[MAE_WIRE_HEADER_VERSION / 4] = MAE_WIRE_VERSION;
  header[MAE_WIRE_HEADER_MAGIC / 4] ^= 1;
  EXPECT_EQUAL(mae_engine_create(&config, wire, MAE_WIRE_TOTAL_BYTES, &engine), MAE_NOT_A_WIRE);
  EXPECT(!engine, "no engine on a block that is no wire");
  free(wire);
}

static void preparations(void) {
  fixture top = open_engine(mae_engine_config_init());
  mae_buffer_config config = mono_samples(48000);
  EXPECT_EQUAL(mae_engine_prepare_buffer(top.engine, sound_id(3), &config), MAE_INVALID_ARGUMENT);
  EXPECT_OK(mae_engine_prepare_buffer(top.engine, buffer_id(7), &config));
  EXPECT_EQUAL(mae_engine_prepare_buffer(top.engine, buffer_id(7), &config), MAE_SLOT_TAKEN);
  EXPECT_EQUAL(mae_engine_prepare_sounds(top.engine, MAE_WIRE_SOUND_CAPACITY + 1), MAE_INVALID_ARGUMENT);
  close_engine(&top);
}

static void creating_sounds(void) {
  fixture top = open_engine(mae_engine_config_init());
  mae_buffer_config config = mono_samples(48000);
  const uint32_t sound = sound_id(3), buffer = buffer_id(7), end = MAE_WIRE_ENDPOINT_ID;
  EXPECT_OK(mae_engine_prepare_buffer(top.engine, buffer, &config));
  EXPECT_EQUAL(result_of(&top, create_sound(sound, buffer, end)), MAE_NOT_PREPARED);
  EXPECT_OK(mae_engine_prepare_sounds(top.engine, 1));
  const uint32_t other_generation = make_id(MAE_WIRE_KIND_BUFFER, 2, 7);
  EXPECT_EQUAL(result_of(&top, create_sound(sound, other_generation, end)), MAE_STALE_ID);
  EXPECT_EQUAL(result_of(&top, create_sound(sound, sound, end)), MAE_WRONG_KIND);
  EXPECT_EQUAL(result_of(&top, create_sound(sound, buffer, node_id(5))), MAE_STALE_ID);
  EXPECT_EQUAL(result_of(&top, create_sound(node_id(5), buffer, end)), MAE_WRONG_KIND);
  const uint32_t no_generation = make_id(MAE_WIRE_KIND_SOUND, 0, 3), no_slot = sound_id(65535);
  EXPECT_EQUAL(result_of(&top, create_sound(no_generation, buffer, end)), MAE_WRONG_KIND);
  EXPECT_EQUAL(result_of(&top, create_sound(no_slot, buffer, end)), MAE_WRONG_KIND);
  EXPECT_OK(result_of(&top, create_sound(sound, buffer, end)));
  EXPECT_EQUAL(result_of(&top, create_sound(sound, buffer, end)), MAE_SLOT_TAKEN);
  close_engine(&top);
}

static void starting_what_is_no_sound(void) {
  fixture top = open_with_objects();
  EXPECT_EQUAL(result_of(&top, plain(MAE_OP_SOUND_START, make_id(MAE_WIRE_KIND_SOUND, 2, 3))), MAE_STALE_ID);
  EXPECT_EQUAL(result_of(&top, plain(MAE_OP_SOUND_START, 0)), MAE_STALE_ID);
  EXPECT_EQUAL(result_of(&top, plain(MAE_OP_SOUND_START, buffer_id(7))), MAE_WRONG_KIND);
  EXPECT_EQUAL(result_of(&top, plain(MAE_OP_SOUND_START, MAE_WIRE_ENDPOINT_ID)), MAE_WRONG_KIND);
  EXPECT_EQUAL(result_of(&top, plain(MAE_OP_SOUND_START, 0xFFFFFFFFu)), MAE_WRONG_KIND);
  close_engine(&top);
}

static void nodes(void) {
  fixture top = open_engine(mae_engine_config_init());
  const uint32_t node = node_id(5), unknown_op = 250;
  EXPECT_EQUAL(result_of(&top, create_node(node)), MAE_NOT_PREPARED);
  EXPECT_OK(mae_engine_prepare_node(top.engine, node));
  EXPECT_OK(result_of(&top, create_node(node)));
  EXPECT_EQUAL(result_of(&top, create_node(node)), MAE_SLOT_TAKEN);
  EXPECT_EQUAL(result_of(&top, route(MAE_OP_NODE_ROUTE, node, node)), MAE_CYCLE);
  EXPECT_EQUAL(result_of(&top, route(MAE_OP_NODE_ROUTE, MAE_WIRE_ENDPOINT_ID, node)), MAE_INVALID_ARGUMENT);
  EXPECT_EQUAL(result_of(&top, plain(MAE_OP_NODE_DESTROY, MAE_WIRE_ENDPOINT_ID)), MAE_INVALID_ARGUMENT);
  EXPECT_EQUAL(result_of(&top, plain((uint8_t)unknown_op, node)), MAE_WRONG_KIND);
  close_engine(&top);
}

static void lives(void) {
  fixture top = open_with_objects();
  send(&top, plain(MAE_OP_BUFFER_DESTROY, buffer_id(7)));
  send(&top, route(MAE_OP_SOUND_ROUTE, sound_id(3), node_id(5)));
  send(&top, plain(MAE_OP_NODE_DESTROY, node_id(5)));
  mae_engine_drain(top.engine);
  EXPECT_EQUAL(count_events(&top, MAE_EVENT_RETIRED), 0);
  EXPECT_EQUAL(result_of(&top, plain(MAE_OP_NODE_PAUSE, node_id(5))), MAE_STALE_ID);
  send(&top, plain(MAE_OP_SOUND_DESTROY, sound_id(3)));
  mae_engine_drain(top.engine);
  EXPECT_EQUAL(count_events(&top, MAE_EVENT_RETIRED), 3);
  EXPECT_EQUAL(result_of(&top, create_sound(sound_id(3), buffer_id(7), MAE_WIRE_ENDPOINT_ID)), MAE_STALE_ID);
  mae_buffer_config config = mono_samples(48000);
  const uint32_t last_generation = make_id(MAE_WIRE_KIND_BUFFER, MAE_WIRE_ID_GENERATION_MAX, 7);
  EXPECT_OK(mae_engine_prepare_buffer(top.engine, last_generation, &config));
  close_engine(&top);
}

static void full_event_ring(void) {
  fixture top = open_engine(mae_engine_config_init());
  const uint32_t count = 12000;
  mae_buffer_config config = mono_samples(10);
  EXPECT_OK(mae_engine_prepare_buffer(top.engine, buffer_id(0), &config));
  EXPECT_OK(mae_engine_prepare_sounds(top.engine, count));
  for (uint32_t i = 0; i < count; i += 1) send(&top, create_sound(sound_id(i), buffer_id(0), MAE_WIRE_ENDPOINT_ID));
  mae_engine_drain(top.engine);
  for (uint32_t i = 0; i < count; i += 1) send(&top, plain(MAE_OP_SOUND_DESTROY, sound_id(i)));
  mae_engine_drain(top.engine);
  uint32_t told = count_events(&top, MAE_EVENT_RETIRED);
  EXPECT_EQUAL(told, MAE_WIRE_EVENT_CAPACITY);
  mae_engine_drain(top.engine);
  told += count_events(&top, MAE_EVENT_RETIRED);
  EXPECT_EQUAL(told, count);
  close_engine(&top);
}

int main(void) {
  run_test("an engine is made on a block with its own header only", wire_headers);
  run_test("memory is prepared for a free slot of the right kind", preparations);
  run_test("a sound is created from a living buffer into a prepared slot", creating_sounds);
  run_test("only a living sound is started", starting_what_is_no_sound);
  run_test("a node is created once, leads to no cycle, and the endpoint stays", nodes);
  run_test("a buffer stays while a sound reads it, and a node while a sound leads to it", lives);
  run_test("no retirement is lost when the event ring is full", full_event_ring);
  return report();
}
