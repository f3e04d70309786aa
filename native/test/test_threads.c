/* The threads of an engine with a device, all at it at once: one renders, one sends commands and makes and gives back
 * memory, one decodes pages, one writes rings. For the thread sanitizer above all; it also runs under the others.
 * test_threads <seconds> [broken]: broken, frames are told of before they are written, to show that it is seen. */
#define _GNU_SOURCE
#include <math.h>
#include <pthread.h>
#include <time.h>

#include "scene.h"

/* [any] What the thread sanitizer shall not tell of: the engine may read a page while it is written over, looks again
 * whether it is still there, and throws away what it read where it is not; the one function that writes them is named.
 */
const char *__tsan_default_suppressions(void) { return "race:^put_page$\n"; }

static bench_top top;
static volatile int stop;
static bool broken;

/* [any] */
static bool stopped(void) { return __atomic_load_n(&stop, __ATOMIC_ACQUIRE) != 0; }
/* [any] */
static void rest(long microseconds) { nanosleep(&(struct timespec){.tv_nsec = microseconds * 1000}, NULL); }

/* [audio] */
static void *render(void *argument) {
  static float out[480 * 2];
  bool finite = true;
  while (!stopped()) {
    mae_engine_render(top.engine, out, 480);
    mae_engine_note_callback(top.engine, 480, 1000);
    for (int i = 0; i < 480 * 2; i += 1) finite = finite && isfinite(out[i]);
    rest(100);
  }
  *(bool *)argument = finite;
  return NULL;
}

/* [worker] Fills a place with a page. */
__attribute__((noinline)) static void put_page(uint32_t place, uint32_t page) {
  float *frames = (float *)(void *)((uint8_t *)stream_memory[STREAMS - 1] + MAE_WIRE_STREAM_HEADER_BYTES) +
                  (size_t)place * MAE_WIRE_STREAM_PAGE_FRAMES * 2;
  for (uint32_t i = 0; i < MAE_WIRE_STREAM_PAGE_FRAMES * 2; i += 1)
    frames[i] = float_samples[(page * 1013 + i) % (LENGTH * 2)];
}

/* [worker] The decoding thread: a page leaves the table before it is written over. */
static void *decode(void *argument) {
  uint32_t k = STREAMS - 1, *loaded = argument;
  uint64_t seed = 5;
  for (; !stopped(); *loaded += 1) {
    uint32_t place = random_below(&seed, PAGES), page = random_below(&seed, PAGED / MAE_WIRE_STREAM_PAGE_FRAMES + 1),
             *table = stream_word(k, MAE_WIRE_STREAM_PAGE_TABLE);
    for (uint32_t p = 0; p < PAGES; p += 1)
      if (__atomic_load_n(&table[p], __ATOMIC_RELAXED) == page + 1) place = p;
    __atomic_store_n(&table[place], 0, __ATOMIC_RELEASE);
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    put_page(place, page);
    __atomic_store_n(&table[place], page + 1, __ATOMIC_RELEASE);
    __atomic_fetch_add(stream_word(k, MAE_WIRE_STREAM_FILLED), 1, __ATOMIC_RELEASE);
    rest(200);
  }
  return NULL;
}

/* [worker] A producer of each ring. It drops nothing: after two resets within the smoothing time what is written may
 * meet a ghost that still fades out, which is heard as part of its fade. */
