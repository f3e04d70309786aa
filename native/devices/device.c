/* Playback devices: an own context and device for each, which pull an engine through a gate.
 *
 * The gate is what makes an engine mortal. A sound system can hang in stop and uninit for ever; the engine need not
 * wait for that, only for the callback that renders right now. Every call into the sound system runs on a thread that
 * can be given up (devices/task.h), and the device's memory stays until the last such thread has come back.
 */
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "devices/backend.h"
#include "devices/task.h"

#define OPEN_MILLISECONDS 2000u
#define START_MILLISECONDS 2000u
#define STOP_MILLISECONDS 250u
#define CLOSE_MILLISECONDS 250u
/* 100 periods of a second: 10 ms. */
#define DEFAULT_PERIODS_PER_SECOND 100u

enum { gate_closed, gate_open, gate_cut };

struct mae_device {
  ma_context context;
  ma_device device;
  mae_device_info info;
  mae_engine *engine;
  atomic_int gate;
  atomic_int inside; /* callbacks between gate and end */
  atomic_int owners; /* the handle, and each call that may still be under way; the last one closes */
  atomic_bool hung;  /* a call did not come back in time */
  mae_result result; /* of the last start or stop */
};

/* [audio] */
static void on_data(ma_device *source, void *out, const void *in, ma_uint32 frames) {
  (void)in;
  mae_device *self = source->pUserData;
  atomic_fetch_add(&self->inside, 1);
  if (atomic_load(&self->gate) == gate_open) {
    const uint64_t begin = mae_task_nanoseconds();
    mae_engine_render(self->engine, out, frames);
    mae_engine_note_callback(self->engine, frames, mae_task_nanoseconds() - begin);
  } else {
    memset(out, 0, (size_t)frames * source->playback.channels * sizeof(float));
  }
  atomic_fetch_sub(&self->inside, 1);
}

/* [any] Waits until no callback is behind the gate. A callback never waits for anything, so this is short. */
static void wait_until_outside(mae_device *self) {
  while (atomic_load(&self->inside) > 0) mae_task_sleep(50);
}

/* [worker] Closes and frees; may hang with the sound system. Stop goes first because uninit alone hangs for ever on a
 * lost PulseAudio sink. */
static void close_and_free(void *argument) {
  mae_device *self = argument;
  ma_device_stop(&self->device);
  ma_device_uninit(&self->device);
  ma_context_uninit(&self->context);
  free(self);
}

/* [any] True for the last owner. */
static bool is_last_owner(mae_device *self) { return atomic_fetch_sub(&self->owners, 1) == 1; }

/* [worker] A start or stop that was given up came back: the handle may be gone by now. */
static void came_back_late(void *argument) {
  if (is_last_owner(argument)) close_and_free(argument);
}

/* [worker] */
static void run_start(void *argument) {
  mae_device *self = argument;
  self->result = ma_device_start(&self->device) == MA_SUCCESS ? MAE_OK : MAE_DEVICE;
}

/* [worker] */
static void run_stop(void *argument) {
  mae_device *self = argument;
  ma_device_stop(&self->device);
  self->result = MAE_OK;
}

/* [worker] Runs a call that may hang. */
static mae_result run_bounded(mae_device *self, mae_task_function run, uint32_t milliseconds) {
  if (atomic_load(&self->hung)) return MAE_DEVICE;
  atomic_fetch_add(&self->owners, 1);
  if (!mae_task_run(run, came_back_late, self, milliseconds)) {
    atomic_store(&self->hung, true);
    return MAE_DEVICE;
  }
  atomic_fetch_sub(&self->owners, 1);
  return self->result;
}

typedef struct {
  mae_engine *engine;
  mae_device_config config;
  char id[MAE_DEVICE_ID_BYTES];
  mae_device *device;
  mae_result result;
} opening;

/* [any] What a failed ma_device_init says about whether there is a device at all. */
static mae_result result_of_init(ma_result status) {
  switch (status) {
    case MA_OUT_OF_MEMORY: return MAE_OUT_OF_MEMORY;
    case MA_NO_DEVICE:
    case MA_DOES_NOT_EXIST:
    case MA_NO_BACKEND:
    case MA_API_NOT_FOUND: return MAE_NO_DEVICE;
    default: return MAE_DEVICE;
  }
}

