/* What every contender of the bench is given to do: the same sounds, begun at the same frames. bench/workload.mjs says
 * the same in JavaScript, and run.mjs compares the loudness of what they rendered, so that nobody wins by doing less.
 */
#ifndef BENCH_WORKLOAD_H
#define BENCH_WORKLOAD_H

/* clock_gettime, under -std=c11; so this header is included before any other. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 199309L
#endif

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BENCH_OUTPUT_RATE 48000u
#define BENCH_CHANNELS 2u
#define BENCH_BUFFERS 8u
#define BENCH_BUFFER_SECONDS 2u
#define BENCH_AMPLITUDE 0.05
#define BENCH_POSITION_STEP 7919u /* a prime: voices that share a buffer read it far from one another */

/* One scene, as the command line names it. */
typedef struct {
  uint32_t voices;          /* that play, looping */
  uint32_t idle;            /* that were made and never started */
  uint32_t paused;          /* that were started and then paused (stock: stopped) */
  uint32_t source_rate;     /* Hz */
  uint32_t source_channels; /* 1 or 2 */
  uint32_t block;           /* frames of one render call */
  double pitch;
  bool pitch_enabled;
  bool spatial;        /* every voice is one unit ahead of the listener */
  double milliseconds; /* how long to measure, in processor time */
} bench_scene;

/* [control] The number that follows an option of the command line, or the default. */
static inline double bench_option(int count, char **words, const char *name, double otherwise) {
  for (int i = 1; i + 1 < count; i += 1) {
    if (strcmp(words[i], name) == 0) return atof(words[i + 1]);
  }
  return otherwise;
}

/* [control] Reads a scene from the command line. */
static inline bench_scene bench_scene_read(int count, char **words) {
  bench_scene scene;
  scene.voices = (uint32_t)bench_option(count, words, "--voices", 256);
  scene.idle = (uint32_t)bench_option(count, words, "--idle", 0);
  scene.paused = (uint32_t)bench_option(count, words, "--paused", 0);
  scene.source_rate = (uint32_t)bench_option(count, words, "--source-rate", 48000);
  scene.source_channels = (uint32_t)bench_option(count, words, "--source-channels", 1);
  scene.block = (uint32_t)bench_option(count, words, "--block", 480);
  scene.pitch = bench_option(count, words, "--pitch", 1);
  scene.pitch_enabled = bench_option(count, words, "--pitch-enabled", 1) != 0;
  scene.spatial = bench_option(count, words, "--spatial", 0) != 0;
  scene.milliseconds = bench_option(count, words, "--milliseconds", 250);
  return scene;
}

/* [control] Processor time of this thread in nanoseconds: what other programs do on the machine is not in it. */
static inline uint64_t bench_processor_time(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* [control] Makes the samples of one shared buffer: a whole number of sine periods in each channel, so the loop has no
 * seam. The caller frees. */
static inline float *bench_samples_make(uint32_t buffer, const bench_scene *scene, uint32_t *frames) {
  *frames = scene->source_rate * BENCH_BUFFER_SECONDS;
  float *samples = malloc((size_t)*frames * scene->source_channels * sizeof(float));
  if (!samples) abort();
  const double hertz[BENCH_CHANNELS] = {100 + 37 * buffer, 110 + 41 * buffer};
  for (uint32_t channel = 0; channel < scene->source_channels; channel += 1) {
    const double step = 2 * 3.14159265358979323846 * hertz[channel] / scene->source_rate;
    for (uint32_t i = 0; i < *frames; i += 1)
      samples[i * scene->source_channels + channel] = (float)(BENCH_AMPLITUDE * sin(step * i));
  }
  return samples;
}

/* [any] The frame at which a voice begins. */
static inline uint32_t bench_position(uint32_t voice, uint32_t frames) {
  return (uint32_t)(((uint64_t)voice * BENCH_POSITION_STEP) % frames);
}

/* [any] For qsort. */
static int bench_compare(const void *a, const void *b) {
  const double left = *(const double *)a;
  const double right = *(const double *)b;
  return (left > right) - (left < right);
}

/* Renders frames of a contender; context is its own. */
typedef void (*bench_render)(void *context, float *out, uint32_t frames);

/* [control] Renders one second, of which the second half gives the loudness, then measures batches of about 10 ms and
 * prints one line of JSON. */
static inline void bench_measure(const bench_scene *scene, bench_render render, void *context) {
  enum { MAX_BATCHES = 4096 };
  static double batches[MAX_BATCHES];
  float *out = malloc((size_t)scene->block * BENCH_CHANNELS * sizeof(float));
  if (!out) abort();

  double squares = 0;
  const uint64_t warm_start = bench_processor_time();
  uint32_t warm_blocks = 0;
  for (uint32_t done = 0; done < BENCH_OUTPUT_RATE; done += scene->block, warm_blocks += 1) {
    render(context, out, scene->block);
    for (uint32_t i = 0; i < scene->block * BENCH_CHANNELS; i += 1) {
      const uint32_t frame = done + i / BENCH_CHANNELS;
      if (frame >= BENCH_OUTPUT_RATE / 2 && frame < BENCH_OUTPUT_RATE) squares += (double)out[i] * out[i];
    }
  }
  const double warm_block = (double)(bench_processor_time() - warm_start) / warm_blocks;
  uint32_t batch_blocks = (uint32_t)(10e6 / warm_block);
  if (batch_blocks == 0) batch_blocks = 1;

  uint32_t count = 0;
  double total = 0;
  while (count < MAX_BATCHES && (total < scene->milliseconds * 1e6 || count < 5)) {
    const uint64_t start = bench_processor_time();
    for (uint32_t block = 0; block < batch_blocks; block += 1) render(context, out, scene->block);
    const double spent = (double)(bench_processor_time() - start);
    total += spent;
    batches[count++] = spent / batch_blocks;
  }
  qsort(batches, count, sizeof(double), bench_compare);
  printf("{\"nanosecondsPerFrame\":%.6f,\"rms\":%.8f,\"batches\":%u}\n", batches[count / 2] / scene->block,
         sqrt(squares / BENCH_OUTPUT_RATE), count);
  free(out);
}

#endif
