import { AudioError } from './errors.js';

/**
 * Memory for samples that other threads can read in place where the platform shares memory, ordinary memory where it
 * does not (a page that is not isolated). Throws ERR_OUT_OF_MEMORY.
 */
export function allocateShared(bytes: number): ArrayBufferLike {
  try {
    return typeof SharedArrayBuffer === 'function' ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  } catch (cause) {
    throw new AudioError('ERR_OUT_OF_MEMORY', `There is no memory for ${bytes} bytes of samples`, { cause });
  }
}
