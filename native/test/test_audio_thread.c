/* The audio thread neither allocates nor frees nor locks nor calls the system: it renders under a kernel that kills it
 * for any system call, with an allocator that counts every call made on it, while the control side sends, frees and
 * reads. Both traps are first shown to work. Locks and whatever else could wait: test/native reads what the objects of
 * the audio side import. */
#define _GNU_SOURCE
#include <linux/seccomp.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

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

typedef struct {
  bench_top top;
  volatile int done, stop;
  bool misbehave;
} job;

static void sleep_a_little(void) { nanosleep(&(struct timespec){.tv_nsec = 200000}, NULL); }

/* [audio] Ends by the one system call that is left; pthread_exit makes others. */
static void *render_under_seccomp(void *argument) {
  job *work = argument;
  static float out[480 * 2];
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) != 0) {
    work->done = -1;
    return NULL;
  }
  if (work->misbehave) syscall(SYS_getppid);
  on_audio_thread = true;
  while (!work->misbehave && !__atomic_load_n(&work->stop, __ATOMIC_ACQUIRE))
    mae_engine_render(work->top.engine, out, 480);
  on_audio_thread = false;
  __atomic_store_n(&work->done, 1, __ATOMIC_RELEASE);
  syscall(SYS_exit, 0);
  return NULL;
}

/* [control] Starts the thread; what it needs of memory is made before it is locked in. */
static void start_thread(job *work) {
  pthread_t thread;
  CHECK(pthread_create(&thread, NULL, render_under_seccomp, work) == 0);
  pthread_detach(thread);
}

/* [control] Waits until the job is done or had more than time enough. */
static bool wait_for(job *work, int milliseconds) {
  for (int i = 0; i < milliseconds * 5 && !__atomic_load_n(&work->done, __ATOMIC_ACQUIRE); i += 1) sleep_a_little();
  return work->done == 1;
}

static void traps_work(void) {
  static job bad = {.misbehave = true};
  start_thread(&bad);
  CHECK(!wait_for(&bad, 300) && bad.done == 0);
  on_audio_thread = true;
  void *volatile memory = malloc(10);
  free(memory);
  on_audio_thread = false;
  CHECK(forbidden_calls == 2);
  forbidden_calls = 0;
}

static float samples[LENGTH * 2];

static uint16_t effect_generations[MAE_WIRE_EFFECT_COUNT];

/* [control] An effect of each kind has a slot behind the groups. */
static uint32_t effect_id(uint32_t kind) { return make_id(MAE_WIRE_KIND_NODE, effect_generations[kind], NODES + kind); }

/* [control] */
static void add_effect(bench_top *top, uint32_t kind, uint64_t *seed) {
  effect_generations[kind] += 1;
  CHECK(mae_engine_prepare_effect(top->engine, effect_id(kind), kind, 1u << random_below(seed, 3)) == MAE_OK);
  send(top, (mae_command){.op = MAE_OP_NODE_CREATE, .target = effect_id(kind), .a.words = {0, MAE_WIRE_ENDPOINT_ID}});
}

/* [control] */
static void change_effect(bench_top *top, uint64_t *seed) {
  uint32_t id = effect_id(1 + random_below(seed, MAE_WIRE_EFFECT_COUNT - 1)), what = random_below(seed, 20);
  if (what == 0) send(top, (mae_command){.op = MAE_OP_NODE_DESTROY, .target = id});
  else if (what < 3) send(top, (mae_command){.op = MAE_OP_NODE_RESET, .target = id});
  else if (what < 6)
    send(top, (mae_command){.op = MAE_OP_RAMP,
                            .target = id,
                            .param = MAE_WIRE_PARAM_ENABLED,
                            .a.value = random_below(seed, 3),
                            .b.words = {480, 0}});
  else if (what < 9)
    send(top, (mae_command){.op = MAE_OP_NODE_ROUTE, .target = make_id(MAE_WIRE_KIND_NODE, 1, 1), .a.words = {id, 0}});
  else
    send(top, (mae_command){.op = MAE_OP_RAMP,
                            .target = id,
                            .param = (uint8_t)(MAE_WIRE_PARAM_EFFECT + random_below(seed, 6)),
                            .a.value = random_between(seed, 0, 2),
                            .b.words = {480, 0}});
}

enum { RING = 4096, PAGES = 4 };
static uint64_t stream_memory[2][(MAE_WIRE_STREAM_HEADER_BYTES + PAGES * MAE_WIRE_STREAM_PAGE_FRAMES * 4) / 8];

static uint32_t *stream_word(uint32_t k, uint32_t offset) { return (uint32_t *)((uint8_t *)stream_memory[k] + offset); }

