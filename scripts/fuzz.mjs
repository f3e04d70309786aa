#!/usr/bin/env node
// A campaign of fuzzing: `npm run fuzz -- [inputs] [seed] [files of test/fuzz...]`. The tests run a short stretch of
// the same with a fixed seed. Inputs are a million of each kind unless said otherwise, the seed is the time. An input
// that does harm is left in build/fuzz.
import { spawnSync } from 'node:child_process';
import { root } from './build/paths.mjs';

const [inputs = '1000000', seed = String(Math.floor(Date.now() / 1000)), ...files] = process.argv.slice(2);
if (!(Number(inputs) > 0 && Number.isInteger(Number(seed)))) {
  console.error('Usage: npm run fuzz -- [inputs] [seed] [files of test/fuzz...]');
  process.exit(2);
}
console.log(`fuzzing: ${inputs} inputs of each kind, seed ${seed}`);
const words = [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--project',
  'computing',
  '--testTimeout=0',
  ...(files.length > 0 ? files : ['test/fuzz']),
];
process.exitCode =
  spawnSync(process.execPath, words, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, FUZZ_INPUTS: inputs, FUZZ_SEED: seed },
  }).status ?? 1;
