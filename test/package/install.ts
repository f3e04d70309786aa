import { spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../../scripts/build/paths.mjs';
import { hangMs } from '../support/processes.js';

/** Environment without what could lead the package to this checkout's addon. */
const cleanEnvironment = {
  ...process.env,
  MINIAUDIO_ENGINE_ADDON: undefined,
  NODE_OPTIONS: undefined,
  NODE_PATH: undefined,
};

/** Runs a program to its end. */
export function run(
  command: readonly string[],
  folder: string,
  environment: Record<string, string> = {},
): { status: number | null; stdout: string; stderr: string } {
  const [program, ...words] = command as [string, ...string[]];
  const env = Object.fromEntries(
    Object.entries({ ...cleanEnvironment, ...environment }).filter(([, value]) => value !== undefined),
  );
  const { status, stdout, stderr, error } = spawnSync(program, words, {
    cwd: folder,
    env,
    encoding: 'utf8',
    timeout: hangMs,
  });
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
}

/**
 * Runs the ending program, which plays until it ends in the way that is named; 'SIGINT' sends it that when it plays.
 * What hangs is killed.
 */
export async function endingOf(
  command: readonly string[],
  folder: string,
  how: string,
): Promise<{ code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string }> {
  const [program, ...words] = command as [string, ...string[]];
  const child = spawn(program, [...words, 'ending.mjs', how === 'SIGINT' ? 'stay' : how, 'null'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text: Buffer) => {
    stdout += text.toString();
    if (how === 'SIGINT') child.kill('SIGINT');
  });
  child.stderr.on('data', (text: Buffer) => {
    stderr += text.toString();
  });
  const hammer = setTimeout(() => child.kill('SIGKILL'), hangMs);
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
    child.on('close', (...end) => resolve(end)),
  );
  clearTimeout(hammer);
  return { code, signal, stdout, stderr };
}

/**
 * Makes an empty folder, installs archives there without asking a registry, and puts the test's program and a recording
 * beside them.
 */
export function installInto(name: string, archives: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  // Offline: what the package depends on is packed from this checkout, and the platform packages that are not among the
  // archives are optional.
  const npm = run(
    [
      'npm',
      'install',
      '--offline',
      '--no-audit',
      '--no-fund',
      '--cache',
      join(folder, '.npm'),
      ...archives,
      ...packDependencies(folder),
    ],
    folder,
  );
  if (npm.status !== 0) throw new Error(`npm install failed:\n${npm.stderr}`);
  for (const program of ['program.mjs', 'ending.mjs'])
    copyFileSync(join(root, 'test/package', program), join(folder, program));
  copyFileSync(join(root, 'node_modules/audio-lena/lena.flac'), join(folder, 'recording.flac'));
  return folder;
}

/** Archives of all packages that are installed with this one, as the lock file names them. */
function packDependencies(folder: string): string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; optional?: boolean }>;
  };
  const places = Object.keys(packages).filter(
    (place) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(place) && !packages[place]?.dev && !packages[place]?.optional,
  );
  const output = join(folder, '.archives');
  mkdirSync(output);
  return places.map((place) => {
    const packed = run(
      ['npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', output, join(root, place)],
      folder,
    );
    if (packed.status !== 0) throw new Error(`npm pack of ${place} failed:\n${packed.stderr}`);
    return join(output, (JSON.parse(packed.stdout) as { filename: string }[])[0]?.filename ?? '');
  });
}

/** Puts a dependency of this checkout into an installed folder, as if npm had fetched it. */
export function lend(folder: string, packageName: string): void {
  const place = join(folder, 'node_modules', packageName);
  mkdirSync(dirname(place), { recursive: true });
  if (!existsSync(place)) symlinkSync(join(root, 'node_modules', packageName), place);
}

/** Removes a folder of `installInto`. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
