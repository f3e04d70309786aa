/* Decoding, and what files hold. The samples go to JavaScript in two steps, because only JavaScript can make the shared
 * memory they shall lie in. */
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

/* [control] { container, codec, bits, channels, sampleRate, frames }, all of them numbers; NULL where there is no
 * memory for it. */
static napi_value make_info(napi_env env, const mae_sound_info *info) {
  napi_value object;
  if (napi_create_object(env, &object) != napi_ok) return NULL;
  set_number(env, object, "container", info->container);
  set_number(env, object, "codec", info->codec);
  set_number(env, object, "bits", info->bits);
  set_number(env, object, "channels", info->channels);
  set_number(env, object, "sampleRate", info->sample_rate);
  set_number(env, object, "frames", (double)info->frames);
  return object;
}

/* [control] Keeps decoded sound for JavaScript to fetch; frees it when that fails. Returns what make_info does, and its
 * handle. */
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
  napi_value object = slot < self->pcm_count ? make_info(self->env, &pcm->info) : NULL;
  if (!object) {
    mae_pcm_free(pcm);
    return NULL;
  }
  self->pcms[slot] = (pcm_entry){.pcm = *pcm, .serial = ++self->last_serial};
  set_number(self->env, object, "handle", (double)(self->pcms[slot].serial * HANDLE_SLOTS + slot));
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
static size_t pcm_bytes(const mae_pcm *pcm) { return (size_t)(pcm->info.frames * pcm->info.channels * sizeof(float)); }

/* A file that JavaScript reads. */
typedef struct {
  napi_env env;
  napi_value read; /* (offset, size) => Uint8Array */
  bool has_failed; /* it threw: no JavaScript may run until that is over */
} javascript_file;

/* [control] */
static size_t read_by_javascript(javascript_file *file, uint64_t offset, void *bytes, size_t size) {
  napi_env env = file->env;
  napi_value receiver, piece, numbers[2];
  void *read = NULL;
  size_t count = 0;
  if (napi_get_undefined(env, &receiver) != napi_ok ||
      napi_create_double(env, (double)offset, &numbers[0]) != napi_ok ||
      napi_create_double(env, (double)size, &numbers[1]) != napi_ok ||
      napi_call_function(env, receiver, file->read, 2, numbers, &piece) != napi_ok ||
      napi_get_typedarray_info(env, piece, NULL, &count, &read, NULL, NULL) != napi_ok) {
    file->has_failed = true;
    return 0;
  }
  if (count > size) count = size;
  if (count > 0) memcpy(bytes, read, count);
  return count;
}

/* [control] What JavaScript made for one piece is let go before the next. */
static size_t read_piece(void *user, uint64_t offset, void *bytes, size_t size) {
  javascript_file *file = user;
  napi_handle_scope scope;
  if (file->has_failed || napi_open_handle_scope(file->env, &scope) != napi_ok) return 0;
  const size_t count = read_by_javascript(file, offset, bytes, size);
  napi_close_handle_scope(file->env, scope);
  return count;
}

/* [control] inspect(size, read): what a file of so many bytes holds, without decoding it: { container, codec, bits,
 * channels, sampleRate, frames }. Throws what `read` throws. */
napi_value inspect(napi_env env, napi_callback_info info) {
  call in;
  uint64_t size;
  if (!call_begin(env, info, 2, &in) || !read_u64(&in, 0, &size)) return NULL;
  javascript_file file = {.env = env, .read = in.values[1]};
  const mae_reader reader = {.read = read_piece, .user = &file, .size = size};
  mae_sound_info found;
  const mae_result result = mae_inspect(&reader, &found);
  bool is_pending = false;
  napi_is_exception_pending(env, &is_pending);
  if (is_pending) return NULL;
  if (file.has_failed) return throw_result(env, MAE_INVALID_ARGUMENT, "A read gave no Uint8Array");
  if (result != MAE_OK) return throw_result(env, result, NULL);
  napi_value object = make_info(env, &found);
  return object ? object : throw_result(env, MAE_OUT_OF_MEMORY, NULL);
}

/* [control] decodeSync(bytes): what inspect gives, and a `handle` to the samples. */
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
