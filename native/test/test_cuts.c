/* Random operations (effects among them) at random frames give the same bits however the time is cut into blocks. */
#include <math.h>

#include "scene.h"

enum { FRAMES = 48000, FEED = 700 };

/* [control] Renders up to a frame, cut, with the producers' moments in between. */
static void render_to(bench_top *top, uint32_t *at, uint32_t end, uint32_t cut, uint64_t *cuts, uint64_t *feeds,
                      float *out) {
  while (*at < end) {
    if (*at % FEED == 0) feed(feeds);
    uint32_t next = (*at / FEED + 1) * FEED, count = cut ? cut : 1 + random_below(cuts, 700);
    if (next > end) next = end;
    if (count > next - *at) count = next - *at;
    mae_engine_render(top->engine, out + (size_t)*at * top->engine->config.channels, count);
    *at += count;
  }
}

/* [control] Renders a scene; `cut` 0 means blocks of random length. */
static void render_scene(uint64_t scene, uint32_t cut, bool scheduled, float *out) {
  mae_engine_config config = mae_engine_config_init();
  config.channels = scene % 5 == 4 ? 6 : scene % 5 == 3 ? 1 : 2;
  bench_top top = open_engine(config);
  prepare(&top);
  prepare_streams(&top);
  uint64_t seed = scene * 77 + 5, cuts = scene * 13 + cut;
  build(&top, &seed);
  uint32_t at = 0, operations = 300;
  uint64_t feeds = scene * 31 + 7;
  for (uint32_t i = 0; i < operations; i += 1) {
    uint32_t frame = (uint32_t)((uint64_t)FRAMES * i / operations) + random_below(&seed, FRAMES / operations);
    if (scheduled) {
      send(&top, random_command(&seed, frame));
      continue;
    }
    render_to(&top, &at, frame, cut, &cuts, &feeds, out);
    send(&top, random_command(&seed, 0));
  }
  render_to(&top, &at, FRAMES, cut, &cuts, &feeds, out);
  close_engine(&top);
}

static void same_bits_for_any_cut(int scenes) {
  static const uint32_t cuts[] = {1, 64, 127, 480, 4096, 0};
  static float expected[FRAMES * 8], got[FRAMES * 8];
  for (int scene = 0; scene < scenes; scene += 1) {
    memset(expected, 0, sizeof expected);
    render_scene((uint64_t)scene, FRAMES, true, expected);
    double energy = 0;
    bool finite = true;
    for (int i = 0; i < FRAMES * 8; i += 1) {
      energy += (double)expected[i] * expected[i];
      finite = finite && isfinite(expected[i]);
    }
    CHECK(energy > 1 && finite);
    for (size_t c = 0; c < sizeof cuts / sizeof *cuts; c += 1)
      for (int scheduled = 0; scheduled < 2; scheduled += 1) {
        memset(got, 0, sizeof got);
        render_scene((uint64_t)scene, cuts[c], scheduled != 0, got);
        size_t first = 0;
        while (first < FRAMES * 8 && memcmp(&got[first], &expected[first], sizeof(float)) == 0) first += 1;
        if (first < FRAMES * 8)
          printf("scene %d cut %u scheduled %d differs first at sample %zu: %a, expected %a\n", scene, cuts[c],
                 scheduled, first, got[first], expected[first]);
        CHECK(first == FRAMES * 8);
      }
  }
}

int main(int count, char **words) {
  fill_samples();
  same_bits_for_any_cut(count > 1 ? atoi(words[1]) : 30);
  return report();
}
