/* Damaged wav, flac and mp3 files through the decoder of whole files, the one of pieces, and what tells how long they
 * are: what comes is finite, ends, and is as long as was told. fuzz_decode <rounds> <seed> <file for an input that does
 * harm> <files...>; the files are tried as they are first. Built with MA_DR_FLAC_NO_CRC, damage in flac files gets past
 * their checksums; miniaudio seeks in another way then, which nobody uses, so pieces are read in order. */
#define _GNU_SOURCE
#include <math.h>

#include "fuzz.h"

enum { MOST_BYTES = 1 << 17, MOST_FRAMES = 9000 };
/* How often a file is tried as it is, each time with other seeks. */
enum { WHOLE_TRIES = 20 };

static uint32_t decoded, refused;

/* [any] */
static bool all_finite(const float *samples, uint64_t count) {
  for (uint64_t i = 0; i < count; i += 1)
    if (!isfinite(samples[i])) return false;
  return true;
}

/* A file that may stop giving bytes. */
typedef struct {
  fuzz_input input;
  uint32_t reads_left;
} reader_state;

/* [worker] */
static size_t read_bytes(void *user, uint64_t offset, void *bytes, size_t size) {
  reader_state *state = user;
  if (state->reads_left == 0 || offset >= state->input.size) return 0;
  state->reads_left -= 1;
  if (size > state->input.size - offset) size = state->input.size - (size_t)offset;
  memcpy(bytes, state->input.bytes + offset, size);
  return size;
}

/* [worker] True if the header tells what decoding gave. */
static bool is_told(fuzz_input input, const mae_sound_info *decoded) {
  reader_state state = {input, UINT32_MAX};
  const mae_reader reader = {read_bytes, &state, input.size};
  mae_sound_info told;
  return mae_inspect(&reader, &told) == MAE_OK && told.container == decoded->container &&
         told.codec == decoded->codec && told.bits == decoded->bits && told.channels == decoded->channels &&
         told.sample_rate == decoded->sample_rate && told.frames == decoded->frames;
}

/* [worker] */
static void decode_whole(fuzz_input input) {
  mae_pcm pcm;
  mae_result result = mae_decode(input.bytes, input.size, &pcm);
  if (result == MAE_OK) {
    const mae_sound_info *info = &pcm.info;
    fuzz_check(info->channels >= 1 && info->channels <= MAE_MAX_CHANNELS && info->sample_rate >= 1000 &&
                   info->sample_rate <= 768000,
               "the shape of what was decoded");
    fuzz_check(all_finite(pcm.samples, info->frames * info->channels), "what was decoded is finite");
    fuzz_check(is_told(input, info), "what was told is what was decoded");
  } else {
    fuzz_check(pcm.samples == NULL && (result == MAE_DECODE || result == MAE_TOO_LARGE || result == MAE_OUT_OF_MEMORY),
               "how it was refused");
  }
  mae_pcm_free(&pcm);
  decoded += result == MAE_OK;
  refused += result != MAE_OK;
}

/* [worker] Where a stream reads next. */
static uint64_t next_frame(uint64_t *seed, uint64_t frame, uint64_t frames) {
#ifdef MA_DR_FLAC_NO_CRC
  return frame < frames ? frame : frames;
#else
  return frames && random_below(seed, 3) ? next_random(seed) % frames : frame < frames ? frame : 0;
#endif
}

/* [worker] As a stream does, with or without seeks. */
static void decode_pieces(fuzz_input input, uint64_t *seed) {
  static float samples[MOST_FRAMES * MAE_MAX_CHANNELS];
  reader_state state = {input, random_below(seed, 5) ? UINT32_MAX : random_below(seed, 20)};
  mae_reader reader = {read_bytes, &state, input.size};
  mae_decoder *decoder;
  mae_sound_info info;
  mae_result result = mae_decoder_open(&reader, &decoder, &info);
  fuzz_check((result == MAE_OK) == (decoder != NULL), "a decoder comes with success only");
  uint64_t frame = 0;
  for (int i = 0; result == MAE_OK && i < 4; i += 1) {
    frame = next_frame(seed, frame, info.frames);
    uint32_t count = 1 + random_below(seed, MOST_FRAMES);
    if (count > info.frames - frame) count = (uint32_t)(info.frames - frame);
    if (mae_decoder_read(decoder, frame, count, samples) == MAE_OK)
      fuzz_check(all_finite(samples, (uint64_t)count * info.channels), "a piece is finite");
    frame += count;
  }
  mae_decoder_close(decoder);
}

/* [worker] The bytes lie in memory of exactly their size, so that a read beyond them is seen. */
static void try_input(fuzz_input input, uint64_t *seed) {
  fuzz_input exact = {malloc(input.size ? input.size : 1), input.size};
  memcpy(exact.bytes, input.bytes, input.size);
  fuzz_begin(exact);
  decode_whole(exact);
  decode_pieces(exact, seed);
  fuzz_current = (fuzz_input){0};
  free(exact.bytes);
}

int main(int count, char **words) {
  int rounds = atoi(words[1]), files = count - 4;
  uint64_t seed = (uint64_t)atoll(words[2]);
  fuzz_watch(words[3]);
  fuzz_input *inputs = calloc((size_t)files, sizeof *inputs);
  for (int f = 0; f < files; f += 1) {
    inputs[f] = fuzz_read(words[4 + f]);
    EXPECT(inputs[f].size <= MOST_BYTES, "an input that is not too large");
    for (int i = 0; i < WHOLE_TRIES; i += 1) try_input(inputs[f], &seed);
  }
  fuzz_input input = {malloc(MOST_BYTES), 0};
  for (int round = 0; round < rounds; round += 1) {
    fuzz_input from = inputs[random_below(&seed, (uint32_t)files)];
    input.size = from.size;
    memcpy(input.bytes, from.bytes, from.size);
    for (uint32_t damages = 1 + random_below(&seed, 6); damages > 0; damages -= 1)
      fuzz_damage(&seed, &input, MOST_BYTES, inputs[random_below(&seed, (uint32_t)files)]);
    try_input(input, &seed);
  }
  for (int f = 0; f < files; f += 1) free(inputs[f].bytes);
  free(inputs);
  free(input.bytes);
  printf("%u decoded, %u refused\n", decoded, refused);
  return report();
}
