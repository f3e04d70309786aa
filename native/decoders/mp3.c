/* An mp3 that is decoded from anywhere, frame by frame. miniaudio's own reader decodes all that lies before, and counts
 * the encoder's delay as sound while seeking. */
#include <stdlib.h>
#include <string.h>

#include "base/upstream_mp3.h"
#include "decoders/file_kind.h"
#include "decoders/mp3_frame.h"

/* Every so many frames the index keeps where one begins. */
#define INDEX_STEP 64u
/* A frame may use bits of the ones before it, as far back as so many bytes. */
#define RESERVOIR_BYTES 511u
/* The overlap of the transform and the history of the filter bank reach back two frames. */
#define FILTER_FRAMES 2u
/* How much an mp3 may be shorter than its header says, one long frame: encoders count their own header frame or not. */
#define SLACK_BYTES 1500u

typedef struct {
  mae_bytes *bytes;
  mae_mp3_frame first;  /* what all frames have in common */
  uint64_t sure_frames; /* those behind it were only counted by the header, and may not be there */
  uint32_t delay;       /* frames of sound before the first that is heard */
  uint64_t *index;      /* where frames 0, 64, 128... begin */
  uint32_t index_count, index_capacity;
  uint64_t known_frame, known_at; /* the frame after the last that was looked at, and where it begins */
  uint64_t next_frame, next_at;   /* the frame that the decoder takes next */
  uint64_t decoded_frame;         /* the one in `pcm` */
  bool has_decoded;
  void *decoder;
  int16_t pcm[1152 * 2];
} mp3_file;

/* [worker] Notes where the next frame begins. */
static bool note(mp3_file *mp3) {
  if (mp3->known_frame % INDEX_STEP != 0 || mp3->known_frame / INDEX_STEP != mp3->index_count) return true;
  if (mp3->index_count == mp3->index_capacity) {
    const uint32_t capacity = mp3->index_capacity == 0 ? 64 : mp3->index_capacity * 2;
    uint64_t *larger = realloc(mp3->index, capacity * sizeof *larger);
    if (!larger) return false;
    mp3->index = larger;
    mp3->index_capacity = capacity;
  }
  mp3->index[mp3->index_count++] = mp3->known_at;
  return true;
}

/* [worker] The frame at or, after damage, behind `*at`; false at the end of the sound. */
static bool frame_behind(const mp3_file *mp3, uint64_t *at, mae_mp3_frame *frame) {
  if (mae_mp3_frame_at(mp3->bytes, *at, frame) && frame->identity == mp3->first.identity &&
      *at + frame->bytes <= mp3->bytes->size)
    return true;
  *at = mae_mp3_find(mp3->bytes, *at, frame);
  return *at < mp3->bytes->size && frame->identity == mp3->first.identity;
}

/* [worker] Looks at headers up to a frame. Returns false where the sound ends before it. */
static bool look_to(mp3_file *mp3, uint64_t target) {
  mae_mp3_frame frame;
  while (mp3->known_frame < target) {
    uint64_t at = mp3->known_at;
    if (!frame_behind(mp3, &at, &frame)) return false;
    mp3->known_at = at + frame.bytes;
    mp3->known_frame += 1;
    if (!note(mp3)) return false;
  }
  return true;
}

/* [worker] The byte at which a frame begins. Returns false where there is none. */
static bool find_offset(mp3_file *mp3, uint64_t target, uint64_t *at) {
  if (!look_to(mp3, target)) return false;
  uint64_t frame = target / INDEX_STEP * INDEX_STEP;
  *at = mp3->index[target / INDEX_STEP];
  for (mae_mp3_frame header; frame < target; frame += 1) {
    if (!frame_behind(mp3, at, &header)) return false;
    *at += header.bytes;
  }
  return true;
}

/* [worker] Decodes the next frame into `pcm`. Returns false where there is none. A frame that cannot be decoded is
 * silence, so that what follows is not moved. */
static bool decode_next(mp3_file *mp3) {
  mae_mp3_frame frame;
  if (!frame_behind(mp3, &mp3->next_at, &frame)) return false;
  const uint8_t *data = mae_bytes_at(mp3->bytes, mp3->next_at, frame.bytes);
  if (!data) return false;
  uint32_t channels;
  const uint32_t samples = mae_upstream_mp3_frame(mp3->decoder, data, frame.bytes, mp3->pcm, &channels);
  if (samples != mp3->first.samples || channels != mp3->first.channels) memset(mp3->pcm, 0, sizeof mp3->pcm);
  mp3->decoded_frame = mp3->next_frame;
  mp3->has_decoded = true;
  mp3->next_at += frame.bytes;
  mp3->next_frame += 1;
  if (mp3->next_frame == mp3->known_frame + 1) {
    mp3->known_frame = mp3->next_frame;
    mp3->known_at = mp3->next_at;
    return note(mp3);
  }
  return true;
}

/* [worker] How many frames before `target` the decoder must have seen. */
static uint64_t warm_up(mp3_file *mp3, uint64_t target) {
  uint64_t frames = 0, payload = 0;
  while (frames < target && payload < RESERVOIR_BYTES && frames < 2 * INDEX_STEP) {
    uint64_t at;
    mae_mp3_frame frame;
    frames += 1;
    if (!find_offset(mp3, target - frames, &at) || !mae_mp3_frame_at(mp3->bytes, at, &frame)) break;
    const uint32_t overhead = 4 + frame.side_bytes;
    payload += frame.bytes > overhead ? frame.bytes - overhead : 0;
  }
  frames += FILTER_FRAMES;
  return frames < target ? frames : target;
}

