/* Stock miniaudio's effect nodes as contenders: one stereo voice through so many of a kind in a row. `render --effect
 * NUMBER --count K`, numbers as in EFFECTS below. */
#define MINIAUDIO_IMPLEMENTATION
#include "miniaudio.h"
#include "workload.h"

enum { LOW_PASS = 1, HIGH_PASS, BAND_PASS, NOTCH, PEAK, LOW_SHELF, HIGH_SHELF, DELAY, MOST = 64 };

static ma_engine engine;

/* [control] Ends the program when miniaudio refuses: a contender that failed has no figure. */
static void check(ma_result result, const char *what) {
  if (result == MA_SUCCESS) return;
  fprintf(stderr, "%s: %s\n", what, ma_result_description(result));
  exit(1);
}

/* [control] The parameters are those of bench/effects.mjs. */
static ma_node *make_node(uint32_t effect) {
  ma_node_graph *graph = ma_engine_get_node_graph(&engine);
  const ma_uint32 channels = BENCH_CHANNELS, rate = BENCH_OUTPUT_RATE;
#define MAKE(type, ...)                                                                                                \
  {                                                                                                                    \
    ma_##type##_node *node = calloc(1, sizeof *node);                                                                  \
    ma_##type##_node_config config = ma_##type##_node_config_init(__VA_ARGS__);                                        \
    check(ma_##type##_node_init(graph, &config, NULL, node), "ma_" #type "_node_init");                                \
    return node;                                                                                                       \
  }
  switch (effect) {
    case LOW_PASS: MAKE(lpf, channels, rate, 1000, 2)
    case HIGH_PASS: MAKE(hpf, channels, rate, 100, 2)
    case BAND_PASS: MAKE(bpf, channels, rate, 100, 2)
    case NOTCH: MAKE(notch, channels, rate, 1, 1000)
    case PEAK: MAKE(peak, channels, rate, 3, 1, 1000)
    case LOW_SHELF: MAKE(loshelf, channels, rate, 3, 1, 200)
    case HIGH_SHELF: MAKE(hishelf, channels, rate, 3, 1, 8000)
    case DELAY: MAKE(delay, channels, rate, 12000, 0.4f)
    default: fprintf(stderr, "no such effect\n"); exit(2);
  }
}

/* [audio] */
static void render(void *context, float *out, uint32_t frames) {
  check(ma_engine_read_pcm_frames(&engine, out, frames, NULL), "ma_engine_read_pcm_frames");
}

/* [control] */
int main(int count, char **words) {
  bench_scene scene = bench_scene_read(count, words);
  const uint32_t effect = (uint32_t)bench_option(count, words, "--effect", LOW_PASS),
                 nodes = (uint32_t)bench_option(count, words, "--count", 1);
  if (count < 2 || strcmp(words[1], "render") != 0 || nodes > MOST) {
    fprintf(stderr, "usage: stock_effects render --effect 1..8 --count 0..%d\n", MOST);
    return 2;
  }
  ma_engine_config config = ma_engine_config_init();
  config.noDevice = MA_TRUE;
  config.channels = BENCH_CHANNELS;
  config.sampleRate = BENCH_OUTPUT_RATE;
  check(ma_engine_init(&config, &engine), "ma_engine_init");
  uint32_t frames;
  scene.source_channels = BENCH_CHANNELS;
  float *samples = bench_samples_make(0, &scene, &frames);
  static ma_audio_buffer_ref reader;
  static ma_sound sound;
  check(ma_audio_buffer_ref_init(ma_format_f32, BENCH_CHANNELS, samples, frames, &reader), "ma_audio_buffer_ref_init");
  reader.sampleRate = BENCH_OUTPUT_RATE;
  check(ma_sound_init_from_data_source(&engine, &reader, MA_SOUND_FLAG_NO_SPATIALIZATION | MA_SOUND_FLAG_NO_PITCH, NULL,
                                       &sound),
        "ma_sound_init_from_data_source");
  ma_sound_set_looping(&sound, MA_TRUE);
  ma_node *last = &sound;
  for (uint32_t i = 0; i < nodes; i += 1) {
    ma_node *node = make_node(effect);
    check(ma_node_attach_output_bus(last, 0, node, 0), "ma_node_attach_output_bus");
    last = node;
  }
  check(ma_node_attach_output_bus(last, 0, ma_engine_get_endpoint(&engine), 0), "ma_node_attach_output_bus");
  check(ma_sound_start(&sound), "ma_sound_start");
  bench_measure(&scene, render, NULL);
  return 0;
}
