import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { AudioBuffer } from '../../../src/index.js';
import { largestDifference, largestStep, peak, rms } from '../../support/analysis.js';
import { removeFolder, run, shortFolder } from '../../support/processes.js';

const folder = shortFolder('xs');
const examples = new URL('../../../examples/streams/', import.meta.url).pathname;
const names = readdirSync(examples).filter((name) => name.endsWith('.mjs'));

afterAll(() => removeFolder(folder));

function render(name: string, host: string): AudioBuffer {
  const file = join(folder, `${name}-${host}.wav`);
  expect(run(process.execPath, join(examples, name), '--offline', file, '--host', host).toString()).toContain(file);
  return AudioBuffer.fromFile(file);
}

it.each(names)('examples/streams/%s sounds, without a step', (name) => {
  const buffer = render(name, 'native');
  expect(buffer.durationSeconds).toBeGreaterThan(2.9);
  const samples = buffer.getChannelData(0);
  expect(rms(samples)).toBeGreaterThan(0.02);
  expect(peak(samples)).toBeLessThan(1);
  expect(largestStep(samples)).toBeLessThan(0.3);
});

it('disk-streaming.mjs gives the same samples on both hosts', () => {
  const [native, wasm] = ['native', 'wasm'].map((host) => render('disk-streaming.mjs', host).getChannelData(0)) as [
    Float32Array,
    Float32Array,
  ];
  expect(largestDifference(native, wasm)).toBe(0);
});

it('every class and way of streaming has an example', () => {
  const text = names.map((name) => readFileSync(join(examples, name), 'utf8')).join('\n');
  for (const used of [
    'new StreamSource(',
    'Sound.fromStream(',
    'Sound.fromDataSource(',
    '.writable()',
    '.drained()',
    'stream: true',
    'keeper',
    'SharedArrayBuffer',
  ]) {
    expect(text).toContain(used);
  }
});
