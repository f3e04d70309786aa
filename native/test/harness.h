/* A control side in C: enough of the wire to drive an engine without TypeScript. */
#ifndef MAE_TEST_HARNESS_H
#define MAE_TEST_HARNESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/shared.h"
#include "state/engine.h"
#include "state/slots.h"
#include "state/wire.h"

static int checks_passed, checks_failed;

/* [any] */
#define CHECK(condition) check((condition), #condition, __FILE__, __LINE__)
static inline void check(bool passed, const char *text, const char *file, int line) {
  if (passed) {
    checks_passed += 1;
    return;
  }
  checks_failed += 1;
  printf("%s:%d: not true: %s\n", file, line, text);
}

/* [any] The line that the test runner reads; the exit status of the program. */
static inline int report(void) {
  printf("%d passed, %d failed\n", checks_passed, checks_failed);
  return checks_failed ? 1 : 0;
}

typedef struct {
  uint8_t *wire;
  mae_engine *engine;
} bench_top;

typedef struct {
  uint32_t type, target, a, b;
} event;

/* [any] Repeatable numbers (splitmix64). */
static inline uint64_t next_random(uint64_t *state) {
  uint64_t z = (*state += 0x9E3779B97F4A7C15ull);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
  return z ^ (z >> 31);
}
static inline uint32_t random_below(uint64_t *state, uint32_t bound) { return (uint32_t)(next_random(state) % bound); }
static inline double random_between(uint64_t *state, double low, double high) {
  return low + (high - low) * (double)(next_random(state) >> 11) * 0x1p-53;
}

static inline uint32_t make_id(uint32_t kind, uint32_t generation, uint32_t slot) {
  return kind << MAE_WIRE_ID_KIND_SHIFT | generation << MAE_WIRE_ID_GENERATION_SHIFT | slot;
}

/* [control] */
static inline uint8_t *new_wire(void) {
  uint32_t *wire = aligned_alloc(64, (MAE_WIRE_TOTAL_BYTES + 63) / 64 * 64);
  memset(wire, 0, MAE_WIRE_TOTAL_BYTES);
  wire[MAE_WIRE_HEADER_MAGIC / 4] = MAE_WIRE_MAGIC;
  wire[MAE_WIRE_HEADER_VERSION / 4] = MAE_WIRE_VERSION;
  wire[MAE_WIRE_HEADER_BYTES / 4] = MAE_WIRE_TOTAL_BYTES;
  return (uint8_t *)wire;
}

/* [control] */
static inline bench_top open_engine(mae_engine_config config) {
  bench_top top = {.wire = new_wire()};
  CHECK(mae_engine_create(&config, top.wire, MAE_WIRE_TOTAL_BYTES, &top.engine) == MAE_OK);
  return top;
}

/* [control] */
static inline void close_engine(bench_top *top) {
  mae_engine_destroy(top->engine);
  free(top->wire);
}

/* [control] */
static inline void send(bench_top *top, mae_command command) {
  uint32_t *head = (uint32_t *)(top->wire + MAE_WIRE_COMMAND_HEAD);
  memcpy(top->wire + MAE_WIRE_COMMAND_OFFSET + (*head & (MAE_WIRE_COMMAND_CAPACITY - 1)) * MAE_WIRE_COMMAND_BYTES,
         &command, sizeof command);
  mae_shared_store(head, *head + 1);
}

/* [control] Reads one event; false where there is none. */
static inline bool next_event(bench_top *top, event *out) {
  uint32_t *tail = (uint32_t *)(top->wire + MAE_WIRE_EVENT_TAIL),
           head = mae_shared_load((uint32_t *)(top->wire + MAE_WIRE_EVENT_HEAD));
  if (*tail == head) return false;
  const uint32_t *record = (const uint32_t *)(top->wire + MAE_WIRE_EVENT_OFFSET +
                                              (*tail & (MAE_WIRE_EVENT_CAPACITY - 1)) * MAE_WIRE_EVENT_BYTES);
  *out = (event){record[0], record[1], record[4], record[5]};
  mae_shared_store(tail, *tail + 1);
  return true;
}

/* [control] Counts events of a type and reads all. */
static inline uint32_t count_events(bench_top *top, uint32_t type) {
  event e;
  uint32_t count = 0;
  while (next_event(top, &e)) count += e.type == type;
  return count;
}

#endif
