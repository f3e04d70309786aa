import { readFileSync as readNow } from 'node:fs';
import { readFile as readLater } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { AudioError, messageOf } from '../base/errors.js';

/** Reads a whole file. Rejects ERR_FILE_NOT_FOUND, ERR_FILE_READ, or with the signal's reason. */
export async function readFile(path: string | URL, signal?: AbortSignal): Promise<Uint8Array> {
  try {
    return await readLater(path, { signal });
  } catch (cause) {
    signal?.throwIfAborted();
    throw fileError(path, cause);
  }
}

/** Reads a whole file at once. Throws ERR_FILE_NOT_FOUND, ERR_FILE_READ. */
export function readFileSync(path: string | URL): Uint8Array {
  try {
    return readNow(path);
  } catch (cause) {
    throw fileError(path, cause);
  }
}

/** The path of a file URL. Throws a TypeError for a URL that is none. */
export function pathOfUrl(url: URL): string {
  return fileURLToPath(url);
}

/** The AudioError of a failed file operation. */
export function fileError(path: string | URL, cause: unknown): AudioError {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new AudioError('ERR_FILE_NOT_FOUND', `The file ${path} does not exist`, { cause });
  return new AudioError('ERR_FILE_READ', `The file ${path} cannot be read: ${messageOf(cause)}`, { cause });
}
