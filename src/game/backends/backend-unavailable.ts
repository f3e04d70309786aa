import { AudioError, type AudioErrorDetails } from '../../base/errors.js';

/** Why one backend could not be made. */
export interface BackendFailure {
  /** Name of the backend. */
  readonly name: string;
  /** Code of the error. */
  readonly code: string;
  /** What went wrong. */
  readonly message: string;
}

/**
 * The error when no backend works, or the requested one does not. Its message lists each backend that was tried and why
 * it failed.
 *
 * @example
 * ```ts
 * import { AudioBackendUnavailable, makeBackend } from 'miniaudio-engine';
 *
 * try {
 *   const backend = await makeBackend({ fallback: false });
 *   backend.shutdown();
 * } catch (error) {
 *   if (!(error instanceof AudioBackendUnavailable)) throw error;
 *   for (const { name, code, message } of error.reasons) console.log(`${name}: ${message} (${code})`);
 * }
 * ```
 */
export class AudioBackendUnavailable extends AudioError {
  /** What was tried, best first, and why each failed. */
  readonly reasons: readonly BackendFailure[];

  /**
   * Makes an error with the code `ERR_BACKEND_UNAVAILABLE`.
   *
   * @param sentence - The first line of the message.
   * @param reasons - The failures to list below it.
   * @param details - The error that caused this one.
   */
  constructor(sentence: string, reasons: readonly BackendFailure[], details: AudioErrorDetails = {}) {
    super(
      'ERR_BACKEND_UNAVAILABLE',
      [sentence, ...reasons.map(({ name, code, message }) => `  ${name}: ${message} (${code})`)].join('\n'),
      details,
    );
    this.reasons = reasons;
  }
}
Object.defineProperty(AudioBackendUnavailable.prototype, 'name', {
  value: 'AudioBackendUnavailable',
  writable: true,
  configurable: true,
});
