#include "base/elementary.h"

#include <stdint.h>
#include <string.h>

/* Range reduction and Taylor series about 0, long enough that the first term left out is below half an ulp of the
 * result. */

/* [any] Nearest integer, halves away from zero. */
static double round_half_away(double x) { return (double)(int64_t)(x < 0 ? x - 0.5 : x + 0.5); }

/* [any] sin(r) for |r| <= pi/4. */
static double sine_series(double r) {
  double z = r * r;
  double s = -1.0 / 1307674368000.0;
  s = s * z + 1.0 / 6227020800.0;
  s = s * z - 1.0 / 39916800.0;
  s = s * z + 1.0 / 362880.0;
  s = s * z - 1.0 / 5040.0;
  s = s * z + 1.0 / 120.0;
  s = s * z - 1.0 / 6.0;
  return r + r * z * s;
}

/* [any] cos(r) for |r| <= pi/4. */
static double cosine_series(double r) {
  double z = r * r;
  double c = 1.0 / 20922789888000.0;
  c = c * z - 1.0 / 87178291200.0;
  c = c * z + 1.0 / 479001600.0;
  c = c * z - 1.0 / 3628800.0;
  c = c * z + 1.0 / 40320.0;
  c = c * z - 1.0 / 720.0;
  c = c * z + 1.0 / 24.0;
  return 1.0 - 0.5 * z + z * z * c;
}

/* [any] sin(x + quarter turns). */
static double sine_quadrant(double x, int64_t quarters) {
  /* pi/2 in two parts: the high one has trailing zeros, so that its multiples are exact. */
  const double high = 1.57079632673412561417e+00, low = 6.07710050650619224932e-11;
  double k = round_half_away(x * (2.0 / MAE_PI));
  double r = (x - k * high) - k * low;
  switch (((int64_t)k + quarters) & 3) {
    case 0: return sine_series(r);
    case 1: return cosine_series(r);
    case 2: return -sine_series(r);
    default: return -cosine_series(r);
  }
}

double mae_sin(double x) { return sine_quadrant(x, 0); }

double mae_cos(double x) { return sine_quadrant(x, 1); }

double mae_exp(double x) {
  const double log2_high = 6.93147180369123816490e-01, log2_low = 1.90821492927058770002e-10;
  if (x < -708.0) return 0.0;
  if (x > 709.0) x = 709.0;
  double k = round_half_away(x * 1.44269504088896340736);
  double r = (x - k * log2_high) - k * log2_low;
  double e = 1.0;
  for (int n = 14; n >= 1; n -= 1) e = 1.0 + e * r / (double)n;
  uint64_t bits = (uint64_t)((int64_t)k + 1022) << 52; /* half of 2^k, so that k = 1024 still has an exponent */
  double power;
  memcpy(&power, &bits, sizeof power);
  return e * power * 2.0;
}

double mae_log(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  int64_t exponent = (int64_t)(bits >> 52) - 1023;
  bits = (bits & 0x000FFFFFFFFFFFFFull) | 0x3FF0000000000000ull;
  double m;
  memcpy(&m, &bits, sizeof m);
  if (m > 1.41421356237309504880) {
    m *= 0.5;
    exponent += 1;
  }
  double s = (m - 1.0) / (m + 1.0), z = s * s, sum = 0.0;
  for (int n = 23; n >= 1; n -= 2) sum = sum * z + 1.0 / (double)n;
  return (double)exponent * 6.93147180559945309417e-01 + 2.0 * s * sum;
}

/* [any] atan(t) for 0 <= t <= 1: the angle is halved three times, atan t = 2 atan(t / (1 + sqrt(1 + t^2))), then a
 * Taylor series. */
static double arc_tangent(double t) {
  for (int halvings = 0; halvings < 3; halvings += 1) t = t / (1.0 + mae_sqrt(1.0 + t * t));
  double z = t * t, sum = 0.0;
  for (int n = 19; n >= 1; n -= 2) sum = 1.0 / (double)n - z * sum;
  return 8.0 * t * sum;
}

double mae_atan2(double y, double x) {
  double across = x < 0 ? -x : x, up = y < 0 ? -y : y;
  if (across == 0 && up == 0) return 0;
  double angle = up <= across ? arc_tangent(up / across) : MAE_PI / 2 - arc_tangent(across / up);
  if (x < 0) angle = MAE_PI - angle;
  return y < 0 ? -angle : angle;
}
