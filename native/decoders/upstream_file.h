/* A file that miniaudio decodes, piece by piece, from anywhere. */
#ifndef MAE_DECODERS_UPSTREAM_FILE_H
#define MAE_DECODERS_UPSTREAM_FILE_H

#include "base/upstream.h"
#include "decoders/bytes.h"

typedef struct {
  ma_vfs_callbacks callbacks; /* first: miniaudio takes this for its file system */
  mae_bytes *bytes;
  ma_encoding_format encoding;
  ma_decoder decoder;
  /* False after a failure: nobody knows where it stands, and the next read opens it anew. */
  bool is_open;
  /* Its frames were counted: something is wrong with it, and miniaudio can only go forward in it, and back to its
   * beginning. */
  bool only_forward;
  /* Of a flac file whose header does not say it; 0: it does, or nobody knows. */
  uint64_t found_length;
  uint32_t steps_back; /* relative seeks towards the beginning */
  uint64_t at;         /* byte that miniaudio reads next */
  uint64_t cursor;     /* frame that it decodes next */
} mae_upstream_file;

/* [worker] Reads the header, and gives its channels, rate and length (0: it does not say). The bytes are borrowed until
 * mae_upstream_file_close. @retval DECODE, OUT_OF_MEMORY */
mae_result mae_upstream_file_open(mae_bytes *bytes, ma_encoding_format encoding, mae_upstream_file **file,
                                  mae_sound_info *info);

/* [worker] Tells it the length of a flac file whose header does not say it. */
void mae_upstream_file_set_length(mae_upstream_file *file, uint64_t frames);

/* [worker] How many frames there are, where the header does not say it; decodes them all. @retval DECODE */
mae_result mae_upstream_file_count(mae_upstream_file *file, uint64_t *frames);

/* [worker] As mae_file_kind. */
mae_result mae_upstream_file_read(void *file, uint64_t frame, uint32_t count, float *samples);

/* [worker] NULL is allowed. */
void mae_upstream_file_close(void *file);

#endif
