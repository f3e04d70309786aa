// Makes the TypeScript constants from the .def tables that C includes, so that neither side can know a number the other
// does not.
//   node scripts/generate.mjs           writes the files that differ
//   node scripts/generate.mjs --check   writes nothing, exits 1 when one is stale
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Reads `MACRO(argument, ...)` rows with the comment behind them and the section comment above. A line that looks like
 * a row and is none is an error.
 */
export function parseDefinitions(text, path) {
  const rows = [];
  let section = '';
  let inComment = false;
  for (const [index, line] of text.split('\n').entries()) {
    const heading = /^\/\* -+ (.+?) -+ \*\/$/.exec(line);
    if (heading) section = heading[1];
    if (inComment || /^\s*\/\*/.test(line)) {
      inComment = !line.includes('*/');
      continue;
    }
    if (line.trim() === '') continue;
    const row = /^(MAE_\w+)\((.*)\)\s*(?:\/\* (.*) \*\/)?$/.exec(line);
    if (!row) throw new Error(`${path}:${index + 1}: not a row: ${line}`);
    rows.push({ macro: row[1], fields: splitFields(row[2]), comment: row[3] ?? '', section, line: index + 1 });
  }
  if (rows.length === 0) throw new Error(`${path}: no rows`);
  return rows;
}

/** Commas split, except inside a string; strings lose their quotes. */
function splitFields(text) {
  const fields = text.match(/"(?:[^"\\]|\\.)*"|[^,\s][^,]*/g) ?? [];
  return fields
    .map((field) => field.trim())
    .filter((field) => field !== '')
    .map((field) => (field.startsWith('"') ? JSON.parse(field) : field));
}

const quote = (text) =>
  text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const sentence = (text) => (/[.!?]$/.test(text) ? text : `${text}.`);
const capitalised = (text) => (/^[uf](8|32|64)\b/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1));
const header = (source) =>
  `// Generated from ${source} by scripts/generate.mjs. Do not edit: change the table and run the script.\n`;

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

/** One `[number, { ... }]` of a map, broken the way the formatter breaks a line of more than 160 characters. */
function mapEntry(key, properties) {
  const line = `  [${key}, { ${properties.join(', ')} }],`;
  if (line.length <= 160) return `${line}\n`;
  const object = `    { ${properties.join(', ')} },`;
  const spread =
    object.length <= 160 ? object : `    {\n${properties.map((property) => `      ${property},\n`).join('')}    },`;
  return `  [\n    ${key},\n${spread}\n  ],\n`;
}

function makeWireLayout(rows, path) {
  const of = (macro) => rows.filter((row) => row.macro === macro);
  const table = (name, macro, doc) =>
    `/** ${doc} */\nexport const ${name} = {\n${of(macro)
      .map(
        (row) =>
          `  /** ${capitalised(sentence(row.fields[2]))} */\n  ${row.fields[0]}: ${number(row, row.fields[1], path)},\n`,
      )
      .join('')}} as const;\n`;
  const constants = of('MAE_WIRE').map((row) => {
    const value = number(row, row.fields[1], path);
    const spelled = /^0x/i.test(row.fields[1]) ? row.fields[1].toLowerCase() : String(value);
    return `/** ${capitalised(sentence(describe(row)))} */\nexport const ${row.fields[0]} = ${spelled};\n`;
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
  return [
    header(path),
    `/** Every code an AudioError can carry. */\nexport type AudioErrorCode =\n${codes.map((code) => `  | ${quote(code)}`).join('\n')};\n`,
    `/** The plain sentence of each code; where several results share a code, of the first. */\nexport const codeSentences: Readonly<Record<AudioErrorCode, string>> = {\n${codes.map((code) => `  ${code}: ${quote(sentences.get(code))},\n`).join('')}};\n`,
    `/** The engine's own results (0 and above) by number: the code and sentence of each. 0 is success and has no code. */\nexport const engineResults: ReadonlyMap<number, { readonly name: string; readonly code: AudioErrorCode | 'OK'; readonly sentence: string }> = new Map([\n${results
      .map((row) =>
        mapEntry(number(row, row.fields[0], path), [
          `name: ${quote(row.fields[1])}`,
          `code: ${quote(row.fields[2])}`,
          `sentence: ${quote(row.fields[3])}`,
        ]),
      )
      .join('')}]);\n`,
    `/** miniaudio's results (below 0) by number: the name without \`MA_\` and the sentence of each. */\nexport const upstreamResults: ReadonlyMap<number, { readonly name: string; readonly sentence: string }> = new Map([\n${upstream
      .map((row) =>
        mapEntry(number(row, row.fields[0], path), [
          `name: ${quote(row.fields[1])}`,
          `sentence: ${quote(row.fields[2])}`,
        ]),
      )
      .join('')}]);\n`,
  ].join('\n');
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
      const line = `  ${name}: { ${properties.join(', ')} },`;
      return line.length <= 160
        ? `${line}\n`
        : `  ${name}: {\n${properties.map((property) => `    ${property},\n`).join('')}  },\n`;
    });
    return `const ${owner} = {\n${lines.join('')}} as const satisfies Record<string, ParameterDescription>;\n`.replaceAll(
      'e+',
      'e',
    );
  });
  return [
    header(path),
    `/** What is known about one parameter: its unit, the range that is accepted, what it is at first, and what it means. */
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
    `/** The parameters of what every program has: one without effects takes no others with it. */\nexport const coreParameters = { ${coreOwners.join(', ')} };\n`,
    `/** The parameters that can be moved over time, by what owns them. */\nexport const parameters = {\n${[...owners.keys()].map((owner) => `  ${owner},\n`).join('')}};\n`,
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
    text: make(parseDefinitions(read(source), source), source),
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
