#!/usr/bin/env node
// Builds everything: `node scripts/build.mjs [addon] [addon-debug] [wasm] [ts] [browser] [--target <zig target>]
// [--verbose]`. Without names: addon, wasm, ts and browser. A part whose sources and flags have not changed since the
// last build is left alone.
import { BuildError } from './build/errors.mjs';
import { withBuildLock } from './build/lock.mjs';
import { buildAddon, buildWasm } from './build/native.mjs';
import { buildTypeScript } from './build/typescript.mjs';

const usage =
  'Usage: node scripts/build.mjs [addon] [addon-debug] [wasm] [ts] [browser] [--target <zig target>] [--verbose]';

const builders = {
  addon: (options) => buildAddon({ ...options, debug: false }),
  'addon-debug': (options) => buildAddon({ ...options, debug: true }),
  wasm: buildWasm,
  ts: buildTypeScript,
  browser: async (options) => (await import('./build/browser.mjs')).buildBrowser(options),
};

function parseArguments(words) {
  const parts = [];
  const options = { target: undefined, verbose: false };
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index];
    if (word === '--verbose') options.verbose = true;
    else if (word === '--target') {
      index += 1;
      if (words[index] === undefined)
        throw new BuildError(`--target needs a name, such as aarch64-linux-gnu. ${usage}`);
      options.target = words[index];
    } else if (Object.hasOwn(builders, word)) parts.push(word);
    else throw new BuildError(`Unknown argument "${word}". ${usage}`);
  }
  return { parts: parts.length > 0 ? parts : ['addon', 'wasm', 'ts', 'browser'], options };
}

try {
  const { parts, options } = parseArguments(process.argv.slice(2));
  await withBuildLock(async () => {
    for (const part of parts) {
      const started = performance.now();
      const { file, fresh } = await builders[part](options);
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${part}: ${file} ${fresh ? 'is up to date' : `built in ${seconds} s`}`);
    }
  });
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(`build: ${error.message}`);
  process.exitCode = 1;
}
