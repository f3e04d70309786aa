/* Stock miniaudio's ma_engine as a contender: compiled untouched, with its own SIMD on. Modes: render, one-shots,
 * control, step-volume, step-stop, sine, first-sound. */
#define MINIAUDIO_IMPLEMENTATION
#include "miniaudio.h"
#include "workload.h"

typedef struct {
  ma_engine engine;
  float *samples[BENCH_BUFFERS];
  uint32_t frames;
  ma_audio_buffer_ref *readers; /* one for each sound: its own position in the shared samples */
  ma_sound *sounds;
} stock;

/* [control] Ends the program when miniaudio refuses: a contender that failed has no figure. */
static void stock_check(ma_result result, const char *what) {
  if (result == MA_SUCCESS) return;
  fprintf(stderr, "%s: %s\n", what, ma_result_description(result));
  exit(1);
}

/* [control] An engine without a device, 48 kHz stereo. */
static void stock_engine_init(ma_engine *engine) {
  ma_engine_config config = ma_engine_config_init();
  config.noDevice = MA_TRUE;
  config.channels = BENCH_CHANNELS;
  config.sampleRate = BENCH_OUTPUT_RATE;
  stock_check(ma_engine_init(&config, engine), "ma_engine_init");
}

/* [control] A sound on samples. */
static void stock_sound_init(ma_engine *engine, ma_audio_buffer_ref *reader, ma_sound *sound, const float *samples,
                             uint32_t frames, uint32_t channels, uint32_t rate, bool pitch_enabled, bool spatial) {
  stock_check(ma_audio_buffer_ref_init(ma_format_f32, channels, samples, frames, reader), "ma_audio_buffer_ref_init");
  reader->sampleRate = rate;
  const ma_uint32 flags =
      (spatial ? 0 : MA_SOUND_FLAG_NO_SPATIALIZATION) | (pitch_enabled ? 0 : MA_SOUND_FLAG_NO_PITCH);
  stock_check(ma_sound_init_from_data_source(engine, reader, flags, NULL, sound), "ma_sound_init_from_data_source");
}

/* [control] */
static void *stock_allocate(size_t bytes) {
  void *memory = calloc(1, bytes ? bytes : 1);
  if (!memory) abort();
  return memory;
}

/* [control] Builds a scene: playing, paused and idle sounds, in this order. */
static stock *stock_make(const bench_scene *scene) {
  stock *self = stock_allocate(sizeof *self);
  stock_engine_init(&self->engine);
  for (uint32_t i = 0; i < BENCH_BUFFERS; i += 1) self->samples[i] = bench_samples_make(i, scene, &self->frames);
  const uint32_t count = scene->voices + scene->paused + scene->idle;
  self->readers = stock_allocate(count * sizeof *self->readers);
  self->sounds = stock_allocate(count * sizeof *self->sounds);
  for (uint32_t i = 0; i < count; i += 1) {
    ma_sound *sound = &self->sounds[i];
    stock_sound_init(&self->engine, &self->readers[i], sound, self->samples[i % BENCH_BUFFERS], self->frames,
                     scene->source_channels, scene->source_rate, scene->pitch_enabled, scene->spatial);
    if (scene->spatial) ma_sound_set_position(sound, 0, 0, -1);
    ma_sound_set_looping(sound, MA_TRUE);
    if (scene->pitch_enabled && scene->pitch != 1) ma_sound_set_pitch(sound, (float)scene->pitch);
    stock_check(ma_sound_seek_to_pcm_frame(sound, bench_position(i, self->frames)), "ma_sound_seek_to_pcm_frame");
    if (i < scene->voices + scene->paused) stock_check(ma_sound_start(sound), "ma_sound_start");
    if (i >= scene->voices && i < scene->voices + scene->paused) stock_check(ma_sound_stop(sound), "ma_sound_stop");
  }
  return self;
}

/* [audio] */
static void stock_render(void *context, float *out, uint32_t frames) {
  stock_check(ma_engine_read_pcm_frames(&((stock *)context)->engine, out, frames, NULL), "ma_engine_read_pcm_frames");
}

