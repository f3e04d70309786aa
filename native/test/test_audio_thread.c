/* The audio thread neither allocates nor frees nor locks nor calls the system: it renders under a kernel that kills it
 * for any system call, with an allocator that counts every call made on it, while the control side sends, frees and
 * reads. Both traps are first shown to work. Locks and whatever else could wait: test/native reads what the objects of
 * the audio side import. */
#define _GNU_SOURCE
#include <linux/seccomp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "effects/effect.h"
#include "harness.h"

enum { ROUNDS = 20000, SOUNDS = 200, NODES = 6, LENGTH = 4000 };

static volatile _Thread_local bool on_audio_thread; /* volatile: compilers think that no allocator reads it */
static volatile uint32_t forbidden_calls;

/* glibc's own functions; what this program defines under the usual names takes their place everywhere. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void __libc_free(void *memory);

/* [any] Counted, then done. */
static void note(void) {
  if (on_audio_thread) forbidden_calls += 1;
}
void *malloc(size_t size) {
  note();
  return __libc_malloc(size);
}
void *calloc(size_t count, size_t size) {
  note();
  return __libc_calloc(count, size);
}
void *realloc(void *memory, size_t size) {
  note();
  return __libc_realloc(memory, size);
}
void free(void *memory) {
  note();
  __libc_free(memory);
}

enum { job_under_way, job_done, job_impossible };

/* What the audio thread is given to do. */
typedef struct {
  fixture top;
  atomic_int state;
  atomic_bool stop;
  bool misbehave;
} job;

/* [control] */
static void sleep_a_little(void) { nanosleep(&(struct timespec){.tv_nsec = 200000}, NULL); }

/* [audio] Ends by the one system call that is left; pthread_exit makes others. */
static void *render_under_seccomp(void *argument) {
  job *work = argument;
  static float out[480 * 2];
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) != 0) {
    atomic_store(&work->state, job_impossible);
    return NULL;
  }
  if (work->misbehave) syscall(SYS_getppid);
  on_audio_thread = true;
  while (!work->misbehave && !atomic_load_explicit(&work->stop, memory_order_acquire))
    mae_engine_render(work->top.engine, out, 480);
  on_audio_thread = false;
  atomic_store_explicit(&work->state, job_done, memory_order_release);
  syscall(SYS_exit, 0);
  return NULL;
}

/* [control] Starts the thread; what it needs of memory is made before it is locked in. */
static void start_thread(job *work) {
  pthread_t thread;
  EXPECT_EQUAL(pthread_create(&thread, NULL, render_under_seccomp, work), 0);
  pthread_detach(thread);
}

/* [control] Waits until the job is done or had more than time enough. */
static bool wait_for(job *work, int milliseconds) {
  for (int i = 0; i < milliseconds * 5 && atomic_load(&work->state) == job_under_way; i += 1) sleep_a_little();
  return atomic_load(&work->state) == job_done;
}

static void kernel_filter(void) {
  static job bad = {.misbehave = true};
  start_thread(&bad);
  EXPECT(!wait_for(&bad, 300), "a thread that does not come to its end");
  EXPECT_EQUAL(atomic_load(&bad.state), job_under_way);
}

static void counting_allocator(void) {
  on_audio_thread = true;
  void *volatile memory = malloc(10);
  free(memory);
  on_audio_thread = false;
  EXPECT_EQUAL(forbidden_calls, 2);
  forbidden_calls = 0;
}

static float samples[LENGTH * 2];

/* [any] */
static uint32_t node_id(uint32_t slot) { return make_id(MAE_WIRE_KIND_NODE, 1, slot); }
static uint32_t buffer_id(uint32_t slot) { return make_id(MAE_WIRE_KIND_BUFFER, 1, slot); }

static uint16_t effect_generations[MAE_EFFECT_COUNT];

/* [control] An effect of each kind has a slot behind the groups. */
static uint32_t effect_id(uint32_t kind) { return make_id(MAE_WIRE_KIND_NODE, effect_generations[kind], NODES + kind); }

