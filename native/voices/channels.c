#include "voices/channels.h"

#include "base/elementary.h"
#include "base/upstream.h"

/* [control] */
static int8_t side_of(ma_channel channel) {
  switch (channel) {
    case MA_CHANNEL_FRONT_LEFT:
    case MA_CHANNEL_BACK_LEFT:
    case MA_CHANNEL_FRONT_LEFT_CENTER:
    case MA_CHANNEL_SIDE_LEFT: return -1;
    case MA_CHANNEL_FRONT_RIGHT:
    case MA_CHANNEL_BACK_RIGHT:
    case MA_CHANNEL_FRONT_RIGHT_CENTER:
    case MA_CHANNEL_SIDE_RIGHT: return 1;
    default: return 0;
  }
}

mae_result mae_channels_fill(uint32_t channels, float matrices[MAE_MAX_CHANNELS][MAE_MAX_CHANNELS * MAE_MAX_CHANNELS],
                             int8_t sides[MAE_MAX_CHANNELS]) {
  ma_channel map[MAE_MAX_CHANNELS];
  ma_channel_map_init_standard(ma_standard_channel_map_default, map, MAE_MAX_CHANNELS, channels);
  for (uint32_t c = 0; c < channels; c += 1) sides[c] = side_of(map[c]);
  for (uint32_t from = 1; from <= MAE_MAX_CHANNELS; from += 1) {
    ma_channel_converter_config config =
        ma_channel_converter_config_init(ma_format_f32, from, NULL, channels, NULL, ma_channel_mix_mode_default);
    ma_channel_converter converter;
    if (ma_channel_converter_init(&config, NULL, &converter) != MA_SUCCESS) return MAE_OUT_OF_MEMORY;
    for (uint32_t c = 0; c < from; c += 1) {
      float in[MAE_MAX_CHANNELS] = {0}, out[MAE_MAX_CHANNELS] = {0};
      in[c] = 1;
      ma_channel_converter_process_pcm_frames(&converter, out, in, 1);
      for (uint32_t o = 0; o < channels; o += 1) matrices[from - 1][c * MAE_MAX_CHANNELS + o] = out[o];
    }
    ma_channel_converter_uninit(&converter, NULL);
  }
  return MAE_OK;
}

/* [control] Degrees to the right of straight ahead; a value beyond 180 for channels without a direction, such as the
 * low-frequency one. */
static int angle_of(ma_channel channel) {
  switch (channel) {
    case MA_CHANNEL_FRONT_CENTER: return 0;
    case MA_CHANNEL_FRONT_LEFT_CENTER: return -15;
    case MA_CHANNEL_FRONT_RIGHT_CENTER: return 15;
    case MA_CHANNEL_FRONT_LEFT: return -30;
    case MA_CHANNEL_FRONT_RIGHT: return 30;
    case MA_CHANNEL_SIDE_LEFT: return -90;
    case MA_CHANNEL_SIDE_RIGHT: return 90;
    case MA_CHANNEL_BACK_LEFT: return -150;
    case MA_CHANNEL_BACK_RIGHT: return 150;
    case MA_CHANNEL_BACK_CENTER: return 180;
    default: return 360;
  }
}

void mae_speakers_fill(uint32_t channels, mae_speakers *speakers) {
  ma_channel map[MAE_MAX_CHANNELS];
  ma_channel_map_init_standard(ma_standard_channel_map_default, map, MAE_MAX_CHANNELS, channels);
  speakers->count = 0;
  for (int degrees = -180; degrees <= 180; degrees += 1)
    for (uint32_t c = 0; c < channels; c += 1) {
      if (angle_of(map[c]) != degrees) continue;
      speakers->channels[speakers->count] = c;
      speakers->angles[speakers->count] = degrees * (MAE_PI / 180);
      speakers->count += 1;
    }
}
