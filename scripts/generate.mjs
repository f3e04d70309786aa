// Makes the TypeScript constants from the .def tables that C includes, so that neither side can know a number the other
// does not.
//   node scripts/generate.mjs           writes the files that differ
//   node scripts/generate.mjs --check   writes nothing, exits 1 when one is stale
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './build/paths.mjs';
import { lineOf } from './check/files.mjs';

const lineWidth = 120;

// A comment, or a row with the comment behind it. A text in a row may be written as several strings.
const comment = String.raw`/\*(?:[^*]|\*(?!/))*\*/`;
const fieldList = String.raw`\((?<fields>(?:"(?:[^"\\\n]|\\.)*"|[^"()])*)\)`;
const row = String.raw`(?<macro>MAE_\w+)${fieldList}(?:[ \t]*(?<behind>${comment}))?`;
const part = new RegExp(`${row}|${comment}`, 'y');

/** Reads the rows `MACRO(argument, ...)` with the comment behind each. Anything else but comments is an error. */
export function parseDefinitions(text, path) {
  const rows = [];
  let position = 0;
  for (;;) {
    position += /^\s*/.exec(text.slice(position))[0].length;
    if (position === text.length) break;
    const line = lineOf(text, position);
    part.lastIndex = position;
    const found = part.exec(text)?.groups;
    if (!found) throw new Error(`${path}:${line}: not a row: ${text.slice(position).split('\n')[0]}`);
    position = part.lastIndex;
    const { macro, fields, behind = '' } = found;
    if (macro === undefined) continue;
    rows.push({ macro, fields: splitFields(fields), comment: onOneLine(behind.slice(2, -2)), line });
  }
  if (rows.length === 0) throw new Error(`${path}: no rows`);
  return rows;
}

const onOneLine = (text) => text.trim().replace(/\s+/g, ' ');

/** Commas split, except inside a string; strings lose their quotes, and those that follow one another are one. */
function splitFields(text) {
  const fields = text.match(/(?:\s*"(?:[^"\\]|\\.)*")+|[^,"]+/g) ?? [];
  return fields
    .map((field) => field.trim())
    .filter((field) => field !== '')
    .map((field) => (field.startsWith('"') ? JSON.parse(`"${field.slice(1, -1).replace(/"\s*"/g, '')}"`) : field));
}

/** A doc comment; over several lines where one is too narrow. */
function docComment(text, indent = '') {
  const whole = `${indent}/** ${text} */\n`;
  if (whole.length <= lineWidth + 1) return whole;
  const lines = [`${indent} *`];
  for (const word of text.split(' ')) {
    if (`${lines.at(-1)} ${word}`.length > lineWidth) lines.push(`${indent} *`);
    lines.push(`${lines.pop()} ${word}`);
  }
  return `${indent}/**\n${lines.join('\n')}\n${indent} */\n`;
}

/** The text as Biome formats it, like every other file of TypeScript. */
function format(text, path) {
  const words = [join(root, 'node_modules/@biomejs/biome/bin/biome'), 'format', `--stdin-file-path=${path}`];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: root, input: text, encoding: 'utf8' });
  if (status !== 0) throw new Error(`Biome cannot format ${path}: ${stderr}`);
  return stdout;
}

const quote = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const sentence = (text) => (/[.!?]$/.test(text) ? text : `${text}.`);
const capitalised = (text) => (/^[uf](8|32|64)\b/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1));
const header = (source) =>
  `// Generated from ${source} by scripts/generate.mjs.\n// Do not edit: change the table and run the script.\n`;

function number(row, field, path) {
  const value = Number(field);
  if (field === undefined || field === '' || !Number.isFinite(value))
    throw new Error(`${path}:${row.line}: not a number: ${field}`);
  return value;
}

/** The comment of a row; its name in words where there is none or only a type. */
function describe(row) {
  const words = row.fields[0].toLowerCase().replaceAll('_', ' ');
  if (row.comment === '') return words;
  return /^[uf](8|32|64)(\[\d+\])?$/.test(row.comment) ? `${row.comment}, ${words}` : row.comment;
}

function makeWireLayout(rows, path) {
  const of = (macro) => rows.filter((row) => row.macro === macro);
  const property = (row) => {
    const [name, value, text] = row.fields;
    return `${docComment(capitalised(sentence(text)), '  ')}  ${name}: ${number(row, value, path)},\n`;
  };
  const table = (name, macro, doc) =>
    `${docComment(doc)}export const ${name} = {\n${of(macro).map(property).join('')}} as const;\n`;
  const constants = of('MAE_WIRE').map((row) => {
    const value = number(row, row.fields[1], path);
    const spelled = /^0x/i.test(row.fields[1]) ? row.fields[1].toLowerCase() : String(value);
    return `${docComment(capitalised(sentence(describe(row))))}export const ${row.fields[0]} = ${spelled};\n`;
  });
  return [
    header(path),
    ...constants,
    table(
      'CommandOp',
      'MAE_WIRE_OP',
      'What a command does, and the fields of its record that it reads (`type@offset`).',
    ),
    table('EventType', 'MAE_WIRE_EVENT', 'What an event tells.'),
  ].join('\n');
}

