/* The rows of mae_params.def: what every parameter may be and what it is at first. */
#ifndef MAE_BASE_ROWS_H
#define MAE_BASE_ROWS_H

#include <stdbool.h>
#include <stdint.h>

/* Row by row; an effect's rows follow one another. */
enum {
#define MAE_PARAM(owner, name, unit, minimum, maximum, initial, meaning) MAE_ROW_##owner##_##name,
#define MAE_PARAM_RATE MAE_PARAM
#include "mae_params.def"
#undef MAE_PARAM_RATE
#undef MAE_PARAM
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
