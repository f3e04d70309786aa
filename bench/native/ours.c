/* This engine in C, driven over its wire without TypeScript: what the mixing costs by itself. Modes: render, bytes. */
#include "workload.h"

#include "mae.h"

typedef struct {
  mae_engine *engine;
  unsigned char *wire;
  uint32_t frames;
} ours;

/* [control] Ends the program when the engine refuses: a contender that failed has no figure. */
static void ours_check(mae_result result, const char *what) {
  if (result == MAE_OK) return;
  fprintf(stderr, "%s: result %d\n", what, (int)result);
  exit(1);
}

/* [control] */
static void ours_put_u32(unsigned char *at, uint32_t value) { memcpy(at, &value, sizeof value); }

/* [control] */
static uint32_t ours_get_u32(const unsigned char *at) {
  uint32_t value;
  memcpy(&value, at, sizeof value);
  return value;
}

/* [control] Puts one command on the ring; a full ring is drained first. word_a, word_b and word_c lie at 16, 20 and 24
 * of the record. */
static void ours_send_words(ours *self, uint32_t op, uint32_t target, uint32_t word_a, uint32_t word_b, uint32_t word_c,
                            uint32_t param) {
  uint32_t head = ours_get_u32(self->wire + MAE_WIRE_COMMAND_HEAD);
  if (head - ours_get_u32(self->wire + MAE_WIRE_COMMAND_TAIL) >= MAE_WIRE_COMMAND_CAPACITY)
    mae_engine_drain(self->engine);
  unsigned char *record =
      self->wire + MAE_WIRE_COMMAND_OFFSET + (size_t)(head & (MAE_WIRE_COMMAND_CAPACITY - 1)) * MAE_WIRE_COMMAND_BYTES;
  memset(record, 0, MAE_WIRE_COMMAND_BYTES);
  record[MAE_WIRE_COMMAND_OP] = (unsigned char)op;
  record[MAE_WIRE_COMMAND_PARAM] = (unsigned char)param;
  ours_put_u32(record + MAE_WIRE_COMMAND_TARGET, target);
  ours_put_u32(record + MAE_WIRE_COMMAND_VALUE, word_a);
  ours_put_u32(record + MAE_WIRE_COMMAND_VALUE + 4, word_b);
  ours_put_u32(record + MAE_WIRE_COMMAND_FRAMES, word_c);
  ours_put_u32(self->wire + MAE_WIRE_COMMAND_HEAD, head + 1);
}

/* [control] The same with one f64 instead of the first two words. */
static void ours_send_value(ours *self, uint32_t op, uint32_t target, double value, uint32_t param) {
  uint32_t words[2];
  memcpy(words, &value, sizeof words);
  ours_send_words(self, op, target, words[0], words[1], 0, param);
}

/* [control] One unit ahead of the listener. */
static void ours_send_ahead(ours *self, uint32_t sound) {
  const float ahead = -1;
  uint32_t word;
  memcpy(&word, &ahead, sizeof word);
  ours_send_words(self, MAE_OP_SOUND_VECTOR, sound, 0, 0, word, MAE_WIRE_VECTOR_POSITION);
}

/* [any] */
static uint32_t ours_id(uint32_t kind, uint32_t slot) {
  return kind << MAE_WIRE_ID_KIND_SHIFT | 1u << MAE_WIRE_ID_GENERATION_SHIFT | slot;
}

/* [control] Builds a scene: playing, paused and idle sounds, in this order. */
static ours *ours_make(const bench_scene *scene, uint32_t resampler) {
  ours *self = calloc(1, sizeof *self);
  if (!self) abort();
  self->wire = aligned_alloc(64, (MAE_WIRE_TOTAL_BYTES + 63u) / 64u * 64u);
  if (!self->wire) abort();
  memset(self->wire, 0, MAE_WIRE_TOTAL_BYTES);
  ours_put_u32(self->wire + MAE_WIRE_HEADER_MAGIC, MAE_WIRE_MAGIC);
  ours_put_u32(self->wire + MAE_WIRE_HEADER_VERSION, MAE_WIRE_VERSION);
  ours_put_u32(self->wire + MAE_WIRE_HEADER_BYTES, MAE_WIRE_TOTAL_BYTES);
  const uint32_t count = scene->voices + scene->paused + scene->idle;
  mae_engine_config config = mae_engine_config_init();
  config.sample_rate = BENCH_OUTPUT_RATE;
  config.channels = BENCH_CHANNELS;
  config.max_voices = count;
  ours_check(mae_engine_create(&config, self->wire, MAE_WIRE_TOTAL_BYTES, &self->engine), "mae_engine_create");
  ours_check(mae_engine_prepare_sounds(self->engine, count), "mae_engine_prepare_sounds");
  ours_check(mae_engine_prepare_resampler(self->engine, resampler), "mae_engine_prepare_resampler");
  for (uint32_t i = 0; i < BENCH_BUFFERS; i += 1) {
    mae_buffer_config buffer = {0};
    buffer.samples = bench_samples_make(i, scene, &self->frames);
    buffer.format = mae_format_f32;
    buffer.channels = scene->source_channels;
    buffer.sample_rate = scene->source_rate;
    buffer.frames = self->frames;
    buffer.trusted = 1;
    ours_check(mae_engine_prepare_buffer(self->engine, ours_id(MAE_WIRE_KIND_BUFFER, i), &buffer),
               "mae_engine_prepare_buffer");
  }
  const uint32_t flags = (scene->pitch_enabled ? MAE_WIRE_CREATE_PITCH_ENABLED : 0) |
                         (scene->spatial ? MAE_WIRE_CREATE_SPATIAL : 0) | MAE_WIRE_CREATE_LOOPING |
                         resampler << MAE_WIRE_CREATE_RESAMPLER_SHIFT;
  for (uint32_t i = 0; i < count; i += 1) {
    const uint32_t sound = ours_id(MAE_WIRE_KIND_SOUND, i);
    ours_send_words(self, MAE_OP_SOUND_CREATE, sound, ours_id(MAE_WIRE_KIND_BUFFER, i % BENCH_BUFFERS),
                    MAE_WIRE_ENDPOINT_ID, flags, 0);
    if (scene->pitch != 1) ours_send_value(self, MAE_OP_RAMP, sound, scene->pitch, MAE_WIRE_PARAM_PITCH);
    if (scene->spatial) ours_send_ahead(self, sound);
    ours_send_value(self, MAE_OP_SOUND_SEEK, sound, bench_position(i, self->frames), 0);
    if (i < scene->voices + scene->paused) ours_send_value(self, MAE_OP_SOUND_START, sound, 0, 0);
    if (i >= scene->voices && i < scene->voices + scene->paused) ours_send_value(self, MAE_OP_SOUND_PAUSE, sound, 0, 0);
  }
  return self;
}

/* [audio] */
static void ours_render(void *context, float *out, uint32_t frames) {
  mae_engine_render(((ours *)context)->engine, out, frames);
}

/* [control] */
int main(int count, char **words) {
  const char *mode = count > 1 ? words[1] : "";
  const bench_scene scene = bench_scene_read(count, words);
  if (strcmp(mode, "render") == 0)
    bench_measure(&scene, ours_render,
                  ours_make(&scene, (uint32_t)bench_option(count, words, "--resampler", MAE_WIRE_RESAMPLER_LINEAR)));
  else if (strcmp(mode, "bytes") == 0) printf("{\"soundBytes\":%zu}\n", mae_engine_sound_bytes());
  else {
    fprintf(stderr, "usage: ours render|bytes [options]\n");
    return 2;
  }
  return 0;
}
