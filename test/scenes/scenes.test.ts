import { describe, expect, test } from 'vitest';
import { rounds } from '../support/extent.js';
import { hosts } from '../support/hosts.js';
import { Random } from '../support/random.js';
import recordedHashes from './recorded-hashes.json' with { type: 'json' };
import { hashOf, renderScene } from './scene.js';

// The promise of the engine: the same program gives the same bits on every host and however the time is cut into
// blocks. recorded-hashes.json has the bits as they were when they were last meant to change: whoever changes them
// writes the new ones there and says in CHANGELOG why they sound different.
const cuts: Record<string, (scene: number) => () => number> = {
  'blocks of 480': () => () => 480,
  'blocks of random length': (scene) => {
    const random = new Random(scene);
    return () => random.integer(1, 900);
  },
  'blocks of 64': () => () => 64,
  'one block': () => () => 1_000_000,
  'blocks of 127': () => () => 127,
  'blocks of 4096': () => () => 4096,
  'blocks of 1': () => () => 1,
};

describe('scenes of random operations at random frames', () => {
  test.each([...recordedHashes.entries()])(
    `scene %i has its recorded bits on ${hosts.join(' and ')} in blocks of any length`,
    (scene, expected) => {
      for (const host of hosts) {
        for (const [name, nextBlock] of Object.entries(cuts).slice(0, rounds(4, 7)))
          expect(hashOf(renderScene(scene, host, nextBlock(scene))), `${host}, ${name}`).toBe(expected);
      }
    },
  );

  test('each is heard, and none is another one', () => {
    expect(recordedHashes).toHaveLength(36);
    expect(new Set(recordedHashes).size).toBe(36);
    for (const scene of recordedHashes.keys()) {
      const samples = renderScene(scene, hosts[0] as (typeof hosts)[number], () => 512);
      expect(samples.every(Number.isFinite)).toBe(true);
      expect(samples.reduce((sum, sample) => sum + sample * sample, 0)).toBeGreaterThan(1);
    }
  });
});