function makeResultCodes(rows, path) {
  const results = rows.filter((row) => row.macro === 'MAE_RESULT');
  const errors = rows.filter((row) => row.macro === 'MAE_ERROR');
  const upstream = rows.filter((row) => row.macro === 'MAE_UPSTREAM_RESULT');
  const codes = [
    ...new Set([
      ...results.filter((row) => row.fields[2] !== 'OK').map((row) => row.fields[2]),
      ...errors.map((row) => row.fields[0]),
    ]),
  ];
  const sentences = new Map();
  for (const row of results)
    if (row.fields[2] !== 'OK' && !sentences.has(row.fields[2])) sentences.set(row.fields[2], row.fields[3]);
  for (const row of errors) sentences.set(row.fields[0], row.fields[1]);
  const entries = (list, properties) =>
    list.map((row) => `[${number(row, row.fields[0], path)}, { ${properties(row).join(', ')} }],\n`).join('');
  return [
    header(path),
    '\n',
    docComment('Every code an AudioError can carry.'),
    `export type AudioErrorCode = ${codes.map(quote).join(' | ')};\n\n`,
    docComment('The plain sentence of each code; where several results share a code, of the first.'),
    'export const codeSentences: Readonly<Record<AudioErrorCode, string>> = {\n',
    ...codes.map((code) => `${code}: ${quote(sentences.get(code))},\n`),
    '};\n\n',
    docComment(
      "The engine's own results (0 and above) by number: the code and sentence of each. 0 is success and has no code.",
    ),
    'export const engineResults: ReadonlyMap<number, ',
    "{ readonly name: string; readonly code: AudioErrorCode | 'OK'; readonly sentence: string }> = new Map([\n",
    entries(results, ({ fields: [, name, code, text] }) => [
      `name: ${quote(name)}`,
      `code: ${quote(code)}`,
      `sentence: ${quote(text)}`,
    ]),
    ']);\n\n',
    docComment("miniaudio's results (below 0) by number: the name without `MA_` and the sentence of each."),
    'export const upstreamResults: ReadonlyMap<number, ',
    '{ readonly name: string; readonly sentence: string }> = new Map([\n',
    entries(upstream, ({ fields: [, name, text] }) => [`name: ${quote(name)}`, `sentence: ${quote(text)}`]),
    ']);\n',
  ].join('');
}

/** Hz; the maximum of a parameter whose range depends on the rate is the one at this rate. */
const highestRate = 192000;

/** Owners of parameters that are not effects. */
const coreOwners = ['sound', 'group', 'engine', 'node', 'spatial'];

function makeParameters(rows, path) {
  const owners = rows.reduce((map, row) => map.set(row.fields[0], [...(map.get(row.fields[0]) ?? []), row]), new Map());
  const body = [...owners].map(([owner, parameters]) => {
    const lines = parameters.map((row) => {
      const [, name, unit, minimum, maximum, initial, meaning] = row.fields;
      const numbers = [minimum, maximum, initial].map((field) => number(row, field, path));
      const ofRate = row.macro === 'MAE_PARAM_RATE';
      const most = ofRate ? numbers[1] * highestRate : numbers[1];
      if (!(numbers[0] < most && numbers[0] <= numbers[2] && numbers[2] <= most))
        throw new Error(`${path}:${row.line}: default outside the range`);
      const properties = [`name: ${quote(name)}`, `unit: ${quote(unit)}`, `minimum: ${numbers[0]}`, `maximum: ${most}`];
      if (ofRate) properties.push(`maximumOfRate: ${numbers[1]}`);
      properties.push(`default: ${numbers[2]}`, `meaning: ${quote(meaning)}`);
      return `  ${name}: { ${properties.join(', ')} },\n`;
    });
    return `const ${owner} = {\n${lines.join('')}} as const satisfies Record<string, ParameterDescription>;\n`;
  });
  return [
    header(path),
    `/** What is known about one parameter: unit, accepted range, value at first, and what it means. */
export interface ParameterDescription {
  /** Its name in the API. */
  readonly name: string;
  /** What it is measured in; '1' for a plain number, 'linear' for a gain. */
  readonly unit: string;
  /** The least that is accepted. */
  readonly minimum: number;
  /** The most that is accepted. */
  readonly maximum: number;
  /** Where the range depends on the engine's rate: the maximum is this much of it, and the default at most that. */
  readonly maximumOfRate?: number;
  /** What it is at first. */
  readonly default: number;
  /** What it does, in a few words. */
  readonly meaning: string;
}
`,
    ...body,
    docComment('The parameters of what every program has: one without effects takes no others with it.') +
      `export const coreParameters = { ${coreOwners.join(', ')} };\n`,
    docComment('The parameters that can be moved over time, by what owns them.') +
      `export const parameters = { ${[...owners.keys()].join(', ')} };\n`,
  ].join('\n');
}

const targets = [
  { source: 'native/include/mae_wire.def', target: 'src/wire/wire-layout.ts', make: makeWireLayout },
  { source: 'native/include/mae_result.def', target: 'src/base/result-codes.ts', make: makeResultCodes },
  { source: 'native/include/mae_params.def', target: 'src/base/parameters.ts', make: makeParameters },
];

/** The text each generated file should have now, by path. */
export function generateAll(read = (path) => readFileSync(join(root, path), 'utf8')) {
  return targets.map(({ source, target, make }) => ({
    source,
    target,
    text: format(make(parseDefinitions(read(source), source), source), target),
  }));
}

function main() {
  const check = process.argv.includes('--check');
  let stale = 0;
  for (const { source, target, text } of generateAll()) {
    const path = join(root, target);
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
    stale += 1;
    if (check) console.error(`${target} is not what ${source} says: run node scripts/generate.mjs`);
    else writeFileSync(path, text);
    if (!check) console.log(`wrote ${target}`);
  }
  if (check && stale > 0) process.exitCode = 1;
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) main();
