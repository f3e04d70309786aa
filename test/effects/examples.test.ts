import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import * as surface from '../../src/index.js';
import { rms } from '../support/analysis.js';
import { effectSubjects } from '../support/effects.js';

const examples = fileURLToPath(new URL('../../examples/effects', import.meta.url));
const names = readdirSync(examples).filter((name) => name.endsWith('.mjs') && name !== 'render.mjs');
const folder = mkdtempSync(join(tmpdir(), 'effects-'));
afterAll(() => rmSync(folder, { recursive: true }));

it.each(names)('examples/effects/%s runs, and writes sound', (name) => {
  const said = execFileSync(process.execPath, [join(examples, name)], { cwd: folder, encoding: 'utf8' });
  const file = name.replace('.mjs', '.wav');
  expect(said).toContain(`written to ${file}`);
  const buffer = surface.AudioBuffer.fromFile(join(folder, file));
  expect(buffer.durationSeconds).toBeGreaterThan(3);
  const left = buffer.getChannelData(0);
  expect(rms(left)).toBeGreaterThan(0.005);
  expect(rms(left)).toBeLessThan(0.7);
  expect(left.every(Number.isFinite)).toBe(true);
});

it('every class of effects has an example', () => {
  const texts = names.map((name) => readFileSync(join(examples, name), 'utf8'));
  for (const { name } of effectSubjects)
    expect(
      texts.some((text) => text.includes(`new ${name}(`)),
      name,
    ).toBe(true);
});
