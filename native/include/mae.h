/* The C interface of the engine. Everything that sounds is driven by commands on the wire (mae_wire.def); what needs
 * memory, a file or a device is here.
 *
 * Words: frame = one sample for each channel. Samples are float32, interleaved. Results are of mae_result.def, negative
 * ones are miniaudio's. Threads: [control] the thread that made the engine (one at a time); [audio] the device's
 * callback, or the control thread while no device runs; [worker] any thread, blocking; [any] no state touched. Unless
 * said otherwise a pointer argument is borrowed for the call.
 */
#ifndef MAE_H
#define MAE_H

#include <stddef.h>
#include <stdint.h>

typedef int32_t mae_result;
enum {
#define MAE_RESULT(value, name, code, sentence) MAE_##name = (value),
#define MAE_ERROR(code, sentence)
#define MAE_UPSTREAM_RESULT(value, name, sentence)
#include "mae_result.def"
#undef MAE_RESULT
#undef MAE_ERROR
#undef MAE_UPSTREAM_RESULT
};

enum {
#define MAE_WIRE(name, value) MAE_WIRE_##name = (value),
#define MAE_WIRE_OP(name, value, text) MAE_OP_##name = (value),
#define MAE_WIRE_EVENT(name, value, text) MAE_EVENT_##name = (value),
#include "mae_wire.def"
};
#undef MAE_WIRE
#undef MAE_WIRE_OP
#undef MAE_WIRE_EVENT

/* Kinds of effects, for mae_engine_prepare_effect. 0 is none. */
enum {
#define MAE_EFFECT(name, number, ...) MAE_EFFECT_##name = (number),
#include "mae_effects.def"
  MAE_EFFECT_COUNT
};

#define MAE_MAX_CHANNELS 8

typedef struct mae_engine mae_engine;

typedef struct {
  uint32_t sample_rate;      /* Hz, 8000..192000 */
  uint32_t channels;         /* 1..8 */
  uint32_t smoothing_frames; /* length of the click-free ramp, 0: hard edges */
  uint32_t max_voices;       /* sounds that play at once, 1..65535 */
} mae_engine_config;

/* [any] 48000 Hz, 2 channels, 480 frames, 1024 voices. */
mae_engine_config mae_engine_config_init(void);

/* [control] Makes an engine on a wire block whose header TypeScript has written. The block (MAE_WIRE_TOTAL_BYTES,
 * 8-byte aligned) is borrowed until mae_engine_destroy. @retval INVALID_ARGUMENT, OUT_OF_MEMORY, NOT_A_WIRE,
 * ENGINE_OLDER, LIBRARY_OLDER; *engine is NULL then. */
mae_result mae_engine_create(const mae_engine_config *config, void *wire, size_t wire_bytes, mae_engine **engine);

/* [control] No device may run. Frees all the engine owns; sample memory given to mae_engine_prepare_buffer is the
 * caller's again. NULL is allowed. */
void mae_engine_destroy(mae_engine *engine);

/* [control] Makes memory for sounds with slots 0..count-1. @retval OUT_OF_MEMORY, INVALID_ARGUMENT */
mae_result mae_engine_prepare_sounds(mae_engine *engine, uint32_t count);

/* [control] Makes the memory of the node with this id; call before NODE_CREATE. It is kept for the slot's next node.
 * @retval OUT_OF_MEMORY, INVALID_ARGUMENT, SLOT_TAKEN */
mae_result mae_engine_prepare_node(mae_engine *engine, uint32_t id);

/* [control] Makes the tables of a resampler (MAE_WIRE_RESAMPLER_*) that has some; call before a SOUND_CREATE that names
 * it, or the sound is read with the cubic one. Takes a millisecond (sinc) to ten (sinc-best) the first time. @retval
 * OUT_OF_MEMORY, INVALID_ARGUMENT */
mae_result mae_engine_prepare_resampler(mae_engine *engine, uint32_t resampler);
/* [control] The same for a node with an effect: MAE_EFFECT_*, and its variant (band-pass: 0 peak, 1 skirt; soft
 * clip: oversampling 1, 2 or 4; else 0).
 * @retval OUT_OF_MEMORY, INVALID_ARGUMENT, SLOT_TAKEN */
mae_result mae_engine_prepare_effect(mae_engine *engine, uint32_t id, uint32_t kind, uint32_t variant);

/* [control] After a node's RETIRED event: frees the memory of its effect, if it had one. */
void mae_engine_release_node(mae_engine *engine, uint32_t id);

typedef enum {
  mae_format_f32 = 0,
  mae_format_s16 = 1,
  mae_format_u8 = 2,
  mae_format_s32 = 3,
  mae_format_s24 = 4 /* three bytes, little-endian */
} mae_format;

