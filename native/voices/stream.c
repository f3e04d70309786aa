#include "voices/stream.h"

#include <stdatomic.h>
#include <string.h>

#include "base/shared.h"
#include "voices/samples.h"
#include "voices/source.h"
#include "voices/span.h"

/* Further than any ring is ever played. */
static const uint64_t ENDLESS = 1ull << 62;

/* [any] A field of a stream's header; who may write it stands in mae_wire.def. */
static uint32_t *word(const mae_stream *stream, uint32_t offset) {
  return (uint32_t *)(void *)(stream->header + offset);
}
static double *number(const mae_stream *stream, uint32_t offset) { return (double *)(void *)(stream->header + offset); }

bool mae_stream_open(mae_voice *voice) {
  mae_stream *stream = &voice->buffer->stream;
  if (stream->kind == mae_stream_none) return true;
  if (stream->reader) return false;
  stream->reader = voice->sound;
  if (stream->kind == mae_stream_pages) return true;
  voice->pitch_enabled = voice->looping = false;
  voice->index = stream->position;
  voice->end = voice->loop_end = ENDLESS;
  return true;
}

void mae_stream_close(mae_voice *voice) {
  mae_stream *stream = &voice->buffer->stream;
  mae_stream_publish(voice);
  if (stream->reader == voice->sound) stream->reader = NULL;
}

void mae_stream_leave(mae_voice *voice) {
  mae_stream *stream = &voice->buffer->stream;
  if (stream->kind != mae_stream_pages || !voice->playing) return;
  stream->left = voice->index;
  stream->left_loop = mae_span_of(voice).loop_begin;
}

void mae_stream_begin(mae_voice *voice) {
  voice->flow = (mae_flow){0};
  if (voice->buffer->stream.kind == mae_stream_ring) voice->end = ENDLESS;
}

/* [audio] */
static void publish_ring(const mae_voice *voice, mae_stream *stream) {
  stream->position = voice->index;
  /* What the interpolator has seen makes room already: a ring may be shorter than it sees. */
  uint32_t filled = mae_shared_load(word(stream, MAE_WIRE_STREAM_WRITTEN)) - (uint32_t)voice->index;
  if (filled > stream->capacity) filled = 0;
  uint32_t seen = filled < voice->flow.sight ? filled : voice->flow.sight;
  mae_shared_store(word(stream, MAE_WIRE_STREAM_READ), (uint32_t)voice->index + seen);
}

/* [audio] */
static void publish_pages(const mae_voice *voice, const mae_stream *stream) {
  mae_span span = mae_span_of(voice);
  uint32_t *sequence = word(stream, MAE_WIRE_STREAM_SEQUENCE), before = *sequence;
  mae_shared_store_relaxed(sequence, before + 1);
  atomic_thread_fence(memory_order_release);
  *word(stream, MAE_WIRE_STREAM_LOOPING) = voice->looping;
  *number(stream, MAE_WIRE_STREAM_CURSOR) = (double)voice->index;
  *number(stream, MAE_WIRE_STREAM_BEGIN) = (double)voice->begin;
  *number(stream, MAE_WIRE_STREAM_END) = (double)voice->end;
  *number(stream, MAE_WIRE_STREAM_LOOP_BEGIN) = (double)span.loop_begin;
  *number(stream, MAE_WIRE_STREAM_LOOP_END) = (double)span.loop_end;
  *number(stream, MAE_WIRE_STREAM_LEFT) = (double)stream->left;
  *number(stream, MAE_WIRE_STREAM_LEFT_LOOP) = (double)stream->left_loop;
  *number(stream, MAE_WIRE_STREAM_SEAM) = span.wrapped ? (double)span.seam : 0;
  mae_shared_store(sequence, before + 2);
}

void mae_stream_publish(const mae_voice *voice) {
  mae_stream *stream = &voice->buffer->stream;
  if (stream->kind == mae_stream_ring) publish_ring(voice, stream);
  if (stream->kind == mae_stream_pages) publish_pages(voice, stream);
}

/* [audio] Gain at a frame of what dies away until `flow->tail_end`. */
static float tail_gain(const mae_engine *engine, const mae_flow *flow, uint64_t frame) {
  if (flow->held) return 1;
  return frame < flow->tail_end ? (float)((double)(flow->tail_end - frame) / engine->config.smoothing_frames) : 0;
}

