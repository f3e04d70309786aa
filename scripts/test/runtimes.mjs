// The other JavaScript runtimes that the package is tested on, from npm, at pinned versions. They are large (100 to 150
// MB each), so they are no dev dependencies: they are fetched once into .cache/.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../build/paths.mjs';

const libc = { x64: 'x64', arm64: 'arm64' }[process.arch];
const bunArchitecture = { x64: 'x64', arm64: 'aarch64' }[process.arch];

/** Each runtime: its package, its program, and the words that come before a program's file. */
export const runtimes = {
  'node 26': { package: `node-linux-${libc}@26.10.0`, program: 'bin/node', words: [] },
  bun: { package: `@oven/bun-linux-${bunArchitecture}@1.4.5`, program: 'bin/bun', words: ['run'] },
  deno: {
    package: `@deno/linux-${libc}-glibc@2.9.6`,
    program: 'deno',
    words: ['run', '--allow-all', '--no-lock', '--node-modules-dir=manual'],
  },
};

/** Fetches what is not there yet. Returns { name: [program, ...words] } with this Node first. */
export function prepareRuntimes() {
  const commands = { [`node ${process.versions.node.split('.')[0]}`]: [process.execPath] };
  for (const [name, { package: wanted, program, words }] of Object.entries(runtimes)) {
    const folder = join(root, '.cache', 'runtimes', name.replace(' ', '-'));
    const stamp = join(folder, 'package.txt');
    if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
      const npm = spawnSync(
        'npm',
        ['install', '--ignore-scripts', '--no-save', '--no-package-lock', '--no-audit', '--no-fund', wanted],
        {
          cwd: folder,
          encoding: 'utf8',
        },
      );
      if (npm.status !== 0) throw new Error(`npm could not fetch ${wanted}: ${npm.stderr}`);
      writeFileSync(stamp, wanted);
    }
    const file = join(folder, 'node_modules', wanted.slice(0, wanted.lastIndexOf('@')), program);
    if (!existsSync(file)) throw new Error(`${wanted} holds no ${program}`);
    commands[name] = [file, ...words];
  }
  return commands;
}
