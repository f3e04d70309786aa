import { expect, it } from 'vitest';
import { checkDeadModules, checkDeadScripts, checkDeadWire } from '../../scripts/check/dead.mjs';
import { folderOf } from './folder.js';

const modules = {
  'package.json': '{ "name": "trial", "type": "module" }',
  'knip.json': '{ "entry": ["src/index.ts"], "project": ["src/**/*.ts"] }',
  'src/index.ts': "import { one, type Two } from './numbers.js';\nexport const two: Two = one + 1;\n",
  'src/numbers.ts': 'export const one = 1;\nexport type Two = number;\n',
};

it('accepts modules that are used', () => {
  expect(checkDeadModules(folderOf(modules))).toEqual([]);
});

it('refuses files, exports, types and dependencies that nothing uses', () => {
  const numbers = `${modules['src/numbers.ts']}export const three = 3;\nexport interface Four {}\n`;
  const manifest = '{ "name": "trial", "type": "module", "dependencies": { "left-pad": "1.3.0" } }';
  const files = { 'src/other.ts': '', 'src/numbers.ts': numbers, 'package.json': manifest };
  expect(checkDeadModules(folderOf({ ...modules, ...files })).sort()).toEqual([
    'package.json: left-pad (dependencies)',
    'src/numbers.ts:3: nothing imports three from this file',
    'src/numbers.ts:4: nothing imports Four from this file',
    'src/other.ts: nothing imports this file',
  ]);
});

it('says so when knip cannot read its configuration', () => {
  expect(checkDeadModules(folderOf({ ...modules, 'knip.json': '{' }))[0]).toContain('knip failed');
});

const wire = {
  'native/include/mae_wire.def':
    'MAE_WIRE(MAGIC, 1)\nMAE_WIRE_OP(RAMP, 14, "target")\nMAE_WIRE_EVENT(ENDED, 1, "target")\n',
  'native/include/mae_result.def':
    'MAE_RESULT(1, DECODE, "ERR_DECODE", "Damaged")\nMAE_ERROR("ERR_DISPOSED", "Gone")\n' +
    'MAE_UPSTREAM_RESULT(-1, ERROR, "Unknown error")\n',
  'native/engine/command.c':
    'case MAE_OP_RAMP: send(MAE_EVENT_ENDED);\nif (magic != MAE_WIRE_MAGIC) return MAE_DECODE;\n',
  'src/wire/wire.ts': "send(CommandOp.RAMP);\nif (type === EventType.ENDED) throw new AudioError('ERR_DISPOSED');\n",
};

it('accepts a wire that both sides use', () => {
  expect(checkDeadWire(folderOf(wire))).toEqual([]);
  const onlyHere = { 'native/engine/command.c': wire['native/engine/command.c'].replace('MAE_WIRE_MAGIC', '1') };
  const used = { 'src/wire/wire.ts': `${wire['src/wire/wire.ts']}write(layout.MAGIC);\n` };
  expect(checkDeadWire(folderOf({ ...wire, ...onlyHere, ...used }))).toEqual([]);
});

it.each([
  ['a command without a sender', 'src/wire/wire.ts', 'CommandOp.RAMP', 'mae_wire.def:2: nothing uses CommandOp.RAMP'],
  ['a command without a case', 'native/engine/command.c', 'MAE_OP_RAMP', 'mae_wire.def:2: nothing uses MAE_OP_RAMP'],
  ['an event without a sender', 'native/engine/command.c', 'MAE_EVENT_ENDED', 'nothing uses MAE_EVENT_ENDED'],
  ['an event that nobody reads', 'src/wire/wire.ts', 'EventType.ENDED', 'nothing uses EventType.ENDED'],
  ['a number that nobody reads', 'native/engine/command.c', 'MAE_WIRE_MAGIC', 'uses MAE_WIRE_MAGIC or MAGIC'],
  [
    'a result that nothing returns',
    'native/engine/command.c',
    'MAE_DECODE',
    'mae_result.def:1: nothing uses MAE_DECODE',
  ],
  ['a code that nothing raises', 'src/wire/wire.ts', 'ERR_DISPOSED', 'mae_result.def:2: nothing uses ERR_DISPOSED'],
])('refuses %s', (_, path, name, expected) => {
  const text = wire[path as keyof typeof wire];
  const comment = path.endsWith('.c') ? `/* ${name} */` : `// ${name}`;
  const files = { ...wire, [path]: `${text.replace(name, 'OTHER')}${comment}\n` };
  // A comment, a test and a comparison with a result are no use.
  const others = { 'native/test/trial.c': name, 'test/trial.ts': name, 'native/base/trial.c': 'if (a == MAE_DECODE)' };
  const problems = checkDeadWire(folderOf({ ...files, ...others }));
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(expected);
});

it('is red without the tables', () => {
  expect(checkDeadWire(folderOf({}))).toEqual([
    'native/include/mae_wire.def is missing',
    'native/include/mae_result.def is missing',
  ]);
});

const scripts = {
  'package.json': '{ "scripts": { "check": "node scripts/check.mjs" } }',
  'scripts/check.mjs': "import './check/checks.mjs';\n",
  'scripts/check/checks.mjs': "import { checkText } from './text.mjs';\ncheckText();\n",
  'scripts/check/text.mjs': 'export function checkText() {}\n',
};

it('accepts scripts that something calls', () => {
  expect(checkDeadScripts(folderOf(scripts))).toEqual([]);
  const byTest = { 'scripts/trial.mjs': '', 'test/trial.test.ts': "run('scripts/trial.mjs');\n" };
  expect(checkDeadScripts(folderOf({ ...scripts, ...byTest }))).toEqual([]);
});

it('refuses a script that nothing calls, and a check that is not run', () => {
  const files = {
    'scripts/trial.mjs': '// node scripts/trial.mjs\n',
    'docs/trial.md': 'Run scripts/trial.mjs.\n',
    'scripts/check/lines.mjs': 'export function checkLines() {}\n',
    'test/house/lines.test.ts': "import { checkLines } from '../../scripts/check/lines.mjs';\n",
  };
  expect(checkDeadScripts(folderOf({ ...scripts, ...files }))).toEqual([
    'scripts/trial.mjs: nothing calls this script',
    'scripts/check/lines.mjs: scripts/check/checks.mjs does not call checkLines',
  ]);
  expect(checkDeadScripts(folderOf({}))).toEqual(['scripts/check/checks.mjs is missing']);
});
