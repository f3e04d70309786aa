/* Devices: every call that may wait for a sound system is made on another thread. One at a time for each engine. */
#include <stdlib.h>
#include <string.h>

#include "napi/addon.h"

typedef struct {
  operation base;
  uint32_t slot;
  mae_engine *engine; /* only handed on: it may be gone by the time it is looked at */
  mae_device *device;
  mae_device_config config;
  char id[MAE_DEVICE_ID_BYTES];
  mae_device_info *infos;
  uint32_t count;
} device_operation;

/* [control] The names of mae_backend in TypeScript, in the enum's order. */
static const char *backend_name(mae_backend backend) {
  static const char *const names[] = {"pulseaudio", "alsa", "jack", "wasapi", "dsound", "winmm", "coreaudio", "null"};
  return (unsigned)backend < sizeof names / sizeof *names ? names[backend] : "";
}

/* [control] Device info as an object; NULL on failure. */
static napi_value make_info(napi_env env, const mae_device_info *info) {
  napi_value object, is_default;
  if (napi_create_object(env, &object) != napi_ok ||
      napi_get_boolean(env, info->is_default != 0, &is_default) != napi_ok)
    return NULL;
  set_text(env, object, "id", info->id);
  set_text(env, object, "name", info->name);
  napi_set_named_property(env, object, "isDefault", is_default);
  set_text(env, object, "backend", backend_name(info->backend));
  set_number(env, object, "sampleRate", info->sample_rate);
  set_number(env, object, "channels", info->channels);
  return object;
}

/* [worker] */
static void execute_list(operation *base) {
  device_operation *self = (device_operation *)base;
  base->result = mae_device_list(self->config.backend, &self->infos, &self->count);
}

/* [control] */
static napi_value finish_list(operation *base, bool answer) {
  device_operation *self = (device_operation *)base;
  napi_value list = NULL;
  if (answer && base->result == MAE_OK &&
      napi_create_array_with_length(base->self->env, self->count, &list) == napi_ok) {
    for (uint32_t index = 0; index < self->count; index += 1) {
      napi_value info = make_info(base->self->env, &self->infos[index]);
      if (info) napi_set_element(base->self->env, list, index, info);
    }
  }
  mae_device_infos_free(self->infos);
  return list;
}

/* [control] listDevices(backend): Promise of infos; backend is a mae_backend */
napi_value list_devices(napi_env env, napi_callback_info info) {
  call in;
  uint32_t backend;
  if (!call_begin(env, info, 1, &in) || !read_u32(&in, 0, &backend)) return NULL;
  device_operation *self = calloc(1, sizeof *self);
  if (!self) return throw_result(env, MAE_OUT_OF_MEMORY, NULL);
  self->config.backend = (mae_backend)backend;
  self->base.execute = execute_list;
  self->base.finish = finish_list;
  return operation_start(&in, &self->base, "miniaudio-engine: list devices", NULL);
}

/* [control] The entry the operation was started for; the device is closed if its engine is gone. */
static engine_entry *take_back(device_operation *self) {
  /* An entry that is busy is not used again, so this is the same one, with or without its engine. */
  engine_entry *entry = &self->base.self->engines[self->slot];
  entry->device_busy = false;
  if (entry->engine) return entry;
  mae_device_close(self->device);
  self->device = NULL;
  entry->device = NULL;
  return NULL;
}

/* [control] Starts an operation on the device of an engine; frees it when that fails. */
static napi_value start_on(call *in, engine_entry *entry, device_operation *self, const char *name) {
  self->slot = (uint32_t)(entry - in->self->engines);
  self->engine = entry->engine;
  entry->device_busy = true;
  napi_value promise = operation_start(in, &self->base, name, NULL);
  if (!promise) in->self->engines[self->slot].device_busy = false;
  return promise;
}

/* [control] A new operation on an engine's device; NULL with an error pending. `needs_device`: there must be one, else
 * there must be none. */
static device_operation *begin_on(call *in, engine_entry *entry, bool needs_device) {
  if (entry->device_busy) {
    throw_result(in->env, MAE_BUSY, "Another device operation is under way");
    return NULL;
  }
  if (needs_device != (entry->device != NULL)) {
    throw_result(in->env, MAE_INVALID_ARGUMENT, needs_device ? "No device is open" : "A device is open already");
    return NULL;
  }
  device_operation *self = calloc(1, sizeof *self);
  if (!self) throw_result(in->env, MAE_OUT_OF_MEMORY, NULL);
  else self->device = entry->device;
  return self;
}

/* [worker] */
static void execute_open(operation *base) {
  device_operation *self = (device_operation *)base;
  base->result = mae_device_open(self->engine, &self->config, &self->device);
}

