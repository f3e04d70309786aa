import type { AudioError } from '../../base/errors.js';

/** The events of a player. */
export interface PlayerEvents {
  /** It came to its end by itself; a stop does not count. */
  finished(): void;
  /**
   * What it should play cannot be read or decoded. Without a listener, `play()` throws the error where it still can,
   * and the process warns where it cannot.
   */
  streamOpenFailed(error: AudioError): void;
}
