import { expect, it } from 'vitest';
import { filesWithLongVersion } from '../../scripts/test/longer.mjs';
import { addCounts, countReport } from '../../scripts/test/totals.mjs';

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});

it('counts what passed', () => {
  expect(countReport({ testResults: [file('passed', 'passed', 'passed'), file('passed', 'passed')] }, 0)).toEqual({
    passed: 3,
    failed: 0,
  });
});

it.each([
  ['a test that failed', [file('failed', 'passed', 'failed')], 1, { passed: 1, failed: 1 }],
  ['a test that was left out', [file('passed', 'passed', 'pending')], 0, { passed: 1, failed: 1 }],
  ['a test that is only planned', [file('passed', 'passed', 'todo')], 0, { passed: 1, failed: 1 }],
  ['a file that could not be loaded', [file('passed', 'passed'), file('failed')], 1, { passed: 1, failed: 1 }],
  ['an error outside of every file', [file('passed', 'passed')], 1, { passed: 1, failed: 1 }],
  ['a run without tests', [], 0, { passed: 0, failed: 1 }],
])('is red for %s', (_, testResults, status, expected) => {
  expect(countReport({ testResults }, status)).toEqual(expected);
});

it('is red where there is no report', () => {
  expect(countReport(undefined, 0)).toEqual({ passed: 0, failed: 1 });
});

it('adds counts up', () => {
  expect(addCounts({ passed: 3, failed: 1 }, { passed: 4, failed: 0 })).toEqual({ passed: 7, failed: 1 });
});

it('finds the files that have a long version, the campaigns last', () => {
  const files = filesWithLongVersion();
  expect(files).toContain('test/scenes/scenes.test.ts');
  expect(files).not.toContain('test/contract/ramps.test.ts');
  expect(files.at(-1)).toMatch(/^test\/fuzz\//);
});
