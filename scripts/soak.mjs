#!/usr/bin/env node
// Random operations for a long time: `npm run soak -- [minutes]`, 30 unless said otherwise. Prints figures on the way;
// the tests run a short stretch of the same.
import { spawnSync } from 'node:child_process';
import { root } from './build/paths.mjs';

const minutes = Number(process.argv[2] ?? 30);
if (!(minutes > 0)) {
  console.error('Usage: npm run soak -- [minutes]');
  process.exit(2);
}
const words = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'waiting', '--testTimeout=0', 'test/soak'];
process.exitCode =
  spawnSync(process.execPath, words, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, SOAK_MINUTES: String(minutes) },
  }).status ?? 1;
