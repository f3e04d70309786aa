/* Making and freeing: all memory of an engine comes and goes here, on the control side. */
#include <stdatomic.h>
#include <stdlib.h>

#include "base/shared.h"
#include "effects/effect.h"
#include "graph/node.h"
#include "kernels/sinc.h"
#include "state/slots.h"
#include "state/wire.h"
#include "voices/channels.h"
#include "voices/spatial.h"

mae_engine_config mae_engine_config_init(void) {
  return (mae_engine_config){.sample_rate = 48000, .channels = 2, .smoothing_frames = 480, .max_voices = 1024};
}

/* [control] Only a block whose header this engine would have written itself. */
static mae_result check_wire(void *wire, size_t bytes) {
  if (!wire || ((uintptr_t)wire & 7) || bytes < MAE_WIRE_TOTAL_BYTES) return MAE_INVALID_ARGUMENT;
  uint32_t *header = wire;
  if (header[MAE_WIRE_HEADER_MAGIC / 4] != MAE_WIRE_MAGIC) return MAE_NOT_A_WIRE;
  header[MAE_WIRE_HEADER_ENGINE_VERSION / 4] = MAE_WIRE_VERSION;
  if (header[MAE_WIRE_HEADER_VERSION / 4] > MAE_WIRE_VERSION) return MAE_ENGINE_OLDER;
  if (header[MAE_WIRE_HEADER_VERSION / 4] < MAE_WIRE_VERSION) return MAE_LIBRARY_OLDER;
  return header[MAE_WIRE_HEADER_BYTES / 4] == MAE_WIRE_TOTAL_BYTES ? MAE_OK : MAE_NOT_A_WIRE;
}

/* [control] What render needs for one block. Returns false where memory is out; mae_engine_destroy frees what was made.
 */
static bool make_scratch(mae_engine *engine) {
  size_t block = MAE_BLOCK_FRAMES, channels = MAE_MAX_CHANNELS;
  engine->window = malloc((MAE_WINDOW_FRAMES + 16) * channels * sizeof(float));
  engine->resampled = malloc(block * channels * sizeof(float));
  engine->mapped = malloc(block * channels * sizeof(float));
  engine->positions = malloc((block + 1) * sizeof(uint64_t));
  engine->gains = malloc(block * sizeof(double));
  engine->pans = malloc(block * sizeof(double));
  engine->ratios = malloc(block * sizeof(double));
  engine->left = malloc(block * sizeof(float));
  engine->right = malloc(block * sizeof(float));
  engine->centre = malloc(block * sizeof(float));
  engine->spread = malloc(block * sizeof(float));
  return engine->window && engine->resampled && engine->mapped && engine->positions && engine->gains && engine->pans &&
         engine->ratios && engine->left && engine->right && engine->centre && engine->spread;
}

/* [control] Lists of voices, ghosts and waiting commands. */
static bool make_lists(mae_engine *engine) {
  engine->ghost_capacity = engine->config.max_voices;
  engine->active_capacity = engine->config.max_voices + engine->ghost_capacity;
  /* Written before they are read, so not cleared: pages that are never used stay with the system. */
  engine->active = malloc(engine->active_capacity * sizeof *engine->active);
  engine->ghosts = malloc(engine->ghost_capacity * sizeof *engine->ghosts);
  engine->free_ghosts = malloc(engine->ghost_capacity * sizeof *engine->free_ghosts);
  engine->schedule = malloc(MAE_SCHEDULE_ENTRIES * sizeof *engine->schedule);
  if (!engine->active || !engine->ghosts || !engine->free_ghosts || !engine->schedule) return false;
  for (uint32_t i = 0; i < engine->ghost_capacity; i += 1) engine->free_ghosts[i] = engine->ghost_capacity - 1 - i;
  engine->free_ghost_count = engine->ghost_capacity;
  return true;
}

mae_result mae_engine_create(const mae_engine_config *config, void *wire, size_t wire_bytes, mae_engine **result) {
  *result = NULL;
  if (config->sample_rate < 8000 || config->sample_rate > 192000 || config->channels < 1 ||
      config->channels > MAE_MAX_CHANNELS || config->max_voices < 1 || config->max_voices > MAE_WIRE_SOUND_CAPACITY)
    return MAE_INVALID_ARGUMENT;
  mae_result checked = check_wire(wire, wire_bytes);
  if (checked != MAE_OK) return checked;
  mae_engine *engine = calloc(1, sizeof *engine);
  if (!engine) return MAE_OUT_OF_MEMORY;
  engine->config = *config;
  engine->wire = wire;
  engine->kernels = mae_kernels_choose();
  engine->command_tail = *mae_wire_u32(engine, MAE_WIRE_COMMAND_TAIL);
  engine->event_head = *mae_wire_u32(engine, MAE_WIRE_EVENT_HEAD);
  mae_result made = make_scratch(engine) && make_lists(engine) ? MAE_OK : MAE_OUT_OF_MEMORY;
  if (made == MAE_OK) made = mae_engine_prepare_node(engine, MAE_WIRE_ENDPOINT_ID);
  if (made == MAE_OK) made = mae_channels_fill(engine->config.channels, engine->matrices, engine->sides);
  if (made != MAE_OK) {
    mae_engine_destroy(engine);
    return made;
  }
  mae_speakers_fill(engine->config.channels, &engine->speakers);
  mae_listeners_begin(engine);
  mae_node_begin(engine, mae_endpoint(engine), MAE_WIRE_ENDPOINT_ID, NULL);
  *result = engine;
  return MAE_OK;
}

