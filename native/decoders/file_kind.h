/* The kinds of files that are decoded. A new kind is one file of this folder that defines a mae_file_kind, and a line
 * below and in the table of file_kind.c. */
#ifndef MAE_DECODERS_FILE_KIND_H
#define MAE_DECODERS_FILE_KIND_H

#include "decoders/bytes.h"

/* [worker] What every kind can do; `file` is what its `open` has made. */
typedef struct {
  /* True where the first bytes are those of this kind. */
  bool (*recognise)(mae_bytes *bytes);
  /* Reads the header. The bytes are borrowed until `close`. @retval DECODE also where the bytes are fewer than the
   * header says, OUT_OF_MEMORY */
  mae_result (*open)(mae_bytes *bytes, void **file, mae_sound_info *info);
  /* Decodes frames of the sound, which need not be finite. After a failure it can be asked again. @retval DECODE */
  mae_result (*read)(void *file, uint64_t frame, uint32_t count, float *samples);
  void (*close)(void *file);
} mae_file_kind;

extern const mae_file_kind mae_wav_files, mae_flac_files, mae_mp3_files;

/* [worker] The kind of a file; NULL where it is none of these. */
const mae_file_kind *mae_file_kind_of(mae_bytes *bytes);

#endif
