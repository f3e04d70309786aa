import type { VoiceSource } from './voice-data.js';
import type { SynthVoiceOptions } from './voice-options.js';

/**
 * One voice of a {@link SynthPreset}. In `fm` and `ring`, `voice` is the number of another voice in the preset's list,
 * counted from 1.
 */
export interface PresetVoice extends SynthVoiceOptions {
  /** Its source: a wave or noise. */
  source: VoiceSource;
}
