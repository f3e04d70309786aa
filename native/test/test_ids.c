/* Ids from C: stale, foreign, exhausted, of another kind; headers of other versions. */
#include "harness.h"

static float samples[48000];

static mae_command create(uint32_t sound, uint32_t buffer, uint32_t node) {
  return (mae_command){.op = MAE_OP_SOUND_CREATE,
                       .target = sound,
                       .a.words = {buffer, node},
                       .b.words = {MAE_WIRE_CREATE_PITCH_ENABLED, 0}};
}

/* [control] Sends, drains and returns the result that a refusal carries; OK where nothing was refused. */
static mae_result result_of(bench_top *top, mae_command command) {
  event e;
  mae_result result = MAE_OK;
  send(top, command);
  mae_engine_drain(top->engine);
  while (next_event(top, &e))
    if (e.type == MAE_EVENT_COMMAND_REFUSED) {
      result = (mae_result)e.a;
      CHECK(e.target == command.target && e.b == command.op);
    }
  return result;
}

static void refuse_other_headers(void) {
  mae_engine_config config = mae_engine_config_init();
  mae_engine *engine;
  uint8_t *wire = new_wire();
  uint32_t *header = (uint32_t *)wire;
  CHECK(mae_engine_create(&config, wire, MAE_WIRE_TOTAL_BYTES - 1, &engine) == MAE_INVALID_ARGUMENT && !engine);
  CHECK(mae_engine_create(&config, wire + 4, MAE_WIRE_TOTAL_BYTES, &engine) == MAE_INVALID_ARGUMENT);
  header[MAE_WIRE_HEADER_VERSION / 4] = MAE_WIRE_VERSION + 1;
  CHECK(mae_engine_create(&config, wire, MAE_WIRE_TOTAL_BYTES, &engine) == MAE_ENGINE_OLDER);
  header[MAE_WIRE_HEADER_VERSION / 4] = MAE_WIRE_VERSION - 1;
  CHECK(mae_engine_create(&config, wire, MAE_WIRE_TOTAL_BYTES, &engine) == MAE_LIBRARY_OLDER);
  CHECK(header[MAE_WIRE_HEADER_ENGINE_VERSION / 4] == MAE_WIRE_VERSION);
  header[MAE_WIRE_HEADER_VERSION / 4] = MAE_WIRE_VERSION;
  header[MAE_WIRE_HEADER_MAGIC / 4] ^= 1;
  CHECK(mae_engine_create(&config, wire, MAE_WIRE_TOTAL_BYTES, &engine) == MAE_NOT_A_WIRE && !engine);
  free(wire);
}

