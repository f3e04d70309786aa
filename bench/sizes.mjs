// Sizes of what is shipped.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { root } from '../scripts/build-paths.mjs';

const kilobyte = 1000;

/** Kilobytes of the addon, of the gzipped wasm, of the minified, gzipped TypeScript of a process and of a page, and of the worklet; null for what has not been built. */
export async function sizes() {
  const addon = path.join(root, 'build', 'addon', `${process.platform}-${process.arch}`, 'miniaudio_engine.node');
  const wasm = path.join(root, 'dist', 'miniaudio_engine.wasm');
  const entry = path.join(root, 'dist', 'index.js');
  const library = path.join(root, 'dist', 'index.browser.js');
  const worklet = path.join(root, 'dist', 'miniaudio_engine_worklet.js');
  const zipped = (bytes) => gzipSync(bytes, { level: 9 }).length / kilobyte;
  const bundle = async () => {
    const { outputFiles } = await build({
      entryPoints: [entry],
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'node',
      write: false,
      logLevel: 'silent',
    });
    return zipped(outputFiles[0].contents);
  };
  /** What a page takes with it that plays sounds in groups. */
  const pageBundle = async () => {
    const contents = `import { AudioBuffer, Engine, Sound, SoundGroup } from ${JSON.stringify(library)}; console.log(AudioBuffer, Engine, Sound, SoundGroup);`;
    const stdin = { contents, resolveDir: root };
    const { outputFiles } = await build({ stdin, bundle: true, minify: true, format: 'esm', platform: 'browser', write: false, logLevel: 'silent' });
    return zipped(outputFiles[0].contents);
  };
  return {
    addon: existsSync(addon) ? statSync(addon).size / kilobyte : null,
    wasmGzipped: existsSync(wasm) ? zipped(readFileSync(wasm)) : null,
    bundleGzipped: existsSync(entry) ? await bundle() : null,
    browserGzipped: existsSync(library) ? await pageBundle() : null,
    workletGzipped: existsSync(worklet) ? zipped(readFileSync(worklet)) : null,
  };
}
