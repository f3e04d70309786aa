#!/usr/bin/env node
// Packs what is published: the main package, and one platform package for each addon that was built. Run after a build;
// the archives go to build/packages.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BuildError } from './errors.mjs';
import { buildFolder, root, shown } from './paths.mjs';

/**
 * Platform packages by the name after "miniaudio-engine-": the folder below build/addon, and for whom npm installs it.
 */
export const platformPackages = {
  'linux-x64-gnu': { addon: 'linux-x64', os: 'linux', cpu: 'x64', libc: 'glibc' },
  'linux-arm64-gnu': { addon: 'linux-arm64', os: 'linux', cpu: 'arm64', libc: 'glibc' },
  'linux-x64-musl': { addon: 'linux-x64-musl', os: 'linux', cpu: 'x64', libc: 'musl' },
  'linux-arm64-musl': { addon: 'linux-arm64-musl', os: 'linux', cpu: 'arm64', libc: 'musl' },
  'win32-x64': { addon: 'win32-x64', os: 'win32', cpu: 'x64' },
  'win32-arm64': { addon: 'win32-arm64', os: 'win32', cpu: 'arm64' },
  'darwin-x64': { addon: 'darwin-x64', os: 'darwin', cpu: 'x64' },
  'darwin-arm64': { addon: 'darwin-arm64', os: 'darwin', cpu: 'arm64' },
};

const addonFile = 'miniaudio_engine.node';
const output = join(buildFolder, 'packages');

function writeJson(file, value) {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

function pack(folder) {
  const npm = spawnSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', output], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) throw new BuildError(`npm pack failed in ${shown(folder)}\n${npm.stderr}`);
  const [{ filename }] = JSON.parse(npm.stdout);
  return join(output, filename);
}

function stage(name) {
  const folder = join(output, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of ['LICENSE', 'THIRD-PARTY.md']) copyFileSync(join(root, file), join(folder, file));
  return folder;
}

function packPlatform(key, own) {
  const { addon, os, cpu, libc } = platformPackages[key];
  const folder = stage(key);
  const name = `${own.name}-${key}`;
  copyFileSync(join(buildFolder, 'addon', addon, addonFile), join(folder, addonFile));
  chmodSync(join(folder, addonFile), 0o644);
  writeJson(join(folder, 'package.json'), {
    name,
    version: own.version,
    description: `The native addon of ${own.name} for ${key}`,
    license: own.license,
    main: addonFile,
    files: [addonFile],
    os: [os],
    cpu: [cpu],
    ...(libc === undefined ? {} : { libc: [libc] }),
    engines: own.engines,
  });
  writeFileSync(
    join(folder, 'README.md'),
    `# ${name}\n\nThe native addon of \`${own.name}\` for ${key}. Install \`${own.name}\`; npm chooses this package by itself.\n`,
  );
  return pack(folder);
}

function packMain(own) {
  const folder = stage('main');
  const isShipped = (path) => path !== join(root, 'native/test');
  for (const part of ['dist', 'native', 'README.md', 'CHANGELOG.md']) {
    if (existsSync(join(root, part)))
      cpSync(join(root, part), join(folder, part), { recursive: true, filter: isShipped });
  }
  mkdirSync(join(folder, 'scripts/build'), { recursive: true });
  const scripts = ['compile', 'errors', 'lock', 'native', 'paths', 'targets', 'typescript'].map(
    (name) => `scripts/build/${name}.mjs`,
  );
  for (const script of ['scripts/build.mjs', ...scripts]) copyFileSync(join(root, script), join(folder, script));
  const { devDependencies, scripts: commands, ...published } = own;
  // Only here: in the repository npm would look for packages that a version under work has not published yet.
  const optionalDependencies = Object.fromEntries(
    Object.keys(platformPackages).map((key) => [`${own.name}-${key}`, own.version]),
  );
  writeJson(join(folder, 'package.json'), { ...published, optionalDependencies });
  return pack(folder);
}

/**
 * Packs the main package and every platform whose addon lies in build/addon; resolves with { main, platforms }, paths
 * of archives.
 */
export function buildPackages() {
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const part of ['dist/index.js', 'dist/index.d.ts', 'dist/miniaudio_engine.wasm']) {
    if (!existsSync(join(root, part))) throw new BuildError(`${part} is missing: run node scripts/build.mjs first`);
  }
  mkdirSync(output, { recursive: true });
  const built = Object.keys(platformPackages).filter((key) =>
    existsSync(join(buildFolder, 'addon', platformPackages[key].addon, addonFile)),
  );
  if (built.length === 0) throw new BuildError('build/addon holds no addon: run node scripts/build.mjs first');
  return { main: packMain(own), platforms: Object.fromEntries(built.map((key) => [key, packPlatform(key, own)])) };
}

if (
  process.argv[1] !== undefined &&
  join(dirname(process.argv[1]), 'packages.mjs') === join(root, 'scripts', 'build', 'packages.mjs')
) {
  try {
    const { main, platforms } = buildPackages();
    for (const file of [main, ...Object.values(platforms)]) console.log(shown(file));
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    console.error(`packages: ${error.message}`);
    process.exitCode = 1;
  }
}
