import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { hostInfo, refresh } from '../index.js';
import { CommandFailure, exitCodes } from './failure.js';
import { answer } from './output.js';

/** What `build` takes. */
export interface BuildWords {
  readonly json?: boolean;
  readonly target?: string;
  readonly verbose?: boolean;
}

/** `build`: compiles the addon of this package with zig from npm, and loads it. Rejects with exit code 5. */
export async function runBuild({ json = false, target, verbose = false }: BuildWords): Promise<void> {
  const script = fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url));
  if (!existsSync(script))
    throw new CommandFailure(exitCodes.engine, 'ERR_UNAVAILABLE', `This installation holds no sources to build from (${script} is missing)`);
  const words = [script, 'addon', ...(target === undefined ? [] : ['--target', target]), ...(verbose ? ['--verbose'] : [])];
  const { status, said } = await runNode(words, json);
  if (status !== 0)
    throw new CommandFailure(exitCodes.engine, 'ERR_UNAVAILABLE', said.replace(/^build: /, '').trim() || `The build ended with status ${status}`);
  // Another platform's addon cannot be tried here.
  const loads = target === undefined ? refresh() : null;
  if (loads === false) {
    const failed = hostInfo()
      .attempts.filter(({ host }) => host === 'native')
      .at(-1);
    throw new CommandFailure(exitCodes.engine, 'ERR_UNAVAILABLE', `The addon was built but cannot be loaded: ${failed?.message ?? 'no reason was given'}`);
  }
  answer(json, { built: true, target: target ?? null, loads }, loads === null ? 'Built.' : 'Built, and it loads.');
}

/** Runs a script; what it prints goes through to the terminal, or with `quiet` nowhere, its errors are kept. */
function runNode(words: readonly string[], quiet: boolean): Promise<{ status: number | null; said: string }> {
  // Deno's own program needs to be told that it shall run a file, and that the file may do what Node's may.
  const child = spawn(process.execPath, [...('Deno' in globalThis ? ['run', '--allow-all'] : []), ...words], {
    stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, said }));
  });
}
