import { expect, it } from 'vitest';
import { hosts } from '../support/hosts.js';
import { playScene } from '../support/operations.js';
import { Random } from '../support/random.js';

const seeds = Array.from({ length: 40 }, (_, index) => index + 1);

it.each(seeds)('scene %d of random operations gives the same bits on both hosts, however the time is cut', (seed) => {
  const random = new Random(seed);
  const whole = playScene('native', seed, () => 4096);
  expect(whole.samples.every(Number.isFinite)).toBe(true);
  const cuts = [() => 64, () => 127, () => 480, () => random.integer(1, 300), ...(seed % 8 === 0 ? [() => 1] : [])];
  for (const host of hosts) {
    for (const cut of host === 'native' ? cuts : [() => 4096, ...cuts.slice(3)]) {
      const other = playScene(host, seed, cut);
      const same = Buffer.compare(Buffer.from(other.samples.buffer), Buffer.from(whole.samples.buffer)) === 0;
      const first = same ? -1 : other.samples.findIndex((sample, index) => sample !== whole.samples[index]);
      expect({ host, first, told: other.told }).toEqual({ host, first: -1, told: whole.told });
    }
  }
});

it('nearly every scene is heard', () => {
  const heard = seeds.filter((seed) => playScene('wasm', seed, () => 4096).samples.some((sample) => sample !== 0));
  expect(heard.length).toBeGreaterThan(30);
});