/* [control] A ring and pages, each with a sound in a slot behind the others. */
static void add_streams(bench_top *top) {
  for (uint32_t k = 0; k < 2; k += 1) {
    mae_stream_config config = {.kind = k ? mae_stream_pages : mae_stream_ring,
                                .memory = stream_memory[k],
                                .memory_bytes = sizeof stream_memory[k],
                                .format = k ? mae_format_f32 : mae_format_s16,
                                .channels = 1,
                                .sample_rate = 44100,
                                .capacity = k ? PAGES : RING,
                                .frames = 60000};
    CHECK(mae_engine_prepare_stream(top->engine, make_id(MAE_WIRE_KIND_BUFFER, 1, 2 + k), &config) == MAE_OK);
    uint32_t id = make_id(MAE_WIRE_KIND_SOUND, 1, SOUNDS + k);
    send(top, (mae_command){.op = MAE_OP_SOUND_CREATE,
                            .target = id,
                            .a.words = {make_id(MAE_WIRE_KIND_BUFFER, 1, 2 + k), MAE_WIRE_ENDPOINT_ID},
                            .b.words = {2 | 2 << 8, 0}});
    send(top, (mae_command){.op = MAE_OP_SOUND_START, .target = id});
  }
}

/* [control] Writes and drops while the other thread reads; pages are taken away and written over. */
static void feed_streams(bench_top *top, uint64_t *seed) {
  uint32_t written = *stream_word(0, MAE_WIRE_STREAM_WRITTEN),
           room = RING / 2 - (written - __atomic_load_n(stream_word(0, MAE_WIRE_STREAM_READ), __ATOMIC_ACQUIRE));
  uint32_t count = random_below(seed, 300);
  if (count > room) count = room < RING ? room : 0;
  int16_t *frames = (int16_t *)((uint8_t *)stream_memory[0] + MAE_WIRE_STREAM_HEADER_BYTES);
  for (uint32_t i = 0; i < count; i += 1) frames[(written + i) & (RING - 1)] = (int16_t)i;
  __atomic_store_n(stream_word(0, MAE_WIRE_STREAM_WRITTEN), written + count, __ATOMIC_RELEASE);
  if (random_below(seed, 50) == 0)
    __atomic_store_n(stream_word(0, MAE_WIRE_STREAM_DROPPED), written + count, __ATOMIC_RELEASE);
  uint32_t place = random_below(seed, PAGES), *entry = stream_word(1, MAE_WIRE_STREAM_PAGE_TABLE) + place;
  __atomic_store_n(entry, 0, __ATOMIC_RELEASE);
  memset((uint8_t *)stream_memory[1] + MAE_WIRE_STREAM_HEADER_BYTES + (size_t)place * MAE_WIRE_STREAM_PAGE_FRAMES * 4,
         0, 1000);
  __atomic_store_n(entry, 1 + place, __ATOMIC_RELEASE);
  if (random_below(seed, 20) == 0)
    send(top, (mae_command){.op = MAE_OP_SOUND_SEEK,
                            .target = make_id(MAE_WIRE_KIND_SOUND, 1, SOUNDS + 1),
                            .a.value = random_below(seed, PAGES * MAE_WIRE_STREAM_PAGE_FRAMES)});
}

