#include "voices/samples.h"

#include <stdatomic.h>
#include <string.h>

#include "base/shared.h"

size_t mae_sample_bytes(uint32_t format) {
  static const uint8_t bytes[] = {
      [mae_format_f32] = 4, [mae_format_s16] = 2, [mae_format_u8] = 1, [mae_format_s32] = 4, [mae_format_s24] = 3};
  return format < sizeof bytes ? bytes[format] : 0;
}

/* [audio] Frames that lie side by side, from frame `first` of the memory on. */
static void convert(const mae_engine *engine, const mae_buffer_config *config, uint64_t first, uint32_t frames,
                    float *out) {
  const uint8_t *in =
      (const uint8_t *)config->samples + (size_t)first * config->channels * mae_sample_bytes(config->format);
  uint32_t samples = frames * config->channels;
  switch (config->format) {
    case mae_format_s16: engine->kernels->convert_s16(out, (const int16_t *)(const void *)in, samples); break;
    case mae_format_u8: engine->kernels->convert_u8(out, in, samples); break;
    case mae_format_s32: engine->kernels->convert_s32(out, (const int32_t *)(const void *)in, samples); break;
    case mae_format_s24: engine->kernels->convert_s24(out, in, samples); break;
    default:
      if (config->trusted) memcpy(out, in, samples * sizeof(float));
      else engine->kernels->convert_f32(out, (const float *)(const void *)in, samples);
  }
}

uint32_t mae_samples_page(const mae_stream *stream, uint64_t page) {
  const uint32_t *table = (const uint32_t *)(const void *)(stream->header + MAE_WIRE_STREAM_PAGE_TABLE);
  uint32_t place = 0;
  while (place < stream->capacity && mae_shared_load(&table[place]) != (uint32_t)page + 1) place += 1;
  return place;
}

/* [audio] */
static bool read_pages(const mae_engine *engine, const mae_buffer *buffer, uint64_t index, uint32_t frames,
                       float *out) {
  const mae_stream *stream = &buffer->stream;
  const uint32_t *table = (const uint32_t *)(const void *)(stream->header + MAE_WIRE_STREAM_PAGE_TABLE);
  while (frames > 0) {
    uint64_t page = index / MAE_WIRE_STREAM_PAGE_FRAMES;
    uint32_t offset = (uint32_t)(index % MAE_WIRE_STREAM_PAGE_FRAMES), count = MAE_WIRE_STREAM_PAGE_FRAMES - offset;
    if (count > frames) count = frames;
    uint32_t place = mae_samples_page(stream, page);
    if (place == stream->capacity) return false;
    convert(engine, &buffer->config, (uint64_t)place * MAE_WIRE_STREAM_PAGE_FRAMES + offset, count, out);
    /* The decoder takes a page out of the table before it writes over it: what still stands there was whole while it
     * was read. */
    atomic_thread_fence(memory_order_acquire);
    if (mae_shared_load_relaxed(&table[place]) != (uint32_t)page + 1) return false;
    out += (size_t)count * buffer->config.channels;
    index += count;
    frames -= count;
  }
  return true;
}

bool mae_samples_read(const mae_engine *engine, const mae_buffer *buffer, uint64_t index, uint32_t frames, float *out) {
  if (buffer->stream.kind == mae_stream_pages) return read_pages(engine, buffer, index, frames, out);
  if (buffer->stream.kind == mae_stream_none) {
    convert(engine, &buffer->config, index, frames, out);
    return true;
  }
  while (frames > 0) {
    uint32_t first = (uint32_t)index & (buffer->stream.capacity - 1), count = buffer->stream.capacity - first;
    if (count > frames) count = frames;
    convert(engine, &buffer->config, first, count, out);
    out += (size_t)count * buffer->config.channels;
    index += count;
    frames -= count;
  }
  return true;
}
