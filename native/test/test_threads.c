/* The threads of an engine with a device, all at it at once: one renders, one sends commands and makes and gives back
 * memory, one decodes pages, one writes rings. For the thread sanitizer above all; it also runs under the others.
 * test_threads <seconds> [broken]: broken, frames are told of before they are written, to show that it is seen. */
#define _GNU_SOURCE
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "scene.h"

/* [any] What the thread sanitizer shall not tell of: the engine may read a page while it is written over, looks again
 * whether it is still there, and throws away what it read where it is not; the one function that writes them is named.
 */
const char *__tsan_default_suppressions(void) { return "race:^put_page$\n"; }

static fixture top;
static atomic_bool stop;
static bool broken;

/* [any] */
static bool stopped(void) { return atomic_load_explicit(&stop, memory_order_acquire); }

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

/* [worker] The decoding thread: a page leaves the table before it is written over. */
static void *decode(void *argument) {
  uint32_t k = STREAMS - 1, *loaded = argument;
  uint64_t seed = 5;
  for (; !stopped(); *loaded += 1) {
    uint32_t *table = stream_word(k, MAE_WIRE_STREAM_PAGE_TABLE), other = random_below(&seed, PAGES),
             page = random_below(&seed, PAGED / MAE_WIRE_STREAM_PAGE_FRAMES + 1), place = find_page(table, page, other);
    mae_shared_store(&table[place], 0);
    atomic_thread_fence(memory_order_seq_cst);
    put_page(k, place, page);
    mae_shared_store(&table[place], page + 1);
    uint32_t *filled = stream_word(k, MAE_WIRE_STREAM_FILLED);
    mae_shared_store(filled, *filled + 1);
    rest(200);
  }
  return NULL;
}

/* [worker] Writes so many frames into a ring, or as many as there is room for; returns how many. */
static uint32_t write_ring(uint32_t k, uint32_t count) {
  uint32_t *written = stream_word(k, MAE_WIRE_STREAM_WRITTEN), at = *written, capacity = STREAM_KINDS[k].capacity;
  const uint32_t bytes = stream_frame_bytes(k),
                 room = capacity / 4 - (at - mae_shared_load(stream_word(k, MAE_WIRE_STREAM_READ)));
  if (count > room) count = room < capacity ? room : 0;
  if (broken) {
    mae_shared_store(written, at + count);
    rest(2000);
  }
  for (uint32_t i = 0; i < count; i += 1)
    memset(stream_frames(k) + (size_t)((at + i) & (capacity - 1)) * bytes, (int)(i & 63), bytes);
  mae_shared_store(written, at + count);
  return count;
}

/* [worker] A producer of each ring. It drops nothing: after two resets within the smoothing time what is written may
 * meet a ghost that still fades out, which is heard as part of its fade. */
