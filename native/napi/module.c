/* The module: its functions, and the end of its environment. */
#include <stdlib.h>

#include "napi/addon.h"

/* [control] Frees the addon when the environment has ended and nothing is under way. */
void addon_release(addon *self) {
  if (!self->closing || self->pending > 0) return;
  free(self->engines);
  free(self->pcms);
  free(self);
}

/* [control] The environment ends (exit, worker terminated): the audio side must let go of JavaScript's memory before
 * that goes. */
static void end_environment(void *data) {
  addon *self = data;
  for (uint32_t slot = 0; slot < self->engine_count; slot += 1) {
    if (self->engines[slot].engine) end_engine(self, &self->engines[slot]);
  }
  for (uint32_t slot = 0; slot < self->pcm_count; slot += 1) mae_pcm_free(&self->pcms[slot].pcm);
  self->closing = true;
  napi_set_instance_data(self->env, NULL, NULL, NULL);
  addon_release(self);
}

/* [control] versions(): { wire, miniaudio, soundBytes } */
static napi_value versions(napi_env env, napi_callback_info info) {
  call in;
  napi_value object;
  if (!call_begin(env, info, 0, &in) || napi_create_object(env, &object) != napi_ok) return NULL;
  set_number(env, object, "wire", MAE_WIRE_VERSION);
  set_text(env, object, "miniaudio", mae_upstream_version());
  set_number(env, object, "soundBytes", (double)mae_engine_sound_bytes());
  return object;
}

/* [control] */
NAPI_MODULE_INIT() {
  static const struct {
    const char *name;
    napi_callback function;
  } functions[] = {
      {"versions", versions},
      {"createEngine", create_engine},
      {"destroyEngine", destroy_engine},
      {"prepareSounds", prepare_sounds},
      {"prepareResampler", prepare_resampler},
      {"prepareNode", prepare_node},
      {"prepareEffect", prepare_effect},
      {"releaseNode", release_node},
      {"prepareBuffer", prepare_buffer},
      {"prepareStream", prepare_stream},
      {"releaseBuffer", release_buffer},
      {"render", render},
      {"drain", drain},
      {"listDevices", list_devices},
      {"openDevice", open_device},
      {"startDevice", start_device},
      {"stopDevice", stop_device},
      {"closeDevice", close_device},
      {"decode", decode},
      {"decodeSync", decode_sync},
      {"inspect", inspect},
      {"takePcm", take_pcm},
      {"takePcmSync", take_pcm_sync},
      {"dropPcm", drop_pcm},
  };
  addon *self = calloc(1, sizeof *self);
  if (!self) return throw_result(env, MAE_OUT_OF_MEMORY, NULL);
  self->env = env;
  if (napi_set_instance_data(env, self, NULL, NULL) != napi_ok ||
      napi_add_env_cleanup_hook(env, end_environment, self) != napi_ok) {
    free(self);
    return throw_result(env, MAE_UNSUPPORTED_HOST, "This runtime has no Node-API instance data or clean-up hooks");
  }
  for (size_t index = 0; index < sizeof functions / sizeof *functions; index += 1) {
    napi_value function;
    if (napi_create_function(env, functions[index].name, NAPI_AUTO_LENGTH, functions[index].function, NULL,
                             &function) != napi_ok)
      return NULL;
    if (napi_set_named_property(env, exports, functions[index].name, function) != napi_ok) return NULL;
  }
  return exports;
}
