import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AudioError } from '../base/errors.js';

const script = fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url));

/** How the addon is compiled. */
export interface BuildAddonOptions {
  /** A zig target such as 'aarch64-linux-gnu', default this machine. */
  readonly target?: string;
  /** Whether the compiler's commands are printed too. */
  readonly verbose?: boolean;
}

/**
 * Compiles the addon of this package in a process of its own, telling what it does line by line. Rejects
 * ERR_UNAVAILABLE with what is wrong or missing.
 */
export async function buildAddon(
  onProgress: (line: string) => void,
  { target, verbose = false }: BuildAddonOptions = {},
): Promise<void> {
  if (!existsSync(script))
    throw new AudioError('ERR_UNAVAILABLE', `This installation holds no sources to build from (${script} is missing)`);
  const words = [
    script,
    'addon',
    ...(target === undefined ? [] : ['--target', target]),
    ...(verbose ? ['--verbose'] : []),
  ];
  // Deno needs to be told to run a file, with all permissions.
  const child = spawn(process.execPath, [...('Deno' in globalThis ? ['run', '--allow-all'] : []), ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    for (const line of lines) onProgress(line);
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', (cause) =>
      reject(new AudioError('ERR_UNAVAILABLE', `The addon cannot be built here: ${cause.message}`, { cause })),
    );
    child.once('close', resolve);
  });
  if (status !== 0)
    throw new AudioError(
      'ERR_UNAVAILABLE',
      said.replace(/^build: /, '').trim() || `The build ended with status ${status}`,
    );
}
