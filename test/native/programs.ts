import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const outputs = join(root, 'build', 'native-tests');

const shared = [
  '-std=c11',
  '-w',
  '-g',
  '-ffp-contract=off',
  '-fno-math-errno',
  '-iquotenative/include',
  '-iquotenative',
  '-Inode_modules/@audio/speaker/native',
  ...['SSE2', 'AVX2', 'NEON', 'ENGINE', 'RESOURCE_MANAGER', 'NODE_GRAPH', 'GENERATION', 'ENCODING', 'DEVICE_IO'].map(
    (part) => `-DMA_NO_${part}`,
  ),
  '-DMA_DR_MP3_NO_SIMD',
];

const sourcesIn = (folder: string) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.c'))
    .map((name) => `${folder}/${name}`);

/** What the control side needs of the engine's C. */
const controlSide = [
  'native/base/result.c',
  'native/base/upstream.c',
  'native/engine/lifecycle.c',
  'native/voices/channels.c',
  'native/kernels/processor.c',
  'native/kernels/sinc.c',
];

/** Files that run on the audio thread, and nothing else: they may import nothing that waits or allocates. */
export const audioSide = ['base', 'kernels', 'state', 'graph', 'voices', 'engine']
  .flatMap((room) => sourcesIn(`native/${room}`))
  .filter((file) => !controlSide.includes(file) && !file.endsWith('/trap.c'))
  .sort();

/** Effects make their own memory, on the control side, beside what they do with it. */
export const effects = sourcesIn('native/effects').sort();

/** Files are decoded off the audio thread; only what is about decoding is built with it. */
const withoutDecoding = '-DMA_NO_DECODING';
const decoders = [...sourcesIn('native/decoders'), 'native/base/upstream.c'];

const made = new Map<string, Promise<string[]>>();

/** Objects of a variant, compiled once. */
function compileOnce(files: readonly string[], variant: string, flags: readonly string[]): Promise<string[]> {
  const objects = made.get(variant) ?? compile(files, join(outputs, variant), flags);
  made.set(variant, objects);
  return objects;
}

/** Compiles every file with gcc, two at a time, and gives the objects. */
async function compile(files: readonly string[], folder: string, flags: readonly string[]): Promise<string[]> {
  const jobs = files.flatMap((file) => {
    if (!file.endsWith('/kernels.c'))
      return [{ file, object: join(folder, `${basename(file)}.o`), extra: [] as string[] }];
    const base = { file, object: join(folder, 'kernels-base.o'), extra: ['-DMAE_KERNEL_SUFFIX=base'] };
    return process.arch === 'x64'
      ? [
          base,
          { file, object: join(folder, 'kernels-avx2.o'), extra: ['-DMAE_KERNEL_SUFFIX=avx2', '-mavx2', '-mno-fma'] },
        ]
      : [base];
  });
  mkdirSync(folder, { recursive: true });
  const waiting = [...jobs];
  const work = async () => {
    for (let job = waiting.shift(); job; job = waiting.shift()) {
      await run('gcc', [...shared, ...flags, ...job.extra, '-c', job.file, '-o', job.object], { cwd: root });
    }
  };
  await Promise.all([work(), work()]);
  return jobs.map((job) => job.object);
}

/** Builds native/test/<name>.c with the core under `flags` and returns a function that runs it. */
export function buildProgram(
  name: string,
  variant: string,
  flags: readonly string[],
): Promise<(...words: string[]) => Promise<string>> {
  return buildFrom([...audioSide, ...effects, ...controlSide], name, variant, [...flags, withoutDecoding]);
}

/** The same with the decoders in place of the engine. */
export function buildDecoderProgram(
  name: string,
  variant: string,
  flags: readonly string[],
): Promise<(...words: string[]) => Promise<string>> {
  return buildFrom(decoders, name, variant, flags);
}

async function buildFrom(
  files: readonly string[],
  name: string,
  variant: string,
  flags: readonly string[],
): Promise<(...words: string[]) => Promise<string>> {
  const folder = join(outputs, variant);
  const objects = await compileOnce(files, variant, flags);
  const output = join(folder, name);
  await run(
    'gcc',
    [...shared, ...flags, `native/test/${name}.c`, ...objects, '-lm', '-lpthread', '-ldl', '-o', output],
    { cwd: root },
  );
  return async (...words) => {
    try {
      return (await run(output, words, { cwd: root })).stdout;
    } catch (error) {
      const failure = error as { stdout?: string; stderr?: string; message: string };
      throw new Error(`${name} (${variant}) failed: ${failure.stdout ?? ''}${failure.stderr ?? ''}${failure.message}`);
    }
  };
}

/** What the objects of the audio side and of the effects need from elsewhere. */
export async function importsOfAudioSide(): Promise<Map<string, string[]>> {
  const objects = await compileOnce([...audioSide, ...effects], 'imports', [
    '-O2',
    '-fno-stack-protector',
    withoutDecoding,
  ]);
  const listings = await Promise.all(objects.map(async (object) => (await run('nm', [object])).stdout.split('\n')));
  const defined = new Set(listings.flat().flatMap((line) => /^[0-9a-f]+ [A-Za-z] (\S+)$/.exec(line)?.[1] ?? []));
  return new Map(
    objects.map((object, i) => [
      object,
      (listings[i] as string[])
        .flatMap((line) => /^ +U (\S+)$/.exec(line)?.[1] ?? [])
        .filter((name) => !defined.has(name)),
    ]),
  );
}
