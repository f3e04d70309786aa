import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { root } from '../../scripts/build/paths.mjs';
import { folderOf } from './folder.js';

/** The public surface as it was promised. It may be added to; nothing of it may be dropped, renamed or narrowed. */
const contract = ['contract.d.ts', 'contract-effects.d.ts']
  .map((name) => readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8'))
  .join('\n')
  // As one text they need nothing of each other.
  .replace(/^import .*;$/gm, '');
const dist = join(root, 'dist');

/**
 * Words that were added to a union that the contract names, so that what carries them is not what the contract says to
 * the letter.
 */
const addedWords: readonly [string, string][] = [
  ["DeviceBackend =\n  | 'pulseaudio'", "DeviceBackend =\n  | 'pipe'\n  | 'pulseaudio'"],
];

/**
 * Types are compared by what they are made of: what only keeps strangers out of a class or a handle is taken away on
 * both sides.
 */
function withoutBrands(text: string): string {
  return text
    .replace(/^ *#private;\n|^ *(?:private|protected) constructor\(.*\);\n/gm, '')
    .replace(/readonly (?:\[nodeBrand\]: true|__node: unique symbol)/g, 'readonly node: never')
    .replace(/readonly (?:\[sourceBrand\]: true|__dataSource: unique symbol)/g, 'readonly source: never');
}

const helpers = `
type Call = (...parameters: never[]) => unknown;
/** Our own class in the place of each of the contract's, so that parameters can be compared. */
type Ours<T> = SWAP T extends Call | ArrayBufferView | ArrayBuffer | AbortSignal | Blob | Request | URL
  ? T
  : T extends object ? { [K in keyof T]: Ours<T[K]> } : T;
/**
 * What of parameters of the contract ours do not take; an option that is not known is none, though TypeScript would let
 * it pass.
 */
type Refused<P extends readonly unknown[], Q> = [P] extends [Q]
  ? { [I in keyof P]-?: I extends keyof Q ? Exclude<keyof NonNullable<P[I]>, keyof NonNullable<Q[I]>> : never }[number]
  : P;
/** Names of functions that do not take all that the contract says they take. */
type Narrower<C, O> = {
  [K in keyof C]-?: C[K] extends (...parameters: infer P) => unknown
    ? K extends keyof O
      ? O[K] extends (...parameters: infer Q) => unknown ? [Refused<Ours<P>, Q>] extends [never] ? never : K : K
      : K
    : never;
}[keyof C];
type Same<A, B> = (<G>() => G extends A ? 1 : 2) extends <G>() => G extends B ? 1 : 2 ? true : false;
type Writable<T> = {
  [K in keyof T]-?: Same<{ [P in K]: T[P] }, { -readonly [P in K]: T[P] }> extends true ? K : never;
}[keyof T];
type Readonly<T> = Exclude<keyof T, Writable<T>>;
declare function none<T extends never>(): T;
/** Of functions what they give: what they take is looked at by Narrower. Errors are not for programs to make. */
type Given<T> = {
  [K in Exclude<keyof T, 'AudioError' | 'MiniaudioEngineUnavailable'>]:
    T[K] extends (...parameters: never[]) => infer R ? R : T[K];
};
export const exported = (library: Given<typeof ours>): Given<typeof contract> => library;
none<Narrower<typeof contract, typeof ours>>();
`;

/** A program that compiles only if every export, member, parameter and option of the contract is there. */
function programFor(text: string, contractFile: string, index: string): string {
  const declared = [
    ...text.matchAll(/^(?:export )?(?:declare )?(abstract )?(class|interface|type) (\w+)(?!\w|<)(.*)$/gm),
  ];
  const classes = declared.filter(([, , kind]) => kind === 'class').map(([, , , name]) => name);
  const swap = classes
    .map((name) => `T extends contract.${name} ? contract.${name} extends T ? ours.${name} : never :`)
    .join(' ');
  const lines = [
    `import type * as contract from './${contractFile}.js';`,
    `import type * as ours from './ours/${index}.js';`,
    helpers.replace('SWAP', swap),
  ];
  for (const [, abstract, kind, name, rest] of declared) {
    if (/(?:Options|Params)$/.test(name!)) lines.push(`none<Refused<[Ours<contract.${name}>], [ours.${name}]>>();`);
    else lines.push(`export const ${name} = (value: ours.${name}): contract.${name} => value;`);
    if (kind !== 'class') continue;
    lines.push(
      `none<Narrower<contract.${name}, ours.${name}>>();`,
      `none<Narrower<typeof contract.${name}, typeof ours.${name}>>();`,
    );
    lines.push(
      `none<Exclude<Writable<contract.${name}>, Writable<ours.${name}>>>();`,
      `none<Exclude<Readonly<contract.${name}>, Readonly<ours.${name}>>>();`,
    );
    const constructed =
      abstract === undefined &&
      /\bconstructor\(/.test(`${rest}${text.slice(text.indexOf(`class ${name} `)).split('\n}')[0]}`);
    const parameters = (side: string): string => `ConstructorParameters<typeof ${side}.${name}>`;
    if (constructed) lines.push(`none<Refused<Ours<${parameters('contract')}>, ${parameters('ours')}>>();`);
  }
  return lines.join('\n');
}

/** What TypeScript says of the declarations of dist/ under each of some contracts. */
function complaints(contracts: readonly string[], index: string): string[] {
  const compiler = {
    strict: true,
    noEmit: true,
    module: 'nodenext',
    target: 'es2022',
    lib: ['es2022', 'esnext.disposable', 'dom'],
    types: [],
  };
  const files: Record<string, string> = {
    'package.json': '{"type":"module"}',
    'tsconfig.json': JSON.stringify({ compilerOptions: compiler, include: ['check*.ts'] }),
  };
  for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.d.ts')) files[join('ours', file)] = withoutBrands(readFileSync(join(dist, file), 'utf8'));
  }
  for (const [number, text] of contracts.entries()) {
    files[`contract${number}.d.ts`] = withoutBrands(text);
    files[`check${number}.ts`] = programFor(text, `contract${number}`, index);
  }
  const { stdout } = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--pretty', 'false'], {
    cwd: folderOf(files),
    encoding: 'utf8',
  });
  const told = stdout.split(/\n(?=\S)/).filter((line) => line.trim() !== '');
  expect(told.filter((line) => !/^check\d/.test(line))).toEqual([]);
  return contracts.map((_, number) => told.filter((line) => line.startsWith(`check${number}.ts(`)).join('\n'));
}

