#!/usr/bin/env node
// One format for everything: Biome for TypeScript and JSON, clang-format for C, Prettier for Markdown.
//   node scripts/format.mjs           writes what differs
//   node scripts/format.mjs --check   writes nothing, exits 1 and names the files that differ
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format as formatC } from '@wasm-fmt/clang-format';
import { format as formatMarkdown, resolveConfig } from 'prettier';
import { root } from './build/paths.mjs';
import { readFiles } from './check/files.mjs';

const check = process.argv.includes('--check');
const style = readFileSync(join(root, '.clang-format'), 'utf8');

/** What each file is formatted by; `undefined` where Biome looks after it. */
const formatters = {
  c: (text) => formatC(text, 'main.c', style),
  h: (text) => formatC(text, 'main.h', style),
  def: (text) => formatC(text, 'main.h', style),
  md: async (text, path) => formatMarkdown(text, { ...(await resolveConfig(path)), filepath: path }),
};

const endingOf = (path) => path.split('.').at(-1);

function formatWithBiome() {
  const words = ['check', ...(check ? ['--error-on-warnings', '--max-diagnostics=50'] : ['--write'])];
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  return spawnSync(process.execPath, [biome, ...words, '.'], { cwd: root, stdio: 'inherit' }).status ?? 1;
}

async function formatOthers() {
  let differing = 0;
  for (const { path, text } of readFiles(root, (name) => Object.hasOwn(formatters, endingOf(name)))) {
    const formatted = await formatters[endingOf(path)](text, path);
    if (formatted === text) continue;
    differing += 1;
    if (check) console.error(`${path} is not formatted: run npm run format`);
    else writeFileSync(join(root, path), formatted);
  }
  return check && differing > 0 ? 1 : 0;
}

const status = formatWithBiome();
process.exitCode = (await formatOthers()) || status;
