import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import * as surface from '../../src/index.js';
import { peak, rms } from '../support/analysis.js';
import { effectSubjects } from '../support/effects.js';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));
const names = ['core', 'effects'].flatMap((part) =>
  readdirSync(join(examples, part))
    .filter((name) => name.endsWith('.mjs') && name !== 'render.mjs')
    .map((name) => `${part}/${name}`),
);
const folder = mkdtempSync(join(tmpdir(), 'effects-'));
afterAll(() => rmSync(folder, { recursive: true }));

it.each(names)('examples/%s runs, and writes sound', (name) => {
  const said = execFileSync(process.execPath, [join(examples, name)], { cwd: folder, encoding: 'utf8' });
  const file = basename(name, '.mjs').concat('.wav');
  expect(said).toContain(`written to ${file}`);
  const buffer = surface.AudioBuffer.fromFile(join(folder, file));
  expect(buffer.durationSeconds).toBeGreaterThan(3);
  const left = buffer.getChannelData(0);
  expect(rms(left)).toBeGreaterThan(0.005);
  expect(rms(left)).toBeLessThan(0.7);
  expect(peak(left)).toBeLessThan(1);
  expect(left.every(Number.isFinite)).toBe(true);
});

it('every class of the core, of effects, and every way of wiring has an example', () => {
  const text = ['effects/render.mjs', ...names].map((name) => readFileSync(join(examples, name), 'utf8')).join('\n');
  const used = [
    'new Engine(',
    'new SoundGroup(',
    'new AudioBuffer(',
    'Sound.fromBuffer(',
    '.listener(',
    'engine.play(',
    '.batch(',
    '.meter()',
    'setLoopRange(',
  ];
  for (const word of [
    ...used,
    'chain(',
    'attachNode(',
    'setNodeSend(',
    ...effectSubjects.map(({ name }) => `new ${name}(`),
  ])
    expect(text).toContain(word);
});
