/* Engines and the memory they borrow from JavaScript. */
#include <stdlib.h>
#include <string.h>

#include "napi/addon.h"

/* A handle is serial * 65536 + slot: a number that JavaScript keeps exactly. */
#define HANDLE_SLOTS 65536u

/* [control] NULL where the handle is stale. */
static engine_entry *entry_of(addon *self, uint32_t slot, uint64_t serial) {
  if (slot >= self->engine_count || !self->engines[slot].engine || self->engines[slot].serial != serial) return NULL;
  return &self->engines[slot];
}

/* [control] */
engine_entry *find_engine(call *in, size_t index) {
  uint64_t handle;
  if (!read_u64(in, index, &handle)) return NULL;
  engine_entry *entry = entry_of(in->self, (uint32_t)(handle % HANDLE_SLOTS), handle / HANDLE_SLOTS);
  if (!entry) throw_result(in->env, MAE_STALE_ID, "The engine was destroyed");
  return entry;
}

/* [control] A free entry, NULL when there is no memory. */
static engine_entry *take_entry(addon *self) {
  for (uint32_t slot = 0; slot < self->engine_count; slot += 1) {
    if (!self->engines[slot].engine && !self->engines[slot].device_busy) return &self->engines[slot];
  }
  if (self->engine_count == HANDLE_SLOTS) return NULL;
  const uint32_t count = self->engine_count == 0 ? 4 : self->engine_count * 2;
  engine_entry *larger = realloc(self->engines, count * sizeof *larger);
  if (!larger) return NULL;
  memset(larger + self->engine_count, 0, (count - self->engine_count) * sizeof *larger);
  self->engines = larger;
  engine_entry *entry = &larger[self->engine_count];
  self->engine_count = count;
  return entry;
}

/* [control] createEngine(wire, sampleRate, channels, smoothingFrames, maxVoices): handle */
napi_value create_engine(napi_env env, napi_callback_info info) {
  call in;
  void *wire;
  size_t wire_bytes;
  mae_engine_config config = mae_engine_config_init();
  if (!call_begin(env, info, 5, &in) || !read_bytes(&in, 0, MAE_WIRE_TOTAL_BYTES, 8, &wire, &wire_bytes)) return NULL;
  if (!read_u32(&in, 1, &config.sample_rate) || !read_u32(&in, 2, &config.channels)) return NULL;
  if (!read_u32(&in, 3, &config.smoothing_frames) || !read_u32(&in, 4, &config.max_voices)) return NULL;
  engine_entry *entry = take_entry(in.self);
  if (!entry) return throw_result(env, MAE_OUT_OF_MEMORY, NULL);
  mae_engine *engine = NULL;
  mae_result result = mae_engine_create(&config, wire, wire_bytes, &engine);
  if (result != MAE_OK) return throw_result(env, result, NULL);
  napi_value handle = NULL;
  *entry = (engine_entry){.engine = engine,
                          .serial = ++in.self->last_serial,
                          .sample_rate = config.sample_rate,
                          .channels = config.channels};
  const double number = (double)(entry->serial * HANDLE_SLOTS + (uint64_t)(entry - in.self->engines));
  if (napi_create_reference(env, in.values[0], 1, &entry->wire) != napi_ok ||
      napi_create_double(env, number, &handle) != napi_ok) {
    end_engine(in.self, entry);
    return throw_result(env, MAE_OUT_OF_MEMORY, NULL);
  }
  return handle;
}

/* [control] */
void end_engine(addon *self, engine_entry *entry) {
  /* After this no callback touches the engine, and an operation under way cannot let one in again. */
  mae_device_detach(entry->device);
  mae_engine_destroy(entry->engine);
  entry->engine = NULL;
  for (uint32_t slot = 0; slot < entry->buffer_slots; slot += 1) {
    if (entry->buffers[slot].samples) napi_delete_reference(self->env, entry->buffers[slot].samples);
  }
  free(entry->buffers);
  entry->buffers = NULL;
  entry->buffer_slots = 0;
  if (entry->wire) napi_delete_reference(self->env, entry->wire);
  entry->wire = NULL;
  entry->device_running = false;
  /* The operation that has the device in its hands closes it when it comes back. */
  if (entry->device_busy) return;
  mae_device_close(entry->device);
  entry->device = NULL;
}

/* [control] destroyEngine(handle) */
napi_value destroy_engine(napi_env env, napi_callback_info info) {
  call in;
  if (!call_begin(env, info, 1, &in)) return NULL;
  engine_entry *entry = find_engine(&in, 0);
  if (!entry) return NULL;
  end_engine(in.self, entry);
  return make_undefined(env);
}

