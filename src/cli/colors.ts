import type { WriteStream } from 'node:tty';
import picocolors from 'picocolors';

/** Colours for a stream: none where it is a pipe or a file, also in CI, where the library would colour those too. */
export function colorsOf(stream: Pick<WriteStream, 'isTTY'>): ReturnType<typeof picocolors.createColors> {
  return picocolors.createColors(picocolors.isColorSupported && stream.isTTY === true);
}
