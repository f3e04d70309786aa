import { expect, it } from 'vitest';
import { checkLock } from '../../scripts/check/lock.mjs';
import { folderOf } from './folder.js';

const problemsOf = (packages: object): string[] =>
  checkLock(folderOf({ 'package-lock.json': JSON.stringify({ packages }) }));
const zig = { version: '1.0.0', optionalDependencies: { 'zig-linux': '1.0.0', 'zig-mac': '1.0.0' } };

it('accepts a lock that names every platform', () => {
  expect(
    problemsOf({
      '': {},
      'node_modules/zig': zig,
      'node_modules/zig-linux': {},
      'node_modules/zig/node_modules/zig-mac': {},
    }),
  ).toEqual([]);
});

it('refuses a lock without the package of a platform', () => {
  expect(problemsOf({ '': {}, 'node_modules/zig': zig, 'node_modules/zig-linux': {} })).toEqual([
    'node_modules/zig: its optional dependency zig-mac has no entry',
  ]);
});

it('refuses the address of a registry', () => {
  expect(problemsOf({ '': {}, 'node_modules/zig': { resolved: 'https://example.org/zig.tgz' } })).toEqual([
    'node_modules/zig: holds the address of a registry',
  ]);
});

it('is red where there is nothing to check', () => {
  expect(problemsOf({ '': {} })).toEqual(['package-lock.json locks nothing']);
  expect(checkLock(folderOf({}))).toEqual(['package-lock.json is missing']);
});
