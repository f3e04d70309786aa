/* The rows of mae_params.def and mae_effects.def: what every parameter may be and what it is at first. */
#ifndef MAE_BASE_ROWS_H
#define MAE_BASE_ROWS_H

#include <stdbool.h>
#include <stdint.h>

/* Row by row. MAE_ROW_<effect> is the first row of an effect; its others follow. */
enum {
#define MAE_PARAM(owner, name, ...) MAE_ROW_##owner##_##name,
#include "mae_params.def"
#undef MAE_PARAM
#define MAE_EFFECT(effect, ...) MAE_ROW_##effect, MAE_ROW_before_##effect = MAE_ROW_##effect - 1,
#define MAE_EFFECT_NUMBER(effect, name, ...) MAE_ROW_##effect##_##name,
#define MAE_EFFECT_OF_RATE(effect, name, ...) MAE_ROW_##effect##_##name,
#define MAE_EFFECT_SWITCH(effect, name, ...) MAE_ROW_##effect##_##name,
#include "mae_effects.def"
  MAE_ROW_COUNT
};

typedef struct {
  double minimum, maximum, initial;
  bool of_rate; /* the maximum is a factor of the engine's rate, and the initial value at most that */
} mae_row;

extern const mae_row mae_rows[MAE_ROW_COUNT];

/* [audio] A value brought between two bounds; what is not a number becomes the lower one. */
static inline double mae_bounded(double value, double minimum, double maximum) {
  if (!(value > minimum)) return minimum;
  return value < maximum ? value : maximum;
}

/* [audio] A value brought into the range of a row that does not depend on the rate. */
static inline double mae_row_bounded(uint32_t row, double value) {
  return mae_bounded(value, mae_rows[row].minimum, mae_rows[row].maximum);
}

#endif