/* [control] prepareSounds(handle, count) */
napi_value prepare_sounds(napi_env env, napi_callback_info info) {
  call in;
  uint32_t count;
  engine_entry *entry;
  if (!call_begin(env, info, 2, &in) || !(entry = find_engine(&in, 0)) || !read_u32(&in, 1, &count)) return NULL;
  mae_result result = mae_engine_prepare_sounds(entry->engine, count);
  return result == MAE_OK ? make_undefined(env) : throw_result(env, result, NULL);
}

/* [control] prepareResampler(handle, resampler) */
napi_value prepare_resampler(napi_env env, napi_callback_info info) {
  call in;
  uint32_t resampler;
  engine_entry *entry;
  if (!call_begin(env, info, 2, &in) || !(entry = find_engine(&in, 0)) || !read_u32(&in, 1, &resampler)) return NULL;
  mae_result result = mae_engine_prepare_resampler(entry->engine, resampler);
  return result == MAE_OK ? make_undefined(env) : throw_result(env, result, NULL);
}

/* [control] prepareNode(handle, id) */
napi_value prepare_node(napi_env env, napi_callback_info info) {
  call in;
  uint32_t id;
  engine_entry *entry;
  if (!call_begin(env, info, 2, &in) || !(entry = find_engine(&in, 0)) || !read_u32(&in, 1, &id)) return NULL;
  mae_result result = mae_engine_prepare_node(entry->engine, id);
  return result == MAE_OK ? make_undefined(env) : throw_result(env, result, NULL);
}

/* [control] prepareEffect(handle, id, kind, variant) */
napi_value prepare_effect(napi_env env, napi_callback_info info) {
  call in;
  uint32_t id, kind, variant;
  engine_entry *entry;
  if (!call_begin(env, info, 4, &in) || !(entry = find_engine(&in, 0)) || !read_u32(&in, 1, &id) ||
      !read_u32(&in, 2, &kind) || !read_u32(&in, 3, &variant))
    return NULL;
  mae_result result = mae_engine_prepare_effect(entry->engine, id, kind, variant);
  return result == MAE_OK ? make_undefined(env) : throw_result(env, result, NULL);
}

/* [control] releaseNode(handle, id) */
napi_value release_node(napi_env env, napi_callback_info info) {
  call in;
  uint32_t id;
  engine_entry *entry;
  if (!call_begin(env, info, 2, &in) || !(entry = find_engine(&in, 0)) || !read_u32(&in, 1, &id)) return NULL;
  mae_engine_release_node(entry->engine, id);
  return make_undefined(env);
}

/* [control] Room for the reference of a buffer's slot. */
static bool reserve_buffer_slot(engine_entry *entry, uint32_t slot) {
  if (slot < entry->buffer_slots) return true;
  uint32_t count = entry->buffer_slots == 0 ? 64 : entry->buffer_slots;
  while (count <= slot) count *= 2;
  buffer_pin *larger = realloc(entry->buffers, count * sizeof *larger);
  if (!larger) return false;
  memset(larger + entry->buffer_slots, 0, (count - entry->buffer_slots) * sizeof *larger);
  entry->buffers = larger;
  entry->buffer_slots = count;
  return true;
}

/* [control] Keeps the memory of a buffer; NULL with an error pending where its slot is taken. */
static buffer_pin *pin_buffer(call *in, engine_entry *entry, uint32_t id, napi_value memory) {
  const uint32_t slot = id & MAE_WIRE_ID_SLOT_MASK;
  if (!reserve_buffer_slot(entry, slot)) {
    throw_result(in->env, MAE_OUT_OF_MEMORY, NULL);
    return NULL;
  }
  buffer_pin *pin = &entry->buffers[slot];
  if (pin->samples || napi_create_reference(in->env, memory, 1, &pin->samples) != napi_ok) {
    throw_result(in->env, pin->samples ? MAE_SLOT_TAKEN : MAE_OUT_OF_MEMORY, NULL);
    return NULL;
  }
  pin->id = id;
  return pin;
}

/* [control] Answers the call; lets go of the memory where the engine refused it. */
static napi_value pinned(call *in, buffer_pin *pin, mae_result result) {
  if (result == MAE_OK) return make_undefined(in->env);
  napi_delete_reference(in->env, pin->samples);
  pin->samples = NULL;
  return throw_result(in->env, result, NULL);
}

/* [control] prepareBuffer(handle, id, samples, format, channels, sampleRate, frames, trusted): the samples are read in
 * place until releaseBuffer */
