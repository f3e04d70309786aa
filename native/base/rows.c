#include "base/rows.h"

const mae_row mae_rows[MAE_ROW_COUNT] = {
#define MAE_PARAM(owner, name, unit, minimum, maximum, initial, ...) {minimum, maximum, initial, false},
#include "mae_params.def"
#undef MAE_PARAM
#define MAE_EFFECT_NUMBER(effect, name, unit, minimum, maximum, initial, ...) {minimum, maximum, initial, false},
#define MAE_EFFECT_OF_RATE(effect, name, unit, minimum, maximum, initial, ...) {minimum, maximum, initial, true},
#define MAE_EFFECT_SWITCH(effect, name, initial, ...) {0, 1, initial, false},
#include "mae_effects.def"
};
