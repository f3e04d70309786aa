#!/usr/bin/env node
// All checks that are no tests: node scripts/check.mjs [name ...]. Prints each, ends with status 1 if one fails.
import { runChecks } from './check/checks.mjs';

const { failed } = runChecks(process.argv.slice(2));
process.exitCode = failed === 0 ? 0 : 1;
