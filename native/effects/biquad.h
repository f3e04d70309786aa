/* Second-order filters: a state variable filter with trapezoidal integrators. It has exactly the responses of Robert
 * Bristow-Johnson's Audio EQ Cookbook, and stays quiet while its frequency moves: a constant passes an opening low-pass
 * unchanged, which a direct form does not manage.
 *
 * With g = tan(w0 / 2) and k = 1 / Q the denominator is 1 + g k + g^2; the output mixes input, band and low output by
 * m0, m1, m2. */
#ifndef MAE_EFFECTS_BIQUAD_H
#define MAE_EFFECTS_BIQUAD_H

#include "effects/effect.h"

typedef struct {
  double s1[MAE_MAX_CHANNELS], s2[MAE_MAX_CHANNELS]; /* what the two integrators hold */
} mae_biquad_memory;

typedef struct {
  mae_effect effect;
  /* next s1 = p11 s1 + p12 s2 + q1 x, next s2 = p21 s1 + p22 s2 + q2 x, y = o1 s1 + o2 s2 + d x */
  double p11, p12, p21, p22, q1, q2, o1, o2, d;
} mae_biquad;

/* [any] g of a frequency in Hz. */
double mae_biquad_g(const mae_effect *effect, double hertz);

/* [audio] */
void mae_biquad_set(mae_effect *effect, double g, double k, double m0, double m1, double m2);

/* [audio] Frames in which what rings falls by so many decibels. */
double mae_biquad_tail(double g, double k, double decibels);

/* [any] 1 / Q of a shelf whose slope is s and whose gain is a squared. */
double mae_biquad_shelf_k(double a, double s);

/* [control] Parts of a kind that all seven share. */
bool mae_biquad_init(mae_effect *effect);
void mae_biquad_uninit(mae_effect *effect);

/* [audio] */
void mae_biquad_process(mae_effect *effect, void *memory, float *mix, uint32_t frames);
void mae_biquad_clear(mae_effect *effect, void *memory);
void mae_biquad_flush(mae_effect *effect, void *memory);

#define MAE_BIQUAD_KIND .bytes = sizeof(mae_biquad), .clear = mae_biquad_clear, .flush = mae_biquad_flush

#endif
