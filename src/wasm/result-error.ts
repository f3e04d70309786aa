import { AudioError, isError } from '../base/errors.js';
import { engineResults, upstreamResults } from '../base/result-codes.js';

/** The AudioError of a result of C other than 0; `detail` follows its sentence. */
function errorOfResult(result: number, detail?: string, cause?: unknown): AudioError {
  const known = engineResults.get(result);
  const sentence = known?.sentence ?? upstreamResults.get(result)?.sentence ?? `Unknown result ${result}`;
  const code = known === undefined || known.code === 'OK' ? 'ERR_INTERNAL' : known.code;
  return new AudioError(code, detail === undefined ? sentence : `${sentence}: ${detail}`, { result, cause });
}

/** Throws unless the result is 0. */
export function checkResult(result: number, detail?: string): void {
  if (result !== 0) throw errorOfResult(result, detail);
}

/** What the addon threw, as an AudioError. An error without a result is returned unchanged. */
export function errorOfAddon(thrown: unknown, detail?: string): unknown {
  if (thrown instanceof AudioError || !isError(thrown) || !('result' in thrown) || typeof thrown.result !== 'number')
    return thrown;
  const error = errorOfResult(thrown.result, detail);
  // The addon's message begins with the sentence of the result and may say more.
  if (detail === undefined && thrown.message !== error.message)
    return new AudioError(error.code, thrown.message, { result: thrown.result });
  return error;
}
