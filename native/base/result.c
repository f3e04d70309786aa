/* Results in words, from the one table. */
#include "base/upstream.h"
#include "mae.h"

/* [any] The sentence of a result, ours or miniaudio's. */
const char *mae_result_sentence(mae_result result) {
  switch (result) {
#define MAE_RESULT(value, name, code, sentence)                                                                        \
  case value: return sentence;
#define MAE_ERROR(code, sentence)
#define MAE_UPSTREAM_RESULT(value, name, sentence)                                                                     \
  case value: return sentence;
#include "mae_result.def"
#undef MAE_RESULT
#undef MAE_ERROR
#undef MAE_UPSTREAM_RESULT
    default: return "Unknown error";
  }
}

/* The table is a copy of miniaudio's numbers; a new version that moves one must not compile. */
#define MAE_RESULT(value, name, code, sentence)
#define MAE_ERROR(code, sentence)
#define MAE_UPSTREAM_RESULT(value, name, sentence) _Static_assert((value) == MA_##name, "mae_result.def: MA_" #name);
#include "mae_result.def"
#undef MAE_RESULT
#undef MAE_ERROR
#undef MAE_UPSTREAM_RESULT

/* [any] The version of miniaudio that is compiled in. */
const char *mae_upstream_version(void) { return ma_version_string(); }
