#include "graph/touch.h"

#include <string.h>

void mae_node_touch(mae_engine *engine, mae_node *node, uint64_t sounds_to) {
  if (node->sounded_to < sounds_to) node->sounded_to = sounds_to;
  if (node->touched == engine->block) return;
  node->touched = engine->block;
  memset(node->mix, 0, (size_t)MAE_BLOCK_FRAMES * engine->config.channels * sizeof(float));
}

void mae_node_touch_key(mae_engine *engine, mae_node *node) {
  if (node->key_touched == engine->block) return;
  node->key_touched = engine->block;
  memset(node->key, 0, (size_t)MAE_BLOCK_FRAMES * engine->config.channels * sizeof(float));
}
