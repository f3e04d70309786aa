import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeFolder, repository, shortFolder } from '../../support/processes.js';
import type { setUpBrowser } from '../pages.js';
import { type PageKind, pageKinds } from '../server.js';
import { bundleForPage } from './bundle.js';
import type { Result } from './vitest.js';

/** What of a folder of test/ a page cannot run. */
export interface LeftOut {
  /** Whole files, by name: what needs files, other programs or a server of its own. */
  readonly files: readonly string[];
  /** Single tests, by a part of their names. */
  readonly tests: Readonly<Record<PageKind, readonly string[]>>;
}

/**
 * Declares tests that run the files of a folder of test/ in pages of both kinds, and one that all that is left out
 * exists. Gives the folder that the server serves as "suite".
 */
export function describeSuites(
  folder: string,
  leftOut: LeftOut,
  { open, server }: Pick<ReturnType<typeof setUpBrowser>, 'open' | 'server'>,
): string {
  const bundles = shortFolder('suite');
  server.folders['suite'] = bundles;
  const all = readdirSync(join(repository, 'test', folder))
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => file.replace(/\.test\.ts$/, ''));
  const files = all.filter((name) => !leftOut.files.includes(name));
  const seen = new Set<string>();

  beforeAll(async () => {
    for (const name of files) {
      await bundleForPage(
        `import '../../${folder}/${name}.test.ts'; export { runAll } from './vitest.ts';`,
        join(bundles, `${name}.js`),
      );
    }
  });
  afterAll(() => removeFolder(bundles));

  describe.each(pageKinds)(`on an %s page test/${folder} holds`, (kind) => {
    it.each(files)('of %s', async (name) => {
      const page = await open(kind, { complaints: 'allowed' });
      const results: Result[] = await page.evaluate(
        async ({ file, parts }) => {
          await new lib.Engine({ device: false }).ready;
          const suite = await load<{ runAll(parts: readonly string[]): Promise<Result[]> }>(`../suite/${file}.js`);
          return suite.runAll(parts);
        },
        { file: name, parts: leftOut.tests[kind] },
      );
      for (const result of results)
        if (result.leftOut) seen.add(`${kind} ${leftOut.tests[kind].find((part) => result.name.includes(part))}`);
      expect(results.some((result) => !result.leftOut)).toBe(true);
      expect(results.filter((result) => result.error !== null)).toEqual([]);
    });
  });

  it('every test that is left out is one that exists', () => {
    expect(leftOut.files.filter((name) => !all.includes(name))).toEqual([]);
    const named = pageKinds.flatMap((kind) => leftOut.tests[kind].map((part) => `${kind} ${part}`));
    expect([...seen].sort()).toEqual(named.sort());
  });
  return bundles;
}
