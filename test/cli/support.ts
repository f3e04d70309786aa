import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { hangMs, type ProgramResult, repository } from '../support/processes.js';

/** The built command; the tests run what a person would run. */
export const command = join(repository, 'dist/cli/main.js');

/** Runs `miniaudio-engine` with pipes in place of a terminal. */
export function miniaudioEngine(
  words: readonly string[],
  options: {
    env?: NodeJS.ProcessEnv;
    cwd?: string;
    signalAfter?: { text: string; signal: NodeJS.Signals };
  } = {},
): Promise<ProgramResult> {
  const child = spawn(process.execPath, [command, ...words], {
    cwd: options.cwd ?? repository,
    env: { ...process.env, NODE_OPTIONS: '', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  let signalled = false;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    const { signalAfter } = options;
    if (signalAfter === undefined || signalled || !stderr.includes(signalAfter.text)) return;
    signalled = true;
    setTimeout(() => child.kill(signalAfter.signal), 300);
  });
  const hammer = setTimeout(() => child.kill('SIGKILL'), hangMs);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(hammer);
      resolve({ code, signal, stdout, stderr });
    });
  });
}

/** An environment in which no sound system is found. */
export const silentEnvironment = {
  PULSE_SERVER: 'unix:/nowhere',
  XDG_RUNTIME_DIR: '/nowhere',
  ALSA_CONFIG_PATH: '/nowhere',
  JACK_NO_START_SERVER: '1',
  JACK_DEFAULT_SERVER: 'nowhere',
};
