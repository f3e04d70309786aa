/* What the WebAssembly module gives to JavaScript: mae.h without devices, with plain numbers instead of structs.
 * Pointers are offsets into the module's memory. One thread. */
#include <stdint.h>
#include <stdlib.h>

#include "mae.h"

#define EXPORT(name) __attribute__((export_name(name)))

/* [control] Memory for JavaScript to write to; 0 when there is none. Aligned for anything. */
EXPORT("allocate") void *wasm_allocate(size_t bytes) { return malloc(bytes > 0 ? bytes : 1); }

/* [control] */
EXPORT("release") void wasm_release(void *memory) { free(memory); }

/* [any] */
EXPORT("wire_version") uint32_t wasm_wire_version(void) { return MAE_WIRE_VERSION; }

/* [any] A static string. */
EXPORT("upstream_version") const char *wasm_upstream_version(void) { return mae_upstream_version(); }

/* [any] */
EXPORT("sound_bytes") size_t wasm_sound_bytes(void) { return mae_engine_sound_bytes(); }

/* [control] The engine goes to *engine, 0 on failure. */
EXPORT("engine_create")
mae_result wasm_engine_create(uint32_t sample_rate, uint32_t channels, uint32_t smoothing_frames, uint32_t max_voices,
                              void *wire, size_t bytes, mae_engine **engine) {
  mae_engine_config config = mae_engine_config_init();
  config.sample_rate = sample_rate;
  config.channels = channels;
  config.smoothing_frames = smoothing_frames;
  config.max_voices = max_voices;
  return mae_engine_create(&config, wire, bytes, engine);
}

/* [control] */
EXPORT("engine_destroy") void wasm_engine_destroy(mae_engine *engine) { mae_engine_destroy(engine); }

/* [control] */
EXPORT("prepare_sounds") mae_result wasm_prepare_sounds(mae_engine *engine, uint32_t count) {
  return mae_engine_prepare_sounds(engine, count);
}

/* [control] */
EXPORT("prepare_resampler") mae_result wasm_prepare_resampler(mae_engine *engine, uint32_t resampler) {
  return mae_engine_prepare_resampler(engine, resampler);
}

/* [control] */
EXPORT("prepare_node") mae_result wasm_prepare_node(mae_engine *engine, uint32_t id) {
  return mae_engine_prepare_node(engine, id);
}

/* [control] */
EXPORT("prepare_effect")
mae_result wasm_prepare_effect(mae_engine *engine, uint32_t id, uint32_t kind, uint32_t variant) {
  return mae_engine_prepare_effect(engine, id, kind, variant);
}

/* [control] */
EXPORT("release_node") void wasm_release_node(mae_engine *engine, uint32_t id) { mae_engine_release_node(engine, id); }

/* [control] Frames fit 32 bits: so does the memory they lie in. */
EXPORT("prepare_buffer")
mae_result wasm_prepare_buffer(mae_engine *engine, uint32_t id, const void *samples, uint32_t format, uint32_t channels,
                               uint32_t sample_rate, uint32_t frames, uint32_t trusted) {
  const mae_buffer_config config = {.samples = samples,
                                    .format = (mae_format)format,
                                    .channels = channels,
                                    .sample_rate = sample_rate,
                                    .frames = frames,
                                    .trusted = trusted};
  return mae_engine_prepare_buffer(engine, id, &config);
}

/* [control] Frames are a double: a source in pages may be longer than 32 bits count. */
EXPORT("prepare_stream")
mae_result wasm_prepare_stream(mae_engine *engine, uint32_t id, void *memory, size_t bytes, uint32_t kind,
                               uint32_t format, uint32_t channels, uint32_t sample_rate, uint32_t capacity,
                               double frames) {
  const mae_stream_config config = {.kind = (mae_stream_kind)kind,
                                    .memory = memory,
                                    .memory_bytes = bytes,
                                    .format = (mae_format)format,
                                    .channels = channels,
                                    .sample_rate = sample_rate,
                                    .capacity = capacity,
                                    .frames = (uint64_t)frames};
  return mae_engine_prepare_stream(engine, id, &config);
}

/* [audio] */
EXPORT("render") void wasm_render(mae_engine *engine, float *out, uint32_t frames) {
  mae_engine_render(engine, out, frames);
}

/* [audio] What the quanta of some time came to: a worklet's clock is too coarse for one. */
EXPORT("note_callback") void wasm_note_callback(mae_engine *engine, uint32_t frames, double nanoseconds) {
  mae_engine_note_callback(engine, frames, (uint64_t)nanoseconds);
}

/* [control] */
EXPORT("drain") void wasm_drain(mae_engine *engine) { mae_engine_drain(engine); }

/* [any] What a file holds, as six doubles: container, codec, bits, channels, sample rate and frames. */
static void write_info(const mae_sound_info *info, double out[6]) {
  out[0] = info->container;
  out[1] = info->codec;
  out[2] = info->bits;
  out[3] = info->channels;
  out[4] = info->sample_rate;
  out[5] = (double)info->frames;
}

/* [worker] Writes a pointer to the samples as a double to `out`, then what the file holds. The samples are the caller's
 * to `release`. */
EXPORT("decode") mae_result wasm_decode(const void *bytes, size_t size, double out[7]) {
  mae_pcm pcm;
  const mae_result result = mae_decode(bytes, size, &pcm);
  out[0] = (double)(uintptr_t)pcm.samples;
  write_info(&pcm.info, out + 1);
  return result;
}

/* [worker] JavaScript reads a file: `size` bytes from `offset` on of the file that it knows by `handle`, to `bytes`.
 * Returns how many there were. */
__attribute__((import_module("env"), import_name("read_file"))) size_t wasm_read_file(uint32_t handle, double offset,
                                                                                      void *bytes, size_t size);

typedef struct {
  mae_reader reader;
  mae_decoder *decoder;
} wasm_file;

/* [worker] */
static size_t read_of(void *user, uint64_t offset, void *bytes, size_t size) {
  return wasm_read_file((uint32_t)(uintptr_t)user, (double)offset, bytes, size);
}

/* [worker] Opens a file of `bytes` bytes. Writes a pointer to the decoder as a double to `out`, then what the file
 * holds. */
EXPORT("decoder_open") mae_result wasm_decoder_open(uint32_t handle, double bytes, double out[7]) {
  mae_sound_info info = {0};
  wasm_file *file = calloc(1, sizeof *file);
  if (!file) return MAE_OUT_OF_MEMORY;
  file->reader = (mae_reader){.read = read_of, .user = (void *)(uintptr_t)handle, .size = (uint64_t)bytes};
  const mae_result result = mae_decoder_open(&file->reader, &file->decoder, &info);
  if (result != MAE_OK) free(file);
  out[0] = result == MAE_OK ? (double)(uintptr_t)file : 0;
  write_info(&info, out + 1);
  return result;
}

/* [worker] */
EXPORT("decoder_read") mae_result wasm_decoder_read(wasm_file *file, double frame, uint32_t count, float *samples) {
  return mae_decoder_read(file->decoder, (uint64_t)frame, count, samples);
}

/* [worker] */
EXPORT("decoder_close") void wasm_decoder_close(wasm_file *file) {
  mae_decoder_close(file->decoder);
  free(file);
}
