import { AudioError } from '../base/errors.js';

/** How the command ends. */
export const exitCodes = {
  ok: 0,
  /** An internal error: the message asks for a report. */
  internal: 1,
  /** The command line is wrong. */
  usage: 2,
  /** An input file is missing, unreadable or damaged. */
  input: 3,
  /** No playback device, or it could not be opened. */
  device: 4,
  /** Neither the addon nor WebAssembly could be loaded, or the addon could not be built. */
  engine: 5,
  /** A file could not be written. */
  output: 6,
  /** Ended by Ctrl-C. */
  interrupted: 130,
} as const;

/** One of the numbers of `exitCodes`. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A failure that is reported to the user in one sentence. */
export class CommandFailure extends Error {
  readonly exitCode: ExitCode;
  readonly code: string;

  /** `code` is that of an AudioError, or 'ERR_USAGE'. */
  constructor(exitCode: ExitCode, code: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.exitCode = exitCode;
    this.code = code;
  }
}

/** The failure for a wrong command line. */
export function usageFailure(message: string): CommandFailure {
  return new CommandFailure(exitCodes.usage, 'ERR_USAGE', message);
}

const exitCodesOf: Partial<Record<string, ExitCode>> = {
  ERR_FILE_NOT_FOUND: exitCodes.input,
  ERR_FILE_READ: exitCodes.input,
  ERR_DECODE: exitCodes.input,
  ERR_NETWORK: exitCodes.input,
  ERR_TOO_LARGE: exitCodes.input,
  ERR_NO_DEVICE: exitCodes.device,
  ERR_DEVICE: exitCodes.device,
  ERR_DEVICE_LOST: exitCodes.device,
  ERR_UNSUPPORTED_HOST: exitCodes.device,
  ERR_UNAVAILABLE: exitCodes.engine,
};

/** Any error as a failure to report. */
export function failureOf(error: unknown): CommandFailure {
  if (error instanceof CommandFailure) return error;
  if (error instanceof AudioError) {
    const help =
      error.code === 'ERR_NO_DEVICE' || error.code === 'ERR_DEVICE'
        ? ' (run "miniaudio-engine doctor" for details)'
        : '';
    return new CommandFailure(
      exitCodesOf[error.code] ?? exitCodes.internal,
      error.code,
      `${withoutFullStop(error.message)}${help}`,
      error,
    );
  }
  // The checks of the library speak of parameters as the command line does; other errors of these classes are our own
  // mistakes.
  if ((error instanceof RangeError || error instanceof TypeError) && error.message.startsWith('Expected '))
    return new CommandFailure(exitCodes.usage, 'ERR_USAGE', error.message, error);
  const { code, message } = error as NodeJS.ErrnoException;
  return new CommandFailure(exitCodes.internal, code ?? 'ERR_INTERNAL', message ?? String(error), error);
}

function withoutFullStop(message: string): string {
  return message.replace(/\.$/, '');
}