void mae_engine_destroy(mae_engine *engine) {
  if (!engine) return;
  for (uint32_t i = 0; i < MAE_SLOT_CHUNKS; i += 1) {
    free(engine->sound_chunks[i]);
    free(engine->buffer_chunks[i]);
  }
  for (uint32_t i = 0; i < MAE_WIRE_NODE_CAPACITY; i += 1) {
    mae_node *node = mae_node_slot(engine, i);
    if (!node) continue;
    free(node->mix);
    free(node->pitch_frames);
    mae_effect_free(node->effect);
    free(node->key);
    free(node);
  }
  for (uint32_t i = 0; i < sizeof engine->sincs / sizeof *engine->sincs; i += 1) free(engine->sincs[i]);
  void *parts[] = {engine->window, engine->resampled, engine->mapped, engine->positions,   engine->gains,
                   engine->pans,   engine->ratios,    engine->left,   engine->right,       engine->centre,
                   engine->spread, engine->active,    engine->ghosts, engine->free_ghosts, engine->schedule};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i += 1) free(parts[i]);
  free(engine);
}

mae_result mae_engine_prepare_sounds(mae_engine *engine, uint32_t count) {
  if (count > MAE_WIRE_SOUND_CAPACITY) return MAE_INVALID_ARGUMENT;
  for (uint32_t chunk = 0; chunk * MAE_SLOT_CHUNK < count; chunk += 1) {
    if (engine->sound_chunks[chunk]) continue;
    mae_sound *sounds = calloc(MAE_SLOT_CHUNK, sizeof *sounds);
    if (!sounds) return MAE_OUT_OF_MEMORY;
    atomic_store_explicit(&engine->sound_chunks[chunk], sounds, memory_order_release);
  }
  return MAE_OK;
}

mae_result mae_engine_prepare_resampler(mae_engine *engine, uint32_t resampler) {
  if (resampler >= MAE_RESAMPLER_COUNT) return MAE_INVALID_ARGUMENT;
  if (resampler < MAE_WIRE_RESAMPLER_SINC) return MAE_OK;
  _Atomic(mae_sinc *) *sinc = &engine->sincs[resampler - MAE_WIRE_RESAMPLER_SINC];
  if (atomic_load_explicit(sinc, memory_order_relaxed)) return MAE_OK;
  mae_sinc *made = mae_sinc_make(resampler);
  if (!made) return MAE_OUT_OF_MEMORY;
  atomic_store_explicit(sinc, made, memory_order_release);
  return MAE_OK;
}

mae_result mae_engine_prepare_node(mae_engine *engine, uint32_t id) {
  uint32_t slot = mae_id_slot(id);
  if (mae_id_kind(id) != MAE_WIRE_KIND_NODE || mae_id_generation(id) == 0 || slot >= MAE_WIRE_NODE_CAPACITY)
    return MAE_INVALID_ARGUMENT;
  mae_node *node = mae_node_slot(engine, slot);
  if (node) return mae_shared_load(&node->object.id) ? MAE_SLOT_TAKEN : MAE_OK;
  node = calloc(1, sizeof *node);
  float *mix = calloc((size_t)MAE_BLOCK_FRAMES * engine->config.channels, sizeof *mix);
  double *pitch_frames = calloc(MAE_BLOCK_FRAMES, sizeof *pitch_frames);
  if (!node || !mix || !pitch_frames) {
    free(node);
    free(mix);
    free(pitch_frames);
    return MAE_OUT_OF_MEMORY;
  }
  node->mix = mix;
  node->pitch_frames = pitch_frames;
  atomic_store_explicit(&engine->nodes[slot], node, memory_order_release);
  return MAE_OK;
}

mae_result mae_engine_prepare_effect(mae_engine *engine, uint32_t id, uint32_t kind, uint32_t variant) {
  const mae_effect_config config = {.kind = kind,
                                    .sample_rate = engine->config.sample_rate,
                                    .channels = engine->config.channels,
                                    .wide = engine->kernels->wide,
                                    .variant = variant};
  mae_effect *effect;
  mae_result result = mae_effect_make(&config, &effect);
  if (result != MAE_OK) return result;
  bool keyed = kind == MAE_EFFECT_compressor;
  float *key = keyed ? calloc((size_t)MAE_BLOCK_FRAMES * engine->config.channels, sizeof *key) : NULL;
  result = keyed && !key ? MAE_OUT_OF_MEMORY : mae_engine_prepare_node(engine, id);
  if (result != MAE_OK) {
    mae_effect_free(effect);
    free(key);
    return result;
  }
  mae_node *node = mae_node_slot(engine, mae_id_slot(id));
  mae_effect_free(node->effect);
  free(node->key);
  node->effect = effect;
  node->key = key;
  return MAE_OK;
}

