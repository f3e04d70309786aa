/* What fuzz programs share: damaged bytes, and an input that is kept when it does harm. */
#ifndef MAE_TEST_FUZZ_H
#define MAE_TEST_FUZZ_H

#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

#include "harness.h"

/* An input may take so much time of the processor; the slowest real one takes a thousandth of it. */
enum { HANG_SECONDS = 20 };

typedef struct {
  uint8_t *bytes;
  size_t size;
} fuzz_input;

static const char *fuzz_failure_path; /* where an input that does harm is written to */
static fuzz_input fuzz_current;

void __sanitizer_set_death_callback(void (*callback)(void));

/* [any] */
static void fuzz_keep_input(void) {
  FILE *file = fopen(fuzz_failure_path, "wb");
  if (!file) return;
  fwrite(fuzz_current.bytes, 1, fuzz_current.size, file);
  fclose(file);
  printf("the input that did it: %s\n", fuzz_failure_path);
  fflush(stdout);
}

/* [any] */
static void fuzz_hangs(int number) {
  printf("an input takes longer than %d s\n", HANG_SECONDS);
  fuzz_keep_input();
  _exit(number);
}

/* [any] From here on whatever a sanitizer ends, or what does not end, leaves its input in a file. */
static inline void fuzz_watch(const char *failure_path) {
  fuzz_failure_path = failure_path;
  __sanitizer_set_death_callback(fuzz_keep_input);
  signal(SIGVTALRM, fuzz_hangs);
}

/* [any] The next input begins. */
static inline void fuzz_begin(fuzz_input input) {
  fuzz_current = input;
  setitimer(ITIMER_VIRTUAL, &(struct itimerval){.it_value = {.tv_sec = HANG_SECONDS}}, NULL);
}

/* [any] Checks what came of the present input; keeps it if it is not right. */
static inline void fuzz_check(bool right, const char *text) {
  if (!right) fuzz_keep_input();
  EXPECT(right, text);
}

/* [any] */
static inline fuzz_input fuzz_read(const char *path) {
  FILE *file = fopen(path, "rb");
  EXPECT(file, "an input that can be read");
  if (!file) return (fuzz_input){0};
  fseek(file, 0, SEEK_END);
  fuzz_input input = {.size = (size_t)ftell(file)};
  input.bytes = malloc(input.size + 1);
  rewind(file);
  EXPECT_EQUAL(fread(input.bytes, 1, input.size, file), input.size);
  fclose(file);
  return input;
}

/* [any] A number that programs stumble over, at any width and in either order of bytes. */
static inline void fuzz_put_number(uint64_t *seed, uint8_t *at, size_t room) {
  static const uint64_t numbers[] = {0,          1,          2,          3,          7,
                                     8,          9,          16,         255,        256,
                                     0x7FFF,     0x8000,     0xFFFF,     0x7FFFFFFF, 0x80000000,
                                     0xFFFFFFF0, 0xFFFFFFFF, 0x7FC00000, 0x7F800000, 0x7FFFFFFFFFFFFFFF,
                                     UINT64_MAX};
  uint64_t number = numbers[random_below(seed, sizeof numbers / sizeof *numbers)];
  size_t width = (size_t)1 << random_below(seed, 4);
  bool big = random_below(seed, 2) != 0;
  if (width > room) width = room;
  for (size_t i = 0; i < width; i += 1) at[i] = (uint8_t)(number >> 8 * (big ? width - 1 - i : i));
}

/* [any] Where to do damage: half of all are in the first 128 bytes, where files say what they hold. */
static inline size_t fuzz_offset(uint64_t *seed, size_t size) {
  size_t bound = random_below(seed, 2) && size > 128 ? 128 : size;
  return bound ? next_random(seed) % bound : 0;
}

/* [any] One random damage; `from` is another input, parts of which may be put in. `input` has room for `most` bytes. */
static inline void fuzz_damage(uint64_t *seed, fuzz_input *input, size_t most, fuzz_input from) {
  size_t at = fuzz_offset(seed, input->size), rest = input->size - at,
         length = 1 + random_below(seed, random_below(seed, 4) ? 16 : 2000);
  if (length > rest) length = rest;
  uint8_t *bytes = input->bytes;
  switch (input->size ? random_below(seed, 8) : 7) {
    case 0:
    case 1: bytes[at] ^= (uint8_t)(1u << random_below(seed, 8)); break;
    case 2: bytes[at] = (uint8_t)next_random(seed); break;
    case 3: fuzz_put_number(seed, bytes + at, rest); break;
    case 4: input->size = random_below(seed, 3) ? input->size - length : at; break;
    case 5:
      memmove(bytes + at, bytes + at + length, rest - length);
      input->size -= length;
      break;
    case 6:
      if (input->size + length > most) break;
      memmove(bytes + at + length, bytes + at, rest);
      input->size += length;
      break;
    default: {
      size_t begin = fuzz_offset(seed, from.size), part = 1 + random_below(seed, 2000);
      if (part > from.size - begin) part = from.size - begin;
      if (part > most - at) part = most - at;
      memcpy(bytes + at, from.bytes + begin, part);
      if (at + part > input->size) input->size = at + part;
    }
  }
}

#endif
