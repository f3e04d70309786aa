// Makes TypeScript, and the tables of docs/effects.md, from the .def tables that C includes, so that neither side can
// know a number the other does not.
//   node scripts/generate.mjs           writes the files that differ
//   node scripts/generate.mjs --check   writes nothing, exits 1 when one is stale
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format as formatMarkdown, resolveConfig } from 'prettier';
import { root } from './build/paths.mjs';
import { makeBusEffects, makeCommandNames, makeTestTable } from './generate/bus-effects.mjs';
import { parseDefinitions } from './generate/definitions.mjs';
import { makeEffectDocs } from './generate/effect-docs.mjs';
import { makeEffectNodes } from './generate/effect-nodes.mjs';
import { readEffects } from './generate/effects.mjs';
import { makeEffectParameters, makeParameters } from './generate/parameters.mjs';
import { makeResultCodes } from './generate/result-codes.mjs';
import { makeWireLayout } from './generate/wire-layout.mjs';

/** By the table: the files that are made from it, as { target, text }. */
const makers = {
  'native/include/mae_wire.def': (rows, path) => [
    { target: 'src/wire/wire-layout.ts', text: makeWireLayout(rows, path) },
  ],
  'native/include/mae_result.def': (rows, path) => [
    { target: 'src/base/result-codes.ts', text: makeResultCodes(rows, path) },
  ],
  'native/include/mae_params.def': (rows, path) => [
    { target: 'src/base/parameters.ts', text: makeParameters(rows, path) },
  ],
  'native/include/mae_effects.def': (rows, path, read) => {
    const effects = readEffects(rows, path);
    const page = 'docs/effects.md';
    return [
      { target: 'src/base/effect-parameters.ts', text: makeEffectParameters(effects, path) },
      ...makeEffectNodes(effects, path, read),
      ...makeBusEffects(effects, path),
      { target: 'src/cli/effect-kinds.ts', text: makeCommandNames(effects, path) },
      { target: page, text: makeEffectDocs(effects, page, read(page)) },
      { target: 'test/support/effect-table.mjs', text: makeTestTable(effects, path) },
    ];
  },
};

const ofRepository = (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined);

/** Formats files as Biome and Prettier format every other, all at once. */
async function format(files) {
  const folder = mkdtempSync(join(tmpdir(), 'generate-'));
  try {
    copyFileSync(join(root, 'biome.json'), join(folder, 'biome.json'));
    for (const { target, text } of files) {
      mkdirSync(dirname(join(folder, target)), { recursive: true });
      writeFileSync(join(folder, target), text);
    }
    const words = ['check', '--write', '--linter-enabled=false', '--log-level=error', '.'];
    const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
    const { status, stdout, stderr } = spawnSync(process.execPath, [biome, ...words], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`Biome cannot format what is generated: ${stdout}${stderr}`);
    const formatted = files.map(async ({ target, text, source }) => {
      if (!target.endsWith('.md')) return { source, target, text: readFileSync(join(folder, target), 'utf8') };
      const options = { ...(await resolveConfig(join(root, target))), filepath: target };
      return { source, target, text: await formatMarkdown(text, options) };
    });
    return await Promise.all(formatted);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The text each generated file should have now, with its path and that of the table it is made from. */
export function generateAll(read = ofRepository) {
  const files = Object.entries(makers).flatMap(([source, make]) =>
    make(parseDefinitions(read(source), source), source, read).map((file) => ({ source, ...file })),
  );
  return format(files);
}

async function main() {
  const check = process.argv.includes('--check');
  let stale = 0;
  for (const { source, target, text } of await generateAll()) {
    if (ofRepository(target) === text) continue;
    stale += 1;
    if (check) console.error(`${target} is not what ${source} says: run node scripts/generate.mjs`);
    else writeFileSync(join(root, target), text);
    if (!check) console.log(`wrote ${target}`);
  }
  if (check && stale > 0) process.exitCode = 1;
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) await main();
