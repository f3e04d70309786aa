// What nobody uses: files, exports and dependencies of TypeScript, rows of the wire and its results, scripts, checks.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root as home } from '../build/paths.mjs';
import { parseDefinitions } from '../generate/definitions.mjs';
import { readFiles } from './files.mjs';

/** What knip finds below `root` by the knip.json there. */
export function checkDeadModules(root) {
  const knip = join(home, 'node_modules/knip/bin/knip.js');
  const words = [knip, '--no-progress', '--reporter=json'];
  const { stdout, stderr } = spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8' });
  if (!stdout.startsWith('{')) return [`knip failed: ${stderr || stdout}`];
  return JSON.parse(stdout).issues.flatMap(({ file, ...kinds }) =>
    Object.entries(kinds).flatMap(([kind, found]) => found.map((one) => sentenceOf(file, kind, one))),
  );
}

function sentenceOf(file, kind, { name, line }) {
  if (kind === 'files') return `${file}: nothing imports this file`;
  const place = line === undefined ? file : `${file}:${line}`;
  if (kind === 'exports' || kind === 'types') return `${place}: nothing imports ${name} from this file`;
  return `${place}: ${name} (${kind})`;
}

const tables = ['native/include/mae_wire.def', 'native/include/mae_result.def'];

const c = (name) => ({ side: 'c', name });
const typeScript = (name) => ({ side: 'typeScript', name });

/** By the macro of a row: the uses that it must have, each with the names of which one must stand on its side. */
const uses = {
  MAE_WIRE: ([name]) => [[c(`MAE_WIRE_${name}`), typeScript(name)]],
  MAE_WIRE_OP: ([name]) => [[typeScript(`CommandOp.${name}`)], [c(`MAE_OP_${name}`)]],
  MAE_WIRE_EVENT: ([name]) => [[c(`MAE_EVENT_${name}`)], [typeScript(`EventType.${name}`)]],
  MAE_RESULT: ([, name]) => [[c(`MAE_${name}`)]],
  MAE_ERROR: ([code]) => [[typeScript(code)]],
  // Whatever miniaudio returns.
  MAE_UPSTREAM_RESULT: () => [],
};

/** Rows of the tables below `root` that one side never uses. */
export function checkDeadWire(root) {
  const files = readFiles(root, (path) => /^(?:src|native)\/.*\.(?:ts|c|h|def)$/.test(path));
  const codeOf = (accept) => {
    const read = files.filter(({ path, text }) => accept(path) && !text.startsWith('// Generated'));
    return read.map(({ text }) => text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')).join('\n');
  };
  const code = {
    // Whoever compares with a result does not return it.
    c: codeOf((path) => /^native\/(?!test\/).*\.[ch]$/.test(path)).replace(/[=!]=\s*MAE_(?!OP_|WIRE_|EVENT_)\w+/g, ''),
    typeScript: codeOf((path) => path.startsWith('src/')),
  };
  const isUsed = ({ side, name }) => new RegExp(String.raw`\b${name.replace('.', String.raw`\.`)}\b`).test(code[side]);
  return tables.flatMap((path) => {
    const text = files.find((file) => file.path === path)?.text;
    if (text === undefined) return [`${path} is missing`];
    return parseDefinitions(text, path).flatMap(({ macro, fields, line }) =>
      uses[macro](fields)
        .filter((names) => !names.some(isUsed))
        .map((names) => `${path}:${line}: nothing uses ${names.map(({ name }) => name).join(' or ')}`),
    );
  });
}

const mayCall = (path) =>
  path === 'package.json' || path.startsWith('.ci/') || /^(?:scripts|src|test|bench|examples)\//.test(path);

/** Scripts below `root` that nothing calls, and checks that the list of checks does not have. */
export function checkDeadScripts(root) {
  const callers = readFiles(root, mayCall);
  const scripts = callers.filter(({ path }) => /^scripts\/.*\.mjs$/.test(path));
  const list = scripts.find(({ path }) => path === 'scripts/check/checks.mjs');
  if (list === undefined) return ['scripts/check/checks.mjs is missing'];
  const isCalled = (script) => {
    const [folder, name] = script.path.split('/').slice(-2);
    const names = [`${folder}/${name}`, `./${name}`, `'${name}'`];
    return callers.some(({ path, text }) => path !== script.path && names.some((one) => text.includes(one)));
  };
  const checks = scripts.flatMap(({ path, text }) =>
    [...text.matchAll(/^export function (check\w+)/gm)].map(({ 1: name }) => ({ path, name })),
  );
  return [
    ...scripts.filter((script) => !isCalled(script)).map(({ path }) => `${path}: nothing calls this script`),
    ...checks
      .filter(({ name }) => !new RegExp(String.raw`\b${name}\(`).test(list.text))
      .map(({ path, name }) => `${path}: ${list.path} does not call ${name}`),
  ];
}
