/* Decoding. The samples go to JavaScript in two steps, because only JavaScript can make the shared memory they shall
 * lie in. */
#include <stdlib.h>
#include <string.h>

#include "napi/addon.h"

typedef struct {
  operation base;
  const void *bytes;
  size_t size;
  mae_pcm pcm;
} decode_operation;

typedef struct {
  operation base;
  mae_pcm pcm;
  void *target;
} take_operation;

#define HANDLE_SLOTS 65536u

/* [control] Keeps decoded sound for JavaScript to fetch; frees it when that fails. Returns { handle, channels,
 * sampleRate, frames }. */
static napi_value keep_pcm(addon *self, mae_pcm *pcm) {
  uint32_t slot = 0;
  while (slot < self->pcm_count && self->pcms[slot].serial != 0) slot += 1;
  if (slot == self->pcm_count && slot < HANDLE_SLOTS) {
    const uint32_t count = slot == 0 ? 4 : slot * 2;
    pcm_entry *larger = realloc(self->pcms, count * sizeof *larger);
    if (larger) {
      memset(larger + slot, 0, (count - slot) * sizeof *larger);
      self->pcms = larger;
      self->pcm_count = count;
    }
  }
  napi_value object;
  if (slot >= self->pcm_count || napi_create_object(self->env, &object) != napi_ok) {
    mae_pcm_free(pcm);
    return NULL;
  }
  self->pcms[slot] = (pcm_entry){.pcm = *pcm, .serial = ++self->last_serial};
  set_number(self->env, object, "handle", (double)(self->pcms[slot].serial * HANDLE_SLOTS + slot));
  set_number(self->env, object, "channels", pcm->channels);
  set_number(self->env, object, "sampleRate", pcm->sample_rate);
  set_number(self->env, object, "frames", (double)pcm->frames);
  return object;
}

/* [control] The decoded sound of a handle; NULL with an error pending where it is stale. */
static pcm_entry *find_pcm(call *in, size_t index) {
  uint64_t handle;
  if (!read_u64(in, index, &handle)) return NULL;
  const uint32_t slot = (uint32_t)(handle % HANDLE_SLOTS);
  if (slot >= in->self->pcm_count || in->self->pcms[slot].serial == 0 ||
      in->self->pcms[slot].serial != handle / HANDLE_SLOTS) {
    throw_result(in->env, MAE_STALE_ID, "The decoded sound was fetched or dropped");
    return NULL;
  }
  return &in->self->pcms[slot];
}

/* [control] */
static void drop(pcm_entry *entry) {
  mae_pcm_free(&entry->pcm);
  memset(entry, 0, sizeof *entry);
}

/* [any] Bytes of all samples. */
static size_t pcm_bytes(const mae_pcm *pcm) { return (size_t)(pcm->frames * pcm->channels * sizeof(float)); }

/* [control] decodeSync(bytes): { handle, channels, sampleRate, frames } */
napi_value decode_sync(napi_env env, napi_callback_info info) {
  call in;
  void *bytes;
  size_t size;
  mae_pcm pcm;
  if (!call_begin(env, info, 1, &in) || !read_bytes(&in, 0, 0, 1, &bytes, &size)) return NULL;
  mae_result result = mae_decode(bytes, size, &pcm);
  if (result != MAE_OK) return throw_result(env, result, NULL);
  napi_value kept = keep_pcm(in.self, &pcm);
  return kept ? kept : throw_result(env, MAE_OUT_OF_MEMORY, NULL);
}

/* [worker] */
static void execute_decode(operation *base) {
  decode_operation *self = (decode_operation *)base;
  base->result = mae_decode(self->bytes, self->size, &self->pcm);
}

/* [control] */
static napi_value finish_decode(operation *base, bool answer) {
  decode_operation *self = (decode_operation *)base;
  if (base->result != MAE_OK) return NULL;
  if (answer) return keep_pcm(base->self, &self->pcm);
  mae_pcm_free(&self->pcm);
  return NULL;
}

/* [control] decode(bytes): Promise of the same. Nobody may detach the bytes before it settles. */
napi_value decode(napi_env env, napi_callback_info info) {
  call in;
  void *bytes;
  size_t size;
  if (!call_begin(env, info, 1, &in) || !read_bytes(&in, 0, 0, 1, &bytes, &size)) return NULL;
  decode_operation *self = calloc(1, sizeof *self);
  if (!self) return throw_result(env, MAE_OUT_OF_MEMORY, NULL);
  self->bytes = bytes;
  self->size = size;
  self->base.execute = execute_decode;
  self->base.finish = finish_decode;
  return operation_start(&in, &self->base, "miniaudio-engine: decode", in.values[0]);
}

/* [control] takePcmSync(handle, target): copies the samples and forgets the sound */
napi_value take_pcm_sync(napi_env env, napi_callback_info info) {
  call in;
  void *target;
  size_t size;
  pcm_entry *entry;
  if (!call_begin(env, info, 2, &in) || !(entry = find_pcm(&in, 0))) return NULL;
  if (!read_bytes(&in, 1, pcm_bytes(&entry->pcm), sizeof(float), &target, &size)) return NULL;
  if (pcm_bytes(&entry->pcm) > 0) memcpy(target, entry->pcm.samples, pcm_bytes(&entry->pcm));
  drop(entry);
  return make_undefined(env);
}

/* [worker] */
static void execute_take(operation *base) {
  take_operation *self = (take_operation *)base;
  if (pcm_bytes(&self->pcm) > 0) memcpy(self->target, self->pcm.samples, pcm_bytes(&self->pcm));
  mae_pcm_free(&self->pcm);
  base->result = MAE_OK;
}

/* [control] */
static napi_value finish_take(operation *base, bool answer) {
  mae_pcm_free(&((take_operation *)base)->pcm);
  return answer ? make_undefined(base->self->env) : NULL;
}

/* [control] takePcm(handle, target): the same on another thread. Nobody may detach the target before the promise
 * settles. */
napi_value take_pcm(napi_env env, napi_callback_info info) {
  call in;
  void *target;
  size_t size;
  pcm_entry *entry;
  if (!call_begin(env, info, 2, &in) || !(entry = find_pcm(&in, 0))) return NULL;
  if (!read_bytes(&in, 1, pcm_bytes(&entry->pcm), sizeof(float), &target, &size)) return NULL;
  take_operation *self = calloc(1, sizeof *self);
  if (!self) return throw_result(env, MAE_OUT_OF_MEMORY, NULL);
  self->pcm = entry->pcm;
  self->target = target;
  self->base.execute = execute_take;
  self->base.finish = finish_take;
  const uint32_t slot = (uint32_t)(entry - in.self->pcms);
  napi_value promise = operation_start(&in, &self->base, "miniaudio-engine: fetch decoded sound", in.values[1]);
  /* Started: the samples are the operation's. Not started: they stay here, to be fetched or dropped. */
  if (promise) memset(&in.self->pcms[slot], 0, sizeof in.self->pcms[slot]);
  return promise;
}

/* [control] dropPcm(handle): frees it unfetched */
napi_value drop_pcm(napi_env env, napi_callback_info info) {
  call in;
  pcm_entry *entry;
  if (!call_begin(env, info, 1, &in) || !(entry = find_pcm(&in, 0))) return NULL;
  drop(entry);
  return make_undefined(env);
}
