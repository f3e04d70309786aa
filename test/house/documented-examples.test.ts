// Every example in a doc comment is a whole program: it compiles under strict TypeScript against the package's
// declarations, runs, ends by itself and prints no error.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from '../../scripts/build/paths.mjs';
import { lineOf, readFiles } from '../../scripts/check/files.mjs';

interface Example {
  /** Where it stands: `src/engine/engine.ts:65`. */
  readonly place: string;
  readonly code: string;
}

const longestMilliseconds = 60_000;

const compilerOptions = {
  strict: true,
  noUnusedLocals: true,
  module: 'nodenext',
  target: 'es2022',
  lib: ['es2022', 'esnext.disposable'],
  types: ['node'],
  typeRoots: [join(root, 'node_modules/@types')],
  outDir: 'programs',
  rootDir: '.',
};

/** What an example without a fenced block of TypeScript counts as: it does not compile. */
const notFenced = "export const example: never = 'This example has no fenced block of ts.';";

/** The examples in the doc comments of a file. */
function examplesOf({ path, text }: { path: string; text: string }): Example[] {
  return [...text.matchAll(/\/\*\*.*?\*\//gs)].flatMap((comment) =>
    [...comment[0].matchAll(/@example\b(.*?)(?=\n *\* @\w|\*\/)/gs)].map((example) => {
      const words = example[1]!.replace(/^ *\* ?/gm, '');
      const code = /^```ts\n(.*?)^```/ms.exec(words)?.[1] ?? notFenced;
      return { place: `${path}:${lineOf(text, comment.index + example.index)}`, code };
    }),
  );
}

/** A folder in which programs find the package as an installed one. */
function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'examples-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules', 'miniaudio-engine'), 'junction');
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  return folder;
}

/** Compiles all examples in a folder at once; returns what TypeScript says of each, by its number. */
function compile(folder: string, examples: readonly Example[]): string[] {
  for (const [number, { code }] of examples.entries()) writeFileSync(join(folder, `example${number}.ts`), code);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  const { stdout } = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const told = stdout.split(/\n(?=\S)/).filter((line) => line.trim() !== '');
  expect(told.filter((line) => !/^example\d/.test(line))).toEqual([]);
  return examples.map((_, number) => told.filter((line) => line.startsWith(`example${number}.ts(`)).join('\n'));
}

/** Runs a compiled example. Resolves with how it ended and what it printed as errors. */
function run(
  folder: string,
  number: number,
  timeout = longestMilliseconds,
): Promise<{ status: number | string | null; errors: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(folder, 'programs', `example${number}.js`)], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout,
      killSignal: 'SIGKILL',
    });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    child.on('close', (code, signal) => resolve({ status: code ?? signal, errors: errors.trim() }));
  });
}

const examples = readFiles(root, (path: string) => path.startsWith('src/') && path.endsWith('.ts')).flatMap(examplesOf);

let folder = '';
let complaints: string[] = [];

beforeAll(() => {
  folder = makeFolder();
  complaints = compile(folder, examples);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.concurrent.each(examples.map(({ place }, number) => [place, number] as const))('%s', async (_, number) => {
  expect(complaints[number]).toBe('');
  expect(await run(folder, number)).toEqual({ status: 0, errors: '' });
});

it('an example that does not compile, fails, prints an error or never ends is told', async () => {
  const comment = (code: string): string => `/**\n * Text.\n *\n * @example\n * \`\`\`ts\n * ${code}\n * \`\`\`\n */\n`;
  const text = [
    "import { Engine } from 'miniaudio-engine'; new Engine({ device: false }).dispose();",
    "import { Engine } from 'miniaudio-engine'; new Engine({ device: 'none' }).dispose();",
    "throw new Error('It failed.');",
    "console.error('Something is wrong.');",
    'setInterval(() => {}, 1000);',
  ].map(comment);
  const bad = examplesOf({ path: 'bad.ts', text: `${text.join('')}/** @example Not a program. */` });
  expect(bad.map(({ place }) => place)).toEqual([4, 12, 20, 28, 36, 41].map((line) => `bad.ts:${line}`));
  const place = makeFolder();
  try {
    const told = compile(place, bad);
    expect(told.map((complaint) => complaint !== '')).toEqual([false, true, false, false, false, true]);
    expect(await run(place, 0)).toEqual({ status: 0, errors: '' });
    expect(await run(place, 2)).toEqual({ status: 1, errors: expect.stringContaining('It failed.') });
    expect(await run(place, 3)).toEqual({ status: 0, errors: 'Something is wrong.' });
    expect(await run(place, 4, 500)).toEqual({ status: 'SIGKILL', errors: '' });
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});
