/* What every effect of this folder is made of. A node of the graph may carry one effect, which works in place on the
 * node's mix.
 *
 * Each effect is one file of one shape: init, set, process, uninit, and a mae_effect_kind that names
 * them. mae_effects.def has a row for each. `set` turns parameter values into what `process` multiplies with; `process`
 * works with values that rest. effect.c does all the rest for all of them alike: it moves parameters frame by frame,
 * fades `enabled` and `reset`, keeps what is not finite out, flushes what has become too small, and lets an effect
 * sleep. */
#ifndef MAE_EFFECTS_EFFECT_H
#define MAE_EFFECTS_EFFECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ramp.h"
#include "base/rows.h"
#include "mae.h"

/* The most parameters any effect may have; a row of mae_effects.def beyond it does not compile. */
#define MAE_EFFECT_PARAMETERS 6
/* Frames of the grid on which effects fall asleep and flush: engine frames that are multiples of these, so that it does
 * not matter how time is cut. */
#define MAE_EFFECT_SLEEP_FRAMES 4096
#define MAE_EFFECT_FLUSH_FRAMES 256

typedef struct mae_effect mae_effect;

typedef struct {
  uint32_t kind;        /* MAE_EFFECT_* */
  uint32_t sample_rate; /* Hz */
  uint32_t channels;
  bool wide; /* the processor has AVX2; the same bits, faster */
  /* Form of a band-pass (0 peak, 1 skirt), oversampling of a soft clipper (1, 2, 4); of no meaning to others. */
  uint32_t variant;
} mae_effect_config;

/* Where a parameter stands among those of its effect: in the values that `set` and `tail` are given. */
#define MAE_EFFECT_PARAMETER(effect, name) (MAE_ROW_##effect##_##name - MAE_ROW_##effect)

typedef struct {
  size_t bytes; /* of the effect itself, which begins with a mae_effect */
  /* Its memory is too large to copy: a reset fades its lines out instead of fading between two copies. */
  bool keeps_lines;
  /* [control] Makes memory; false where there is none. */
  bool (*init)(mae_effect *effect);
  /* [audio] A function of the values alone. */
  void (*set)(mae_effect *effect, const double *values);
  /* [audio] */
  void (*process)(mae_effect *effect, void *memory, float *mix, uint32_t frames);
  /* [control] Also after a failed init. */
  void (*uninit)(mae_effect *effect);
  /* [audio] As if nothing had ever sounded. */
  void (*clear)(mae_effect *effect, void *memory);
  /* [audio] NULL where nothing can become too small. */
  void (*flush)(mae_effect *effect, void *memory);
  /* [audio] Frames until it has fallen by so many decibels; infinity: never. */
  double (*tail)(const mae_effect *effect, const double *values, double decibels);
} mae_effect_kind;

struct mae_effect {
  const mae_effect_kind *kind;
  uint32_t first_row, parameter_count; /* of its parameters in mae_rows */
  mae_effect_config config;
  void *memory;        /* what sounds */
  void *copy;          /* what sounded before a reset; NULL where lines are kept */
  size_t memory_bytes; /* of each of them */
  mae_ramp ramps[MAE_EFFECT_PARAMETERS];
  mae_ramp enabled; /* 1 processed, 0 passed through */
  mae_ramp renewal; /* of a reset */
  enum {
    mae_renewal_none,
    mae_renewal_leaving, /* lines fade out */
    mae_renewal_coming   /* what is new fades in */
  } renewing;
  bool renew_again;     /* another reset came meanwhile */
  float *key;           /* of the block being processed: what the level is taken from, NULL: from the input */
  const float *key_now; /* the same, of the frames being processed */
  bool awake;           /* there is something in its memory */
  bool stale;           /* `set` has not seen the present values */
  double gate;          /* what goes into lines and comes out of them, 0..1; 1 but for resets */
  uint64_t input_to;    /* engine frame after the last one that brought sound */
  uint64_t changed_to;  /* engine frame at which the last change of a parameter is over */
  float reduction;      /* dB that a compressor takes away at the moment */
};

/* [control] Makes an effect. @retval INVALID_ARGUMENT, OUT_OF_MEMORY; *effect is NULL then. */
mae_result mae_effect_make(const mae_effect_config *config, mae_effect **effect);

/* [control] NULL is allowed. */
void mae_effect_free(mae_effect *effect);

/* [audio] Puts it into use: everything at its default, nothing in its memory. */
void mae_effect_begin(mae_effect *effect);

/* [audio] The ramp behind a parameter of RAMP, NULL where it has none; `*value` is brought into the parameter's range.
 */
mae_ramp *mae_effect_parameter(mae_effect *effect, uint8_t param, double *value);

/* [audio] A parameter was told to move; it is there at this engine frame. */
void mae_effect_changed(mae_effect *effect, uint64_t there);

/* [audio] Does NODE_RESET at engine frame `now`. */
void mae_effect_reset(mae_effect *effect, uint64_t now, uint32_t smoothing_frames);

/* [audio] It is switched on within sound: what goes into lines fades in, so that no echo of it begins with a step. */
void mae_effect_come_in(mae_effect *effect, uint64_t now, uint32_t frames);

/* [audio] Forgets all that sounded, at once. */
void mae_effect_clear(mae_effect *effect);

/* [audio] Processes frames of a mix from engine frame `now` on. `dry` is scratch of the same size. */
void mae_effect_process(mae_effect *effect, float *mix, float *dry, uint64_t now, uint32_t frames);

/* [audio] True where all that came in has died away by engine frame `now`, a multiple of MAE_EFFECT_SLEEP_FRAMES. */
bool mae_effect_is_over(const mae_effect *effect, uint64_t now);

/* [audio] The frames in which `factor` for each frame falls by so many decibels; infinity for a factor of 1. */
double mae_effect_decay_frames(double factor, double decibels);

/* [audio] A level in dB as a factor. */
double mae_effect_gain(double decibels);

#endif
