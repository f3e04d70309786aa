#!/usr/bin/env node
// The tests. Builds what changed, runs the checks, then vitest. The last line is "N passed, N failed".
//
//   npm test                                 everything, each thing for a short stretch
//   npm test -- test/contract/ramps.test.ts  words go to vitest: only these files, after the build and the checks
//   npm run test:quick                       checks, rules of the house, effects and the contract on the native host
//   npm run test:all                         npm test, and then the long versions of the tests that have one
//   npm run test:all -- --minutes 45         the same, and no long version begins when 45 minutes are over
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './build/paths.mjs';
import { runChecks } from './check/checks.mjs';
import { filesWithLongVersion } from './test/longer.mjs';
import { prepareSystem } from './test/system.mjs';
import { addCounts, countReport } from './test/totals.mjs';

const begun = performance.now();
const report = join(root, 'build', 'test-report.json');
const nothingRan = { passed: 0, failed: 1 };

function run(words, environment = {}) {
  const env = { ...process.env, ...environment };
  return spawnSync(process.execPath, words, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env }).status ?? 1;
}

function readReport() {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch (error) {
    console.error(`vitest left no report: ${error.message}`);
    return undefined;
  }
}

function runVitest(words, environment) {
  mkdirSync(join(root, 'build'), { recursive: true });
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const status = run(['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...words], environment);
  return countReport(readReport(), status);
}

function buildAndCheck(...targets) {
  return run(['scripts/build.mjs', ...targets]) === 0 ? runChecks([]) : undefined;
}

function testUsual(words) {
  if (!prepareSystem()) return nothingRan;
  const checked = buildAndCheck('addon', 'addon-debug', 'wasm', 'ts', 'browser');
  return checked === undefined ? nothingRan : addCounts(checked, runVitest(words));
}

function testQuick() {
  const checked = buildAndCheck('addon', 'wasm', 'ts');
  if (checked === undefined) return nothingRan;
  const words = ['--project', 'computing', 'test/house', 'test/effects', 'test/contract'];
  return addCounts(checked, runVitest(words, { TEST_HOSTS: 'native' }));
}

/** Runs the long versions, one file after the other, as long as there is time. */
function testLonger(minutes) {
  const files = filesWithLongVersion();
  let counts = { passed: 0, failed: 0 };
  for (const [index, file] of files.entries()) {
    const passedMinutes = (performance.now() - begun) / 60_000;
    if (passedMinutes > minutes) {
      console.log(`\n${minutes} minutes are over. These had no turn: ${files.slice(index).join(' ')}`);
      break;
    }
    console.log(`\nlong version ${index + 1} of ${files.length}, after ${passedMinutes.toFixed(1)} minutes: ${file}`);
    counts = addCounts(counts, runVitest([file], { TEST_EXTENT: 'all' }));
  }
  return counts;
}

function testAll(words) {
  const minutes = words[0] === '--minutes' ? Number(words[1]) : Number.POSITIVE_INFINITY;
  if (!(minutes > 0)) throw new Error('Usage: npm run test:all -- [--minutes N]');
  return addCounts(testUsual([]), testLonger(minutes));
}

const [kind, ...words] = process.argv.slice(2);
const kinds = { quick: testQuick, all: () => testAll(words) };
const { passed, failed } = (kinds[kind] ?? (() => testUsual(process.argv.slice(2))))();
process.exitCode = failed === 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed`);
