/* The Node-API binding: what its files share. One `addon` for each environment (main thread, each worker), none for the
 * process. */
#ifndef MAE_NAPI_ADDON_H
#define MAE_NAPI_ADDON_H

#include <node_api.h>
#include <stdbool.h>
#include <stdint.h>

#include "mae.h"

#define ADDON_MAX_ARGUMENTS 9

/* Samples that an engine reads in place. */
typedef struct {
  uint32_t id;
  napi_ref samples; /* NULL: none */
} buffer_pin;

/* One engine. Entries are reused; the serial makes a handle of an earlier one stale. */
typedef struct {
  mae_engine *engine; /* NULL: free entry */
  uint64_t serial;
  uint32_t sample_rate;
  uint32_t channels;
  napi_ref wire;         /* keeps the wire's memory */
  buffer_pin *buffers;   /* by slot */
  uint32_t buffer_slots; /* length of buffers */
  mae_device *device;
  bool device_busy;    /* an operation on the device is under way on another thread */
  bool device_running; /* the device's thread may be rendering */
} engine_entry;

/* Decoded sound that TypeScript has not fetched yet. */
typedef struct {
  mae_pcm pcm;
  uint64_t serial; /* 0: free */
} pcm_entry;

typedef struct {
  napi_env env;
  engine_entry *engines;
  uint32_t engine_count;
  pcm_entry *pcms;
  uint32_t pcm_count;
  uint64_t last_serial;
  uint32_t pending; /* operations under way on other threads */
  bool closing;     /* the environment ends: no JavaScript any more */
} addon;

typedef struct {
  addon *self;
  napi_env env;
  size_t count;
  napi_value values[ADDON_MAX_ARGUMENTS];
} call;

/* arguments.c */

/* [control] Reads a call's arguments; false with a JavaScript error pending. The reading functions below are the same.
 */
bool call_begin(napi_env env, napi_callback_info info, size_t count, call *out);
bool read_u32(call *in, size_t index, uint32_t *value);
bool read_u64(call *in, size_t index, uint64_t *value);
/* [control] Bytes of any typed array. Refuses an array of fewer bytes than asked (a detached one has none) and one that
 * is not aligned. */
bool read_bytes(call *in, size_t index, size_t needed, size_t alignment, void **bytes, size_t *size);
/* [control] A string or null. */
bool read_text(call *in, size_t index, char *text, size_t bytes, bool *is_null);
/* [control] Throws an Error with the property `result`. Always returns NULL. */
napi_value throw_result(napi_env env, mae_result result, const char *detail);
/* [control] Makes the same Error without throwing it; NULL if even that fails. */
napi_value make_error(napi_env env, mae_result result, const char *detail);
napi_value make_undefined(napi_env env);
void set_number(napi_env env, napi_value object, const char *name, double value);
void set_text(napi_env env, napi_value object, const char *name, const char *value);

/* engines.c */

/* [control] The entry of a handle, NULL with an error pending where it is stale. */
engine_entry *find_engine(call *in, size_t index);
/* [control] Ends an engine: bounded, whatever its device does. */
void end_engine(addon *self, engine_entry *entry);
napi_value create_engine(napi_env env, napi_callback_info info);
napi_value destroy_engine(napi_env env, napi_callback_info info);
napi_value prepare_sounds(napi_env env, napi_callback_info info);
napi_value prepare_resampler(napi_env env, napi_callback_info info);
napi_value prepare_node(napi_env env, napi_callback_info info);
napi_value prepare_effect(napi_env env, napi_callback_info info);
napi_value release_node(napi_env env, napi_callback_info info);
napi_value prepare_buffer(napi_env env, napi_callback_info info);
napi_value prepare_stream(napi_env env, napi_callback_info info);
napi_value release_buffer(napi_env env, napi_callback_info info);
napi_value render(napi_env env, napi_callback_info info);
napi_value drain(napi_env env, napi_callback_info info);

/* devices.c */

/* [control] Functions of the addon; the promises they return end on the same thread. */
napi_value list_devices(napi_env env, napi_callback_info info);
napi_value open_device(napi_env env, napi_callback_info info);
napi_value start_device(napi_env env, napi_callback_info info);
napi_value stop_device(napi_env env, napi_callback_info info);
napi_value close_device(napi_env env, napi_callback_info info);

/* decoding.c */

/* [control] Functions of the addon; the promises they return end on the same thread. */
napi_value decode(napi_env env, napi_callback_info info);
napi_value decode_sync(napi_env env, napi_callback_info info);
napi_value take_pcm(napi_env env, napi_callback_info info);
napi_value take_pcm_sync(napi_env env, napi_callback_info info);
napi_value drop_pcm(napi_env env, napi_callback_info info);
napi_value inspect(napi_env env, napi_callback_info info);

/* operation.c */

typedef struct operation operation;
struct operation {
  addon *self;
  napi_async_work work;
  napi_deferred deferred;
  napi_ref held; /* a JavaScript value that must live until the operation is over, or NULL */
  mae_result result;
  /* [worker] Does what is to be done there; sets result. */
  void (*execute)(operation *);
  /* [control] Takes over what execute left behind, also when `answer` is false (the environment ends: no JavaScript
   * then). Returns what the promise resolves to. */
  napi_value (*finish)(operation *, bool answer);
};
/* [control] Starts an operation (its first member must be `operation`, it is freed at the end) and returns its promise.
 * `held` may be NULL. On failure an error is pending, and the operation has been freed without finish. */
napi_value operation_start(call *in, operation *started, const char *name, napi_value held);

/* module.c */

/* [control] Frees the addon when the environment has ended and nothing is under way. */
void addon_release(addon *self);

#endif
