import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import recordedHashes from '../scenes/recorded-hashes.json' with { type: 'json' };
import { hashOf, type renderScene } from '../scenes/scene.js';
import { playScene } from '../support/operations.js';
import type { Random } from '../support/random.js';
import { mayPlay } from './chromium.js';
import { setUpBrowser } from './pages.js';
import { pageKinds } from './server.js';
import { bundleForPage } from './suite/bundle.js';
import { describeSuites } from './suite/suites.js';

/** What compares two hosts (below). No page runs test/contract/files, which needs files and servers of its own. */
const forProcesses = ['random-operations'];
/** Single tests that look at a process, or at the native host beside this one. */
const ofProcesses = [
  'gives the memory back',
  'are not lost when a listener throws',
  'plays in several engines at once',
];
/** A page that is not isolated has no memory that a program could share. */
const ofSharedMemory = [
  'that are not finite play as 0: %s (shared)',
  'takes only the part that the view shows',
  'uses shared memory in place on the native host; WebAssembly copies it with the first sound',
  'keeps shared memory where it is, and refuses memory that is gone',
];

interface SceneModule {
  readonly renderScene: typeof renderScene;
  readonly Random: typeof Random;
  readonly playScene: typeof playScene;
}

const browser = setUpBrowser(mayPlay);
const { open } = browser;
const leftOut = { files: forProcesses, tests: { isolated: ofProcesses, plain: [...ofProcesses, ...ofSharedMemory] } };
const folder = describeSuites('contract', leftOut, browser);

beforeAll(async () => {
  await bundleForPage(
    `export { renderScene } from '../../scenes/scene.ts';
    export { Random } from '../../support/random.ts';
    export { playScene } from '../../support/operations.ts';`,
    join(folder, 'scenes.js'),
  );
});

describe.each(pageKinds)('on an %s page the contract holds', (kind) => {
  it('of the recorded bits of every scene, in blocks of a quantum and of random length', async () => {
    const page = await open(kind);
    const told = await page.evaluate(async (count) => {
      await new lib.Engine({ device: false }).ready;
      const suite = await load<SceneModule>('../suite/scenes.js');
      const hashes: string[][] = [];
      for (let scene = 0; scene < count; scene += 1) {
        const random = new suite.Random(scene);
        const quanta = suite.renderScene(scene, 'wasm', () => 128);
        const cut = suite.renderScene(scene, 'wasm', () => random.integer(1, 900));
        hashes.push([await digest(quanta), await digest(cut)]);
      }
      return hashes;
    }, recordedHashes.length);
    expect(told).toEqual(recordedHashes.map((hash) => [hash, hash]));
  });

  it('of random operations, which tell the same as natively', async () => {
    const seeds = [3, 8, 21, 34];
    const expected = seeds.map((seed) => {
      const { samples, told } = playScene('native', seed, () => 4096);
      return { hash: hashOf(samples), told };
    });
    const page = await open(kind);
    const told = await page.evaluate(async (numbers) => {
      await new lib.Engine({ device: false }).ready;
      const suite = await load<SceneModule>('../suite/scenes.js');
      const results = numbers.map((seed) => suite.playScene('wasm', seed, () => 128));
      return Promise.all(
        results.map(async ({ samples, told: words }) => ({ hash: await digest(samples), told: words })),
      );
    }, seeds);
    expect(told).toEqual(expected);
  });
});
