#!/usr/bin/env node
// npm test: what the machine needs, the build, the checks, the tests. The last line is "N passed, N failed". Words
// after `npm test --` go to vitest, for example the name of a test file; then only that runs after the build and the
// checks.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './build/paths.mjs';
import { runChecks } from './check/checks.mjs';
import { prepareSystem } from './test/system.mjs';
import { countReport } from './test/totals.mjs';

const report = join(root, 'build', 'test-report.json');

function run(...words) {
  return spawnSync(process.execPath, words, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status ?? 1;
}

function readReport() {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch (error) {
    console.error(`vitest left no report: ${error.message}`);
    return undefined;
  }
}

function testAll() {
  if (!prepareSystem()) return { passed: 0, failed: 1 };
  if (run('scripts/build.mjs', 'addon', 'addon-debug', 'wasm', 'ts', 'browser') !== 0) return { passed: 0, failed: 1 };
  const checked = runChecks([]);
  mkdirSync(join(root, 'build'), { recursive: true });
  rmSync(report, { force: true });
  const status = run(
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  );
  const tested = countReport(readReport(), status);
  return { passed: checked.passed + tested.passed, failed: checked.failed + tested.failed };
}

const { passed, failed } = testAll();
process.exitCode = failed === 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed`);
