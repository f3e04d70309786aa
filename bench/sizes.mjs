// Sizes of what is shipped.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { root } from '../scripts/build/paths.mjs';

const kilobyte = 1000;

/**
 * Kilobytes of the addon, of the gzipped wasm, of the minified, gzipped TypeScript of everything, of a small program in
 * a process and in a page, and of the worklet; null for what has not been built.
 */
export async function sizes() {
  const addon = path.join(root, 'build', 'addon', `${process.platform}-${process.arch}`, 'miniaudio_engine.node');
  const wasm = path.join(root, 'dist', 'miniaudio_engine.wasm');
  const entry = path.join(root, 'dist', 'index.js');
  const library = path.join(root, 'dist', 'index.browser.js');
  const worklet = path.join(root, 'dist', 'miniaudio_engine_worklet.js');
  const zipped = (bytes) => gzipSync(bytes, { level: 9 }).length / kilobyte;
  /**
   * What a bundler makes of a program that uses `names` of the library; packages that it depends on are not ours to
   * count.
   */
  const bundle = async (library, names, platform) => {
    const contents = `import ${names} from ${JSON.stringify(library)}; console.log(${names.replace('* as ', '')});`;
    const stdin = { contents, resolveDir: root };
    const words = platform === 'node' ? { packages: 'external' } : {};
    const { outputFiles } = await build({
      stdin,
      bundle: true,
      minify: true,
      format: 'esm',
      platform,
      write: false,
      logLevel: 'silent',
      ...words,
    });
    return zipped(outputFiles[0].contents);
  };
  const core = '{ AudioBuffer, Engine, Sound, SoundGroup }';
  return {
    addon: existsSync(addon) ? statSync(addon).size / kilobyte : null,
    wasmGzipped: existsSync(wasm) ? zipped(readFileSync(wasm)) : null,
    wholeGzipped: existsSync(entry) ? await bundle(entry, '* as all', 'node') : null,
    coreGzipped: existsSync(entry) ? await bundle(entry, core, 'node') : null,
    browserGzipped: existsSync(library) ? await bundle(library, core, 'browser') : null,
    workletGzipped: existsSync(worklet) ? zipped(readFileSync(worklet)) : null,
  };
}
