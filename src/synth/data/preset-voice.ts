import type { VoiceSource } from './voice-data.js';
import type { SynthVoiceOptions } from './voice-options.js';

/** One voice of a preset; in `fm` and `ring`, `voice` is the number of another voice in the preset's list, from 1. */
export interface PresetVoice extends SynthVoiceOptions {
  /** What it sounds. */
  source: VoiceSource;
}
