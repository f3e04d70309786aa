import type { AudioError } from '../../base/errors.js';

/** The events of an {@link AudioPlayer}. */
export interface PlayerEvents {
  /** The last sound ended by itself. A stop does not count. */
  finished(): void;
  /**
   * The stream cannot be read or decoded. Without a listener, `play()` throws this error if it still can; otherwise the
   * process emits a warning.
   *
   * @param error - The reason.
   */
  streamOpenFailed(error: AudioError): void;
}
