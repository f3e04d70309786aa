/* Reading arguments and throwing. TypeScript validates for the person; what is checked here keeps memory safe whatever
 * calls. */
#include <stdio.h>

#include "napi/addon.h"

/* [control] */
bool call_begin(napi_env env, napi_callback_info info, size_t count, call *out) {
  out->env = env;
  out->count = count;
  out->self = NULL;
  if (napi_get_instance_data(env, (void **)&out->self) != napi_ok || !out->self || out->self->closing) {
    throw_result(env, MAE_UNSUPPORTED_HOST, "The environment of this engine has ended");
    return false;
  }
  size_t given = count;
  if (napi_get_cb_info(env, info, &given, out->values, NULL, NULL) != napi_ok || given < count) {
    throw_result(env, MAE_INVALID_ARGUMENT, "Too few arguments");
    return false;
  }
  return true;
}

/* [control] */
static bool refuse(call *in, size_t index, const char *expected) {
  char text[128];
  snprintf(text, sizeof text, "Expected %s as argument %u", expected, (unsigned)index + 1);
  throw_result(in->env, MAE_INVALID_ARGUMENT, text);
  return false;
}

/* [control] */
bool read_u64(call *in, size_t index, uint64_t *value) {
  double number;
  if (napi_get_value_double(in->env, in->values[index], &number) != napi_ok ||
      !(number >= 0 && number <= 9007199254740991.0) || number != (double)(uint64_t)number) {
    return refuse(in, index, "an integer of 0 or more");
  }
  *value = (uint64_t)number;
  return true;
}

/* [control] */
bool read_u32(call *in, size_t index, uint32_t *value) {
  uint64_t number;
  if (!read_u64(in, index, &number)) return false;
  if (number > UINT32_MAX) return refuse(in, index, "an integer below 2^32");
  *value = (uint32_t)number;
  return true;
}

/* [control] */
static size_t element_bytes(napi_typedarray_type type) {
  switch (type) {
    case napi_int16_array:
    case napi_uint16_array: return 2;
    case napi_int32_array:
    case napi_uint32_array:
    case napi_float32_array: return 4;
    case napi_float64_array:
    case napi_bigint64_array:
    case napi_biguint64_array: return 8;
    default: return 1;
  }
}

/* [control] */
bool read_bytes(call *in, size_t index, size_t needed, size_t alignment, void **bytes, size_t *size) {
  bool is_typed = false;
  napi_typedarray_type type;
  size_t length;
  if (napi_is_typedarray(in->env, in->values[index], &is_typed) != napi_ok || !is_typed)
    return refuse(in, index, "a typed array");
  if (napi_get_typedarray_info(in->env, in->values[index], &type, &length, bytes, NULL, NULL) != napi_ok)
    return refuse(in, index, "a typed array whose memory is there");
  *size = length * element_bytes(type);
  if (*size < needed) return refuse(in, index, "a typed array that is long enough and not detached");
  if (*size > 0 && (!*bytes || (uintptr_t)*bytes % alignment != 0))
    return refuse(in, index, "a typed array with aligned memory");
  return true;
}

/* [control] */
bool read_text(call *in, size_t index, char *text, size_t bytes, bool *is_null) {
  napi_valuetype type;
  size_t length = 0;
  if (napi_typeof(in->env, in->values[index], &type) != napi_ok) return refuse(in, index, "a string or null");
  *is_null = type == napi_null || type == napi_undefined;
  if (*is_null) return true;
  if (type != napi_string || napi_get_value_string_utf8(in->env, in->values[index], NULL, 0, &length) != napi_ok ||
      length >= bytes) {
    return refuse(in, index, "a string that is not too long, or null");
  }
  return napi_get_value_string_utf8(in->env, in->values[index], text, bytes, &length) == napi_ok ||
         refuse(in, index, "a string");
}

/* [control] */
napi_value make_error(napi_env env, mae_result result, const char *detail) {
  napi_value message, error, number;
  char text[512];
  const char *sentence = mae_result_sentence(result);
  if (detail) snprintf(text, sizeof text, "%s: %s", sentence, detail);
  else snprintf(text, sizeof text, "%s", sentence);
  if (napi_create_string_utf8(env, text, NAPI_AUTO_LENGTH, &message) != napi_ok) return NULL;
  if (napi_create_error(env, NULL, message, &error) != napi_ok || napi_create_int32(env, result, &number) != napi_ok)
    return NULL;
  napi_set_named_property(env, error, "result", number);
  return error;
}

/* [control] */
napi_value throw_result(napi_env env, mae_result result, const char *detail) {
  napi_value error = make_error(env, result, detail);
  if (error) napi_throw(env, error);
  return NULL;
}

/* [control] */
napi_value make_undefined(napi_env env) {
  napi_value value = NULL;
  napi_get_undefined(env, &value);
  return value;
}

/* [control] */
void set_number(napi_env env, napi_value object, const char *name, double number) {
  napi_value value;
  if (napi_create_double(env, number, &value) == napi_ok) napi_set_named_property(env, object, name, value);
}

/* [control] */
void set_text(napi_env env, napi_value object, const char *name, const char *text) {
  napi_value value;
  if (napi_create_string_utf8(env, text, NAPI_AUTO_LENGTH, &value) == napi_ok)
    napi_set_named_property(env, object, name, value);
}
