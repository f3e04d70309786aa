/* A scene for tests of the engine: a tree of groups and effects, sounds of every kind of buffer and stream, and random
 * operations on them. */
#ifndef MAE_TEST_SCENE_H
#define MAE_TEST_SCENE_H

#include "effects/effect.h"
#include "harness.h"

enum {
  SOUNDS = 24,
  GROUPS = 6,
  EFFECTS = 16,
  NODES = GROUPS + EFFECTS,
  BUFFERS = 6,
  STREAMS = 4,
  LENGTH = 9000,
  RING = 4096,
  PAGES = 3,
  PAGED = 17000
};

/* Memory of streams: three rings and one of pages, fed at fixed frames. */
static uint64_t stream_memory[STREAMS]
                             [(MAE_WIRE_STREAM_HEADER_BYTES + PAGES * MAE_WIRE_STREAM_PAGE_FRAMES * 2 * 4) / 8];
static const struct {
  mae_stream_kind kind;
  mae_format format;
  uint32_t channels, rate, capacity;
} STREAM_KINDS[STREAMS] = {{mae_stream_ring, mae_format_s16, 2, 44100, RING},
                           {mae_stream_ring, mae_format_f32, 1, 48000, RING},
                           {mae_stream_ring, mae_format_s24, 2, 48000, 1024},
                           {mae_stream_pages, mae_format_f32, 2, 44100, PAGES}};

static float float_samples[LENGTH * 2];
static int16_t short_samples[LENGTH * 2];
static uint8_t byte_samples[LENGTH * 2];

/* [any] */
static void fill_samples(void) {
  uint64_t seed = 1;
  for (int i = 0; i < LENGTH * 2; i += 1) {
    float_samples[i] = (float)random_between(&seed, -0.5, 0.5);
    short_samples[i] = (int16_t)random_below(&seed, 65536);
    byte_samples[i] = (uint8_t)random_below(&seed, 256);
  }
}

/* [control] */
static void prepare_buffer(fixture *top, uint32_t b) {
  const struct {
    const void *samples;
    mae_format format;
    uint32_t channels, rate, frames, trusted;
  } kinds[BUFFERS] = {
      {float_samples, mae_format_f32, 2, 48000, LENGTH, 1}, {float_samples, mae_format_f32, 1, 44100, LENGTH * 2, 1},
      {short_samples, mae_format_s16, 2, 22050, LENGTH, 0}, {byte_samples, mae_format_u8, 1, 48000, 37, 0},
      {float_samples, mae_format_f32, 2, 44100, 3, 1},      {float_samples, mae_format_f32, 2, 96000, LENGTH, 0}};
  mae_buffer_config config = {.samples = kinds[b].samples,
                              .format = kinds[b].format,
                              .channels = kinds[b].channels,
                              .sample_rate = kinds[b].rate,
                              .frames = kinds[b].frames,
                              .trusted = kinds[b].trusted};
  EXPECT_OK(mae_engine_prepare_buffer(top->engine, make_id(MAE_WIRE_KIND_BUFFER, 1, b), &config));
}

/* [control] */
static void prepare(fixture *top) {
  for (uint32_t b = 0; b < BUFFERS; b += 1) prepare_buffer(top, b);
  EXPECT_OK(mae_engine_prepare_sounds(top->engine, SOUNDS));
  for (uint32_t n = 1; n <= GROUPS; n += 1)
    EXPECT_OK(mae_engine_prepare_node(top->engine, make_id(MAE_WIRE_KIND_NODE, 1, n)));
  /* One of each kind, then soft clippers and a band-pass of the other variants, then a delay and a soft clipper. */
  static const struct {
    uint32_t kind, variant;
  } others[] = {{MAE_EFFECT_soft_clip, 2},
                {MAE_EFFECT_soft_clip, 4},
                {MAE_EFFECT_band_pass, 1},
                {MAE_EFFECT_delay, 0},
                {MAE_EFFECT_soft_clip, 0}};
  _Static_assert(MAE_EFFECT_COUNT - 1 <= EFFECTS, "a kind that no scene has");
  const uint32_t kinds = MAE_EFFECT_COUNT - 1;
  for (uint32_t n = 0; n < EFFECTS; n += 1) {
    const uint32_t kind = n < kinds ? n + 1 : others[n - kinds].kind,
                   variant = n < kinds ? 0 : others[n - kinds].variant;
    EXPECT_OK(mae_engine_prepare_effect(top->engine, make_id(MAE_WIRE_KIND_NODE, 1, GROUPS + 1 + n), kind, variant));
  }
  for (uint32_t r = 0; r < 4; r += 1) EXPECT_OK(mae_engine_prepare_resampler(top->engine, r));
  EXPECT_EQUAL(mae_engine_prepare_resampler(top->engine, 4), MAE_INVALID_ARGUMENT);
}