/* [worker] The listed device that is wanted. NULL with *count > 0 means that it is not listed. */
static const ma_device_info *find_listed(mae_backend backend, const ma_device_info *infos, uint32_t count,
                                         const char *id) {
  for (uint32_t index = 0; index < count; index += 1) {
    char text[MAE_DEVICE_ID_BYTES];
    mae_backend_id_text(backend, &infos[index].id, text);
    if (id[0] != 0 ? strcmp(text, id) == 0 : infos[index].isDefault) return &infos[index];
  }
  return NULL;
}

/* [any] Whether ALSA lists hardware: miniaudio's ids of it begin with a colon. Without any, a default that does not
 * open does not exist. */
static bool has_alsa_hardware(const ma_device_info *infos, uint32_t count) {
  for (uint32_t index = 0; index < count; index += 1) {
    if (infos[index].id.alsa[0] == ':') return true;
  }
  return false;
}

/* [worker] Opens on a context that is connected. */
static mae_result init_device(const opening *self, mae_backend backend, mae_device *device) {
  ma_device_info *infos;
  uint32_t count;
  /* ALSA's default is called so, and need not be listed to exist. */
  const bool is_default = self->id[0] == 0 || (backend == mae_backend_alsa && strcmp(self->id, "default") == 0);
  mae_result result = mae_backend_devices(&device->context, &infos, &count);
  if (result != MAE_OK) return result;
  const ma_device_info *listed = find_listed(backend, infos, count, self->id);
  /* Only what is listed is tried, because a failed try leaks descriptors on PulseAudio. */
  if (!listed && (!is_default || (count == 0 && backend != mae_backend_alsa))) return MAE_NO_DEVICE;
  ma_device_config config = ma_device_config_init(ma_device_type_playback);
  if (!is_default) config.playback.pDeviceID = &listed->id;
  config.playback.format = ma_format_f32;
  config.playback.channels = self->config.channels;
  config.sampleRate = self->config.sample_rate;
  config.periodSizeInFrames = self->config.period_frames > 0 ? self->config.period_frames
                                                             : self->config.sample_rate / DEFAULT_PERIODS_PER_SECOND;
  config.performanceProfile = ma_performance_profile_low_latency;
  config.noFixedSizedCallback = MA_TRUE; /* the engine renders any count; fixed sizes would cost a buffer's latency */
  config.noPreSilencedOutputBuffer = MA_TRUE;
  config.noClip = MA_TRUE;
  config.noDisableDenormals = MA_TRUE; /* the same arithmetic as without a device, so the same bits */
  config.pulse.pStreamNamePlayback = "playback";
  config.dataCallback = on_data;
  config.pUserData = device;
  ma_result status = ma_device_init(&device->context, &config, &device->device);
  if (status == MA_FAILED_TO_OPEN_BACKEND_DEVICE && backend == mae_backend_alsa && is_default &&
      !has_alsa_hardware(infos, count))
    return MAE_NO_DEVICE;
  if (status != MA_SUCCESS) return result_of_init(status);
  if (listed) mae_backend_describe(backend, listed, &device->info);
  else {
    device->info.backend = backend;
    device->info.is_default = 1;
    strncpy(device->info.name, device->device.playback.name, MAE_DEVICE_NAME_BYTES - 1);
  }
  device->info.sample_rate = device->device.playback.internalSampleRate;
  device->info.channels = device->device.playback.internalChannels;
  return MAE_OK;
}

/* [worker] Connects to one backend and opens its device. */
static void run_opening(void *argument) {
  opening *self = argument;
  mae_device *device = calloc(1, sizeof *device);
  self->result = MAE_OUT_OF_MEMORY;
  if (!device) return;
  device->engine = self->engine;
  atomic_init(&device->gate, gate_closed);
  atomic_init(&device->inside, 0);
  atomic_init(&device->owners, 1);
  atomic_init(&device->hung, false);
  self->result = mae_backend_connect(self->config.backend, &device->context);
  if (self->result == MAE_OK) {
    self->result = init_device(self, self->config.backend, device);
    if (self->result != MAE_OK) ma_context_uninit(&device->context);
  }
  if (self->result == MAE_OK) self->device = device;
  else free(device);
}

/* [worker] Nobody waits for this device any more. */
static void drop_opening(void *argument) {
  opening *self = argument;
  if (self->device) close_and_free(self->device);
  free(self);
}