/* [control] */
static void add_effect(fixture *top, uint32_t kind, uint64_t *seed) {
  effect_generations[kind] += 1;
  EXPECT_OK(mae_engine_prepare_effect(top->engine, effect_id(kind), kind, 1u << random_below(seed, 3)));
  send(top, (mae_command){.op = MAE_OP_NODE_CREATE, .target = effect_id(kind), .a.words = {0, MAE_WIRE_ENDPOINT_ID}});
}

/* [any] A parameter moves to a value in 10 ms. */
static mae_command ramp(uint32_t target, uint8_t param, double value) {
  return (mae_command){.op = MAE_OP_RAMP, .target = target, .param = param, .a.value = value, .b.words = {480, 0}};
}

/* [any] */
static mae_command plain(uint8_t op, uint32_t target) { return (mae_command){.op = op, .target = target}; }

/* [any] */
static mae_command route(uint32_t node, uint32_t to) {
  return (mae_command){.op = MAE_OP_NODE_ROUTE, .target = node, .a.words = {to, 0}};
}

/* [control] */
static mae_command random_effect_command(uint64_t *seed) {
  const uint32_t id = effect_id(1 + random_below(seed, MAE_EFFECT_COUNT - 1)), what = random_below(seed, 20);
  if (what == 0) return plain(MAE_OP_NODE_DESTROY, id);
  if (what < 3) return plain(MAE_OP_NODE_RESET, id);
  if (what < 6) return ramp(id, MAE_WIRE_PARAM_ENABLED, random_below(seed, 3));
  if (what < 9) return route(node_id(1), id);
  const uint8_t param = (uint8_t)(MAE_WIRE_PARAM_EFFECT + random_below(seed, MAE_EFFECT_PARAMETERS));
  return ramp(id, param, random_between(seed, 0, 2));
}

enum { RING = 4096, PAGES = 4 };
static uint64_t stream_memory[2][(MAE_WIRE_STREAM_HEADER_BYTES + PAGES * MAE_WIRE_STREAM_PAGE_FRAMES * 4) / 8];

static uint32_t *stream_word(uint32_t k, uint32_t offset) { return (uint32_t *)((uint8_t *)stream_memory[k] + offset); }

/* [control] A ring and pages, each with a sound in a slot behind the others. */
static void add_streams(fixture *top) {
  for (uint32_t k = 0; k < 2; k += 1) {
    mae_stream_config config = {.kind = k ? mae_stream_pages : mae_stream_ring,
                                .memory = stream_memory[k],
                                .memory_bytes = sizeof stream_memory[k],
                                .format = k ? mae_format_f32 : mae_format_s16,
                                .channels = 1,
                                .sample_rate = 44100,
                                .capacity = k ? PAGES : RING,
                                .frames = 60000};
    EXPECT_OK(mae_engine_prepare_stream(top->engine, buffer_id(2 + k), &config));
    uint32_t id = make_id(MAE_WIRE_KIND_SOUND, 1, SOUNDS + k);
    send(top,
         (mae_command){
             .op = MAE_OP_SOUND_CREATE,
             .target = id,
             .a.words = {buffer_id(2 + k), MAE_WIRE_ENDPOINT_ID},
             .b.words = {MAE_WIRE_CREATE_LOOPING | MAE_WIRE_RESAMPLER_SINC << MAE_WIRE_CREATE_RESAMPLER_SHIFT, 0}});
    send(top, (mae_command){.op = MAE_OP_SOUND_START, .target = id});
  }
}

/* [control] Writes and drops while the other thread reads. */
static void feed_ring(uint64_t *seed) {
  const uint32_t written = *stream_word(0, MAE_WIRE_STREAM_WRITTEN),
                 room = RING / 2 - (written - mae_shared_load(stream_word(0, MAE_WIRE_STREAM_READ)));
  uint32_t count = random_below(seed, 300);
  if (count > room) count = room < RING ? room : 0;
  int16_t *frames = (int16_t *)(void *)((uint8_t *)stream_memory[0] + MAE_WIRE_STREAM_HEADER_BYTES);
  for (uint32_t i = 0; i < count; i += 1) frames[(written + i) & (RING - 1)] = (int16_t)i;
  mae_shared_store(stream_word(0, MAE_WIRE_STREAM_WRITTEN), written + count);
  if (random_below(seed, 50) == 0) mae_shared_store(stream_word(0, MAE_WIRE_STREAM_DROPPED), written + count);
}

