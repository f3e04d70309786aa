import { expect, it } from 'vitest';
import { checkDocumentation } from '../../scripts/check/documentation.mjs';
import { folderOf } from './folder.js';

const documented = {
  'index.d.ts':
    "import { Engine } from './engine/engine.js';\n" +
    "export { Engine, type Options as EngineOptions } from './engine/engine.js';\n" +
    "export * from './base/types.js';\n",
  'base/types.d.ts': `/** How a value moves; \\{ not code \\}. */
export type Curve = 'linear' | 'a;b';
/** How long the thing takes, in seconds. */
export declare const seconds: number;
/**
 * Waits for a while.
 *
 * @returns A promise that resolves when it is over.
 */
export declare function wait(): Promise<void>;
`,
  'engine/engine.d.ts': `import type { Curve } from '../base/types.js';
interface Hidden { undocumented: number; }
/** Settings of an engine. */
interface Options {
    /**
     * Rate of the engine, in Hz.
     *
     * @defaultValue \`48000\`
     */
    readonly sampleRate?: number;
    /** What happens then, if anything. */
    whenDone(): void;
}
/**
 * The engine that mixes everything.
 *
 * @example
 * \`\`\`ts
 * new Engine();
 * \`\`\`
 */
export declare class Engine {
    #private;
    private secret;
    /**
     * Makes an engine that runs.
     *
     * @param options - What it is made with.
     */
    constructor(options?: Options);
    /** Linear gain, from 0 to 16. */
    get volume(): number;
    set volume(value: number);
    /**
     * Plays one of two kinds.
     *
     * @param file - The name of a file.
     */
    play(file: string): void;
    play(buffer: Curve): void;
}
export type { Options };
`,
};

const entry = 'index.d.ts';
const problemsWith = (path: keyof typeof documented, from: string, to: string, notYet: string[] = []): string[] => {
  const text = documented[path];
  expect(text).toContain(from);
  return checkDocumentation(folderOf({ ...documented, [path]: text.replace(from, to) }), entry, notYet);
};

it('accepts declarations that are all documented', () => {
  expect(checkDocumentation(folderOf(documented), entry, [])).toEqual([]);
});

it.each([
  ['a class', 'engine/engine.d.ts', 'The engine that mixes everything.', '', ': Engine has no sentence'],
  ['a constructor', 'engine/engine.d.ts', 'Makes an engine that runs.', '', 'Engine.(constructor) has no sentence'],
  ['an accessor', 'engine/engine.d.ts', '/** Linear gain, from 0 to 16. */', '', 'Engine.volume has no sentence'],
  ['a method', 'engine/engine.d.ts', 'Plays one of two kinds.', '', 'Engine.play has no sentence'],
  [
    'a property with tags alone',
    'engine/engine.d.ts',
    'Rate of the engine, in Hz.',
    '',
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
    '/** How a value moves; \\{ not code \\}. */\n',
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
    'interface Options {',
    'interface Options extends Hidden {',
    'The symbol "Hidden" needs to be exported',
  ],
  [
    'a parameter without a word',
    'engine/engine.d.ts',
    '@param options - What it is made with.',
    '',
    'Engine.(constructor) has no @param options',
  ],
  [
    'a result without a word',
    'base/types.d.ts',
    '@returns A promise that resolves',
    'It resolves',
    ': wait has no @returns',
  ],
  [
    'an option without its default',
    'engine/engine.d.ts',
    '@defaultValue',
    'Usually',
    'sampleRate has no @defaultValue',
  ],
  ['a class without an example', 'engine/engine.d.ts', '```ts', '```text', ': Engine has no @example'],
  ['a parameter that is not there', 'engine/engine.d.ts', '@param file -', '@param path -', 'has no @param file'],
  ['a link to nothing', 'engine/engine.d.ts', 'Plays one', 'Plays {@link Nothing}', 'could not be resolved'],
] as const)('refuses %s', (_, path, from, to, expected) => {
  const problems = problemsWith(path, from, to);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(expected);
});

it('asks only for sentences in a folder that is on the list, until that has everything', () => {
  const problems = problemsWith('engine/engine.d.ts', '@defaultValue', 'Usually', ['engine/', 'base/']);
  expect(problems).toEqual(['base/ is finished: take it off the list in scripts/check/documentation.mjs']);
  expect(problemsWith('engine/engine.d.ts', 'Rate of the engine, in Hz.', '', ['engine/'])[0]).toContain('no sentence');
});

it('is red where there is nothing to check', () => {
  expect(checkDocumentation(folderOf({}))[0]).toContain('index.d.ts is missing');
  expect(checkDocumentation(folderOf({ 'index.d.ts': 'export {};\n' }))).toEqual(['index.d.ts exports nothing']);
});