static void refuse_bad_ids(void) {
  bench_top top = open_engine(mae_engine_config_init());
  uint32_t buffer = make_id(MAE_WIRE_KIND_BUFFER, 1, 7), sound = make_id(MAE_WIRE_KIND_SOUND, 1, 3),
           node = make_id(MAE_WIRE_KIND_NODE, 1, 5);
  mae_buffer_config config = {.samples = samples, .channels = 1, .sample_rate = 48000, .frames = 48000, .trusted = 1};
  CHECK(mae_engine_prepare_buffer(top.engine, sound, &config) == MAE_INVALID_ARGUMENT);
  CHECK(mae_engine_prepare_buffer(top.engine, buffer, &config) == MAE_OK);
  CHECK(mae_engine_prepare_buffer(top.engine, buffer, &config) == MAE_SLOT_TAKEN);
  CHECK(mae_engine_prepare_sounds(top.engine, MAE_WIRE_SOUND_CAPACITY + 1) == MAE_INVALID_ARGUMENT);

  CHECK(result_of(&top, create(sound, buffer, MAE_WIRE_ENDPOINT_ID)) == MAE_NOT_PREPARED);
  CHECK(mae_engine_prepare_sounds(top.engine, 1) == MAE_OK);
  CHECK(result_of(&top, create(sound, make_id(MAE_WIRE_KIND_BUFFER, 2, 7), MAE_WIRE_ENDPOINT_ID)) == MAE_STALE_ID);
  CHECK(result_of(&top, create(sound, sound, MAE_WIRE_ENDPOINT_ID)) == MAE_WRONG_KIND);
  CHECK(result_of(&top, create(sound, buffer, node)) == MAE_STALE_ID);
  CHECK(result_of(&top, create(node, buffer, MAE_WIRE_ENDPOINT_ID)) == MAE_WRONG_KIND);
  CHECK(result_of(&top, create(make_id(MAE_WIRE_KIND_SOUND, 0, 3), buffer, MAE_WIRE_ENDPOINT_ID)) == MAE_WRONG_KIND);
  CHECK(result_of(&top, create(make_id(MAE_WIRE_KIND_SOUND, 1, 65535), buffer, MAE_WIRE_ENDPOINT_ID)) ==
        MAE_WRONG_KIND);
  CHECK(result_of(&top, create(sound, buffer, MAE_WIRE_ENDPOINT_ID)) == MAE_OK);
  CHECK(result_of(&top, create(sound, buffer, MAE_WIRE_ENDPOINT_ID)) == MAE_SLOT_TAKEN);

  mae_command start = {.op = MAE_OP_SOUND_START, .target = make_id(MAE_WIRE_KIND_SOUND, 2, 3)};
  CHECK(result_of(&top, start) == MAE_STALE_ID);
  start.target = 0;
  CHECK(result_of(&top, start) == MAE_STALE_ID);
  start.target = buffer;
  CHECK(result_of(&top, start) == MAE_WRONG_KIND);
  start.target = MAE_WIRE_ENDPOINT_ID;
  CHECK(result_of(&top, start) == MAE_WRONG_KIND);
  start.target = 0xFFFFFFFFu;
  CHECK(result_of(&top, start) == MAE_WRONG_KIND);

  mae_command make_node = {.op = MAE_OP_NODE_CREATE, .target = node, .a.words = {0, MAE_WIRE_ENDPOINT_ID}};
  CHECK(result_of(&top, make_node) == MAE_NOT_PREPARED);
  CHECK(mae_engine_prepare_node(top.engine, node) == MAE_OK);
  CHECK(result_of(&top, make_node) == MAE_OK);
  CHECK(result_of(&top, make_node) == MAE_SLOT_TAKEN);
  mae_command cycle = {.op = MAE_OP_NODE_ROUTE, .target = node, .a.words = {node, 0}};
  CHECK(result_of(&top, cycle) == MAE_CYCLE);
  cycle.target = MAE_WIRE_ENDPOINT_ID;
  CHECK(result_of(&top, cycle) == MAE_INVALID_ARGUMENT);
  mae_command destroy = {.op = MAE_OP_NODE_DESTROY, .target = MAE_WIRE_ENDPOINT_ID};
  CHECK(result_of(&top, destroy) == MAE_INVALID_ARGUMENT);
  CHECK(result_of(&top, (mae_command){.op = 250, .target = node}) == MAE_WRONG_KIND);

  /* A sound reads its buffer, and a node is led to: neither goes before they do. */
  send(&top, (mae_command){.op = MAE_OP_BUFFER_DESTROY, .target = buffer});
  send(&top, (mae_command){.op = MAE_OP_SOUND_ROUTE, .target = sound, .a.words = {node, 0}});
  send(&top, (mae_command){.op = MAE_OP_NODE_DESTROY, .target = node});
  mae_engine_drain(top.engine);
  CHECK(count_events(&top, MAE_EVENT_RETIRED) == 0);
  CHECK(result_of(&top, (mae_command){.op = MAE_OP_NODE_PAUSE, .target = node}) == MAE_STALE_ID);
  send(&top, (mae_command){.op = MAE_OP_SOUND_DESTROY, .target = sound});
  mae_engine_drain(top.engine);
  CHECK(count_events(&top, MAE_EVENT_RETIRED) == 3);
  CHECK(result_of(&top, create(sound, buffer, MAE_WIRE_ENDPOINT_ID)) == MAE_STALE_ID);
  CHECK(mae_engine_prepare_buffer(top.engine, make_id(MAE_WIRE_KIND_BUFFER, MAE_WIRE_ID_GENERATION_MAX, 7), &config) ==
        MAE_OK);
  close_engine(&top);
}

static void never_lose_a_retirement(void) {
  bench_top top = open_engine(mae_engine_config_init());
  uint32_t buffer = make_id(MAE_WIRE_KIND_BUFFER, 1, 0), count = 12000;
  mae_buffer_config config = {.samples = samples, .channels = 1, .sample_rate = 48000, .frames = 10, .trusted = 1};
  CHECK(mae_engine_prepare_buffer(top.engine, buffer, &config) == MAE_OK &&
        mae_engine_prepare_sounds(top.engine, count) == MAE_OK);
  for (uint32_t i = 0; i < count; i += 1)
    send(&top, create(make_id(MAE_WIRE_KIND_SOUND, 1, i), buffer, MAE_WIRE_ENDPOINT_ID));
  mae_engine_drain(top.engine);
  for (uint32_t i = 0; i < count; i += 1)
    send(&top, (mae_command){.op = MAE_OP_SOUND_DESTROY, .target = make_id(MAE_WIRE_KIND_SOUND, 1, i)});
  mae_engine_drain(top.engine);
  uint32_t told = count_events(&top, MAE_EVENT_RETIRED);
  CHECK(told == MAE_WIRE_EVENT_CAPACITY);
  mae_engine_drain(top.engine);
  told += count_events(&top, MAE_EVENT_RETIRED);
  CHECK(told == count);
  close_engine(&top);
}

int main(void) {
  refuse_other_headers();
  refuse_bad_ids();
  never_lose_a_retirement();
  return report();
}
