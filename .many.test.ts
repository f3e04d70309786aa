import { it, expect } from 'vitest';
import { playScene } from './test/support/operations.js';
import { Random } from './test/support/random.js';
it('many', () => {
  const bad: unknown[] = [];
  const from = Number(process.env.FROM ?? 1), count = Number(process.env.COUNT ?? 500);
  for (let seed = from; seed < from + count; seed++) {
    const random = new Random(seed * 7);
    const whole = playScene('native', seed, () => 4096);
    if (!whole.samples.every(Number.isFinite)) bad.push([seed, 'nan']);
    for (const [host, cut] of [['native', () => 1 + (seed % 7) * 13], ['native', () => random.integer(1, 700)], ['wasm', () => random.integer(1, 700)]] as const) {
      const other = playScene(host, seed, cut);
      const first = other.samples.findIndex((s, i) => s !== whole.samples[i]);
      if (first >= 0) bad.push([seed, host, first, other.samples[first], whole.samples[first]]);
      else if (other.told !== whole.told) bad.push([seed, host, other.told, whole.told]);
    }
  }
  console.log('BAD', bad.length, JSON.stringify(bad.slice(0, 12)));
}, 600000);
