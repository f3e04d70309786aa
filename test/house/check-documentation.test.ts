import { expect, it } from 'vitest';
import { checkDocumentation } from '../../scripts/check/documentation.mjs';
import { folderOf } from './folder.js';

const documented = {
  'index.d.ts':
    "import { Engine } from './engine/engine.js';\n" +
    "export { Engine, type Options as EngineOptions } from './engine/engine.js';\n" +
    "export * from './base/types.js';\n",
  'base/types.d.ts': `/** How a value moves; { not code }. */
export type Curve = 'linear' | 'a;b';
/** How long the thing takes, in seconds. */
export declare const seconds: number;
`,
  'engine/engine.d.ts': `import type { Curve } from '../base/types.js';
interface Hidden { undocumented: number; }
/** Settings of an engine. */
interface Options {
    /** Rate of the engine, in Hz. */
    readonly sampleRate?: number;
    /** What happens then, if anything. */
    whenDone?(value: { a: number; b: string }): void;
}
/** The engine that mixes everything. */
export declare class Engine {
    #private;
    private secret;
    /** Makes an engine that runs. */
    constructor(options?: Options);
    /** Linear gain, from 0 to 16. */
    get volume(): number;
    set volume(value: number);
    /** Plays one of two kinds. */
    play(file: string): void;
    play(buffer: Curve): void;
}
export type { Options };
`,
};

const problemsWith = (path: keyof typeof documented, from: string, to: string): string[] => {
  const text = documented[path];
  expect(text).toContain(from);
  return checkDocumentation(folderOf({ ...documented, [path]: text.replace(from, to) }));
};

it('accepts declarations that are all documented', () => {
  expect(checkDocumentation(folderOf(documented))).toEqual([]);
});

it.each([
  ['a class', 'engine/engine.d.ts', '/** The engine that mixes everything. */\n', '', ': Engine has no sentence'],
  [
    'a constructor',
    'engine/engine.d.ts',
    '/** Makes an engine that runs. */',
    '',
    'Engine.constructor has no sentence',
  ],
  ['an accessor', 'engine/engine.d.ts', '/** Linear gain, from 0 to 16. */', '', 'Engine.volume has no sentence'],
  ['a method', 'engine/engine.d.ts', '/** Plays one of two kinds. */', '', 'Engine.play has no sentence'],
  [
    'a property with tags alone',
    'engine/engine.d.ts',
    '/** Rate of the engine, in Hz. */',
    '/** @default 48000 is the usual rate */',
    'EngineOptions.sampleRate has no sentence',
  ],
  [
    'a method of an interface',
    'engine/engine.d.ts',
    '/** What happens then, if anything. */',
    '// What happens then, if anything.',
    'EngineOptions.whenDone has no sentence',
  ],
  [
    'a type that is passed on by a star',
    'base/types.d.ts',
    '/** How a value moves; { not code }. */\n',
    '',
    ': Curve has no sentence',
  ],
  [
    'a constant with one word',
    'base/types.d.ts',
    '/** How long the thing takes, in seconds. */',
    '/** Seconds. */',
    ': seconds has no sentence',
  ],
  [
    'a base that nobody can find',
    'engine/engine.d.ts',
    'declare class Engine {',
    'declare class Engine<P extends object = object> extends Hidden<P> {',
    ': Engine extends Hidden, which is not exported',
  ],
  [
    'a name that leads nowhere',
    'index.d.ts',
    '{ Engine, type',
    '{ Engine, Missing, type',
    ': Missing leads to no declaration',
  ],
] as const)('refuses %s', (_, path, from, to, expected) => {
  const problems = problemsWith(path, from, to);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(expected);
});

it('is red where there is nothing to check', () => {
  expect(checkDocumentation(folderOf({}))[0]).toContain('index.d.ts is missing');
  expect(checkDocumentation(folderOf({ 'index.d.ts': 'export {};\n' }))).toEqual(['index.d.ts exports nothing']);
});
