import { upstreamResults } from '../base/result-codes.js';
import { expectFinite } from '../base/validate.js';

/**
 * The sentence for one of miniaudio's result codes, such as the `result` of an {@link AudioError}.
 *
 * @param code - A result of miniaudio: 0, or a negative integer.
 * @returns The sentence, for example `'No device'`; `'Unknown error (n)'` for a number that is not in the table.
 * @throws TypeError `ERR_INVALID_ARG_TYPE` when `code` is not a number.
 * @throws RangeError `ERR_OUT_OF_RANGE` when `code` is not finite.
 * @example
 * ```ts
 * import { maResultMessage } from 'miniaudio-engine';
 *
 * console.log(maResultMessage(-204)); // 'No device'
 * ```
 */
export function maResultMessage(code: number): string {
  if (code === 0) return 'No error';
  return upstreamResults.get(expectFinite(code, 'code'))?.sentence ?? `Unknown error (${code})`;
}
