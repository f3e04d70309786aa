/* Which playback devices there are. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "devices/backend.h"
#include "devices/task.h"

/* How long one sound system may take to list its devices before it counts as not answering. */
#define LIST_MILLISECONDS 2000u

typedef struct {
  mae_backend backend;
  mae_device_info *infos;
  uint32_t count;
  mae_result result;
} listing;

/* [worker] ALSA lists what its plug-in packages configure, with or without sound hardware: bridges to servers that have
 * backends of their own here, converters in front of the default device, and a sink that swallows everything. They can
 * be opened by name, but they are not devices to choose from. */
static bool is_listed(mae_backend backend, const mae_device_info *info) {
  static const char *const plugins[] = {"null",       "pulse",     "jack",  "oss",   "lavrate",
                                        "samplerate", "speexrate", "speex", "upmix", "vdownmix"};
  if (backend != mae_backend_alsa) return true;
  for (size_t index = 0; index < sizeof plugins / sizeof *plugins; index += 1) {
    if (strcmp(info->id, plugins[index]) == 0) return false;
  }
  return true;
}

/* [worker] */
static void run_listing(void *argument) {
  listing *self = argument;
  ma_context context;
  self->result = mae_backend_connect(self->backend, &context);
  if (self->result != MAE_OK) {
    /* A sound system that is not there has no devices. */
    if (self->result == MAE_NO_DEVICE) self->result = MAE_OK;
    return;
  }
  ma_device_info *found;
  uint32_t count;
  self->result = mae_backend_devices(&context, &found, &count);
  if (self->result == MAE_OK && count > 0) {
    self->infos = calloc(count, sizeof(*self->infos));
    if (!self->infos) self->result = MAE_OUT_OF_MEMORY;
    for (uint32_t index = 0; self->infos && index < count; index += 1) {
      mae_device_info *info = &self->infos[self->count];
      mae_backend_describe(self->backend, &found[index], info);
      if (is_listed(self->backend, info)) self->count += 1;
    }
  }
  ma_context_uninit(&context);
}

/* [worker] */
static void drop_listing(void *argument) {
  listing *self = argument;
  free(self->infos);
  free(self);
}

/* [worker] Appends the devices of one backend. */
static mae_result append(mae_backend backend, mae_device_info **infos, uint32_t *count) {
  listing *self = calloc(1, sizeof *self);
  if (!self) return MAE_OUT_OF_MEMORY;
  self->backend = backend;
  if (!mae_task_run(run_listing, drop_listing, self, LIST_MILLISECONDS)) return MAE_DEVICE;
  mae_result result = self->result;
  if (result == MAE_OK && self->count > 0) {
    mae_device_info *larger = realloc(*infos, (*count + self->count) * sizeof **infos);
    if (!larger) result = MAE_OUT_OF_MEMORY;
    else {
      memcpy(larger + *count, self->infos, self->count * sizeof **infos);
      *infos = larger;
      *count += self->count;
    }
  }
  drop_listing(self);
  return result;
}

/* [worker] Lists playback devices of one backend, or of all real ones. */
mae_result mae_device_list(mae_backend backend, mae_device_info **infos, uint32_t *count) {
  if (!infos || !count || (unsigned)backend > mae_backend_automatic) return MAE_INVALID_ARGUMENT;
  *infos = NULL;
  *count = 0;
  mae_task_pin_library();
  const mae_backend *order = &backend;
  uint32_t backends = 1;
  if (backend == mae_backend_automatic) backends = mae_backend_order(&order);
  mae_result result = MAE_OK;
  for (uint32_t index = 0; index < backends; index += 1) {
    mae_result one = append(order[index], infos, count);
    /* A frozen sound system must not hide the devices of the others. */
    if (one == MAE_DEVICE && backend == mae_backend_automatic) one = MAE_OK;
    if (one != MAE_OK) result = one;
  }
  if (result != MAE_OK) {
    mae_device_infos_free(*infos);
    *infos = NULL;
    *count = 0;
  }
  return result;
}

/* [any] */
void mae_device_infos_free(mae_device_info *infos) { free(infos); }