const widened = addedWords.reduce((text, [before, after]) => text.replace(before, after), contract);

it.each(['index', 'index.browser'])('%s has all that the contract promises', (index) => {
  for (const [before] of addedWords) expect(contract.includes(before)).toBe(true);
  expect(complaints([widened], index)).toEqual(['']);
});

it('whatever is missing, or takes less, or gives something else is told', () => {
  const changes: Record<string, readonly [string, string]> = {
    'an export': ['export declare function refresh', 'export declare function refreshAll'],
    'a method': ['readPcmFrames(frameCount', 'readFrames(frameCount'],
    'a static method': ['static fromStream', 'static fromLiveStream'],
    'the type of a property': ['readonly tailFrames: number', 'readonly tailFrames: string'],
    'a property that can be set': ['readonly reductionDb: number', 'reductionDb: number'],
    'a property that cannot be set': ['muted: boolean; // multiply', 'readonly muted: boolean; // multiply'],
    'a parameter of a method': ['seek(frames: number)', 'seek(frames: number | string)'],
    'a parameter of a function': ['maResultMessage(code: number)', 'maResultMessage(code: number | null)'],
    'a parameter of a constructor': ['bufferSeconds?: number', 'bufferSeconds?: number | string'],
    'an option': ['maxVoices?: number;', 'maxVoices?: number; voiceLimit?: number;'],
    'an option of a type without a name': ['form?:', 'shape?:'],
    'the type of an option': ['looping?: boolean;\n  priority', 'looping?: boolean | number;\n  priority'],
    'an event': [
      'warning(warning: AudioError): void;',
      'warning(warning: AudioError): void;\n  error(error: AudioError): void;',
    ],
    'a member of a result': ['rms: number[];\n}', 'rms: number[];\n  rmsDb: number[];\n}'],
  };
  const contracts = Object.values(changes).map(([before, after]) => {
    expect(widened.includes(before), before).toBe(true);
    return widened.replace(before, after);
  });
  const told = complaints(contracts, 'index');
  expect(Object.keys(changes).filter((_, number) => told[number] === '')).toEqual([]);
});