/* [any] Bytes of one sample, 0 for an unknown format. */
size_t mae_sample_bytes(uint32_t format);

typedef struct {
  /* Interleaved, aligned to its format; borrowed until the buffer's RETIRED event; may change while it plays. */
  const void *samples;
  mae_format format;
  uint32_t channels;    /* 1..8 */
  uint32_t sample_rate; /* Hz, 1000..768000 */
  uint64_t frames;      /* 0 is allowed: a sound that is at its end */
  uint32_t trusted;     /* 1: f32 samples hold no NaN or infinity and do not change; saves a check for each sample */
} mae_buffer_config;

/* [control] Makes samples known under an id; call before a SOUND_CREATE that names it. @retval INVALID_ARGUMENT,
 * OUT_OF_MEMORY, SLOT_TAKEN */
mae_result mae_engine_prepare_buffer(mae_engine *engine, uint32_t id, const mae_buffer_config *config);

/* Where a stream's frames come from. Both kinds lie in memory that another thread writes to while the engine reads;
 * layout in mae_wire.def. */
typedef enum {
  /* Not a stream but a buffer. */
  mae_stream_none,
  /* Live: frames are played once, in order; `capacity` frames, a power of two from 64. */
  mae_stream_ring,
  /* A source of known length of which `capacity` pages are there at a time, 2..MAE_WIRE_STREAM_PAGES_MAX; f32. */
  mae_stream_pages
} mae_stream_kind;

typedef struct {
  mae_stream_kind kind;
  void *memory; /* MAE_WIRE_STREAM_HEADER_BYTES of zeros, then the frames; 8-byte aligned, borrowed until RETIRED */
  size_t memory_bytes;
  mae_format format;
  uint32_t channels;    /* 1..8 */
  uint32_t sample_rate; /* Hz, 1000..768000 */
  uint32_t capacity;    /* frames or pages */
  uint64_t frames;      /* pages: length of the source */
} mae_stream_config;

/* [control] Makes a stream known under the id of a buffer; one sound at a time reads it. @retval INVALID_ARGUMENT,
 * OUT_OF_MEMORY, SLOT_TAKEN */
mae_result mae_engine_prepare_stream(mae_engine *engine, uint32_t id, const mae_stream_config *config);

/* [audio] Renders the next frames into out (frames * channels floats, overwritten). Any count; the bits do not depend
 * on how it is cut. */
void mae_engine_render(mae_engine *engine, float *out, uint32_t frames);

/* [control] Takes the commands that wait and sends the events that wait, without rendering. Only while no device runs.
 */
void mae_engine_drain(mae_engine *engine);

/* [audio] What a device adds to the published state: one callback of so many frames took so many nanoseconds. */
void mae_engine_note_callback(mae_engine *engine, uint32_t frames, uint64_t nanoseconds);

/* [any] sizes for the bench, in bytes. */
size_t mae_engine_sound_bytes(void);

/* The kinds of files, by what their first bytes say. TypeScript knows the numbers (src/wasm/sound-info.ts). */
typedef enum {
  mae_container_wav, /* RIFF, RIFX and RF64 */
  mae_container_w64,
  mae_container_aiff, /* AIFC too */
  mae_container_flac,
  mae_container_ogg, /* with flac inside: vorbis and opus are decoded elsewhere */
  mae_container_mp3  /* all three layers of MPEG audio */
} mae_container;

/* How the samples are coded in it. */
typedef enum {
  mae_codec_pcm,
  mae_codec_float,
  mae_codec_alaw,
  mae_codec_mulaw,
  mae_codec_adpcm,
  mae_codec_flac,
  mae_codec_mp3
} mae_codec;

/* What a file holds, as its decoder says. */
typedef struct {
  mae_container container;
  mae_codec codec;
  uint32_t bits; /* of one sample; 0 where the codec has no such number */
  uint32_t channels;
  uint32_t sample_rate; /* Hz */
  uint64_t frames;      /* exact: what encoders put before and after the sound is left out */
} mae_sound_info;

typedef struct {
  float *samples; /* interleaved f32, owned by the caller: mae_pcm_free */
  mae_sound_info info;
} mae_pcm;

/* [worker] Decodes wav, aiff, flac or mp3 (found from the bytes). NaN and infinity in float files become 0. @retval
 * DECODE, OUT_OF_MEMORY, TOO_LARGE, INVALID_ARGUMENT; pcm is empty then. */
mae_result mae_decode(const void *bytes, size_t size, mae_pcm *pcm);