/* [any] */
mae_device_config mae_device_config_init(void) {
  return (mae_device_config){.backend = mae_backend_automatic, .sample_rate = 48000, .channels = 2};
}

/* [worker] Tries one backend. One that does not answer in time is left to its thread. */
static mae_result open_on(mae_engine *engine, const mae_device_config *config, mae_backend backend,
                          mae_device **device) {
  opening *self = calloc(1, sizeof *self);
  if (!self) return MAE_OUT_OF_MEMORY;
  self->engine = engine;
  self->config = *config;
  self->config.backend = backend;
  if (config->id) strcpy(self->id, config->id);
  if (!mae_task_run(run_opening, drop_opening, self, OPEN_MILLISECONDS)) return MAE_DEVICE;
  const mae_result result = self->result;
  *device = self->device;
  free(self);
  return result;
}

/* [worker] Opens a device for an engine, not started. */
mae_result mae_device_open(mae_engine *engine, const mae_device_config *config, mae_device **device) {
  if (!device) return MAE_INVALID_ARGUMENT;
  *device = NULL;
  if (!engine || !config || (unsigned)config->backend > mae_backend_automatic) return MAE_INVALID_ARGUMENT;
  if (config->channels < 1 || config->channels > MAE_MAX_CHANNELS || config->sample_rate == 0)
    return MAE_INVALID_ARGUMENT;
  if (config->id && strlen(config->id) >= MAE_DEVICE_ID_BYTES) return MAE_NO_DEVICE;
  mae_task_pin_library();
  const mae_backend *order = &config->backend;
  uint32_t count = 1;
  if (config->backend == mae_backend_automatic) count = mae_backend_order(&order);
  mae_result result = MAE_NO_DEVICE;
  for (uint32_t index = 0; index < count && !*device; index += 1) {
    const mae_result one = open_on(engine, config, order[index], device);
    /* A device that is there and failed says more than one that is not there. */
    if (one != MAE_NO_DEVICE) result = one;
  }
  return result;
}

/* [worker] From here on the device's thread is the engine's [audio] thread. */
mae_result mae_device_start(mae_device *device) {
  if (!device) return MAE_INVALID_ARGUMENT;
  int expected = gate_closed;
  if (!atomic_compare_exchange_strong(&device->gate, &expected, gate_open))
    return expected == gate_open ? MAE_OK : MAE_DEVICE;
  mae_result result = run_bounded(device, run_start, START_MILLISECONDS);
  expected = gate_open;
  if (result != MAE_OK && atomic_compare_exchange_strong(&device->gate, &expected, gate_closed))
    wait_until_outside(device);
  return result;
}

/* [worker] When it returns no callback touches the engine any more. */
mae_result mae_device_stop(mae_device *device) {
  if (!device) return MAE_INVALID_ARGUMENT;
  int expected = gate_open;
  if (!atomic_compare_exchange_strong(&device->gate, &expected, gate_closed))
    return expected == gate_closed ? MAE_OK : MAE_DEVICE;
  wait_until_outside(device);
  /* Some sound systems play out what they hold before they stop. */
  const ma_device *upstream = &device->device;
  const uint64_t held_frames =
      (uint64_t)upstream->playback.internalPeriodSizeInFrames * upstream->playback.internalPeriods;
  const uint64_t held_milliseconds =
      upstream->playback.internalSampleRate > 0 ? held_frames * 1000 / upstream->playback.internalSampleRate : 0;
  return run_bounded(device, run_stop, STOP_MILLISECONDS + (uint32_t)held_milliseconds);
}

/* [any] Cuts the device off from the engine for good. */
void mae_device_detach(mae_device *device) {
  if (!device) return;
  atomic_store(&device->gate, gate_cut);
  wait_until_outside(device);
}

/* [worker] Detaches, stops and closes. */
void mae_device_close(mae_device *device) {
  if (!device) return;
  mae_device_detach(device);
  /* With a call still under way its thread is the last owner and closes, should it ever come back. */
  if (is_last_owner(device)) mae_task_run(close_and_free, NULL, device, CLOSE_MILLISECONDS);
}

/* [any] */
void mae_device_describe(const mae_device *device, mae_device_info *info) {
  if (!device) memset(info, 0, sizeof *info);
  else *info = device->info;
}