napi_value prepare_buffer(napi_env env, napi_callback_info info) {
  call in;
  uint32_t id, format, trusted;
  engine_entry *entry;
  mae_buffer_config config;
  void *samples;
  size_t size;
  if (!call_begin(env, info, 8, &in) || !(entry = find_engine(&in, 0)) || !read_u32(&in, 1, &id)) return NULL;
  if (!read_u32(&in, 3, &format) || !read_u32(&in, 4, &config.channels) || !read_u32(&in, 5, &config.sample_rate))
    return NULL;
  if (!read_u64(&in, 6, &config.frames) || !read_u32(&in, 7, &trusted)) return NULL;
  const size_t sample_bytes = mae_sample_bytes(format);
  if (sample_bytes == 0 || config.channels < 1 || config.channels > MAE_MAX_CHANNELS)
    return throw_result(env, MAE_INVALID_ARGUMENT, NULL);
  const uint64_t frame_bytes = sample_bytes * config.channels;
  if (config.frames > SIZE_MAX / frame_bytes) return throw_result(env, MAE_INVALID_ARGUMENT, NULL);
  if (!read_bytes(&in, 2, (size_t)(config.frames * frame_bytes), format == mae_format_s24 ? 1 : sample_bytes, &samples,
                  &size))
    return NULL;
  config.samples = samples;
  config.format = (mae_format)format;
  config.trusted = trusted;
  buffer_pin *pin = pin_buffer(&in, entry, id, in.values[2]);
  if (!pin) return NULL;
  return pinned(&in, pin, mae_engine_prepare_buffer(entry->engine, id, &config));
}

/* [control] prepareStream(handle, id, memory, kind, format, channels, sampleRate, capacity, frames): the memory is read
 * and written to in place until releaseBuffer */
napi_value prepare_stream(napi_env env, napi_callback_info info) {
  call in;
  uint32_t id, kind, format;
  engine_entry *entry;
  mae_stream_config config;
  if (!call_begin(env, info, 9, &in) || !(entry = find_engine(&in, 0)) || !read_u32(&in, 1, &id)) return NULL;
  if (!read_bytes(&in, 2, MAE_WIRE_STREAM_HEADER_BYTES, 8, &config.memory, &config.memory_bytes)) return NULL;
  if (!read_u32(&in, 3, &kind) || !read_u32(&in, 4, &format) || !read_u32(&in, 5, &config.channels) ||
      !read_u32(&in, 6, &config.sample_rate))
    return NULL;
  if (!read_u32(&in, 7, &config.capacity) || !read_u64(&in, 8, &config.frames)) return NULL;
  config.kind = (mae_stream_kind)kind;
  config.format = (mae_format)format;
  buffer_pin *pin = pin_buffer(&in, entry, id, in.values[2]);
  if (!pin) return NULL;
  return pinned(&in, pin, mae_engine_prepare_stream(entry->engine, id, &config));
}

/* [control] releaseBuffer(handle, id): after the RETIRED event, when the engine does not read the samples any more */
napi_value release_buffer(napi_env env, napi_callback_info info) {
  call in;
  uint32_t id;
  engine_entry *entry;
  if (!call_begin(env, info, 2, &in) || !(entry = find_engine(&in, 0)) || !read_u32(&in, 1, &id)) return NULL;
  const uint32_t slot = id & MAE_WIRE_ID_SLOT_MASK;
  if (slot < entry->buffer_slots && entry->buffers[slot].samples && entry->buffers[slot].id == id) {
    napi_delete_reference(env, entry->buffers[slot].samples);
    entry->buffers[slot].samples = NULL;
  }
  return make_undefined(env);
}

/* [control] render(handle, target, frames) */
napi_value render(napi_env env, napi_callback_info info) {
  call in;
  uint32_t frames;
  engine_entry *entry;
  void *target;
  size_t size;
  if (!call_begin(env, info, 3, &in) || !(entry = find_engine(&in, 0)) || !read_u32(&in, 2, &frames)) return NULL;
  if (!read_bytes(&in, 1, (size_t)frames * entry->channels * sizeof(float), sizeof(float), &target, &size)) return NULL;
  if (entry->device_running) return throw_result(env, MAE_BUSY, NULL);
  if (frames > 0) mae_engine_render(entry->engine, target, frames);
  return make_undefined(env);
}

/* [control] drain(handle) */
napi_value drain(napi_env env, napi_callback_info info) {
  call in;
  engine_entry *entry;
  if (!call_begin(env, info, 1, &in) || !(entry = find_engine(&in, 0))) return NULL;
  if (!entry->device_running) mae_engine_drain(entry->engine);
  return make_undefined(env);
}
