import { AudioError } from '../../base/errors.js';

/** Browsers have no files. */
export function noFiles(): never {
  throw new AudioError('ERR_UNSUPPORTED_HOST', 'A browser reads no files at once: use AudioBuffer.load or Sound.load');
}

/** Decoding at once would stop the page. */
export function noDecodingAtOnce(): never {
  throw new AudioError('ERR_UNSUPPORTED_HOST', 'A browser decodes in a worker: use AudioBuffer.decode or Sound.load');
}