/* [control] */
static napi_value finish_open(operation *base, bool answer) {
  device_operation *self = (device_operation *)base;
  engine_entry *entry = take_back(self);
  if (!entry) {
    if (base->result == MAE_OK) base->result = MAE_STALE_ID;
    return NULL;
  }
  entry->device = self->device;
  if (!answer || base->result != MAE_OK) return NULL;
  mae_device_info info;
  mae_device_describe(self->device, &info);
  return make_info(base->self->env, &info);
}

/* [control] openDevice(handle, backend, id or null, periodFrames): Promise of the device's info */
napi_value open_device(napi_env env, napi_callback_info info) {
  call in;
  uint32_t backend, period_frames;
  bool is_default;
  char id[MAE_DEVICE_ID_BYTES];
  engine_entry *entry;
  if (!call_begin(env, info, 4, &in) || !(entry = find_engine(&in, 0)) || !read_u32(&in, 1, &backend)) return NULL;
  if (!read_text(&in, 2, id, sizeof id, &is_default) || !read_u32(&in, 3, &period_frames)) return NULL;
  device_operation *self = begin_on(&in, entry, false);
  if (!self) return NULL;
  self->config = mae_device_config_init();
  self->config.backend = (mae_backend)backend;
  if (!is_default) {
    memcpy(self->id, id, sizeof id);
    self->config.id = self->id;
  }
  self->config.period_frames = period_frames;
  self->config.sample_rate = entry->sample_rate;
  self->config.channels = entry->channels;
  self->base.execute = execute_open;
  self->base.finish = finish_open;
  return start_on(&in, entry, self, "miniaudio-engine: open device");
}

/* [worker] */
static void execute_start(operation *base) { base->result = mae_device_start(((device_operation *)base)->device); }

/* [control] */
static napi_value finish_start(operation *base, bool answer) {
  engine_entry *entry = take_back((device_operation *)base);
  if (!entry) base->result = MAE_STALE_ID;
  else if (base->result != MAE_OK) entry->device_running = false;
  return answer ? make_undefined(base->self->env) : NULL;
}

/* [control] startDevice(handle): from this call on the engine is the device's to render */
napi_value start_device(napi_env env, napi_callback_info info) {
  call in;
  engine_entry *entry;
  if (!call_begin(env, info, 1, &in) || !(entry = find_engine(&in, 0))) return NULL;
  device_operation *self = begin_on(&in, entry, true);
  if (!self) return NULL;
  self->base.execute = execute_start;
  self->base.finish = finish_start;
  entry->device_running = true;
  napi_value promise = start_on(&in, entry, self, "miniaudio-engine: start device");
  if (!promise) entry->device_running = false;
  return promise;
}

/* [worker] */
static void execute_stop(operation *base) { base->result = mae_device_stop(((device_operation *)base)->device); }

/* [control] */
static napi_value finish_stop(operation *base, bool answer) {
  engine_entry *entry = take_back((device_operation *)base);
  /* Also when the sound system did not answer: the gate is shut. */
  if (entry) entry->device_running = false;
  return answer ? make_undefined(base->self->env) : NULL;
}

/* [control] stopDevice(handle): when the promise settles the engine may be rendered and drained by the caller again */
napi_value stop_device(napi_env env, napi_callback_info info) {
  call in;
  engine_entry *entry;
  if (!call_begin(env, info, 1, &in) || !(entry = find_engine(&in, 0))) return NULL;
  device_operation *self = begin_on(&in, entry, true);
  if (!self) return NULL;
  self->base.execute = execute_stop;
  self->base.finish = finish_stop;
  return start_on(&in, entry, self, "miniaudio-engine: stop device");
}

/* [worker] */
static void execute_close(operation *base) {
  mae_device_close(((device_operation *)base)->device);
  ((device_operation *)base)->device = NULL;
  base->result = MAE_OK;
}

/* [control] */
static napi_value finish_close(operation *base, bool answer) {
  take_back((device_operation *)base);
  return answer ? make_undefined(base->self->env) : NULL;
}

/* [control] closeDevice(handle): the engine is the caller's to render at once, the device goes on another thread */
napi_value close_device(napi_env env, napi_callback_info info) {
  call in;
  engine_entry *entry;
  if (!call_begin(env, info, 1, &in) || !(entry = find_engine(&in, 0))) return NULL;
  device_operation *self = begin_on(&in, entry, true);
  if (!self) return NULL;
  self->base.execute = execute_close;
  self->base.finish = finish_close;
  napi_value promise = start_on(&in, entry, self, "miniaudio-engine: close device");
  if (!promise) return NULL;
  mae_device_detach(entry->device);
  entry->device = NULL;
  entry->device_running = false;
  return promise;
}
