import { expect, it } from 'vitest';
import * as library from '../../src/index.js';
import { hashOf } from '../scenes/scene.js';
import { mayPlay } from './chromium.js';
import { bakeAll } from './page/synth.js';
import { setUpBrowser } from './pages.js';
import { describeSuites } from './suite/suites.js';

const browser = setUpBrowser(mayPlay);

describeSuites('synth', { files: ['attach'], tests: { isolated: [], plain: [] } }, browser);

it('presets, their variations and a scene of everything give the same samples in a page as in Node', async () => {
  const expected = Object.fromEntries(
    Object.entries(bakeAll(library)).map(([name, samples]) => [name, hashOf(samples)]),
  );
  expect(new Set(Object.values(expected)).size).toBe(15);
  const page = await browser.open('plain');
  const told = await page.evaluate(async () => {
    const { bakeAll: bake } = await load<typeof import('./page/synth.js')>('../page/synth.js');
    return Object.fromEntries(
      await Promise.all(Object.entries(bake(lib)).map(async ([name, samples]) => [name, await digest(samples)])),
    );
  });
  expect(told).toEqual(expected);
});
