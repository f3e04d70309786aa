/* Small functions that round the same on every host: platform libm differs in the last bit, and so would the samples.
 */
#ifndef MAE_BASE_ELEMENTARY_H
#define MAE_BASE_ELEMENTARY_H

#define MAE_PI 3.14159265358979323846

/* [any] Radians; accurate to 1e-15 for |x| up to 1e5. */
double mae_sin(double x);

/* [any] */
double mae_cos(double x);

/* [any] Underflows to 0 below -708, saturates at exp(709). */
double mae_exp(double x);

/* [any] Natural logarithm of a positive normal number. */
double mae_log(double x);

/* [any] Square root, rounded as IEEE 754 asks on every host; negative numbers give NaN. */
static inline double mae_sqrt(double x) { return __builtin_sqrt(x); }

/* [any] Angle of the point (x, y) in radians, -pi..pi; 0 where both are 0. Accurate to 1e-15. */
double mae_atan2(double y, double x);

#endif