/* [control] */
static void prepare_streams(fixture *top) {
  memset(stream_memory, 0, sizeof stream_memory);
  for (uint32_t k = 0; k < STREAMS; k += 1) {
    mae_stream_config config = {.kind = STREAM_KINDS[k].kind,
                                .memory = stream_memory[k],
                                .memory_bytes = sizeof stream_memory[k],
                                .format = STREAM_KINDS[k].format,
                                .channels = STREAM_KINDS[k].channels,
                                .sample_rate = STREAM_KINDS[k].rate,
                                .capacity = STREAM_KINDS[k].capacity,
                                .frames = PAGED};
    EXPECT_OK(mae_engine_prepare_stream(top->engine, make_id(MAE_WIRE_KIND_BUFFER, 1, BUFFERS + k), &config));
  }
}

/* [any] */
static uint32_t *stream_word(uint32_t k, uint32_t offset) { return (uint32_t *)((uint8_t *)stream_memory[k] + offset); }

/* [any] The frames of a stream. */
static uint8_t *stream_frames(uint32_t k) { return (uint8_t *)stream_memory[k] + MAE_WIRE_STREAM_HEADER_BYTES; }

/* [any] Bytes of one frame of a stream. */
static uint32_t stream_frame_bytes(uint32_t k) {
  return STREAM_KINDS[k].channels * (uint32_t)mae_sample_bytes(STREAM_KINDS[k].format);
}

/* [any] Where a page lies, or `otherwise` where it is not there. */
static uint32_t find_page(const uint32_t *table, uint32_t page, uint32_t otherwise) {
  for (uint32_t place = 0; place < PAGES; place += 1)
    if (mae_shared_load_relaxed(&table[place]) == page + 1) return place;
  return otherwise;
}

/* [worker] Writes the samples of a page. */
__attribute__((noinline)) static void put_page(uint32_t k, uint32_t place, uint32_t page) {
  float *samples = (float *)(void *)stream_frames(k) + (size_t)place * MAE_WIRE_STREAM_PAGE_FRAMES * 2;
  for (uint32_t i = 0; i < MAE_WIRE_STREAM_PAGE_FRAMES * 2; i += 1)
    samples[i] = float_samples[(page * 1013 + i) % (LENGTH * 2)];
}

/* [control] A page comes or goes. */
static void feed_pages(uint64_t *seed, uint32_t k, bool goes) {
  uint32_t *table = stream_word(k, MAE_WIRE_STREAM_PAGE_TABLE), other = random_below(seed, PAGES),
           page = random_below(seed, PAGED / MAE_WIRE_STREAM_PAGE_FRAMES + 1), place = find_page(table, page, other);
  table[place] = goes ? 0 : page + 1;
  put_page(k, place, page);
}

/* [control] Writes as far as there is room. */
static void feed_ring(uint32_t k, uint32_t count) {
  uint32_t *written = stream_word(k, MAE_WIRE_STREAM_WRITTEN), capacity = STREAM_KINDS[k].capacity;
  const uint32_t bytes = stream_frame_bytes(k),
                 room = capacity / 2 - (*written - *stream_word(k, MAE_WIRE_STREAM_READ));
  const uint8_t *from = STREAM_KINDS[k].format == mae_format_f32   ? (const uint8_t *)float_samples
                        : STREAM_KINDS[k].format == mae_format_s16 ? (const uint8_t *)short_samples
                                                                   : byte_samples;
  if (count > room) count = room < capacity ? room : 0;
  for (uint32_t i = 0; i < count; i += 1)
    memcpy(stream_frames(k) + (size_t)((*written + i) & (capacity - 1)) * bytes, from + (size_t)(i % 1000) * bytes,
           bytes);
  *written += count;
}

