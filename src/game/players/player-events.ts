import type { AudioError } from '../../base/errors.js';

/** What a player tells. */
export interface PlayerEvents {
  /** It came to its end by itself; a stop is none. */
  finished(): void;
  /**
   * What it should play cannot be read or decoded. Without a listener, `play()` throws the error where it still can,
   * and the process warns where it cannot.
   */
  streamOpenFailed(error: AudioError): void;
}