/* [control] NULL and empty are allowed. */
void mae_pcm_free(mae_pcm *pcm);

/* What a file is read through. */
typedef struct {
  /* Returns how many bytes were read: fewer at the end, or where reading failed. */
  size_t (*read)(void *user, uint64_t offset, void *bytes, size_t size);
  void *user;
  uint64_t size; /* bytes of the file */
} mae_reader;

/* [worker] What a file holds, from as little of it as its kind allows: the header, the end where that tells the length,
 * and all frame headers of an mp3 that does not say how many it has. Nothing is decoded, except in a flac file of
 * unknown length that was cut off. Decoding gives as many frames, or an error.
 * @retval DECODE, OUT_OF_MEMORY, INVALID_ARGUMENT; *info is empty then. */
mae_result mae_inspect(const mae_reader *reader, mae_sound_info *info);

typedef struct mae_decoder mae_decoder;

/* [worker] Opens a file to be decoded piece by piece. The reader is borrowed until mae_decoder_close. @retval as
 * mae_inspect; *decoder is NULL then. */
mae_result mae_decoder_open(const mae_reader *reader, mae_decoder **decoder, mae_sound_info *info);

/* [worker] Decodes `count` frames from `frame` on, anywhere within the sound, to f32. @retval DECODE where the file is
 * damaged, was cut off or cannot be read. */
mae_result mae_decoder_read(mae_decoder *decoder, uint64_t frame, uint32_t count, float *samples);

/* [worker] NULL is allowed. */
void mae_decoder_close(mae_decoder *decoder);

typedef enum {
  mae_backend_pulseaudio,
  mae_backend_alsa,
  mae_backend_jack,
  mae_backend_wasapi,
  mae_backend_dsound,
  mae_backend_winmm,
  mae_backend_coreaudio,
  mae_backend_null,
  mae_backend_automatic /* the best real backend that has a device; never null */
} mae_backend;

#define MAE_DEVICE_ID_BYTES 512
#define MAE_DEVICE_NAME_BYTES 256

typedef struct {
  char id[MAE_DEVICE_ID_BYTES];     /* UTF-8, "" for a backend that has no ids; the same the next time */
  char name[MAE_DEVICE_NAME_BYTES]; /* UTF-8 */
  uint32_t is_default;
  mae_backend backend;
  uint32_t sample_rate; /* 0: not known before it is opened */
  uint32_t channels;
} mae_device_info;

typedef struct mae_device mae_device;

typedef struct {
  mae_backend backend;
  const char *id;         /* NULL: the backend's default */
  uint32_t period_frames; /* 0: 10 ms */
  uint32_t sample_rate;   /* the engine's */
  uint32_t channels;
} mae_device_config;

/* [any] automatic backend, default device, 10 ms. */
mae_device_config mae_device_config_init(void);

/* [worker] Lists playback devices of one backend, or of all real ones (automatic). *infos is the caller's:
 * mae_device_infos_free. An empty list is OK.
 * @retval INVALID_ARGUMENT, OUT_OF_MEMORY, DEVICE when a sound system did not answer in time; *infos is NULL then. */
mae_result mae_device_list(mae_backend backend, mae_device_info **infos, uint32_t *count);

/* [any] */
void mae_device_infos_free(mae_device_info *infos);

/* [worker] Opens a device for an engine, not started. The engine must outlive it. @retval NO_DEVICE, DEVICE,
 * OUT_OF_MEMORY */
mae_result mae_device_open(mae_engine *engine, const mae_device_config *config, mae_device **device);

/* [worker] From here on the device's thread is the engine's [audio] thread. @retval DEVICE */
mae_result mae_device_start(mae_device *device);

/* [worker] When it returns no callback touches the engine any more; the device may be started again. @retval DEVICE
 * when the sound system did not answer: only close it then. */
mae_result mae_device_stop(mae_device *device);

/* [any] Cuts the device off from the engine for good: from its return on no callback touches the engine, which may then
 * be destroyed; the device plays silence. Waits for a callback that is rendering, never for the sound system. NULL is
 * allowed. */
void mae_device_detach(mae_device *device);

/* [worker] Detaches, stops and closes. Takes at most a quarter of a second: a sound system that does not answer is left
 * to a thread of its own. NULL is allowed. */
void mae_device_close(mae_device *device);

/* [any] */
void mae_device_describe(const mae_device *device, mae_device_info *info);

/* [any] The sentence of a result, ours or miniaudio's; "Unknown error" where there is none. Static memory. */
const char *mae_result_sentence(mae_result result);

/* [any] "0.11.25". Static memory. */
const char *mae_upstream_version(void);

#endif
