import type { AudioError } from '../../base/errors.js';
import type { Resampler } from '../../base/types.js';

/** What a sound tells. */
export interface SoundEvents {
  /** The sound came to the end of its range. */
  end(detail?: AudioError): void;
  /** The sound was stopped. */
  stop(detail?: AudioError): void;
  /** The sound's data could not be decoded. */
  error(detail?: AudioError): void;
}

/** What a sound is made with, checked and complete. */
export interface VoiceSettings {
  readonly pitchEnabled: boolean;
  readonly resampler: Resampler;
  readonly volume: number;
  readonly pan: number;
  readonly pitch: number;
  readonly looping: boolean;
  readonly spatial: boolean;
}
