import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashOf } from '../scenes/scene.js';
import { peak } from '../support/analysis.js';
import { removeFolder, repository, run, shortFolder } from '../support/processes.js';
import { readWav } from '../support/wav.js';
import { mayPlay } from './chromium.js';
import { setUpBrowser } from './pages.js';
import { pageKinds } from './server.js';
import { bundleForPage } from './suite/bundle.js';
import { describeSuites } from './suite/suites.js';

const browser = setUpBrowser(mayPlay);
browser.server.folders['media'] = join(repository, 'node_modules/audio-lena');

/** What reads files or wants the native host, and what a page does otherwise: backend.test.ts has its counterparts. */
const ofFiles = [
  'a clip of a file that is not there fails',
  'a stream that cannot be opened is told',
  'of recordings in one format after another is gapless',
  'costs as much as beside a few, and finished channels are reaped',
];
const bundles = describeSuites(
  'game',
  { files: ['addresses', 'clips', 'examples', 'streams'], tests: { isolated: ofFiles, plain: ofFiles } },
  browser,
);

const examples = join(repository, 'examples');
const numbered = readdirSync(examples).filter((name) => /^\d\d-.*\.mjs$/.test(name));

describe('an example', () => {
  const folder = shortFolder('pe');
  afterAll(() => removeFolder(folder));
  beforeAll(async () => {
    for (const name of numbered) {
      await bundleForPage(
        `import '../../../examples/${name}'; export { rendered } from './run-example.ts';`,
        join(bundles, name.replace('.mjs', '.js')),
      );
    }
  });

  it.each(numbered)('%s gives the same samples in a page as natively', async (name) => {
    const file = join(folder, `${name}.wav`);
    run(process.execPath, join(examples, name), '--offline', file, '--host', 'native');
    const expected = readWav(readFileSync(file)).samples;
    expect(peak(expected)).toBeGreaterThan(0.05);
    for (const kind of pageKinds) {
      const page = await browser.open(kind);
      const told = await page.evaluate(
        async (bundle) => {
          const { rendered } = await load<{ rendered: Float32Array }>(`../suite/${bundle}`);
          return { frames: rendered.length / 2, hash: await digest(rendered) };
        },
        name.replace('.mjs', '.js'),
      );
      expect(told).toEqual({ frames: expected.length / 2, hash: hashOf(expected) });
    }
  });
});
