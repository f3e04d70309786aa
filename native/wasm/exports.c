/* What the WebAssembly module gives to JavaScript: mae.h without devices, with plain numbers instead of structs. Pointers are offsets into the module's memory. One thread. */
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
mae_result wasm_engine_create(uint32_t sample_rate, uint32_t channels, uint32_t smoothing_frames, uint32_t max_voices, void *wire, size_t bytes, mae_engine **engine) {
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
EXPORT("prepare_sounds") mae_result wasm_prepare_sounds(mae_engine *engine, uint32_t count) { return mae_engine_prepare_sounds(engine, count); }

/* [control] */
EXPORT("prepare_resampler") mae_result wasm_prepare_resampler(mae_engine *engine, uint32_t resampler) { return mae_engine_prepare_resampler(engine, resampler); }

/* [control] */
EXPORT("prepare_node") mae_result wasm_prepare_node(mae_engine *engine, uint32_t id) { return mae_engine_prepare_node(engine, id); }

/* [control] */
EXPORT("prepare_effect") mae_result wasm_prepare_effect(mae_engine *engine, uint32_t id, uint32_t kind, uint32_t variant) {
  return mae_engine_prepare_effect(engine, id, kind, variant);
}

/* [control] */
EXPORT("release_node") void wasm_release_node(mae_engine *engine, uint32_t id) { mae_engine_release_node(engine, id); }

/* [control] Frames fit 32 bits: so does the memory they lie in. */
EXPORT("prepare_buffer")
mae_result wasm_prepare_buffer(mae_engine *engine, uint32_t id, const void *samples, uint32_t format, uint32_t channels, uint32_t sample_rate, uint32_t frames, uint32_t trusted) {
  const mae_buffer_config config = {
      .samples = samples, .format = (mae_format)format, .channels = channels, .sample_rate = sample_rate, .frames = frames, .trusted = trusted};
  return mae_engine_prepare_buffer(engine, id, &config);
}

/* [audio] */
EXPORT("render") void wasm_render(mae_engine *engine, float *out, uint32_t frames) { mae_engine_render(engine, out, frames); }

/* [audio] What the quanta of some time came to: a worklet's clock is too coarse for one. */
EXPORT("note_callback") void wasm_note_callback(mae_engine *engine, uint32_t frames, double nanoseconds) {
  mae_engine_note_callback(engine, frames, (uint64_t)nanoseconds);
}

/* [control] */
EXPORT("drain") void wasm_drain(mae_engine *engine) { mae_engine_drain(engine); }

/* [worker] Writes samples, channels, sample rate and frames as four u32 to `out`. The samples are the caller's to `release`. */
EXPORT("decode") mae_result wasm_decode(const void *bytes, size_t size, uint32_t out[4]) {
  mae_pcm pcm;
  const mae_result result = mae_decode(bytes, size, &pcm);
  out[0] = (uint32_t)(size_t)pcm.samples;
  out[1] = pcm.channels;
  out[2] = pcm.sample_rate;
  out[3] = (uint32_t)pcm.frames;
  return result;
}
