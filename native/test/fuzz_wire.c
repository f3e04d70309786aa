/* Records of every kind straight into the wire: real operations, real ones with damage, nonsense. What is rendered is
 * finite, and nothing hangs. fuzz_wire <records> <seed> <file for an input that does harm> [files...]; an input is a
 * session: records, of which some say "render" or "read events". */
#define _GNU_SOURCE
#include <math.h>

#include "fuzz.h"
#include "scene.h"

enum {
  SESSION = 2000,
  MOST_FRAMES = 3000,
  /* Ops of the session only, which no engine knows. */
  RENDER = 0xFE,
  READ_EVENTS = 0xFD
};

/* How often each slot's node has retired. */
static uint32_t generations[NODES + 1];

/* [any] One record of a session. */
static mae_command random_record(uint64_t *seed, double now) {
  mae_command c = random_command(seed, random_below(seed, 2) ? 0 : now + random_below(seed, 3000));
  uint8_t *bytes = (uint8_t *)&c;
  for (uint32_t flips = random_below(seed, 4); flips > 0; flips -= 1)
    bytes[random_below(seed, sizeof c)] ^= (uint8_t)(1u << random_below(seed, 8));
  if (random_below(seed, 4) == 0) fuzz_put_number(seed, bytes + 8 * random_below(seed, 4), 8);
  switch (random_below(seed, 40)) {
    case 0:
    case 1:
    case 2:
      for (size_t b = 0; b < sizeof c; b += 1) bytes[b] = (uint8_t)next_random(seed);
      break;
    case 3: c.op = MAE_OP_SOUND_DESTROY; break;
    case 4:
      c = (mae_command){.op = MAE_OP_BUFFER_DESTROY,
                        .target = make_id(MAE_WIRE_KIND_BUFFER, 1, random_below(seed, BUFFERS + STREAMS))};
      break;
    case 5:
    case 6:
    case 7:
    case 8:
      c = (mae_command){.op = MAE_OP_SOUND_CREATE,
                        .target = sound_id(random_below(seed, SOUNDS)),
                        .a.words = {make_id(MAE_WIRE_KIND_BUFFER, 1, random_below(seed, BUFFERS + STREAMS)),
                                    node_id(random_below(seed, NODES + 1))},
                        .b.words = {(uint32_t)next_random(seed), 0}};
      break;
    case 9:
    case 10:
      c = (mae_command){.op = MAE_OP_NODE_CREATE,
                        .target = node_id(1 + random_below(seed, NODES)),
                        .a.words = {0, node_id(random_below(seed, NODES + 1))}};
      break;
    default: break;
  }
  return c;
}

/* [any] A session is its records, the first of which says how the engine is made. */
static void make_session(uint64_t seed, mae_command *records) {
  for (size_t b = 0; b < sizeof *records; b += 1) ((uint8_t *)records)[b] = (uint8_t)next_random(&seed);
  double now = 0;
  for (int r = 1; r < SESSION; r += 1) {
    records[r] = random_record(&seed, now);
    if (random_below(&seed, 20) == 0) {
      uint32_t frames = random_below(&seed, 10) ? random_below(&seed, 400) : random_below(&seed, MOST_FRAMES);
      records[r] = (mae_command){.op = RENDER, .target = frames};
      now += frames;
    } else if (random_below(&seed, 60) == 0) {
      records[r] = (mae_command){.op = READ_EVENTS};
    }
  }
}

/* [control] Gives back what retired and prepares it again, as TypeScript does. */
static void read_events(fixture *top) {
  event e;
  while (next_event(top, &e)) {
    if (e.type != MAE_EVENT_RETIRED) continue;
    if (mae_id_kind(e.target) == MAE_WIRE_KIND_BUFFER && mae_id_slot(e.target) < BUFFERS)
      prepare_buffer(top, mae_id_slot(e.target));
    if (mae_id_kind(e.target) != MAE_WIRE_KIND_NODE) continue;
    uint32_t slot = mae_id_slot(e.target);
    if (slot > NODES) continue;
    mae_engine_release_node(top->engine, e.target);
    if (slot > GROUPS)
      mae_engine_prepare_effect(top->engine, node_id(slot), 1 + (slot + generations[slot]) % (MAE_EFFECT_COUNT - 1), 0);
    generations[slot] += 1;
  }
}

/* [control] */
static void play(const mae_command *records, size_t count) {
  static const uint32_t rates[] = {8000, 44100, 48000, 192000}, smoothings[] = {0, 1, 480, 20000},
                        voices[] = {1, 5, 30, 1024};
  static float out[MOST_FRAMES * MAE_MAX_CHANNELS];
  uint8_t *choice = (uint8_t *)&records[0];
  fixture top = open_engine((mae_engine_config){.sample_rate = rates[choice[0] & 3],
                                                .channels = 1 + choice[1] % MAE_MAX_CHANNELS,
                                                .smoothing_frames = smoothings[choice[2] & 3],
                                                .max_voices = voices[choice[3] & 3]});
  memset(generations, 0, sizeof generations);
  prepare(&top);
  prepare_streams(&top);
  uint64_t seed = choice[4];
  build(&top, &seed);
  bool finite = true;
  for (size_t r = 1; r < count; r += 1) {
    if (records[r].op == READ_EVENTS) read_events(&top);
    else if (records[r].op != RENDER) send(&top, records[r]);
    else {
      uint32_t frames = records[r].target % MOST_FRAMES;
      feed(&seed);
      if (random_below(&seed, 4) == 0)
        ((uint8_t *)stream_memory[random_below(&seed, STREAMS)])[random_below(&seed, MAE_WIRE_STREAM_HEADER_BYTES)] ^=
            (uint8_t)(1u << random_below(&seed, 8));
      mae_engine_render(top.engine, out, frames);
      for (uint32_t i = 0; i < frames * top.engine->config.channels; i += 1) finite = finite && isfinite(out[i]);
    }
  }
  mae_engine_drain(top.engine);
  fuzz_check(finite, "what was rendered is finite");
  close_engine(&top);
}

/* [control] */
static void try_session(fuzz_input session) {
  fuzz_begin(session);
  play((const mae_command *)session.bytes, session.size / sizeof(mae_command));
}

int main(int count, char **words) {
  long records = atol(words[1]), seed = atol(words[2]);
  fuzz_watch(words[3]);
  fill_samples();
  for (int f = 4; f < count; f += 1) {
    fuzz_input session = fuzz_read(words[f]);
    try_session(session);
    free(session.bytes);
  }
  static mae_command session[SESSION];
  for (long done = 0; done < records; done += SESSION) {
    make_session((uint64_t)(seed * 1000003 + done), session);
    try_session((fuzz_input){(uint8_t *)session, sizeof session});
  }
  return report();
}
