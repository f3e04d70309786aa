import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { AudioBuffer } from '../../src/index.js';
import { largestStep, peak, rms } from '../support/analysis.js';
import { removeFolder, run, shortFolder } from '../support/processes.js';

const folder = shortFolder('me');
const examples = new URL('../../examples/', import.meta.url).pathname;
const numbered = readdirSync(examples).filter((name) => /^\d\d-.*\.mjs$/.test(name));

afterAll(() => removeFolder(folder));

describe('examples', () => {
  it('are ten, numbered from 01 to 10', () => {
    expect(numbered.map((name) => name.slice(0, 2)).sort()).toEqual([
      '01',
      '02',
      '03',
      '04',
      '05',
      '06',
      '07',
      '08',
      '09',
      '10',
    ]);
  });

  it.each(numbered)('%s renders the same on both hosts, and sounds', (name) => {
    const files = ['native', 'wasm'].map((host) => {
      const file = join(folder, `${name}-${host}.wav`);
      expect(run(process.execPath, join(examples, name), '--offline', file, '--host', host).toString()).toContain(file);
      return readFileSync(file);
    }) as [Buffer, Buffer];
    expect(files[0].equals(files[1])).toBe(true);
    const buffer = AudioBuffer.fromFile(join(folder, `${name}-native.wav`));
    expect(buffer.durationSeconds).toBeGreaterThan(3);
    for (const channel of [0, 1]) {
      const samples = buffer.getChannelData(channel);
      expect(rms(samples)).toBeGreaterThan(0.01);
      expect(peak(samples)).toBeLessThan(1.3);
      expect(largestStep(samples)).toBeLessThan(0.4);
    }
  });
});