/* [control] Pages are taken away and written over. */
static void feed_pages(fixture *top, uint64_t *seed) {
  const uint32_t place = random_below(seed, PAGES);
  uint32_t *entry = stream_word(1, MAE_WIRE_STREAM_PAGE_TABLE) + place;
  uint8_t *frames = (uint8_t *)stream_memory[1] + MAE_WIRE_STREAM_HEADER_BYTES;
  mae_shared_store(entry, 0);
  memset(frames + (size_t)place * MAE_WIRE_STREAM_PAGE_FRAMES * sizeof(float), 0, 1000);
  mae_shared_store(entry, 1 + place);
  if (random_below(seed, 20) == 0)
    send(top, (mae_command){.op = MAE_OP_SOUND_SEEK,
                            .target = make_id(MAE_WIRE_KIND_SOUND, 1, SOUNDS + 1),
                            .a.value = random_below(seed, PAGES * MAE_WIRE_STREAM_PAGE_FRAMES)});
}

/* What the control side knows of the sounds, and what it has seen. */
typedef struct {
  uint64_t seed;
  uint16_t generations[SOUNDS];
  bool alive[SOUNDS];
  uint32_t created, retired, ended, effects_replaced;
} session;

/* [control] */
static void create_sound(fixture *top, session *session, uint32_t s) {
  session->generations[s] += 1;
  session->alive[s] = true;
  session->created += 1;
  const uint32_t id = make_id(MAE_WIRE_KIND_SOUND, session->generations[s], s),
                 node = node_id(1 + random_below(&session->seed, NODES)),
                 spatial = random_below(&session->seed, 2) ? MAE_WIRE_CREATE_SPATIAL : 0,
                 resampler = random_below(&session->seed, 4) << MAE_WIRE_CREATE_RESAMPLER_SHIFT;
  send(top, (mae_command){.op = MAE_OP_SOUND_CREATE,
                          .target = id,
                          .a.words = {buffer_id(random_below(&session->seed, 2)), node},
                          .b.words = {MAE_WIRE_CREATE_PITCH_ENABLED | spatial | resampler, 0}});
  send(top, ramp(id, MAE_WIRE_PARAM_PITCH, random_between(&session->seed, 0.5, 2)));
  send(top, plain(MAE_OP_SOUND_START, id));
}

/* [control] */
static mae_command random_operation(session *session, uint32_t s) {
  uint64_t *seed = &session->seed;
  const uint32_t sound = make_id(MAE_WIRE_KIND_SOUND, session->generations[s], s),
                 node = node_id(1 + random_below(seed, NODES));
  switch (random_below(seed, 9)) {
    case 0: return (mae_command){.op = MAE_OP_SOUND_SEEK, .target = sound, .a.value = random_below(seed, LENGTH)};
    case 1:
      return (mae_command){.op = MAE_OP_SOUND_FADE,
                           .target = sound,
                           .flags = MAE_WIRE_RAMP_STOP_AT_END,
                           .a.floats = {1, 0},
                           .b.words = {900, 5}};
    case 2: return route(node, random_below(seed, 2) ? MAE_WIRE_ENDPOINT_ID : node_id(1 + random_below(seed, NODES)));
    case 3: return plain(random_below(seed, 3) ? MAE_OP_NODE_RESUME : MAE_OP_NODE_PAUSE, node);
    case 4: {
      mae_command told = ramp(node, (uint8_t)random_below(seed, 4), random_between(seed, 0.5, 1));
      told.b.words[1] = 3;
      return told;
    }
    case 5: return random_effect_command(seed);
    case 6:
      return (mae_command){
          .op = MAE_OP_SOUND_VECTOR, .target = sound, .a.floats = {(float)random_between(seed, -5, 5), 0}};
    case 7:
      return (mae_command){.op = MAE_OP_LISTENER_VECTOR,
                           .target = random_below(seed, MAE_WIRE_LISTENER_COUNT),
                           .param = MAE_WIRE_VECTOR_VELOCITY,
                           .a.floats = {(float)random_between(seed, -90, 90), 1}};
    default: return plain(MAE_OP_SOUND_DESTROY, sound);
  }
}