static void *write_rings(void *argument) {
  uint64_t seed = 6;
  for (; !stopped(); rest(300)) {
    for (uint32_t k = 0; k < STREAMS - 1; k += 1) {
      uint32_t *written = stream_word(k, MAE_WIRE_STREAM_WRITTEN), at = *written, capacity = STREAM_KINDS[k].capacity,
               count = random_below(&seed, 400);
      uint32_t bytes = STREAM_KINDS[k].channels * (STREAM_KINDS[k].format == mae_format_s16   ? 2
                                                   : STREAM_KINDS[k].format == mae_format_s24 ? 3
                                                                                              : 4);
      uint32_t room = capacity / 4 - (at - __atomic_load_n(stream_word(k, MAE_WIRE_STREAM_READ), __ATOMIC_ACQUIRE));
      if (count > room) count = room < capacity ? room : 0;
      uint8_t *frames = (uint8_t *)stream_memory[k] + MAE_WIRE_STREAM_HEADER_BYTES;
      if (broken) {
        __atomic_store_n(written, at + count, __ATOMIC_RELEASE);
        rest(2000);
      }
      for (uint32_t i = 0; i < count; i += 1)
        memset(frames + (size_t)((at + i) & (capacity - 1)) * bytes, (int)(i & 63), bytes);
      __atomic_store_n(written, at + count, __ATOMIC_RELEASE);
      *(uint32_t *)argument += count;
    }
  }
  return NULL;
}

/* What the control thread knows of its objects. */
static uint16_t sound_generations[SOUNDS], node_generations[NODES + 1], buffer_generations[BUFFERS];
static bool sound_lives[SOUNDS], node_lives[NODES + 1], buffer_lives[BUFFERS];
static float *buffer_samples[BUFFERS];
static uint32_t retired;

/* [any] */
static uint32_t buffer_id(uint32_t b) { return make_id(MAE_WIRE_KIND_BUFFER, buffer_generations[b], b); }
/* [control] */
static uint32_t living_node(uint64_t *seed) {
  uint32_t n = random_below(seed, NODES + 1);
  return n == 0 || !node_lives[n] ? MAE_WIRE_ENDPOINT_ID : make_id(MAE_WIRE_KIND_NODE, node_generations[n], n);
}

/* [control] Makes what is not there: its memory first, then its command. */
static void make_something(uint64_t *seed) {
  uint32_t b = random_below(seed, BUFFERS), n = 1 + random_below(seed, NODES), s = random_below(seed, SOUNDS);
  if (!buffer_lives[b]) {
    buffer_samples[b] = malloc(LENGTH * sizeof(float));
    memcpy(buffer_samples[b], float_samples, LENGTH * sizeof(float));
    buffer_generations[b] += 1;
    mae_buffer_config config = {
        .samples = buffer_samples[b], .channels = 1, .sample_rate = 44100, .frames = LENGTH, .trusted = b & 1};
    CHECK(mae_engine_prepare_buffer(top.engine, buffer_id(b), &config) == MAE_OK);
    buffer_lives[b] = true;
  }
  if (!node_lives[n]) {
    uint32_t to = living_node(seed), id = make_id(MAE_WIRE_KIND_NODE, node_generations[n] += 1, n);
    CHECK((n <= GROUPS ? mae_engine_prepare_node(top.engine, id)
                       : mae_engine_prepare_effect(top.engine, id, 1 + random_below(seed, MAE_WIRE_EFFECT_COUNT - 1),
                                                   0)) == MAE_OK);
    send(&top, (mae_command){.op = MAE_OP_NODE_CREATE, .target = id, .a.words = {0, to}});
    node_lives[n] = true;
  }
  if (!sound_lives[s]) {
    uint32_t id = make_id(MAE_WIRE_KIND_SOUND, sound_generations[s] += 1, s),
             source = s < STREAMS ? make_id(MAE_WIRE_KIND_BUFFER, 1, BUFFERS + s) : buffer_id(b);
    send(&top, (mae_command){
                   .op = MAE_OP_SOUND_CREATE,
                   .target = id,
                   .a.words = {source, living_node(seed)},
                   .b.words = {random_below(seed, 8) | random_below(seed, 4) << MAE_WIRE_CREATE_RESAMPLER_SHIFT, 0}});
    send(&top, (mae_command){.op = MAE_OP_SOUND_START, .target = id});
    sound_lives[s] = true;
  }
}