/* [audio] What was put out last begins to die away. */
static void begin_tail(const mae_engine *engine, mae_voice *voice, uint64_t frame) {
  mae_flow *flow = &voice->flow;
  memcpy(flow->tail, flow->last, sizeof flow->tail);
  flow->tail_end = frame + engine->config.smoothing_frames;
  flow->held = !voice->sound;
}

void mae_stream_hold_tail(const mae_engine *engine, mae_voice *ghost) {
  mae_flow *flow = &ghost->flow;
  if (ghost->buffer->stream.kind == mae_stream_none) return;
  float gain = tail_gain(engine, flow, engine->now);
  for (uint32_t c = 0; c < MAE_MAX_CHANNELS; c += 1) flow->tail[c] *= gain;
  flow->held = flow->held || gain > 0;
}

/* [audio] Gives what dies away instead of frames that are not there. */
static uint32_t put_tail(mae_engine *engine, mae_voice *voice, uint64_t frame, uint32_t count, const float **samples) {
  mae_flow *flow = &voice->flow;
  uint32_t channels = voice->buffer->config.channels;
  float *out = engine->resampled;
  for (uint32_t i = 0; i < count; i += 1) {
    float gain = tail_gain(engine, flow, frame + i);
    for (uint32_t c = 0; c < channels; c += 1) out[(size_t)i * channels + c] = flow->tail[c] * gain;
  }
  memcpy(flow->last, out + (size_t)(count - 1) * channels, channels * sizeof(float));
  *samples = out;
  return count;
}

/* [audio] Lets frames rise and adds what dies away. They lie in scratch memory. */
static void shape(mae_engine *engine, mae_flow *flow, uint32_t channels, uint64_t frame, uint32_t count,
                  float *samples) {
  for (uint32_t i = 0; i < count; i += 1) {
    float rise = frame + i < flow->rise_end
                     ? (float)(1.0 - (double)(flow->rise_end - frame - i) / engine->config.smoothing_frames)
                     : 1;
    float tail = tail_gain(engine, flow, frame + i);
    for (uint32_t c = 0; c < channels; c += 1)
      samples[(size_t)i * channels + c] = samples[(size_t)i * channels + c] * rise + flow->tail[c] * tail;
  }
}

typedef struct {
  uint64_t frames; /* that can be read from the read head on */
  bool all;        /* nothing is wanted after them */
} supply;

/* [audio] Also leaves out what was dropped, and learns of the end. */
static supply supply_of_ring(const mae_engine *engine, mae_voice *voice, uint64_t frame) {
  const mae_stream *stream = &voice->buffer->stream;
  /* In this order: an end that is seen is the end of what is seen after it, and a drop comes before what was written
   * after it. A drop takes an end back, also one that was seen just before. */
  uint32_t before = mae_shared_load(word(stream, MAE_WIRE_STREAM_DROPPED));
  bool ended = mae_shared_load(word(stream, MAE_WIRE_STREAM_ENDED)) != 0;
  uint32_t written = mae_shared_load(word(stream, MAE_WIRE_STREAM_WRITTEN));
  uint32_t dropped = mae_shared_load(word(stream, MAE_WIRE_STREAM_DROPPED)), skip = dropped - (uint32_t)voice->index;
  if (dropped != before) ended = false;
  if ((int32_t)skip > 0) {
    voice->index += skip;
    voice->fraction = 0;
    if (!voice->flow.dry) begin_tail(engine, voice, frame);
    voice->flow.dry = true;
  }
  uint32_t filled = written - (uint32_t)voice->index;
  if (filled > stream->capacity) filled = 0; /* only a foreign writer can have done that */
  voice->end = ended ? voice->index + filled : ENDLESS;
  return (supply){filled, ended};
}

/* [audio] True if all pages of a stretch are there. */
static bool has_pages(const mae_stream *stream, mae_stretch stretch) {
  if (stretch.index < 0) return true;
  uint64_t first = (uint64_t)stretch.index / MAE_WIRE_STREAM_PAGE_FRAMES,
           last = ((uint64_t)stretch.index + stretch.frames - 1) / MAE_WIRE_STREAM_PAGE_FRAMES;
  for (uint64_t page = first; page <= last; page += 1)
    if (mae_samples_page(stream, page) == stream->capacity) return false;
  return true;
}

