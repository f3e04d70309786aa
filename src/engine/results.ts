import { upstreamResults } from '../base/result-codes.js';
import { expectFinite } from '../base/validate.js';

/**
 * The sentence for one of miniaudio's result codes (0 and negative numbers); an unknown code gives "Unknown error (n)".
 * Never throws for a finite number.
 */
export function maResultMessage(code: number): string {
  if (code === 0) return 'No error';
  return upstreamResults.get(expectFinite(code, 'code'))?.sentence ?? `Unknown error (${code})`;
}
