/* miniaudio itself, compiled once and unchanged. */
#define MINIAUDIO_IMPLEMENTATION
#include "base/upstream.h"

#include "base/upstream_inside.h"
#include "base/upstream_mp3.h"

#ifndef MA_NO_DECODING

_Static_assert(sizeof(ma_dr_mp3d_sample_t) == sizeof(int16_t), "miniaudio decodes mp3 to 16 bit");

size_t mae_upstream_mp3_bytes(void) { return sizeof(ma_dr_mp3dec); }

void mae_upstream_mp3_init(void *decoder) { ma_dr_mp3dec_init(decoder); }

uint32_t mae_upstream_mp3_frame(void *decoder, const uint8_t *data, uint32_t bytes, int16_t *samples,
                                uint32_t *channels) {
  ma_dr_mp3dec_frame_info info;
  memset(&info, 0, sizeof info);
  const int frames = ma_dr_mp3dec_decode_frame(decoder, data, (int)bytes, samples, &info);
  *channels = (uint32_t)info.channels;
  return frames > 0 ? (uint32_t)frames : 0;
}

mae_upstream_wav mae_upstream_wav_of(const void *decoder) {
  const ma_dr_wav *wav = &((const ma_wav *)((const ma_decoder *)decoder)->pBackend)->dr;
  return (mae_upstream_wav){.is_w64 = wav->container == ma_dr_wav_container_w64,
                            .is_aiff = wav->container == ma_dr_wav_container_aiff,
                            .format_tag = wav->translatedFormatTag,
                            .bits = wav->bitsPerSample,
                            .frame_bytes = wav->fmt.blockAlign,
                            .data_bytes = wav->dataChunkDataSize};
}

void mae_upstream_flac_set_length(void *decoder, uint64_t frames) {
  ((ma_flac *)((ma_decoder *)decoder)->pBackend)->dr->totalPCMFrameCount = frames;
}

#endif
