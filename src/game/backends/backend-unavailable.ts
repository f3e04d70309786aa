import { AudioError, type AudioErrorDetails } from '../../base/errors.js';

/** Why one backend could not be made. */
export interface BackendFailure {
  /** The backend that was tried. */
  readonly name: string;
  /** The code of what went wrong. */
  readonly code: string;
  /** What went wrong, in a sentence. */
  readonly message: string;
}

/**
 * No backend could be made, or the one that was asked for could not: the message lists what was tried and why each
 * failed.
 */
export class AudioBackendUnavailable extends AudioError {
  /** What was tried, best first, and why each failed. */
  readonly reasons: readonly BackendFailure[];

  /** An `ERR_BACKEND_UNAVAILABLE` error: a sentence, and the reasons that are listed below it. */
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
