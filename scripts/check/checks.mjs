import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../build/paths.mjs';
import { checkCircles } from './circles.mjs';
import { checkDeadModules, checkDeadScripts, checkDeadWire } from './dead.mjs';
import { checkDocumentation } from './documentation.mjs';
import { checkImports } from './imports.mjs';
import { checkLock } from './lock.mjs';
import { checkLeftovers, checkLengths, checkLines, checkText } from './text.mjs';
import { checkThreads } from './threads.mjs';

/** Runs a program of this repository; its output is the problem if it fails. */
function command(file, ...words) {
  if (!existsSync(join(root, file))) return [`${file} is missing`];
  const result = spawnSync(process.execPath, [file, ...words], { cwd: root, encoding: 'utf8' });
  return result.status === 0
    ? []
    : [`${result.stdout}${result.stderr}`.trim() || `${file} ended with status ${result.status}`];
}

/** Lets TypeScript write the declarations afresh, so that what is checked is what src/ says now. */
function documentation() {
  const folder = join(root, 'build', 'declarations');
  rmSync(folder, { recursive: true, force: true });
  const problems = command(
    'node_modules/typescript/bin/tsc',
    '-p',
    'tsconfig.build.json',
    '--emitDeclarationOnly',
    '--outDir',
    folder,
    '--pretty',
    'false',
  );
  return problems.length > 0 ? problems : checkDocumentation(folder);
}

/** The playground is a program like any other: its types are those of the built package. */
function types() {
  const checked = (project) => command('node_modules/typescript/bin/tsc', '-p', project, '--pretty', 'false');
  return [...checked('tsconfig.json'), ...command('scripts/build.mjs', 'ts'), ...checked('examples/playground')];
}

const checks = {
  format: () => command('scripts/format.mjs', '--check'),
  types,
  generated: () => command('scripts/generate.mjs', '--check'),
  imports: () => checkImports(root),
  circles: () => checkCircles(root),
  dead: () => [...checkDeadModules(root), ...checkDeadWire(root), ...checkDeadScripts(root)],
  documentation,
  threads: () => checkThreads(root),
  text: () => checkText(root),
  leftovers: () => checkLeftovers(root),
  lengths: () => checkLengths(root),
  lines: () => checkLines(root),
  lock: () => checkLock(root),
};

/** Runs the named checks, or all. Counts them. */
export function runChecks(names) {
  const unknown = names.filter((name) => !Object.hasOwn(checks, name));
  if (unknown.length > 0)
    throw new Error(`Unknown check ${unknown.join(', ')}. Known: ${Object.keys(checks).join(', ')}`);
  let passed = 0;
  let failed = 0;
  for (const name of names.length > 0 ? names : Object.keys(checks)) {
    const problems = checks[name]();
    if (problems.length === 0) passed += 1;
    else failed += 1;
    const count = `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`;
    console.log(`check ${name}: ${problems.length === 0 ? 'ok' : count}`);
    for (const problem of problems) console.log(`  ${problem.replaceAll('\n', '\n  ')}`);
  }
  return { passed, failed };
}
