import { expect, it } from 'vitest';
import { checkImports } from '../../scripts/check-imports.mjs';
import { folderOf } from './folder.js';

const layers = {
  'src/base/units.ts': 'export const one = 1;\n',
  'src/host/core.ts': "import { one } from '../base/units.js';\nexport type Core = typeof one;\n",
  'src/host/native.ts': "import { readFileSync } from 'node:fs';\nimport type { Core } from './core.js';\nexport const core: Core = 1;\nvoid readFileSync;\n",
  'src/api/engine.ts': "import type { Core } from '../host/core.js';\nexport type Engine = Core;\n",
  'src/effects/delay.ts': "import type { Engine } from '../api/engine.js';\nexport type Delay = Engine;\n",
  'src/index.ts': "export * from './api/engine.js';\nexport * from './host/native.js';\n",
};

const problemsWith = (files: Record<string, string>): string[] => checkImports(folderOf({ ...layers, ...files }));

it('accepts imports that point down', () => {
  expect(checkImports(folderOf(layers))).toEqual([]);
});

it.each([
  ['the base importing the API', 'src/base/bad.ts', "import '../api/engine.js';\n", 'base may not import api'],
  ['the API importing a concrete host', 'src/api/bad.ts', "import { core } from '../host/native.js';\nvoid core;\n", 'api may not import host'],
  ['an import written over several lines', 'src/api/bad.ts', "import {\n  core,\n} from '../host/native.js';\nvoid core;\n", 'api may not import host'],
  ['a type import', 'src/host/bad.ts', "import type { Engine } from '../api/engine.js';\nexport type A = Engine;\n", 'host may not import api'],
  ['the contract importing a host', 'src/host/wire.ts', "export { core } from './native.js';\n", 'contract may not import host'],
  ["Node's modules where a page runs it", 'src/host/wasm.ts', "import 'node:fs';\n", "may not use Node's modules"],
  ['the web importing what Node loads', 'src/web/bad.ts', "import '../host/native.js';\n", 'web may not import host'],
  ['the API importing the module of WebAssembly', 'src/api/bad.ts', "import '../host/core.js';\nimport '../host/wasm.js';\n", 'leads to no file'],
  ['a dynamic import', 'src/api/bad.ts', "export const later = import('../effects/delay.js');\n", 'api may not import effects'],
  ['an import of the index', 'src/effects/bad.ts', "import '../index.js';\n", 'effects may not import index'],
  ["Node's modules in the API", 'src/api/bad.ts', "import 'node:fs';\n", "may not use Node's modules"],
  ['a package', 'src/host/bad.ts', "import 'left-pad';\n", 'is not a dependency'],
  ['a file that is not there', 'src/api/bad.ts', "import './gone.js';\n", 'leads to no file'],
  ['a folder that is in no picture', 'src/utils/bad.ts', 'export const two = 2;\n', 'is in no layer'],
])('refuses %s', (_, path, text, expected) => {
  const problems = problemsWith({ [path]: text });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(path);
  expect(problems[0]).toContain(expected);
});

it('does not take a comment for an import', () => {
  expect(problemsWith({ 'src/base/fine.ts': "// import '../api/engine.js';\n/* import '../api/engine.js'; */\nexport const two = 2;\n" })).toEqual([]);
});

it('is red where there is nothing to check', () => {
  expect(checkImports(folderOf({ 'readme.md': '' }))).toEqual(['src holds no TypeScript']);
});
