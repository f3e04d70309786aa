#include "decoders/file_kind.h"

/* In the order in which they are asked. An mp3 has no magic number, so it comes last. */
static const mae_file_kind *const kinds[] = {&mae_wav_files, &mae_flac_files, &mae_mp3_files};

const mae_file_kind *mae_file_kind_of(mae_bytes *bytes) {
  for (size_t index = 0; index < sizeof kinds / sizeof *kinds; index += 1)
    if (kinds[index]->recognise(bytes)) return kinds[index];
  return NULL;
}
