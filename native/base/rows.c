#include "base/rows.h"

const mae_row mae_rows[MAE_ROW_COUNT] = {
#define MAE_PARAM(owner, name, unit, minimum, maximum, initial, meaning) {minimum, maximum, initial, false},
#define MAE_PARAM_RATE(owner, name, unit, minimum, maximum, initial, meaning) {minimum, maximum, initial, true},
#include "mae_params.def"
#undef MAE_PARAM
#undef MAE_PARAM_RATE
};
