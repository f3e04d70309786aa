import type { AudioErrorCode } from './result-codes.js';

export type { AudioErrorCode };

/** What an AudioError carries beside its code and message. */
export interface AudioErrorDetails {
  /** miniaudio's or the engine's numeric result, where the failure came from C. */
  readonly result?: number | undefined;
  /** The error that led to this one. */
  readonly cause?: unknown;
}

/**
 * A failure that is not a wrong argument: a state that forbids the call, a file, a device, a limit.
 * `code` is one of the documented AudioErrorCode union; the message says what happened in a sentence.
 */
export class AudioError extends Error {
  /** One of AudioErrorCode, for example `'ERR_DISPOSED'`. */
  readonly code: AudioErrorCode;
  /** The numeric result of the engine (positive) or of miniaudio (negative), where there is one. */
  readonly result?: number;

  /** An error with a code of the documented list, a sentence, and where known the numeric result and the cause. */
  constructor(code: AudioErrorCode, message: string, details: AudioErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    if (details.result !== undefined) {
      this.result = details.result;
    }
  }
}
Object.defineProperty(AudioError.prototype, 'name', { value: 'AudioError', writable: true, configurable: true });

/**
 * Neither the native addon nor WebAssembly could be loaded: the message lists what was tried, why each failed and the
 * command that builds it.
 */
export class MiniaudioEngineUnavailable extends AudioError {
  /** An `ERR_UNAVAILABLE` error whose message is the whole explanation. */
  constructor(message: string, details: AudioErrorDetails = {}) {
    super('ERR_UNAVAILABLE', message, details);
  }
}
Object.defineProperty(MiniaudioEngineUnavailable.prototype, 'name', {
  value: 'MiniaudioEngineUnavailable',
  writable: true,
  configurable: true,
});

/**
 * True for an error of any realm. `instanceof` knows those of its own alone, and where a test runner gives each file a
 * realm, the errors of the addon and of Node are of another one.
 */
export function isError(thrown: unknown): thrown is Error {
  return typeof (thrown as Error | null | undefined)?.message === 'string';
}

/** The first line of what went wrong, for the message of another error. */
export function messageOf(error: unknown): string {
  return isError(error) ? error.message.split('\n', 1)[0]! : String(error);
}
