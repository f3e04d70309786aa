// Counts what vitest's JSON report says, so that nothing that did not run can look like a success.

/** { passed, failed } of a parsed report; `status` is the exit status of vitest. */
export function countReport(report, status) {
  const results = report?.testResults ?? [];
  const cases = results.flatMap((file) => file.assertionResults ?? []);
  const passed = cases.filter((test) => test.status === 'passed').length;
  let failed = cases.length - passed;
  // A file that could not be loaded, or that fails outside its tests, has no failed test of its own.
  failed += results.filter(
    (file) => file.status !== 'passed' && !(file.assertionResults ?? []).some((test) => test.status !== 'passed'),
  ).length;
  // No test at all, or an error that belongs to no file.
  if (failed === 0 && (passed === 0 || status !== 0)) failed = 1;
  return { passed, failed };
}

/** The sum of two counts. */
export function addCounts(one, other) {
  return { passed: one.passed + other.passed, failed: one.failed + other.failed };
}
