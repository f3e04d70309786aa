import { AudioError, type AudioErrorCode, isError } from './errors.js';

/** An error as plain data, to be sent to another thread. */
export interface ErrorData {
  readonly code: AudioErrorCode;
  readonly message: string;
  readonly result: number | undefined;
  /** The message of the error that led to this one. */
  readonly cause: string | undefined;
}

/** What was thrown, as plain data. Anything but an AudioError becomes ERR_INTERNAL. */
export function dataOfError(thrown: unknown): ErrorData {
  const { code, message, result, cause } =
    thrown instanceof AudioError ? thrown : new AudioError('ERR_INTERNAL', String(thrown), { cause: causeOf(thrown) });
  return { code, message, result, cause: isError(cause) ? cause.message : cause === undefined ? cause : String(cause) };
}

/** The error that another thread has sent. */
export function errorOfData({ code, message, result, cause }: ErrorData): AudioError {
  return new AudioError(code, message, { result, cause: cause === undefined ? cause : new Error(cause) });
}

function causeOf(thrown: unknown): unknown {
  return isError(thrown) ? thrown.cause : undefined;
}
