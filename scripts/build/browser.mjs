// What a page loads without a bundler of its own, from src/: the library as one module, beside it the one script for
// its worklet and its workers, and the decoders of Ogg.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf, isFresh, replaceFile } from './compile.mjs';
import { BuildError } from './errors.mjs';
import { root } from './paths.mjs';
import { listFiles } from './typescript.mjs';

/** Outputs in dist/, and what each is made from. The library finds the others beside itself. */
const bundles = {
  'miniaudio_engine_browser.js': { entry: 'src/index.browser.ts' },
  'miniaudio_engine_worklet.js': { entry: 'src/index.worklet.ts' },
  // A script that is no module: workers load it with importScripts. Vite's development server would turn an import()
  // into one that no worker can run.
  'miniaudio_engine_ogg.js': {
    entry: 'src/page/workers/bundled-ogg-packages.ts',
    format: 'iife',
    globalName: 'miniaudioEngineOgg',
    thirdParty: true,
  },
};
/**
 * The packages' own workers are left out: they would come from blob: addresses, and what loads the packages is a worker
 * already.
 */
const withoutWorkers = {
  name: 'without workers',
  setup: (context) =>
    context.onLoad({ filter: /WASMAudioDecoderWorker\.js$/ }, () => ({ contents: 'export default class {}' })),
};
/** What the Ogg decoders contain, and the terms on which it may be passed on: stands in front of them. */
const notices = join(root, 'THIRD-PARTY.md');
const noCodecParser = join(root, 'scripts/build/no-codec-parser.mjs');
const options = {
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'browser',
  target: ['es2022'],
  minify: true,
  // The decoders of Ogg have their modules in text of all characters.
  charset: 'utf8',
  // Names of classes are in messages.
  keepNames: true,
  // Everything is in the library, whether or not it is used.
  ignoreAnnotations: true,
  logLevel: 'error',
  plugins: [withoutWorkers],
};
/** Vite turns smaller files into data: addresses, which a strict Content-Security-Policy refuses. */
const smallestWorkletBytes = 4096;

/** Bundles and minifies what has changed. */
export async function buildBrowser() {
  const { build, version: esbuildVersion } = await loadBundler();
  const sources = listFiles(join(root, 'src')).filter((file) => file.endsWith('.ts'));
  const inputs = [...sources.sort(), notices, noCodecParser].map((file) => [
    file.slice(root.length),
    readFileSync(file, 'utf8'),
  ]);
  const key = hashOf([esbuildVersion, bundles, options, inputs]);
  const outputs = Object.entries(bundles).map(([name, bundle]) => ({ output: join(root, 'dist', name), ...bundle }));
  if (outputs.every(({ output }) => isFresh(output, key))) return { file: 'dist/miniaudio_engine_*.js', fresh: true };
  for (const { output, entry, thirdParty = false, ...own } of outputs) {
    const result = await build({
      absWorkingDir: root,
      entryPoints: [entry],
      ...options,
      ...own,
      alias: { 'codec-parser': noCodecParser },
      banner: thirdParty ? { js: `/*!\n${readFileSync(notices, 'utf8')}*/` } : {},
    });
    const bytes = result.outputFiles[0].contents;
    if (bytes.length < smallestWorkletBytes)
      throw new BuildError(`${output} has ${bytes.length} bytes, too few to be kept as a file by Vite`);
    await replaceFile(output, key, async (path) => writeFileSync(path, bytes));
  }
  return { file: 'dist/miniaudio_engine_*.js', fresh: false };
}

async function loadBundler() {
  if (!existsSync(join(root, 'node_modules/esbuild'))) throw new BuildError('esbuild is not installed. Run: npm ci');
  return import('esbuild');
}