/* [control] 10,000 sounds made and freed for each second rendered, on one thread. Prints the share of a core that they
 * cost. */
static void stock_one_shots(const bench_scene *scene, uint32_t per_second) {
  enum { LENGTH = 240 };
  static float silence[LENGTH];
  static float out[480 * BENCH_CHANNELS];
  const uint32_t per_block = per_second / 100;
  bench_scene steady = *scene;
  steady.voices = 1;
  stock *self = stock_make(&steady);
  ma_audio_buffer_ref *readers = stock_allocate(per_block * sizeof *readers);
  ma_sound *sounds = stock_allocate(per_block * sizeof *sounds);
  const uint32_t blocks = 200;
  uint64_t without = 0;
  uint64_t with = 0;
  for (uint32_t block = 0; block < blocks; block += 1) {
    uint64_t start = bench_processor_time();
    stock_render(self, out, 480);
    without += bench_processor_time() - start;
  }
  for (uint32_t block = 0; block < blocks; block += 1) {
    uint64_t start = bench_processor_time();
    for (uint32_t i = 0; i < per_block; i += 1) {
      stock_sound_init(&self->engine, &readers[i], &sounds[i], silence, LENGTH, 1, BENCH_OUTPUT_RATE, 0, 0);
      ma_sound_start(&sounds[i]);
    }
    stock_render(self, out, 480);
    for (uint32_t i = 0; i < per_block; i += 1) ma_sound_uninit(&sounds[i]);
    with += bench_processor_time() - start;
  }
  printf("{\"coreShare\":%.6f}\n", ((double)with - (double)without) / (blocks * 10e6));
}

/* [control] Cost of one call each, in nanoseconds: volume written, cursor read; and of an engine with its first block,
 * in milliseconds. */
static void stock_control(const bench_scene *scene) {
  enum { CALLS = 1000000, ENGINES = 21 };
  bench_scene one = *scene;
  one.voices = 1;
  stock *self = stock_make(&one);
  uint64_t start = bench_processor_time();
  for (int i = 0; i < CALLS; i += 1) ma_sound_set_volume(&self->sounds[0], (float)(i & 255) / 256);
  const double write = (double)(bench_processor_time() - start) / CALLS;
  ma_uint64 sum = 0;
  start = bench_processor_time();
  for (int i = 0; i < CALLS; i += 1) {
    ma_uint64 cursor = 0;
    ma_sound_get_cursor_in_pcm_frames(&self->sounds[0], &cursor);
    sum += cursor;
  }
  const double read = (double)(bench_processor_time() - start) / CALLS;
  static double engines[ENGINES];
  static float out[480 * BENCH_CHANNELS];
  for (int i = 0; i < ENGINES; i += 1) {
    ma_engine *engine = stock_allocate(sizeof *engine);
    start = bench_processor_time();
    stock_engine_init(engine);
    ma_engine_read_pcm_frames(engine, out, 480, NULL);
    engines[i] = (double)(bench_processor_time() - start) / 1e6;
    ma_engine_uninit(engine);
    free(engine);
  }
  qsort(engines, ENGINES, sizeof(double), bench_compare);
  printf("{\"writeNanoseconds\":%.3f,\"readNanoseconds\":%.3f,\"engineMilliseconds\":%.4f,\"checksum\":%llu}\n", write,
         read, engines[ENGINES / 2], (unsigned long long)sum);
}

/* [control] Writes one second of raw float32 stereo to standard output: a constant 1 whose volume falls (or that stops)
 * after a tenth of a second. */
