/* Numbers on the wire, by their offset; who may write them stands in mae_wire.def. */
#ifndef MAE_STATE_WIRE_H
#define MAE_STATE_WIRE_H

#include <stdint.h>

#include "state/engine.h"

/* [any] */
static inline uint32_t *mae_wire_u32(mae_engine *engine, uint32_t offset) {
  return (uint32_t *)(void *)(engine->wire + offset);
}
static inline double *mae_wire_f64(mae_engine *engine, uint32_t offset) {
  return (double *)(void *)(engine->wire + offset);
}
static inline float *mae_wire_f32(mae_engine *engine, uint32_t offset) {
  return (float *)(void *)(engine->wire + offset);
}

#endif