/* [control] What producers do at one moment: they write, drop and end; pages come and go. */
static void feed(uint64_t *seed) {
  for (uint32_t k = 0; k < STREAMS; k += 1) {
    const uint32_t count = random_below(seed, 3) ? random_below(seed, 900) : 0, action = random_below(seed, 20);
    if (STREAM_KINDS[k].kind == mae_stream_pages) {
      feed_pages(seed, k, action < 3);
      continue;
    }
    feed_ring(k, count);
    if (action == 0) *stream_word(k, MAE_WIRE_STREAM_DROPPED) = *stream_word(k, MAE_WIRE_STREAM_WRITTEN);
    if (action < 4) *stream_word(k, MAE_WIRE_STREAM_ENDED) = action & 1;
  }
}

/* [any] */
static uint32_t node_id(uint32_t n) { return n == 0 ? MAE_WIRE_ENDPOINT_ID : make_id(MAE_WIRE_KIND_NODE, 1, n); }
static uint32_t sound_id(uint32_t s) { return make_id(MAE_WIRE_KIND_SOUND, 1, s); }

/* [control] The objects of a scene: a tree of groups, sounds of all kinds of buffers. */
static void build(fixture *top, uint64_t *seed) {
  for (uint32_t n = 1; n <= NODES; n += 1)
    send(top,
         (mae_command){.op = MAE_OP_NODE_CREATE, .target = node_id(n), .a.words = {0, node_id(random_below(seed, n))}});
  for (uint32_t s = 0; s < SOUNDS; s += 1) {
    uint32_t flags = MAE_WIRE_CREATE_PITCH_ENABLED | (random_below(seed, 2) ? MAE_WIRE_CREATE_LOOPING : 0) |
                     (random_below(seed, 2) ? MAE_WIRE_CREATE_SPATIAL : 0) |
                     random_below(seed, 4) << MAE_WIRE_CREATE_RESAMPLER_SHIFT;
    send(top, (mae_command){
                  .op = MAE_OP_SOUND_CREATE,
                  .target = sound_id(s),
                  .a.words = {make_id(MAE_WIRE_KIND_BUFFER, 1, s < STREAMS ? BUFFERS + s : random_below(seed, BUFFERS)),
                              node_id(random_below(seed, NODES + 1))},
                  .b.words = {flags, 0}});
  }
}

/* [any] */
static float random_coordinate(uint64_t *seed) {
  return random_below(seed, 8) ? (float)random_between(seed, -5, 5) : 0;
}

/* [control] One random operation of spatial sound. */
static mae_command random_spatial(uint64_t *seed, mae_command c) {
  float third = random_coordinate(seed);
  if (random_below(seed, 2)) {
    c.op = MAE_OP_SOUND_VECTOR;
    c.param = (uint8_t)random_below(seed, 4);
    if (c.param == MAE_WIRE_VECTOR_VELOCITY) third *= 50;
  } else if (random_below(seed, 2)) {
    c.op = random_below(seed, 8) ? MAE_OP_LISTENER_VECTOR : MAE_OP_LISTENER_ENABLED;
    c.target = random_below(seed, MAE_WIRE_LISTENER_COUNT);
    c.param = (uint8_t)random_below(seed, 4);
  }
  if (c.op) {
    c.a.floats[0] = random_coordinate(seed);
    c.a.floats[1] = random_coordinate(seed);
    memcpy(&c.b.words[0], &third, sizeof third);
    if (c.op == MAE_OP_LISTENER_ENABLED) c.a.value = random_below(seed, 2);
    return c;
  }
  c.op = MAE_OP_SOUND_SPATIAL;
  c.param = (uint8_t)random_below(seed, 11);
  c.a.value = c.param < MAE_WIRE_SPATIAL_ROLLOFF ? (double)random_below(seed, 5) - 1 : random_between(seed, 0, 3);
  return c;
}

