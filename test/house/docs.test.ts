import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../scripts/build/paths.mjs';

/** Rows that name a test that is not there; a title may go on. */
function missing(text: string): string[] {
  const named = [...text.matchAll(/\| `([\w/-]+)`: (.+?) +\|$/gm)].map(([, file, title]) => ({
    file: file!,
    title: title!,
  }));
  expect(named.length).toBeGreaterThan(0);
  return named
    .filter(({ file, title }) => {
      const tests = readFileSync(join(root, 'test', `${file}.test.ts`), 'utf8');
      return !["'", '"', '`'].some((quote) => tests.includes(`${quote}${title}`));
    })
    .map(({ file, title }) => `${file}: ${title}`);
}

it('every defect of others that docs/miniaudio.md lists has the test that it names', () => {
  const text = readFileSync(join(root, 'docs/miniaudio.md'), 'utf8');
  expect(missing(text)).toEqual([]);
  const title = 'counts every rendered frame, also with nothing attached';
  expect(missing(text.replace(title, 'counts sheep'))).toEqual(['contract/clock: counts sheep']);
});