/* [control] Takes note of what ended, and puts a new effect where one has retired. */
static void hear_events(fixture *top, session *session) {
  event e;
  while (next_event(top, &e)) {
    session->ended += e.type == MAE_EVENT_ENDED;
    if (e.type != MAE_EVENT_RETIRED) continue;
    session->retired += 1;
    if (mae_id_kind(e.target) == MAE_WIRE_KIND_SOUND) {
      session->alive[mae_id_slot(e.target)] = false;
      continue;
    }
    mae_engine_release_node(top->engine, e.target);
    add_effect(top, mae_id_slot(e.target) - NODES, &session->seed);
    session->effects_replaced += 1;
  }
}

/* [control] Sounds come and go, groups are paused, led elsewhere and taken apart while the other thread renders. */
static void stress(fixture *top) {
  static session session = {.seed = 7};
  add_streams(top);
  for (int round = 0; round < ROUNDS; round += 1) {
    feed_ring(&session.seed);
    feed_pages(top, &session.seed);
    const uint32_t waiting = commands_waiting(top);
    for (int i = 0; i < 50 && waiting < MAE_WIRE_COMMAND_CAPACITY - 100; i += 1) {
      const uint32_t s = random_below(&session.seed, SOUNDS);
      if (!session.alive[s] && session.generations[s] < 16000) create_sound(top, &session, s);
      else send(top, random_operation(&session, s));
    }
    hear_events(top, &session);
    if (waiting > 1000) sleep_a_little();
  }
  EXPECT_ABOVE(*stream_word(0, MAE_WIRE_STREAM_READ), 1000);
  EXPECT_ABOVE(*stream_word(0, MAE_WIRE_STREAM_UNDERRUNS), 0);
  EXPECT_ABOVE(session.created, 1000);
  EXPECT_ABOVE(session.retired, 500);
  EXPECT_ABOVE(session.ended, 100);
  EXPECT_ABOVE(session.effects_replaced, 50);
}

/* [control] An engine with all that `stress` works at. */
static fixture open_with_objects(void) {
  fixture top = open_engine(mae_engine_config_init());
  for (uint32_t b = 0; b < 2; b += 1) {
    mae_buffer_config config = {
        .samples = samples, .channels = 1 + b, .sample_rate = b ? 44100 : 48000, .frames = LENGTH, .trusted = b};
    EXPECT_OK(mae_engine_prepare_buffer(top.engine, buffer_id(b), &config));
  }
  EXPECT_OK(mae_engine_prepare_sounds(top.engine, SOUNDS + 2));
  for (uint32_t r = 0; r < 4; r += 1) EXPECT_OK(mae_engine_prepare_resampler(top.engine, r));
  for (uint32_t n = 1; n <= NODES; n += 1) {
    const uint32_t to = n == 1 ? MAE_WIRE_ENDPOINT_ID : node_id(n - 1);
    EXPECT_OK(mae_engine_prepare_node(top.engine, node_id(n)));
    send(&top, (mae_command){.op = MAE_OP_NODE_CREATE, .target = node_id(n), .a.words = {0, to}});
  }
  uint64_t seed = 3;
  for (uint32_t kind = 1; kind < MAE_EFFECT_COUNT; kind += 1) add_effect(&top, kind, &seed);
  return top;
}

static void audio_thread(void) {
  static job good;
  good.top = open_with_objects();
  start_thread(&good);
  stress(&good.top);
  atomic_store_explicit(&good.stop, true, memory_order_release);
  EXPECT(wait_for(&good, 5000), "a thread that comes to its end, as it made no system call");
  EXPECT_EQUAL(forbidden_calls, 0);
  EXPECT_ABOVE(*(double *)(void *)(good.top.wire + MAE_WIRE_STATE_TIME_FRAMES), 48000);
  close_engine(&good.top);
}

int main(void) {
  for (int i = 0; i < LENGTH * 2; i += 1) samples[i] = (float)(i % 100) / 200;
  run_test("the kernel ends a thread that makes a system call", kernel_filter);
  run_test("an allocation on the audio thread is counted", counting_allocator);
  run_test("the audio thread makes no system call and allocates nothing", audio_thread);
  return report();
}
