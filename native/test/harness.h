/* A control side in C: enough of the wire to drive an engine without TypeScript; and what tests say of what they find.
 */
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

static const char *test_sentence = "";
static int checks_passed, checks_failed;

/* [any] Runs a test, which is named by the sentence that must hold. */
static inline void run_test(const char *sentence, void (*test)(void)) {
  test_sentence = sentence;
  test();
  test_sentence = "";
}

/* [any] */
static inline void count_check(bool passed) {
  if (passed) checks_passed += 1;
  else checks_failed += 1;
}

/* [any] A condition, and what it means in words. */
#define EXPECT(condition, ...) expect_that((condition), #condition, __FILE__, __LINE__, __VA_ARGS__)
static inline void expect_that(bool passed, const char *condition, const char *file, int line, const char *meaning) {
  count_check(passed);
  if (passed) return;
  printf("%s:%d: %s: expected %s, but this is false: %s\n", file, line, test_sentence, meaning, condition);
}

/* [any] Two whole numbers that must be the same. */
#define EXPECT_EQUAL(actual, expected)                                                                                 \
  expect_equal((int64_t)(actual), (int64_t)(expected), #actual, #expected, __FILE__, __LINE__)
static inline void expect_equal(int64_t actual, int64_t expected, const char *what, const char *wanted,
                                const char *file, int line) {
  count_check(actual == expected);
  if (actual == expected) return;
  printf("%s:%d: %s: expected %s to be %s (%lld), but it is %lld\n", file, line, test_sentence, what, wanted,
         (long long)expected, (long long)actual);
}

/* [any] A call that must succeed for the test to make sense. */
#define EXPECT_OK(call) EXPECT_EQUAL(call, MAE_OK)

/* [any] A number that must lie below a bound. */
#define EXPECT_BELOW(actual, bound) expect_below((actual), (bound), #actual, __FILE__, __LINE__)
static inline void expect_below(double actual, double bound, const char *what, const char *file, int line) {
  count_check(actual < bound);
  if (actual < bound) return;
  printf("%s:%d: %s: expected %s below %g, but it is %g\n", file, line, test_sentence, what, bound, actual);
}

/* [any] A number that must lie above a bound. */
#define EXPECT_ABOVE(actual, bound) expect_above((actual), (bound), #actual, __FILE__, __LINE__)
static inline void expect_above(double actual, double bound, const char *what, const char *file, int line) {
  count_check(actual > bound);
  if (actual > bound) return;
  printf("%s:%d: %s: expected %s above %g, but it is %g\n", file, line, test_sentence, what, bound, actual);
}

/* [any] The line that the test runner reads; the exit status of the program. */
static inline int report(void) {
  printf("%d passed, %d failed\n", checks_passed, checks_failed);
  return checks_failed ? 1 : 0;
}

/* An engine and its wire. */
typedef struct {
  uint8_t *wire;
  mae_engine *engine;
} fixture;

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

/* [any] */
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
static inline fixture open_engine(mae_engine_config config) {
  fixture made = {.wire = new_wire()};
  EXPECT_OK(mae_engine_create(&config, made.wire, MAE_WIRE_TOTAL_BYTES, &made.engine));
  return made;
}

/* [control] */
static inline void close_engine(fixture *fixture) {
  mae_engine_destroy(fixture->engine);
  free(fixture->wire);
}

/* [any] A number on the wire, by its offset. */
static inline uint32_t *wire_word(fixture *fixture, uint32_t offset) {
  return (uint32_t *)(void *)(fixture->wire + offset);
}

/* [control] Commands that were sent and not yet taken. */
static inline uint32_t commands_waiting(fixture *fixture) {
  return *wire_word(fixture, MAE_WIRE_COMMAND_HEAD) - mae_shared_load(wire_word(fixture, MAE_WIRE_COMMAND_TAIL));
}

/* [control] */
static inline void send(fixture *fixture, mae_command command) {
  uint32_t *head = wire_word(fixture, MAE_WIRE_COMMAND_HEAD), index = *head & (MAE_WIRE_COMMAND_CAPACITY - 1);
  memcpy(fixture->wire + MAE_WIRE_COMMAND_OFFSET + index * MAE_WIRE_COMMAND_BYTES, &command, sizeof command);
  mae_shared_store(head, *head + 1);
}

/* [control] Reads one event; false where there is none. */
static inline bool next_event(fixture *fixture, event *out) {
  uint32_t *tail = wire_word(fixture, MAE_WIRE_EVENT_TAIL), index = *tail & (MAE_WIRE_EVENT_CAPACITY - 1);
  if (*tail == mae_shared_load(wire_word(fixture, MAE_WIRE_EVENT_HEAD))) return false;
  const uint32_t *record = wire_word(fixture, MAE_WIRE_EVENT_OFFSET + index * MAE_WIRE_EVENT_BYTES);
  *out = (event){.type = record[MAE_WIRE_EVENT_TYPE / 4],
                 .target = record[MAE_WIRE_EVENT_TARGET / 4],
                 .a = record[MAE_WIRE_EVENT_A / 4],
                 .b = record[MAE_WIRE_EVENT_B / 4]};
  mae_shared_store(tail, *tail + 1);
  return true;
}

/* [control] Counts events of a type and reads all. */
static inline uint32_t count_events(fixture *fixture, uint32_t type) {
  event e;
  uint32_t count = 0;
  while (next_event(fixture, &e)) count += e.type == type;
  return count;
}

#endif