/* [control] One random operation that acts at `frame`. */
static mae_command random_command(uint64_t *seed, double frame) {
  uint32_t sound = sound_id(random_below(seed, 4) ? random_below(seed, SOUNDS) : random_below(seed, STREAMS)),
           node = node_id(1 + random_below(seed, NODES)),
           frames = random_below(seed, 3) ? random_below(seed, 2000) : 480;
  mae_command c = {.target = sound, .frame = frame, .b.words = {frames, 0}};
  switch (random_below(seed, 25)) {
    case 0:
    case 1:
    case 2:
      c.op = MAE_OP_SOUND_START;
      c.b.words[0] = random_below(seed, 3) ? 0 : frames;
      break;
    case 3:
      c.op = MAE_OP_SOUND_STOP;
      c.b.words[0] = random_below(seed, 2) ? 0 : frames;
      break;
    case 4: c.op = random_below(seed, 2) ? MAE_OP_SOUND_PAUSE : MAE_OP_SOUND_RESUME; break;
    case 5:
      c.op = MAE_OP_SOUND_SEEK;
      c.a.value = random_below(seed, LENGTH);
      break;
    case 6:
      c.op = MAE_OP_SOUND_LOOP_RANGE;
      c.a.value = random_below(seed, 4000);
      c.b.value = c.a.value + random_below(seed, 3000);
      break;
    case 7:
      c.op = MAE_OP_SOUND_RANGE;
      c.a.value = random_below(seed, 2000);
      c.b.value = c.a.value + random_below(seed, LENGTH);
      break;
    case 8:
      c.op = MAE_OP_SOUND_ROUTE;
      c.a.words[0] = random_below(seed, 8) ? node_id(random_below(seed, NODES + 1)) : 0;
      break;
    case 9:
      c.op = MAE_OP_SOUND_FADE;
      c.curve = (uint8_t)random_below(seed, 6);
      c.flags = random_below(seed, 2);
      c.a.floats[0] = (float)random_between(seed, 0, 1);
      c.a.floats[1] = (float)random_between(seed, 0, 1);
      break;
    case 10:
      c.op = MAE_OP_SOUND_PAN_LAW;
      c.a.value = random_below(seed, 2);
      break;
    case 11:
      c.op = MAE_OP_NODE_ROUTE;
      c.target = node;
      c.a.words[0] = random_below(seed, 6) ? node_id(random_below(seed, NODES + 1)) : 0;
      break;
    case 12:
      c.op = random_below(seed, 3) ? MAE_OP_NODE_RESUME : MAE_OP_NODE_PAUSE;
      c.target = node;
      break;
    case 16:
    case 17:
    case 18:
    case 19: return random_spatial(seed, c);
    case 20:
      c.op = random_below(seed, 8) ? MAE_OP_NODE_RESET : MAE_OP_NODE_DESTROY;
      c.target = node_id(GROUPS + 1 + random_below(seed, EFFECTS));
      break;
    case 21:
    case 22:
    case 23: {
      /* Values from far below to far above any range; most parameters see a sensible one now and then. */
      static const double values[] = {0, 0.1, 0.5, 0.9, 1, 2, 20, 300, 5000, -20, -3, 0.001, 0.02};
      c.op = MAE_OP_RAMP;
      c.target = node_id(GROUPS + 1 + random_below(seed, EFFECTS));
      c.curve = (uint8_t)random_below(seed, 6);
      c.param = (uint8_t)(random_below(seed, 5) ? MAE_WIRE_PARAM_EFFECT + random_below(seed, MAE_EFFECT_PARAMETERS)
                                                : MAE_WIRE_PARAM_ENABLED);
      c.a.value = values[random_below(seed, sizeof values / sizeof *values)] * random_between(seed, 0.9, 1.1);
      if (random_below(seed, 3) == 0) c.b.words[1] = 1 + random_below(seed, 1000);
      break;
    }
    case 24:
      c.op = MAE_OP_NODE_SEND;
      c.target = node;
      c.param = (uint8_t)random_below(seed, 2);
      c.curve = (uint8_t)random_below(seed, 6);
      c.a.words[0] = node_id(c.param ? GROUPS + 1 + random_below(seed, EFFECTS) : random_below(seed, NODES + 1));
      c.a.floats[1] = random_below(seed, 3) ? (float)random_between(seed, 0, 0.8) : 0;
      break;
    default:
      c.op = MAE_OP_RAMP;
      c.curve = (uint8_t)random_below(seed, 6);
      c.param = (uint8_t)random_below(seed, 4);
      if (random_below(seed, 2)) c.target = random_below(seed, 5) ? node : MAE_WIRE_ENDPOINT_ID;
      c.a.value = c.param == MAE_WIRE_PARAM_PAN     ? random_between(seed, -1, 1)
                  : c.param == MAE_WIRE_PARAM_PITCH ? random_between(seed, 0.3, random_below(seed, 4) ? 3 : 12)
                                                    : random_between(seed, 0, 1.5);
      if (random_below(seed, 3) == 0) c.b.words[1] = 1 + random_below(seed, 1000);
  }
  return c;
}

#endif
