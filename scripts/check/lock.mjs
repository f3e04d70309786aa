// npm ci works from the lock file alone, on every platform.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Problems of package-lock.json in a folder. */
export function checkLock(root) {
  const file = join(root, 'package-lock.json');
  if (!existsSync(file)) return ['package-lock.json is missing'];
  const { packages = {} } = JSON.parse(readFileSync(file, 'utf8'));
  const entries = Object.entries(packages).filter(([place]) => place !== '');
  if (entries.length === 0) return ['package-lock.json locks nothing'];
  const problems = [];
  for (const [place, entry] of entries) {
    // An address would send other people to the registry of whoever wrote the lock.
    if (entry.resolved !== undefined) problems.push(`${place}: holds the address of a registry`);
    // A registry that lacks a package of another platform lets npm write a lock without it, which npm ci then refuses.
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      if (packages[`node_modules/${name}`] === undefined && packages[`${place}/node_modules/${name}`] === undefined)
        problems.push(`${place}: its optional dependency ${name} has no entry`);
    }
  }
  return problems;
}
