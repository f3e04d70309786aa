// dist/ from src/, by TypeScript 7's own command.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { hashOf } from './compile.mjs';
import { BuildError } from './errors.mjs';
import { buildFolder, dependencyFile, root } from './paths.mjs';
import { toolVersions } from './targets.mjs';

/** Every file below a folder. */
export function listFiles(folder) {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** Compiles src/ to dist/ and removes what a source that is gone has left there. */
export async function buildTypeScript() {
  const source = join(root, 'src');
  const output = join(root, 'dist');
  const inputs = [
    ...listFiles(source)
      .filter((file) => file.endsWith('.ts'))
      .sort(),
    join(root, 'tsconfig.json'),
    join(root, 'tsconfig.build.json'),
  ];
  const keyFile = join(buildFolder, 'typescript.key');
  const key = hashOf([
    toolVersions.typescript,
    inputs.map((file) => [file.slice(root.length), readFileSync(file, 'utf8')]),
  ]);
  const expected = new Set(
    inputs
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
      .map((file) => join(output, file.slice(source.length + 1, -'.ts'.length))),
  );
  const complete = [...expected].every((stem) => existsSync(`${stem}.js`) && existsSync(`${stem}.d.ts`));
  if (complete && existsSync(keyFile) && readFileSync(keyFile, 'utf8') === key) return { file: 'dist', fresh: true };

  rmSync(keyFile, { force: true });
  // Written elsewhere and then moved file by file, so that a program that is just being loaded from dist/ never meets
  // half a file.
  const fresh = join(buildFolder, 'typescript');
  rmSync(fresh, { recursive: true, force: true });
  const compiler = dependencyFile('typescript', 'bin/tsc');
  const result = spawnSync(
    process.execPath,
    [compiler, '-p', 'tsconfig.build.json', '--outDir', fresh, '--pretty', 'false'],
    { cwd: root, encoding: 'utf8' },
  );
  if (result.status !== 0) throw new BuildError(`TypeScript found errors\n${result.stdout}${result.stderr}`.trim());
  for (const file of listFiles(fresh)) {
    const place = join(output, file.slice(fresh.length + 1));
    if (existsSync(place) && readFileSync(place).equals(readFileSync(file))) continue;
    mkdirSync(dirname(place), { recursive: true });
    renameSync(file, place);
  }
  rmSync(fresh, { recursive: true, force: true });
  for (const file of listFiles(output)) {
    const match = /^(.*?)(\.d\.ts|\.js)$/.exec(file);
    if (match !== null && !expected.has(match[1]) && !/^miniaudio_engine_\w+\.js$/.test(basename(file))) rmSync(file);
  }
  mkdirSync(buildFolder, { recursive: true });
  writeFileSync(keyFile, key);
  return { file: 'dist', fresh: false };
}