/* [control] Sends a random operation to what lives, or the end of something. */
static void send_something(uint64_t *seed) {
  mae_command c = random_command(
      seed, random_below(seed, 3)
                ? 0
                : __atomic_load_n(mae_wire_u32(top.engine, MAE_WIRE_STATE_HEARTBEAT), __ATOMIC_ACQUIRE) * 480.0 +
                      random_below(seed, 2000));
  uint32_t slot = mae_id_slot(c.target);
  if (mae_id_kind(c.target) == MAE_WIRE_KIND_SOUND && c.op != MAE_OP_LISTENER_VECTOR && c.op != MAE_OP_LISTENER_ENABLED)
    c.target = make_id(MAE_WIRE_KIND_SOUND, sound_generations[slot], slot);
  else if (slot > 0 && slot <= NODES) c.target = make_id(MAE_WIRE_KIND_NODE, node_generations[slot], slot);
  if (c.op == MAE_OP_SOUND_ROUTE || c.op == MAE_OP_NODE_ROUTE || c.op == MAE_OP_NODE_SEND)
    c.a.words[0] = living_node(seed);
  uint32_t s = random_below(seed, SOUNDS), b = random_below(seed, BUFFERS);
  if (random_below(seed, 20) == 0)
    c = (mae_command){.op = MAE_OP_SOUND_DESTROY, .target = make_id(MAE_WIRE_KIND_SOUND, sound_generations[s], s)};
  if (random_below(seed, 40) == 0 && buffer_lives[b])
    c = (mae_command){.op = MAE_OP_BUFFER_DESTROY, .target = buffer_id(b)};
  send(&top, c);
}

/* [control] Gives memory back that the engine has let go of. */
static void hear_events(void) {
  event e;
  while (next_event(&top, &e)) {
    if (e.type != MAE_EVENT_RETIRED) continue;
    uint32_t slot = mae_id_slot(e.target);
    retired += 1;
    if (mae_id_kind(e.target) == MAE_WIRE_KIND_SOUND) sound_lives[slot] = false;
    if (mae_id_kind(e.target) == MAE_WIRE_KIND_NODE) {
      mae_engine_release_node(top.engine, e.target);
      node_lives[slot] = false;
    }
    if (mae_id_kind(e.target) == MAE_WIRE_KIND_BUFFER) {
      free(buffer_samples[slot]);
      buffer_lives[slot] = false;
    }
  }
}

int main(int count, char **words) {
  time_t end = time(NULL) + (count > 1 ? atoi(words[1]) : 5);
  broken = count > 2;
  fill_samples();
  top = open_engine(mae_engine_config_init());
  prepare_streams(&top);
  CHECK(mae_engine_prepare_sounds(top.engine, SOUNDS) == MAE_OK);
  bool finite = false;
  uint32_t loaded = 0, written = 0, sent = 0;
  pthread_t threads[3];
  CHECK(pthread_create(&threads[0], NULL, render, &finite) == 0);
  CHECK(pthread_create(&threads[1], NULL, decode, &loaded) == 0);
  CHECK(pthread_create(&threads[2], NULL, write_rings, &written) == 0);
  uint64_t seed = 4;
  for (int round = 0; time(NULL) < end; round += 1) {
    if (round == 100)
      for (uint32_t r = 0; r < 4; r += 1) CHECK(mae_engine_prepare_resampler(top.engine, r) == MAE_OK);
    uint32_t waiting = *mae_wire_u32(top.engine, MAE_WIRE_COMMAND_HEAD) -
                       __atomic_load_n(mae_wire_u32(top.engine, MAE_WIRE_COMMAND_TAIL), __ATOMIC_ACQUIRE);
    for (int i = 0; i < 10 && waiting < MAE_WIRE_COMMAND_CAPACITY - 100; i += 1, sent += 1) {
      make_something(&seed);
      send_something(&seed);
    }
    hear_events();
    rest(200);
  }
  __atomic_store_n(&stop, 1, __ATOMIC_RELEASE);
  for (int t = 0; t < 3; t += 1) CHECK(pthread_join(threads[t], NULL) == 0);
  CHECK(finite && loaded > 100 && written > 1000 && sent > 1000 && retired > 100);
  close_engine(&top);
  for (uint32_t b = 0; b < BUFFERS; b += 1)
    if (buffer_lives[b]) free(buffer_samples[b]);
  return report();
}