/* [worker] Brings frame `target` into `pcm`. */
static mae_result bring(mp3_file *mp3, uint64_t target) {
  if (mp3->has_decoded && mp3->decoded_frame == target) return MAE_OK;
  if (target != mp3->next_frame) {
    if (!look_to(mp3, target)) return MAE_DECODE;
    mp3->next_frame = target - warm_up(mp3, target);
    if (!find_offset(mp3, mp3->next_frame, &mp3->next_at)) return MAE_DECODE;
    mae_upstream_mp3_init(mp3->decoder);
  }
  while (mp3->next_frame <= target)
    if (!decode_next(mp3)) return MAE_DECODE;
  return MAE_OK;
}

/* [worker] Where the first frame begins; the file's size where there is none. */
static uint64_t find_first(mae_bytes *bytes, mae_mp3_frame *frame) {
  return mae_mp3_find(bytes, mae_bytes_behind_id3(bytes), frame);
}

/* [worker] Two frames that fit together are asked for, because miniaudio's decoder would find "frames" in any noise. */
static bool recognise(mae_bytes *bytes) {
  mae_mp3_frame frame;
  return find_first(bytes, &frame) < bytes->size;
}

/* [worker] */
static void close_file(void *opened) {
  mp3_file *mp3 = opened;
  free(mp3->decoder);
  free(mp3->index);
  free(mp3);
}

/* [worker] Reads the header frame, or counts the frames of a file that has none. Gives how long the sound is. */
static mae_result measure(mp3_file *mp3, uint64_t *length) {
  mae_bytes *bytes = mp3->bytes;
  uint64_t begin = find_first(bytes, &mp3->first), frames = 0, cut = 0;
  if (begin >= bytes->size) return MAE_DECODE;
  mae_mp3_info info;
  if (mae_mp3_info_at(bytes, begin, &mp3->first, &info)) {
    if (info.bytes > bytes->size - begin + SLACK_BYTES) return MAE_DECODE;
    begin += mp3->first.bytes;
    mp3->delay = info.delay;
    frames = info.frames;
    cut = (uint64_t)info.delay + info.padding;
  }
  mp3->known_at = mp3->next_at = begin;
  if (begin >= bytes->size) return MAE_DECODE;
  if (!note(mp3)) return MAE_OUT_OF_MEMORY;
  if (frames == 0) {
    look_to(mp3, UINT64_MAX);
    frames = mp3->sure_frames = mp3->known_frame;
  } else {
    const uint64_t unsure = 1 + SLACK_BYTES / mp3->first.bytes;
    mp3->sure_frames = frames > unsure ? frames - unsure : 0;
  }
  const uint64_t all = frames * mp3->first.samples;
  *length = all > cut ? all - cut : 0;
  return MAE_OK;
}

/* [worker] */
static mae_result open_file(mae_bytes *bytes, void **opened, mae_sound_info *info) {
  mp3_file *mp3 = calloc(1, sizeof *mp3);
  if (!mp3) return MAE_OUT_OF_MEMORY;
  mp3->bytes = bytes;
  mp3->decoder = malloc(mae_upstream_mp3_bytes());
  const mae_result result = mp3->decoder ? measure(mp3, &info->frames) : MAE_OUT_OF_MEMORY;
  if (result != MAE_OK) {
    close_file(mp3);
    return result;
  }
  mae_upstream_mp3_init(mp3->decoder);
  info->container = mae_container_mp3;
  info->codec = mae_codec_mp3;
  info->channels = mp3->first.channels;
  info->sample_rate = mp3->first.sample_rate;
  *opened = mp3;
  return MAE_OK;
}

/* [worker] Brings frame `target` into `pcm`: silence where the header counted more frames than there are. */
static mae_result bring_or_silence(mp3_file *mp3, uint64_t target) {
  const mae_result result = bring(mp3, target);
  if (result == MAE_OK) return MAE_OK;
  mp3->next_frame = UINT64_MAX; /* where it stands is not known: the next read looks for it */
  mp3->has_decoded = false;
  if (target < mp3->sure_frames) return result;
  memset(mp3->pcm, 0, sizeof mp3->pcm);
  return MAE_OK;
}

/* [worker] */
static mae_result read_frames(void *opened, uint64_t frame, uint32_t count, float *samples) {
  mp3_file *mp3 = opened;
  const uint32_t channels = mp3->first.channels, length = mp3->first.samples;
  while (count > 0) {
    const uint64_t position = frame + mp3->delay;
    const uint32_t offset = (uint32_t)(position % length), take = length - offset < count ? length - offset : count;
    const mae_result result = bring_or_silence(mp3, position / length);
    if (result != MAE_OK) return result;
    for (size_t i = 0; i < (size_t)take * channels; i += 1)
      samples[i] = (float)mp3->pcm[(size_t)offset * channels + i] * (1.0f / 32768.0f);
    samples += (size_t)take * channels;
    frame += take;
    count -= take;
  }
  return MAE_OK;
}

const mae_file_kind mae_mp3_files = {recognise, open_file, read_frames, close_file};