/* [control] Sounds come and go, groups are paused, led elsewhere and taken apart while the other thread renders. */
static void stress(job *work) {
  bench_top *top = &work->top;
  uint64_t seed = 7;
  uint16_t generations[SOUNDS] = {0};
  bool alive[SOUNDS] = {0};
  uint32_t created = 0, retired = 0, ended = 0, effects_replaced = 0;
  add_streams(top);
  for (int round = 0; round < ROUNDS; round += 1) {
    feed_streams(top, &seed);
    uint32_t backlog = *(uint32_t *)(top->wire + MAE_WIRE_COMMAND_HEAD) -
                       __atomic_load_n((uint32_t *)(top->wire + MAE_WIRE_COMMAND_TAIL), __ATOMIC_ACQUIRE);
    for (int i = 0; i < 50 && backlog < MAE_WIRE_COMMAND_CAPACITY - 100; i += 1) {
      uint32_t s = random_below(&seed, SOUNDS), id = make_id(MAE_WIRE_KIND_SOUND, generations[s], s),
               node = make_id(MAE_WIRE_KIND_NODE, 1, 1 + random_below(&seed, NODES));
      if (!alive[s] && generations[s] < 16000) {
        generations[s] += 1;
        alive[s] = true;
        created += 1;
        id = make_id(MAE_WIRE_KIND_SOUND, generations[s], s);
        send(top, (mae_command){.op = MAE_OP_SOUND_CREATE,
                                .target = id,
                                .a.words = {make_id(MAE_WIRE_KIND_BUFFER, 1, random_below(&seed, 2)), node},
                                .b.words = {1 | random_below(&seed, 2) << 2 | random_below(&seed, 4) << 8, 0}});
        send(top, (mae_command){.op = MAE_OP_RAMP,
                                .target = id,
                                .param = MAE_WIRE_PARAM_PITCH,
                                .a.value = random_between(&seed, 0.5, 2),
                                .b.words = {480, 0}});
        send(top, (mae_command){.op = MAE_OP_SOUND_START, .target = id});
        continue;
      }
      switch (random_below(&seed, 9)) {
        case 6:
          send(top, (mae_command){
                        .op = MAE_OP_SOUND_VECTOR, .target = id, .a.floats = {(float)random_between(&seed, -5, 5), 0}});
          break;
        case 7:
          send(top, (mae_command){.op = MAE_OP_LISTENER_VECTOR,
                                  .target = random_below(&seed, 4),
                                  .param = MAE_WIRE_VECTOR_VELOCITY,
                                  .a.floats = {(float)random_between(&seed, -90, 90), 1}});
          break;
        case 5: change_effect(top, &seed); break;
        case 0:
          send(top, (mae_command){.op = MAE_OP_SOUND_SEEK, .target = id, .a.value = random_below(&seed, LENGTH)});
          break;
        case 1:
          send(top, (mae_command){
                        .op = MAE_OP_SOUND_FADE, .target = id, .flags = 1, .a.floats = {1, 0}, .b.words = {900, 5}});
          break;
        case 2:
          send(top, (mae_command){.op = MAE_OP_NODE_ROUTE,
                                  .target = node,
                                  .a.words = {random_below(&seed, 2)
                                                  ? MAE_WIRE_ENDPOINT_ID
                                                  : make_id(MAE_WIRE_KIND_NODE, 1, 1 + random_below(&seed, NODES)),
                                              0}});
          break;
        case 3:
          send(top,
               (mae_command){.op = random_below(&seed, 3) ? MAE_OP_NODE_RESUME : MAE_OP_NODE_PAUSE, .target = node});
          break;
        case 4:
          send(top, (mae_command){.op = MAE_OP_RAMP,
                                  .target = node,
                                  .param = (uint8_t)random_below(&seed, 4),
                                  .a.value = random_between(&seed, 0.5, 1),
                                  .b.words = {480, 3}});
          break;
        default:
          if (alive[s]) send(top, (mae_command){.op = MAE_OP_SOUND_DESTROY, .target = id});
      }
    }
    event e;
    while (next_event(top, &e)) {
      ended += e.type == MAE_EVENT_ENDED;
      if (e.type != MAE_EVENT_RETIRED) continue;
      retired += 1;
      if (mae_id_kind(e.target) == MAE_WIRE_KIND_NODE) {
        mae_engine_release_node(top->engine, e.target);
        add_effect(top, mae_id_slot(e.target) - NODES, &seed);
        effects_replaced += 1;
        continue;
      }
      alive[mae_id_slot(e.target)] = false;
    }
    if (backlog > 1000) sleep_a_little();
  }
  CHECK(*stream_word(0, MAE_WIRE_STREAM_READ) > 1000 && *stream_word(0, MAE_WIRE_STREAM_UNDERRUNS) > 0);
  CHECK(created > 1000 && retired > 500 && ended > 100 && effects_replaced > 50);
}

int main(void) {
  traps_work();
  for (int i = 0; i < LENGTH * 2; i += 1) samples[i] = (float)(i % 100) / 200;
  static job good;
  good.top = open_engine(mae_engine_config_init());
  bench_top *top = &good.top;
  for (uint32_t b = 0; b < 2; b += 1) {
    mae_buffer_config config = {
        .samples = samples, .channels = 1 + b, .sample_rate = b ? 44100 : 48000, .frames = LENGTH, .trusted = b};
    CHECK(mae_engine_prepare_buffer(top->engine, make_id(MAE_WIRE_KIND_BUFFER, 1, b), &config) == MAE_OK);
  }
  CHECK(mae_engine_prepare_sounds(top->engine, SOUNDS + 2) == MAE_OK);
  for (uint32_t r = 0; r < 4; r += 1) CHECK(mae_engine_prepare_resampler(top->engine, r) == MAE_OK);
  for (uint32_t n = 1; n <= NODES; n += 1) {
    CHECK(mae_engine_prepare_node(top->engine, make_id(MAE_WIRE_KIND_NODE, 1, n)) == MAE_OK);
    send(top, (mae_command){.op = MAE_OP_NODE_CREATE,
                            .target = make_id(MAE_WIRE_KIND_NODE, 1, n),
                            .a.words = {0, n == 1 ? MAE_WIRE_ENDPOINT_ID : make_id(MAE_WIRE_KIND_NODE, 1, n - 1)}});
  }
  uint64_t seed = 3;
  for (uint32_t kind = 1; kind < MAE_WIRE_EFFECT_COUNT; kind += 1) add_effect(top, kind, &seed);
  start_thread(&good);
  stress(&good);
  __atomic_store_n(&good.stop, 1, __ATOMIC_RELEASE);
  CHECK(wait_for(&good, 5000));
  CHECK(forbidden_calls == 0);
  CHECK(*(double *)(top->wire + MAE_WIRE_STATE_TIME_FRAMES) > 48000);
  close_engine(top);
  return report();
}
