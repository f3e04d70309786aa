#include "kernels/sinc.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/elementary.h"

/* A windowed sinc: cutoff as part of the source's half rate, Kaiser's beta, taps at the source's own speed. Found by
 * search for the signal-to-noise ratios from 44.1 to 48 kHz: sinc 92 / 103 / 99 / 91 dB at 1 / 5 / 10 / 15 kHz,
 * sinc-best 123 / 123 / 113 / 106. */
typedef struct {
  double cutoff, beta;
  uint32_t taps, phase_bits;
  double until, whole; /* up to this factor beyond a table's own speed it is taken alone, from that one on the next */
} design;
/* The shorter one lets the highest sixteenth of the band fold back near the end of a table's speeds: small changes of
 * pitch and doppler then need one table, not two. */
static const design DESIGNS[] = {{0.99, 8.2, 16, 7, 1.0625, 1.125}, {1.0, 10.0, 72, 8, 1.0, 1.0625}};

/* By how much each table is wider and its cutoff lower, so that a sound that is read faster than it was recorded does
 * not fold back. Sounds that are read faster than by the last of them keep its cutoff. */
static const double STRETCHES[] = {1, 1.25, 1.5, 2, 2.5, 3, 4, 6, 8};
enum { STRETCH_COUNT = sizeof STRETCHES / sizeof *STRETCHES };

/* [control] Modified Bessel function of the first kind, order 0, of 2 sqrt(quarter). */
static double bessel(double quarter) {
  double sum = 1, term = 1;
  for (int k = 1; k < 64 && term > sum * 1e-17; k += 1) {
    term *= quarter / ((double)k * (double)k);
    sum += term;
  }
  return sum;
}

/* [control] The taps for a point `fraction` of a frame after the middle. Their sum is 1, so that a constant stays a
 * constant at every point. */
static void fill_taps(const design *d, double stretch, uint32_t taps, double fraction, double *out) {
  double half = taps / 2.0, width = d->cutoff / stretch, quarter = d->beta * d->beta / 4, sum = 0;
  for (uint32_t i = 0; i < taps; i += 1) {
    double t = (double)i - (half - 1) - fraction, x = t / half, angle = MAE_PI * t * width, rest = 1 - x * x;
    out[i] = rest > 0 ? (angle == 0 ? 1 : mae_sin(angle) / angle) * bessel(quarter * rest) : 0;
    sum += out[i];
  }
  for (uint32_t i = 0; i < taps; i += 1) out[i] /= sum;
}

/* [control] A wider table changes more slowly from phase to phase and needs fewer. */
static uint32_t phase_bits_of(const design *d, double stretch) {
  return d->phase_bits - (stretch >= 2) - (stretch >= 4);
}

/* [control] Whole vectors of eight. */
static uint32_t taps_of(const design *d, double stretch) {
  uint32_t taps = (uint32_t)((double)d->taps * stretch + 0.5);
  return (taps + 7) / 8 * 8;
}

/* [control] Rows of one table: of every eight taps the coefficients, then how far it is to those of the next row. */
static void fill_rows(const design *d, double stretch, uint32_t taps, uint32_t phases, float *rows, double *here,
                      double *next) {
  fill_taps(d, stretch, taps, 0, here);
  for (uint32_t p = 0; p < phases; p += 1) {
    fill_taps(d, stretch, taps, (double)(p + 1) / (double)phases, next);
    float *row = rows + (size_t)p * taps * 2;
    for (uint32_t i = 0; i < taps; i += 1) {
      row[i / 8 * 16 + i % 8] = (float)here[i];
      row[i / 8 * 16 + i % 8 + 8] = (float)(next[i] - here[i]);
    }
    double *swapped = here;
    here = next;
    next = swapped;
  }
}

mae_sinc *mae_sinc_make(uint32_t resampler) {
  const design *d = &DESIGNS[resampler == MAE_WIRE_RESAMPLER_SINC_BEST];
  size_t header = (sizeof(mae_sinc) + 63) / 64 * 64, floats = 0;
  for (uint32_t s = 0; s < STRETCH_COUNT; s += 1)
    floats += (size_t)taps_of(d, STRETCHES[s]) * 2 << phase_bits_of(d, STRETCHES[s]);
  uint32_t most = taps_of(d, STRETCHES[STRETCH_COUNT - 1]);
  char *memory = malloc(header + floats * sizeof(float));
  double *scratch = malloc((size_t)most * 2 * sizeof *scratch);
  bool made = memory && scratch;
  mae_sinc *sinc = (mae_sinc *)(void *)memory;
  float *rows = (float *)(void *)(memory + header);
  for (uint32_t s = 0; made && s < STRETCH_COUNT; s += 1) {
    double stretch = STRETCHES[s];
    uint32_t taps = taps_of(d, stretch), bits = phase_bits_of(d, stretch);
    sinc->tables[s] = (mae_sinc_table){.rows = rows,
                                       .taps = taps,
                                       .phase_bits = bits,
                                       .until = (uint64_t)(stretch * d->until * 0x1p32),
                                       .whole = (uint64_t)(stretch * d->whole * 0x1p32)};
    fill_rows(d, stretch, taps, 1u << bits, rows, scratch, scratch + most);
    rows += (size_t)taps * 2 << bits;
  }
  free(scratch);
  if (!made) {
    free(memory);
    return NULL;
  }
  sinc->count = STRETCH_COUNT;
  return sinc;
}
