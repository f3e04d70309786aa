// Makes the contenders: stock miniaudio with gcc and with zig, this engine's C with and without AVX2, and
// node-web-audio-api from npm, all under .cache/bench.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { compileUnits, hashOf, isFresh, replaceFile, runCompiler } from '../scripts/build/compile.mjs';
import { dependencyFile, root, shown } from '../scripts/build/paths.mjs';
import { addonTarget, engineFolders, hostTarget, toolVersions } from '../scripts/build/targets.mjs';
import { complaint } from './contenders.mjs';

const cache = path.join(root, '.cache', 'bench');
const peer = { name: 'node-web-audio-api', version: '2.2.0' };
const options = { verbose: false };
const run = promisify(execFile);

/** Programs that are made elsewhere or not at all have null and a sentence in `missing`. */
export const missing = [];

function textOf(...files) {
  return files.map((file) => readFileSync(path.join(root, file), 'utf8'));
}

/** Stock miniaudio as its users get it: -O3, its own SIMD on, nothing left out. */
async function prepareStock(compiler, program = 'stock') {
  const output = path.join(cache, `${program}-${compiler}`);
  const header = path.dirname(dependencyFile('@audio/speaker', 'native/miniaudio.h', toolVersions.miniaudio));
  const words = ['-O3', '-w', '-I', header, path.join('bench', 'native', `${program}.c`)];
  const libraries = ['-lm', '-ldl', '-lpthread'];
  const version =
    compiler === 'gcc' ? execFileSync('gcc', ['--version'], { encoding: 'utf8' }).split('\n')[0] : toolVersions.zig;
  const key = hashOf([
    version,
    toolVersions.miniaudio,
    ...textOf(`bench/native/${program}.c`, 'bench/native/workload.h'),
  ]);
  if (isFresh(output, key)) return output;
  await replaceFile(output, key, async (file) => {
    if (compiler === 'gcc') await run('gcc', [...words, '-o', file, ...libraries], { cwd: root });
    else await runCompiler('zig', ['cc', ...words, '-o', file, ...libraries], options);
  });
  return output;
}

/** This engine's core with the addon's own flags; devices and file decoding are left out. */
async function prepareOurs(variant) {
  const target = addonTarget(hostTarget(), false);
  const isNeeded = (file) => file.endsWith('.c') && !/\/(decoders\/.*|processor\.c)$/.test(file);
  const sources = engineFolders.flatMap((room) => readdirSync(path.join(root, room)).map((name) => `${room}/${name}`));
  const processor = variant === 'base' ? 'bench/native/processor_base.c' : 'native/kernels/processor.c';
  const files = ['bench/native/ours.c', processor, ...sources.filter(isNeeded).sort()];
  const units = files.flatMap((file) => {
    const variants = file.endsWith('kernels.c') ? target.kernels : [target.kernels[0]];
    return variants.map(({ suffix, flags }) => ({
      source: path.join(root, file),
      object: path.join(cache, 'objects', `${path.basename(file, '.c')}-${suffix}.o`),
      flags: [
        ...target.compile,
        ...(file.endsWith('upstream.c') ? ['-w'] : []),
        ...flags,
        `-DMAE_KERNEL_SUFFIX=${suffix}`,
      ],
    }));
  });
  const includeFolders = ['native/include', 'native'].map((folder) => path.join(root, folder));
  includeFolders.push(path.dirname(dependencyFile('@audio/speaker', 'native/miniaudio.h', toolVersions.miniaudio)));
  const { objects, keys } = await compileUnits(
    units,
    { compiler: target.compiler, target: target.target, includeFolders },
    options,
  );
  const output = path.join(cache, `ours-${variant}`);
  const key = hashOf([target.target, keys]);
  if (!isFresh(output, key)) {
    await replaceFile(output, key, (file) =>
      runCompiler(
        target.compiler,
        ['cc', ...target.target, ...objects.map(shown), '-lm', '-ldl', '-lpthread', '-o', file],
        options,
      ),
    );
  }
  return output;
}

/** Fetches the peer from npm, once; its declared floor is a newer Node, but it loads on 20. */
async function preparePeer() {
  const folder = path.join(cache, `${peer.name}-${peer.version}`);
  if (existsSync(path.join(folder, 'node_modules', peer.name, 'package.json'))) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  const words = [
    'install',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--save-exact',
    `${peer.name}@${peer.version}`,
  ];
  await run('npm', words, { cwd: folder, shell: process.platform === 'win32' });
  return folder;
}

async function attempt(what, make) {
  try {
    return await make();
  } catch (error) {
    missing.push(`${what}: ${complaint(error)}`);
    return null;
  }
}

/** Everything that can be made here: paths of programs and folders, null for each that cannot. */
export async function prepare() {
  mkdirSync(cache, { recursive: true });
  return {
    stockGcc: await attempt('stock miniaudio by gcc', () => prepareStock('gcc')),
    stockZig: await attempt('stock miniaudio by zig', () => prepareStock('zig')),
    stockEffectsGcc: await attempt('stock effects by gcc', () => prepareStock('gcc', 'stock_effects')),
    ours: await attempt('the engine in C', () => prepareOurs('widest')),
    oursBase: await attempt('the engine in C without AVX2', () => prepareOurs('base')),
    dist: existsSync(path.join(root, 'dist', 'index.js')),
    peer: await attempt(`${peer.name}@${peer.version}`, preparePeer),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(await prepare());
  for (const sentence of missing) console.log(sentence);
}
