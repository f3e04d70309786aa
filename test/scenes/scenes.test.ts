import { describe, expect, test } from 'vitest';
import { hosts } from '../support/hosts.js';
import { Random } from '../support/random.js';
import { hashOf, renderScene } from './scene.js';

// The promise of the engine: the same program gives the same bits on every host and however the time is cut into
// blocks.
const sceneCount = 36;
const cuts: Record<string, (scene: number) => () => number> = {
  'blocks of 1': () => () => 1,
  'blocks of 64': () => () => 64,
  'blocks of 127': () => () => 127,
  'blocks of 480': () => () => 480,
  'blocks of 4096': () => () => 4096,
  'blocks of random length': (scene) => {
    const random = new Random(scene);
    return () => random.integer(1, 900);
  },
};

describe('scenes of random operations at random frames', () => {
  for (let scene = 0; scene < sceneCount; scene += 1) {
    test(`scene ${scene} has the same bits on ${hosts.join(' and ')} in blocks of any length`, () => {
      const whole = renderScene(scene, 'native', () => 1_000_000);
      const expected = hashOf(whole);
      expect(whole.reduce((sum, x) => sum + x * x, 0)).toBeGreaterThan(1);
      expect(whole.every(Number.isFinite)).toBe(true);
      for (const host of hosts) {
        for (const [name, nextBlock] of Object.entries(cuts)) {
          // One frame at a time is slow through the public surface: every third scene is enough.
          if (name === 'blocks of 1' && scene % 3 !== 0) continue;
          expect(hashOf(renderScene(scene, host, nextBlock(scene))), `${host}, ${name}`).toBe(expected);
        }
      }
    });
  }

  test('different scenes differ', () => {
    const hashes = Array.from({ length: 5 }, (_, scene) => hashOf(renderScene(scene, 'native', () => 512)));
    expect(new Set(hashes).size).toBe(5);
  });
});
