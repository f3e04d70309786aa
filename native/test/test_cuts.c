/* Random operations (effects among them) at random frames give the same bits however the time is cut into blocks.
 * test_cuts [scenes] */
#include <math.h>

#include "scene.h"

enum { FRAMES = 48000, FEED = 700, OPERATIONS = 300, SAMPLES = FRAMES * MAE_MAX_CHANNELS };

/* How a scene is rendered. */
typedef struct {
  uint32_t block; /* frames of a block, 0: random lengths */
  bool scheduled; /* all operations are sent at the beginning, to wait for their frames */
} cut;

/* A rendering under way. */
typedef struct {
  fixture top;
  cut cut;
  uint32_t at;          /* frames rendered */
  uint64_t cuts, feeds; /* seeds: of the lengths of blocks, and of what the producers of streams do */
  float *out;
} rendering;

/* [control] Renders up to a frame, with the producers' moments in between. */
static void render_to(rendering *self, uint32_t end) {
  const uint32_t channels = self->top.engine->config.channels;
  while (self->at < end) {
    if (self->at % FEED == 0) feed(&self->feeds);
    uint32_t next = (self->at / FEED + 1) * FEED;
    uint32_t count = self->cut.block ? self->cut.block : 1 + random_below(&self->cuts, 700);
    if (next > end) next = end;
    if (count > next - self->at) count = next - self->at;
    mae_engine_render(self->top.engine, self->out + (size_t)self->at * channels, count);
    self->at += count;
  }
}

/* [control] */
static void render_scene(uint32_t scene, cut cut, float *out) {
  mae_engine_config config = mae_engine_config_init();
  config.channels = scene % 5 == 4 ? 6 : scene % 5 == 3 ? 1 : 2;
  rendering self = {.top = open_engine(config),
                    .cut = cut,
                    .cuts = scene * 13ull + cut.block,
                    .feeds = scene * 31ull + 7,
                    .out = out};
  memset(out, 0, SAMPLES * sizeof *out);
  prepare(&self.top);
  prepare_streams(&self.top);
  uint64_t seed = scene * 77ull + 5;
  build(&self.top, &seed);
  for (uint32_t i = 0; i < OPERATIONS; i += 1) {
    const uint32_t frame = FRAMES / OPERATIONS * i + random_below(&seed, FRAMES / OPERATIONS);
    if (!cut.scheduled) render_to(&self, frame);
    send(&self.top, random_command(&seed, cut.scheduled ? frame : 0));
  }
  render_to(&self, FRAMES);
  close_engine(&self.top);
}

/* [any] */
static void expect_sound(const float *samples) {
  double energy = 0;
  bool finite = true;
  for (uint32_t i = 0; i < SAMPLES; i += 1) {
    energy += (double)samples[i] * samples[i];
    finite = finite && isfinite(samples[i]);
  }
  EXPECT_ABOVE(energy, 1);
  EXPECT(finite, "finite samples");
}

/* [any] */
static void expect_same_bits(const float *got, const float *expected, uint32_t scene, cut cut) {
  uint32_t first = 0;
  while (first < SAMPLES && memcmp(&got[first], &expected[first], sizeof *got) == 0) first += 1;
  if (first < SAMPLES)
    printf("scene %u in blocks of %u, %s: sample %u is %a, expected %a\n", scene, cut.block,
           cut.scheduled ? "scheduled" : "sent at their frames", first, got[first], expected[first]);
  EXPECT(first == SAMPLES, "the bits of one block");
}

static uint32_t scenes = 30;

static void any_cut(void) {
  static const uint32_t blocks[] = {1, 64, 127, 480, 4096, 0};
  static float expected[SAMPLES], got[SAMPLES];
  for (uint32_t scene = 0; scene < scenes; scene += 1) {
    render_scene(scene, (cut){.block = FRAMES, .scheduled = true}, expected);
    expect_sound(expected);
    for (size_t b = 0; b < sizeof blocks / sizeof *blocks; b += 1)
      for (uint32_t scheduled = 0; scheduled < 2; scheduled += 1) {
        const cut cut = {.block = blocks[b], .scheduled = scheduled == 1};
        render_scene(scene, cut, got);
        expect_same_bits(got, expected, scene, cut);
      }
  }
}

int main(int count, char **words) {
  if (count > 1) scenes = (uint32_t)atoi(words[1]);
  fill_samples();
  run_test("a scene has the same bits for any cut of time", any_cut);
  return report();
}
