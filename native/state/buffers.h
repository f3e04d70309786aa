/* Sample memory: whole, or a stream whose frames come while it is played. */
#ifndef MAE_STATE_BUFFERS_H
#define MAE_STATE_BUFFERS_H

#include <stdbool.h>
#include <stdint.h>

#include "mae.h"
#include "state/objects.h"

typedef struct {
  mae_stream_kind kind;
  uint8_t *header;
  uint32_t capacity;        /* frames or pages */
  uint64_t position;        /* ring: frames taken out so far */
  uint64_t left, left_loop; /* pages: where the read head was before it last jumped */
  struct mae_sound *reader; /* NULL: none */
} mae_stream;

typedef struct {
  mae_object object;
  mae_buffer_config config;
  mae_stream stream;
  uint32_t users; /* voices that may still read it */
  bool dying;
} mae_buffer;

#endif