static void *write_rings(void *argument) {
  uint64_t seed = 6;
  for (; !stopped(); rest(300))
    for (uint32_t k = 0; k < STREAMS - 1; k += 1) *(uint32_t *)argument += write_ring(k, random_below(&seed, 400));
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

/* [control] */
static void make_buffer(uint32_t b) {
  buffer_samples[b] = malloc(LENGTH * sizeof(float));
  memcpy(buffer_samples[b], float_samples, LENGTH * sizeof(float));
  buffer_generations[b] += 1;
  mae_buffer_config config = {
      .samples = buffer_samples[b], .channels = 1, .sample_rate = 44100, .frames = LENGTH, .trusted = b & 1};
  EXPECT_OK(mae_engine_prepare_buffer(top.engine, buffer_id(b), &config));
  buffer_lives[b] = true;
}

/* [control] */
static void make_node(uint64_t *seed, uint32_t n) {
  const uint32_t to = living_node(seed), id = make_id(MAE_WIRE_KIND_NODE, node_generations[n] += 1, n);
  if (n <= GROUPS) EXPECT_OK(mae_engine_prepare_node(top.engine, id));
  else EXPECT_OK(mae_engine_prepare_effect(top.engine, id, 1 + random_below(seed, MAE_EFFECT_COUNT - 1), 0));
  send(&top, (mae_command){.op = MAE_OP_NODE_CREATE, .target = id, .a.words = {0, to}});
  node_lives[n] = true;
}

/* [control] Of a stream, or of buffer `b`. */
static void make_sound(uint64_t *seed, uint32_t s, uint32_t b) {
  const uint32_t id = make_id(MAE_WIRE_KIND_SOUND, sound_generations[s] += 1, s),
                 source = s < STREAMS ? make_id(MAE_WIRE_KIND_BUFFER, 1, BUFFERS + s) : buffer_id(b),
                 flags = random_below(seed, 8), resampler = random_below(seed, 4);
  send(&top, (mae_command){.op = MAE_OP_SOUND_CREATE,
                           .target = id,
                           .a.words = {source, living_node(seed)},
                           .b.words = {flags | resampler << MAE_WIRE_CREATE_RESAMPLER_SHIFT, 0}});
  send(&top, (mae_command){.op = MAE_OP_SOUND_START, .target = id});
  sound_lives[s] = true;
}

/* [control] Makes what is not there: its memory first, then its command. */
static void make_something(uint64_t *seed) {
  const uint32_t b = random_below(seed, BUFFERS), n = 1 + random_below(seed, NODES), s = random_below(seed, SOUNDS);
  if (!buffer_lives[b]) make_buffer(b);
  if (!node_lives[n]) make_node(seed, n);
  if (!sound_lives[s]) make_sound(seed, s, b);
}

/* [control] The present id of what a random command is about. */
static uint32_t present_target(const mae_command *c) {
  if (c->op == MAE_OP_LISTENER_VECTOR || c->op == MAE_OP_LISTENER_ENABLED) return c->target;
  const uint32_t slot = mae_id_slot(c->target);
  if (mae_id_kind(c->target) == MAE_WIRE_KIND_SOUND) return make_id(MAE_WIRE_KIND_SOUND, sound_generations[slot], slot);
  return slot > 0 ? make_id(MAE_WIRE_KIND_NODE, node_generations[slot], slot) : c->target;
}

/* [control] A random frame of the next ones, or now. */
static double random_frame(uint64_t *seed) {
  if (random_below(seed, 3)) return 0;
  return mae_shared_load(wire_word(&top, MAE_WIRE_STATE_HEARTBEAT)) * 480.0 + random_below(seed, 2000);
}

/* [control] Sends a random operation to what lives, or the end of something. */
static void send_something(uint64_t *seed) {
  mae_command c = random_command(seed, random_frame(seed));
  c.target = present_target(&c);
  if (c.op == MAE_OP_SOUND_ROUTE || c.op == MAE_OP_NODE_ROUTE || c.op == MAE_OP_NODE_SEND)
    c.a.words[0] = living_node(seed);
  const uint32_t s = random_below(seed, SOUNDS), b = random_below(seed, BUFFERS);
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

static time_t seconds = 5;

/* [control] Makes, commands and gives back until the time is over. Returns the number of commands. */
static uint32_t control(void) {
  const time_t end = time(NULL) + seconds;
  uint64_t seed = 4;
  uint32_t sent = 0;
  for (int round = 0; time(NULL) < end; round += 1) {
    if (round == 100)
      for (uint32_t r = 0; r < 4; r += 1) EXPECT_OK(mae_engine_prepare_resampler(top.engine, r));
    const uint32_t waiting = commands_waiting(&top);
    for (int i = 0; i < 10 && waiting < MAE_WIRE_COMMAND_CAPACITY - 100; i += 1, sent += 1) {
      make_something(&seed);
      send_something(&seed);
    }
    hear_events();
    rest(200);
  }
  return sent;
}

static void all_threads(void) {
  bool finite = false;
  uint32_t loaded = 0, written = 0;
  pthread_t threads[3];
  top = open_engine(mae_engine_config_init());
  prepare_streams(&top);
  EXPECT_OK(mae_engine_prepare_sounds(top.engine, SOUNDS));
  EXPECT_EQUAL(pthread_create(&threads[0], NULL, render, &finite), 0);
  EXPECT_EQUAL(pthread_create(&threads[1], NULL, decode, &loaded), 0);
  EXPECT_EQUAL(pthread_create(&threads[2], NULL, write_rings, &written), 0);
  const uint32_t sent = control();
  atomic_store_explicit(&stop, true, memory_order_release);
  for (int t = 0; t < 3; t += 1) EXPECT_EQUAL(pthread_join(threads[t], NULL), 0);
  EXPECT(finite, "finite samples");
  EXPECT_ABOVE(loaded, 100);
  EXPECT_ABOVE(written, 1000);
  EXPECT_ABOVE(sent, 1000);
  EXPECT_ABOVE(retired, 100);
  close_engine(&top);
  for (uint32_t b = 0; b < BUFFERS; b += 1)
    if (buffer_lives[b]) free(buffer_samples[b]);
}

int main(int count, char **words) {
  if (count > 1) seconds = atoi(words[1]);
  broken = count > 2;
  fill_samples();
  run_test("the threads of an engine work at it all at once", all_threads);
  return report();
}
