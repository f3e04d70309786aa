import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BuildError } from './errors.mjs';
import { toolPackages } from './targets.mjs';

/** The folder that holds package.json, native/ and src/. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const buildFolder = join(root, 'build');

/** A path as a person wants to read it. */
export function shown(path) {
  return relative(root, path);
}

/**
 * Finds a file of a dependency in the node_modules folder of this package or of any folder above, as an installed
 * package has its dependencies beside it.
 */
export function dependencyFile(packageName, file) {
  for (let folder = root; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', packageName, file);
    if (existsSync(candidate)) return candidate;
    if (dirname(folder) === folder) break;
  }
  const install = `npm install --no-save ${toolPackages.join(' ')}`;
  throw new BuildError(
    `${packageName} is not installed (looked for ${file}). Run: ${existsSync(join(root, 'package-lock.json')) ? 'npm ci' : install}`,
  );
}
