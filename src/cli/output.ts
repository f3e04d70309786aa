import { writeFile } from 'node:fs/promises';
import { colorsOf } from './colors.js';
import { CommandFailure, type ExitCode, exitCodes, failureOf } from './failure.js';

/** Prints an answer: for people as text, with --json as one JSON value. */
export function answer(json: boolean, value: unknown, text: string): void {
  process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${text}\n`);
}

/**
 * Prints a failure on standard error, with --json also as JSON on standard output. Returns the exit code.
 */
export function report(error: unknown, json: boolean): ExitCode {
  const failure = failureOf(error);
  const red = colorsOf(process.stderr).red;
  process.stderr.write(`${red('error')}: ${failure.message}\n`);
  const { code, message, exitCode } = failure;
  if (json) process.stdout.write(`${JSON.stringify({ error: { code, message, exitCode } }, null, 2)}\n`);
  if (failure.exitCode === exitCodes.internal && failure.cause instanceof Error)
    process.stderr.write(`${failure.cause.stack}\n`);
  return failure.exitCode;
}

/** Writes a whole file. Rejects with exit code 6. */
export async function writeOutput(path: string, bytes: Uint8Array | string): Promise<void> {
  try {
    await writeFile(path, bytes);
  } catch (cause) {
    throw new CommandFailure(
      exitCodes.output,
      'ERR_FILE_WRITE',
      `Cannot write the file ${path}: ${(cause as Error).message}`,
      cause,
    );
  }
}

/** True for a URL such as https://..., false for the path of a file (also of one on a Windows drive). */
export function isAddress(word: string): boolean {
  return /^\w{2,}:/.test(word);
}

/** A length in minutes and seconds: `0:07`, `61:05`. */
export function clock(seconds: number): string {
  if (!Number.isFinite(seconds)) return '-:--';
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** A linear level in dB: `-6.0 dB`, `-inf dB`. */
export function decibels(gain: number): string {
  return gain === 0 ? '-inf dB' : `${(20 * Math.log10(gain)).toFixed(1)} dB`;
}

/** Rows as a table: columns as wide as their widest cell. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>(
    (found, row) => row.map((cell, column) => Math.max(found[column] ?? 0, cell.length)),
    [],
  );
  return rows
    .map((row) =>
      row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  '),
    )
    .join('\n');
}
