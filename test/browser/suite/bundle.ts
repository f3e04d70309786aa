import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { repository } from '../../support/processes.js';

const folder = join(repository, 'test/browser/suite');

/**
 * Leaves out what only processes have: the library is the page's, vitest is the page's, and the only host is
 * WebAssembly.
 */
const forPages: Plugin = {
  name: 'for pages',
  setup(context) {
    context.onResolve({ filter: /\/src\/index\.js$|^miniaudio-engine$/ }, () => ({
      path: '../dist/miniaudio_engine_browser.js',
      external: true,
    }));
    context.onResolve({ filter: /^vitest$/ }, () => ({ path: join(folder, 'vitest.ts') }));
    context.onResolve({ filter: /^\.\/run\.mjs$/ }, () => ({ path: join(folder, 'run-example.ts') }));
    context.onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: 'node' }));
    // Named imports of whatever name, each a complaint when it is used.
    context.onLoad({ filter: /.*/, namespace: 'node' }, ({ path }) => ({
      contents: `const refuse = (name) => { throw new Error('A page has no ${path}: ' + String(name)); };
        module.exports = new Proxy({}, { get: (_, name) => () => refuse(name) });`,
    }));
  },
};

/** Bundles a module given as text, as it were in test/browser/suite, to `output`. */
export async function bundleForPage(contents: string, output: string): Promise<void> {
  const result = await build({
    stdin: { contents, resolveDir: folder, loader: 'ts' },
    bundle: true,
    // The package says of its files that most have no side effects; tests have.
    ignoreAnnotations: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: ['es2022'],
    define: {
      'process.env.NODE_ENV': '"test"',
      'process.env.TEST_HOSTS': '"wasm"',
      'process.env.TEST_EXTENT': JSON.stringify(process.env.TEST_EXTENT ?? ''),
      'import.meta.url': '"http://page/"',
    },
    plugins: [forPages],
    logLevel: 'error',
  });
  mkdirSync(join(output, '..'), { recursive: true });
  writeFileSync(output, result.outputFiles[0]?.text ?? '');
}