/* [audio] Looks `before` frames behind the read head, and not much further than a block can reach ahead. */
static supply supply_of_pages(const mae_voice *voice, uint32_t before) {
  const mae_stream *stream = &voice->buffer->stream;
  mae_span span = mae_span_of(voice);
  int64_t head = (int64_t)voice->index;
  supply there = {0, false};
  for (int64_t behind = head - before; behind < head;) {
    mae_stretch stretch = mae_span_at(&span, behind, (uint32_t)(head - behind));
    if (!has_pages(stream, stretch)) return there;
    behind += stretch.frames;
  }
  while (there.frames < 2 * MAE_WINDOW_FRAMES) {
    mae_stretch stretch = mae_span_at(&span, head + (int64_t)there.frames, 2 * MAE_WINDOW_FRAMES);
    if (stretch.index < 0) {
      there.all = true;
      break;
    }
    uint32_t to_page_end =
        MAE_WIRE_STREAM_PAGE_FRAMES - (uint32_t)((uint64_t)stretch.index % MAE_WIRE_STREAM_PAGE_FRAMES);
    if (stretch.frames > to_page_end) stretch.frames = to_page_end;
    if (!has_pages(stream, stretch)) break;
    there.frames += stretch.frames;
  }
  return there;
}

/* [audio] */
static uint32_t fall_dry(mae_engine *engine, mae_voice *voice, uint64_t frame, uint32_t wanted, const float **samples) {
  mae_flow *flow = &voice->flow;
  if (!flow->dry) {
    begin_tail(engine, voice, frame);
    flow->dry = true;
    if (flow->heard && voice->sound) {
      mae_stream *stream = &voice->buffer->stream;
      engine->stream_underruns += 1;
      uint32_t *underruns = word(stream, MAE_WIRE_STREAM_UNDERRUNS);
      mae_shared_store_relaxed(underruns, *underruns + 1);
    }
  }
  return put_tail(engine, voice, frame, wanted, samples);
}

uint32_t mae_stream_read(mae_engine *engine, mae_voice *voice, uint64_t frame, uint32_t offset, uint32_t wanted,
                         const float **samples) {
  mae_flow *flow = &voice->flow;
  const mae_buffer *buffer = voice->buffer;
  bool at_beginning = mae_span_at_beginning(voice), ring = buffer->stream.kind == mae_stream_ring;
  supply there = ring ? supply_of_ring(engine, voice, frame) : (supply){0, false};
  mae_way way = mae_source_way(engine, voice, frame, offset, wanted);
  /* Where a hole begins must not depend on how fast other frames of the call are: pages, whose pitch may move, keep
   * room for the widest sight. A ring has no pitch. */
  mae_sight sees = ring ? way.sees : mae_source_widest_sight(engine, voice);
  if (!ring) there = supply_of_pages(voice, sees.before);
  uint64_t usable = there.all ? there.frames : there.frames > sees.after ? there.frames - sees.after : 0;
  if (ring) flow->sight = sees.after;
  if (!voice->sound && flow->dry) usable = 0; /* what comes now is for the sound, not for its ghost */
  if (usable == 0 && there.all) {
    uint64_t left = flow->held ? wanted : frame < flow->tail_end ? flow->tail_end - frame : 0;
    uint32_t count = left < wanted ? (uint32_t)left : wanted;
    flow->over = left <= wanted && !flow->held;
    return count > 0 ? put_tail(engine, voice, frame, count, samples) : 0;
  }
  float *read = NULL;
  uint32_t count = usable > 0 ? mae_source_read_way(engine, voice, &way, usable, wanted, &read) : 0;
  if (count == 0) return fall_dry(engine, voice, frame, wanted, samples);
  if (flow->dry && (flow->heard || !at_beginning)) flow->rise_end = frame + engine->config.smoothing_frames;
  flow->dry = false;
  flow->heard = true;
  if (flow->held || frame < flow->rise_end || frame < flow->tail_end)
    shape(engine, flow, buffer->config.channels, frame, count, read);
  memcpy(flow->last, read + (size_t)(count - 1) * buffer->config.channels, buffer->config.channels * sizeof(float));
  flow->over = voice->index >= voice->end && !voice->looping && !flow->held && frame + count >= flow->tail_end;
  *samples = read;
  return count;
}
