import { expect, it } from 'vitest';
import { checkImports } from '../../scripts/check/imports.mjs';
import { folderOf } from './folder.js';

const layers = {
  'src/base/units.ts': 'export const one = 1;\n',
  'src/wire/core.ts': "import { one } from '../base/units.js';\nexport type Core = typeof one;\n",
  'src/process/native-core.ts':
    "import { readFileSync } from 'node:fs';\nimport type { Core } from '../wire/core.js';\n" +
    'export const core: Core = 1;\nvoid readFileSync;\n',
  'src/engine/session/session.ts': "import type { Core } from '../../wire/core.js';\nexport type Session = Core;\n",
  'src/engine/engine.ts': "import type { Session } from './session/session.js';\nexport type Engine = Session;\n",
  'src/effects/delay.ts': "import type { Engine } from '../engine/engine.js';\nexport type Delay = Engine;\n",
  'src/index.ts': "export * from './engine/engine.js';\nexport * from './process/native-core.js';\n",
  'native/include/mae.h': '',
  'native/base/ramp.h': '#include "mae.h"\n',
  'native/base/ramp.c': '#include "base/ramp.h"\n\n#include <math.h>\n',
  'native/graph/node.h': '#include "base/ramp.h"\n',
  'native/engine/render.c': '#include "graph/node.h"\n#include "mae.h"\n',
};

const problemsWith = (files: Record<string, string>): string[] => checkImports(folderOf({ ...layers, ...files }));

it('accepts imports that point down', () => {
  expect(checkImports(folderOf(layers))).toEqual([]);
});

const core = "import { core } from '../process/native-core.js';\nvoid core;\n";

it.each([
  ['the base importing the engine', 'src/base/bad.ts', "import '../engine/engine.js';\n", 'may not import src/engine'],
  ['the engine importing a concrete host', 'src/engine/bad.ts', core, 'src/engine may not import src/process'],
  [
    'an import written over several lines',
    'src/engine/bad.ts',
    "import {\n  core,\n} from '../process/native-core.js';\nvoid core;\n",
    'src/engine may not import src/process',
  ],
  [
    'a type import',
    'src/process/bad.ts',
    "import type { Engine } from '../engine/engine.js';\nexport type A = Engine;\n",
    'src/process may not import src/engine',
  ],
  [
    'an inner room importing the room above it',
    'src/engine/session/bad.ts',
    "import '../engine.js';\n",
    'may not import',
  ],
  ['the wire importing a host', 'src/wire/bad.ts', core, 'src/wire may not import src/process'],
  ["Node's modules where a page runs it", 'src/wasm/bad.ts', "import 'node:fs';\n", "may not use Node's modules"],
  ['the page importing what Node loads', 'src/page/bad.ts', core, 'src/page may not import src/process'],
  ['a dynamic import', 'src/engine/bad.ts', "export const later = import('../effects/delay.js');\n", 'may not import'],
  ['an import of the index', 'src/effects/bad.ts', "import '../index.js';\n", 'src/effects may not import src'],
  ["Node's modules in the engine", 'src/engine/bad.ts', "import 'node:fs';\n", "may not use Node's modules"],
  ['a package', 'src/process/bad.ts', "import 'left-pad';\n", 'may not use "left-pad"'],
  ['a file that is not there', 'src/engine/bad.ts', "import './gone.js';\n", 'leads to no file'],
  ['a folder that is in no picture', 'src/utils/bad.ts', 'export const two = 2;\n', 'is no room of the picture'],
  [
    'C of the base including the graph',
    'native/base/bad.c',
    '#include "graph/node.h"\n',
    'may not import native/graph',
  ],
  ['a door into the engine', 'native/napi/bad.c', '#include "base/ramp.h"\n', 'native/napi may not import native/base'],
  ['an include that is not there', 'native/graph/bad.c', '#include "graph/gone.h"\n', 'leads to no file'],
  ['a folder of C that is in no picture', 'native/utils/bad.h', '', 'is no room of the picture'],
])('refuses %s', (_, path, text, expected) => {
  const problems = problemsWith({ [path]: text });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(path);
  expect(problems[0]).toContain(expected);
});

it('does not take a comment for an import', () => {
  const text = "// import '../engine/engine.js';\n/* import '../engine/engine.js'; */\nexport const two = 2;\n";
  expect(problemsWith({ 'src/base/fine.ts': text })).toEqual([]);
});

it('is red where there is nothing to check', () => {
  expect(checkImports(folderOf({ 'readme.md': '' }))).toEqual(['src holds no TypeScript']);
});