static void stock_step(int stop) {
  enum { BLOCK = 480, BLOCKS = 100 };
  static float ones[BENCH_OUTPUT_RATE];
  static float out[BLOCK * BENCH_CHANNELS];
  for (uint32_t i = 0; i < BENCH_OUTPUT_RATE; i += 1) ones[i] = 1;
  ma_engine engine;
  ma_audio_buffer_ref reader;
  ma_sound sound;
  stock_engine_init(&engine);
  stock_sound_init(&engine, &reader, &sound, ones, BENCH_OUTPUT_RATE, 1, BENCH_OUTPUT_RATE, 0, 0);
  ma_sound_set_looping(&sound, MA_TRUE);
  ma_sound_start(&sound);
  for (int block = 0; block < BLOCKS; block += 1) {
    if (block == 10 && stop) ma_sound_stop(&sound);
    if (block == 10 && !stop) ma_sound_set_volume(&sound, 0.25f);
    stock_check(ma_engine_read_pcm_frames(&engine, out, BLOCK, NULL), "ma_engine_read_pcm_frames");
    fwrite(out, sizeof out, 1, stdout);
  }
}

/* [control] Writes two seconds of raw float32 stereo: a sine of so many hertz, of a given rate, at a given pitch. */
static void stock_sine(const bench_scene *scene, double hertz) {
  enum { BLOCK = 480, BLOCKS = 200 };
  static float out[BLOCK * BENCH_CHANNELS];
  const uint32_t frames = scene->source_rate * 2;
  float *samples = stock_allocate(frames * sizeof(float));
  for (uint32_t i = 0; i < frames; i += 1)
    samples[i] = (float)(0.5 * sin(2 * 3.14159265358979323846 * hertz * i / scene->source_rate));
  ma_engine engine;
  ma_audio_buffer_ref reader;
  ma_sound sound;
  stock_engine_init(&engine);
  stock_sound_init(&engine, &reader, &sound, samples, frames, 1, scene->source_rate, 1, 0);
  ma_sound_set_looping(&sound, MA_TRUE);
  ma_sound_set_pitch(&sound, (float)scene->pitch);
  ma_sound_start(&sound);
  for (int block = 0; block < BLOCKS; block += 1) {
    stock_check(ma_engine_read_pcm_frames(&engine, out, BLOCK, NULL), "ma_engine_read_pcm_frames");
    fwrite(out, sizeof out, 1, stdout);
  }
}

/* [control] Prints the wall clock just before an engine on the default device is made and told to play; the sound goes
 * on until it has surely been recorded. */
static void stock_first_sound(void) {
  static float square[BENCH_OUTPUT_RATE];
  for (uint32_t i = 0; i < BENCH_OUTPUT_RATE; i += 1) square[i] = i % 48 < 24 ? 0.5f : -0.5f;
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  ma_engine engine;
  ma_audio_buffer_ref reader;
  ma_sound sound;
  stock_check(ma_engine_init(NULL, &engine), "ma_engine_init");
  stock_sound_init(&engine, &reader, &sound, square, BENCH_OUTPUT_RATE, 1, BENCH_OUTPUT_RATE, 0, 0);
  stock_check(ma_sound_start(&sound), "ma_sound_start");
  ma_sleep(600);
  printf("{\"startedAt\":%.3f,\"backend\":\"%s\"}\n", (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6,
         ma_get_backend_name(ma_engine_get_device(&engine)->pContext->backend));
  ma_engine_uninit(&engine);
}

/* [control] */
int main(int count, char **words) {
  const char *mode = count > 1 ? words[1] : "";
  const bench_scene scene = bench_scene_read(count, words);
  if (strcmp(mode, "render") == 0) bench_measure(&scene, stock_render, stock_make(&scene));
  else if (strcmp(mode, "one-shots") == 0)
    stock_one_shots(&scene, (uint32_t)bench_option(count, words, "--per-second", 10000));
  else if (strcmp(mode, "control") == 0) stock_control(&scene);
  else if (strcmp(mode, "step-volume") == 0) stock_step(0);
  else if (strcmp(mode, "step-stop") == 0) stock_step(1);
  else if (strcmp(mode, "sine") == 0) stock_sine(&scene, bench_option(count, words, "--hertz", 1000));
  else if (strcmp(mode, "first-sound") == 0) stock_first_sound();
  else {
    fprintf(stderr, "usage: stock render|one-shots|control|step-volume|step-stop|sine|first-sound [options]\n");
    return 2;
  }
  return 0;
}
