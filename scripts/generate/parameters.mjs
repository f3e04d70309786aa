// src/base/parameters.ts and effect-parameters.ts: units, ranges and defaults.
import { number } from './definitions.mjs';
import { docComment, header, quote } from './text.mjs';

/** Hz; the maximum of a parameter whose range depends on the rate is the one at this rate. */
export const highestRate = 192000;

const description = `/** What is known about one parameter: unit, accepted range, value at first, and what it means. */
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
`;

/** Rows of parameters as one constant. */
function constant(name, parameters, exported) {
  const lines = parameters.map((parameter) => {
    const properties = [
      `name: ${quote(parameter.name)}`,
      `unit: ${quote(parameter.unit)}`,
      `minimum: ${parameter.minimum}`,
      `maximum: ${parameter.maximum}`,
      ...(parameter.maximumOfRate === undefined ? [] : [`maximumOfRate: ${parameter.maximumOfRate}`]),
      `default: ${parameter.initial}`,
      `meaning: ${quote(parameter.meaning)}`,
    ];
    return `  ${parameter.name}: { ${properties.join(', ')} },\n`;
  });
  const start = `${exported ? 'export ' : ''}const ${name} = {\n`;
  return `${start}${lines.join('')}} as const satisfies Record<string, ParameterDescription>;\n`;
}

/** Throws for a parameter whose default cannot be. */
export function expectRange({ minimum, maximum, initial }, row, path) {
  if (!(minimum < maximum && minimum <= initial && initial <= maximum))
    throw new Error(`${path}:${row.line}: default outside the range`);
}

/** The text of parameters.ts. */
export function makeParameters(rows, path) {
  const owners = new Map();
  for (const row of rows) {
    const [owner, name, unit, ...fields] = row.fields;
    const [minimum, maximum, initial] = fields.slice(0, 3).map((field) => number(row, field, path));
    const parameter = { name, unit, minimum, maximum, initial, meaning: fields[3] };
    expectRange(parameter, row, path);
    owners.set(owner, [...(owners.get(owner) ?? []), parameter]);
  }
  return [
    header(path),
    description,
    ...[...owners].map(([owner, parameters]) => constant(owner, parameters, false)),
    docComment('The parameters of what every program has, by what owns them. Those of effects stand apart.') +
      `export const parameters = { ${[...owners.keys()].join(', ')} };\n`,
  ].join('\n');
}

/** The text of effect-parameters.ts: each effect has its own constant, so that a program takes only those it uses. */
export function makeEffectParameters(effects, path) {
  return [
    header(path),
    "import type { ParameterDescription } from './parameters.js';\n",
    ...effects.map(
      ({ key, node, parameters }) =>
        docComment(`The parameters of ${node} that are numbers or switches.`) +
        constant(`${key}Parameters`, parameters, true),
    ),
  ].join('\n');
}