void mae_engine_release_node(mae_engine *engine, uint32_t id) {
  mae_node *node = mae_id_kind(id) == MAE_WIRE_KIND_NODE ? mae_node_slot(engine, mae_id_slot(id)) : NULL;
  if (!node || mae_shared_load(&node->object.id)) return;
  mae_effect_free(node->effect);
  free(node->key);
  node->effect = NULL;
  node->key = NULL;
}

/* [control] What the id, the channels and the rate of a source must be like. */
static bool is_source(uint32_t id, mae_format format, uint32_t channels, uint32_t sample_rate) {
  return mae_id_kind(id) == MAE_WIRE_KIND_BUFFER && mae_id_generation(id) > 0 &&
         mae_id_slot(id) < MAE_WIRE_BUFFER_CAPACITY && mae_sample_bytes(format) > 0 && channels >= 1 &&
         channels <= MAE_MAX_CHANNELS && sample_rate >= 1000 && sample_rate <= 768000;
}

/* [control] Puts a source into its slot. */
static mae_result put_buffer(mae_engine *engine, uint32_t id, const mae_buffer_config *config,
                             const mae_stream *stream) {
  uint32_t slot = mae_id_slot(id);
  if (!mae_buffer_slot(engine, slot)) {
    mae_buffer *buffers = calloc(MAE_SLOT_CHUNK, sizeof *buffers);
    if (!buffers) return MAE_OUT_OF_MEMORY;
    atomic_store_explicit(&engine->buffer_chunks[slot / MAE_SLOT_CHUNK], buffers, memory_order_release);
  }
  mae_buffer *buffer = mae_buffer_slot(engine, slot);
  if (mae_shared_load(&buffer->object.id)) return MAE_SLOT_TAKEN;
  /* All but the id, which the audio side may look at meanwhile. */
  buffer->config = *config;
  buffer->stream = *stream;
  buffer->users = 0;
  buffer->dying = false;
  mae_shared_store(&buffer->object.id, id);
  return MAE_OK;
}

mae_result mae_engine_prepare_buffer(mae_engine *engine, uint32_t id, const mae_buffer_config *config) {
  if (!is_source(id, config->format, config->channels, config->sample_rate)) return MAE_INVALID_ARGUMENT;
  size_t bytes = mae_sample_bytes(config->format), alignment = config->format == mae_format_s24 ? 1 : bytes;
  if (config->frames > 0 && (!config->samples || (uintptr_t)config->samples % alignment ||
                             config->frames > SIZE_MAX / bytes / config->channels))
    return MAE_INVALID_ARGUMENT;
  return put_buffer(engine, id, config, &(mae_stream){.kind = mae_stream_none});
}

/* [control] */
static bool is_stream(const mae_stream_config *config) {
  const uint32_t ring_most = 1u << 30; /* positions are told apart by the sign of their difference */
  uint32_t capacity = config->capacity;
  if (!config->memory || ((uintptr_t)config->memory & 7)) return false;
  if (config->kind == mae_stream_ring && (capacity < 64 || capacity > ring_most || (capacity & (capacity - 1))))
    return false;
  if (config->kind == mae_stream_pages &&
      (capacity < 2 || capacity > MAE_WIRE_STREAM_PAGES_MAX || config->format != mae_format_f32))
    return false;
  if (config->kind == mae_stream_pages && config->frames / MAE_WIRE_STREAM_PAGE_FRAMES >= UINT32_MAX) return false;
  if (config->kind != mae_stream_ring && config->kind != mae_stream_pages) return false;
  uint64_t frames = config->kind == mae_stream_ring ? capacity : (uint64_t)capacity * MAE_WIRE_STREAM_PAGE_FRAMES;
  uint64_t needed = MAE_WIRE_STREAM_HEADER_BYTES + frames * mae_sample_bytes(config->format) * config->channels;
  return needed <= config->memory_bytes;
}

mae_result mae_engine_prepare_stream(mae_engine *engine, uint32_t id, const mae_stream_config *config) {
  if (!is_source(id, config->format, config->channels, config->sample_rate) || !is_stream(config))
    return MAE_INVALID_ARGUMENT;
  uint8_t *header = config->memory;
  mae_buffer_config samples = {.samples = header + MAE_WIRE_STREAM_HEADER_BYTES,
                               .format = config->format,
                               .channels = config->channels,
                               .sample_rate = config->sample_rate,
                               .frames = config->kind == mae_stream_pages ? config->frames : 0};
  return put_buffer(engine, id, &samples,
                    &(mae_stream){.kind = config->kind, .header = header, .capacity = config->capacity});
}

size_t mae_engine_sound_bytes(void) { return sizeof(mae_sound); }
