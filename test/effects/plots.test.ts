import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const script = join(root, 'scripts', 'docs', 'plot-effects.mjs');
const page = readFileSync(join(root, 'docs', 'effects.md'), 'utf8');
const images = readdirSync(join(root, 'docs', 'images')).filter((name) => name.startsWith('effect-'));

it('the plots of the page are what the engine renders', () => {
  expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' })).toBe('');
  expect(images.length).toBeGreaterThan(10);
});

it('every plot is shown, and every picture shown is there', () => {
  const shown = [...page.matchAll(/\(images\/([^)]+)\)/g)].map((match) => match[1] as string);
  expect(shown.sort()).toEqual(images.sort());
});

it('a plot that is not would be told', () => {
  const file = join(root, 'docs', 'images', images[0] as string);
  const right = readFileSync(file, 'utf8');
  try {
    writeFileSync(file, right.replace('<svg', '<svg data-stale=""'));
    const { status, stdout } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stdout).toContain(images[0]);
  } finally {
    writeFileSync(file, right);
  }
});
