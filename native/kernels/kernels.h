/* The inner loops. One source, compiled for each instruction set (kernels.c); every lane does what the scalar code
 * does, so all give the same bits. */
#ifndef MAE_KERNELS_KERNELS_H
#define MAE_KERNELS_KERNELS_H

#include <stdbool.h>
#include <stdint.h>

#include "mae.h"

#define MAE_RESAMPLER_COUNT 4
#define MAE_SINC_TABLES 16

/* One table of a sinc interpolator, for one speed of reading. */
typedef struct {
  /* For each phase, of every eight taps their coefficients and how far it is to the next phase's. */
  const float *rows;
  /* Steps up to `until` need no wider table, from `whole` on the next one is taken alone, between them both are
   * blended. */
  uint64_t until, whole;
  uint32_t taps;       /* a multiple of 8: half of them before the source frame and at it, half after it */
  uint32_t phase_bits; /* 2^phase_bits phases */
} mae_sinc_table;

typedef struct {
  uint32_t count;
  mae_sinc_table tables[MAE_SINC_TABLES];
} mae_sinc;

/* Where the output frames lie in the source: fixed point, 32 bits of fraction, relative to `in`. */
typedef struct {
  uint64_t start;            /* of the first output frame */
  uint64_t step;             /* from each to the next; while the pitch moves, the longest of them */
  const uint64_t *positions; /* while the pitch moves, one for each output frame and one after the last, else NULL */
  const mae_sinc *sinc;      /* of the sinc interpolators */
} mae_path;

typedef void mae_resample_kernel(float *out, const float *in, uint32_t frames, const mae_path *path, uint32_t channels);

typedef struct {
  bool wide; /* they use vectors of 32 bytes: the processor has AVX2 */
  /* out[i] += in[i] * gain, mono to stereo and stereo to stereo. */
  void (*add_mono_to_stereo)(float *out, const float *in, uint32_t frames, float left, float right);
  void (*add_stereo)(float *out, const float *in, uint32_t frames, float left, float right);
  /* The same with a gain for each frame. */
  void (*add_mono_to_stereo_moving)(float *out, const float *in, uint32_t frames, const float *left,
                                    const float *right);
  void (*add_stereo_moving)(float *out, const float *in, uint32_t frames, const float *left, const float *right);
  /* Brings peak and sum of squares of each channel up to date. */
  void (*meter_stereo)(const float *samples, uint32_t frames, float *peaks, double *squares);
  /* Interpolators by MAE_WIRE_RESAMPLER_*, for one, two and any number of channels. */
  mae_resample_kernel *resample[MAE_RESAMPLER_COUNT][3];
  /* Into float32; what is not finite becomes 0. */
  void (*convert_f32)(float *out, const float *in, uint32_t samples);
  void (*convert_s16)(float *out, const int16_t *in, uint32_t samples);
  void (*convert_u8)(float *out, const uint8_t *in, uint32_t samples);
  void (*convert_s32)(float *out, const int32_t *in, uint32_t samples);
  void (*convert_s24)(float *out, const uint8_t *in, uint32_t samples);
} mae_kernels;

/* [control] The widest set this processor runs. */
const mae_kernels *mae_kernels_choose(void);

#endif
