import { expect, it } from 'vitest';
import { checkCircles } from '../../scripts/check/circles.mjs';
import { folderOf } from './folder.js';

const plain = {
  'src/base/units.ts': 'export const one = 1;\n',
  'src/engine/sound.ts': "import { one } from '../base/units.js';\nexport class Sound { at = one; }\n",
  'native/base/ramp.h': '',
  'native/base/ramp.c': '#include "base/ramp.h"\n',
  'native/graph/node.h': '#include "base/ramp.h"\n',
  'native/graph/node.c': '#include "graph/node.h"\n',
};

const problemsWith = (files: Record<string, string>): string[] => checkCircles(folderOf({ ...plain, ...files }));

it('accepts files that lead one way', () => {
  expect(problemsWith({})).toEqual([]);
});

it('accepts two classes that name each other', () => {
  const files = {
    'src/engine/engine.ts': "import type { Sound } from './sound.js';\nexport interface Engine { sound: Sound }\n",
    'src/engine/sound.ts': "import type { Engine } from './engine.js';\nexport interface Sound { engine: Engine }\n",
    'src/engine/group.ts': "import type { Engine } from './engine.js';\nexport interface Group { engine: Engine }\n",
  };
  expect(problemsWith(files)).toEqual([]);
  const oneValue = { ...files, 'src/engine/engine.ts': "import { Sound } from './sound.js';\nvoid Sound;\n" };
  expect(problemsWith(oneValue)).toEqual([]);
});

it('does not count that what belongs to an engine names it', () => {
  const files = {
    'src/engine/engine.ts': "import type { Sound } from './sound.js';\nexport interface Engine { sound: Sound }\n",
    'src/engine/sound.ts': "import type { Group } from './group.js';\nexport interface Sound { group: Group }\n",
    'src/engine/group.ts': "import type { Engine } from './engine.js';\nexport interface Group { engine: Engine }\n",
  };
  expect(problemsWith(files)).toEqual([]);
});

it.each([
  [
    'two files that need values of each other',
    { 'src/engine/a.ts': "import './b.js';\n", 'src/engine/b.ts': "export * from './a.js';\n" },
    'values in a circle: src/engine/a.ts -> src/engine/b.ts -> src/engine/a.ts',
  ],
  [
    'an import of values that names a type',
    { 'src/engine/a.ts': "import './b.js';\n", 'src/engine/b.ts': "import { type A } from './a.js';\n" },
    'values in a circle: src/engine/a.ts -> src/engine/b.ts -> src/engine/a.ts',
  ],
  [
    'types of three files',
    {
      'src/engine/a.ts': "import type { B } from './b.js';\n",
      'src/engine/b.ts': "export type { C } from './c.js';\n",
      'src/engine/c.ts': "import type { A } from './a.js';\n",
    },
    'types in a circle: src/engine/a.ts -> src/engine/b.ts -> src/engine/c.ts -> src/engine/a.ts',
  ],
  [
    'types of three files of which two name each other',
    {
      'src/engine/a.ts': "import type { B } from './b.js';\n",
      'src/engine/b.ts': "import type { A } from './a.js';\nimport type { C } from './c.js';\n",
      'src/engine/c.ts': "import type { A } from './a.js';\n",
    },
    'types in a circle: src/engine/a.ts -> src/engine/b.ts -> src/engine/c.ts -> src/engine/a.ts',
  ],
  [
    'headers that include each other',
    { 'native/graph/send.h': '#include "node.h"\n', 'native/graph/node.h': '#include "send.h"\n' },
    'units of C in a circle: native/graph/node -> native/graph/send -> native/graph/node',
  ],
  [
    'a header and the source of another unit',
    { 'native/graph/send.h': '#include "graph/node.h"\n', 'native/graph/node.c': '#include "graph/send.h"\n' },
    'units of C in a circle: native/graph/node -> native/graph/send -> native/graph/node',
  ],
])('refuses %s', (_, files, expected) => {
  expect(problemsWith(files as unknown as Record<string, string>)).toEqual([expected]);
});

it('is red where there is nothing to check', () => {
  expect(checkCircles(folderOf({}))).toEqual(['src holds no TypeScript']);
});
