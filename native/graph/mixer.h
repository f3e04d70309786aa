/* Mixing of nodes: each adds its mix, with its gains, to what it leads to, and measures what it adds. */
#ifndef MAE_GRAPH_MIXER_H
#define MAE_GRAPH_MIXER_H

#include <stdint.h>

#include "state/engine.h"

/* [audio] After the voices: mixes every node into what it leads to, and the endpoint into out. */
void mae_graph_mix(mae_engine *engine, float *out, uint32_t frames);

#endif
