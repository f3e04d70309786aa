import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AudioError } from '../base/errors.js';

const script = fileURLToPath(new URL('../../scripts/build-command.mjs', import.meta.url));

/** Compiles the addon in a process of its own, telling what it does line by line. Rejects ERR_UNAVAILABLE with the end of what it said. */
export async function buildAddon(onProgress: (line: string) => void): Promise<void> {
  if (!existsSync(script)) throw new AudioError('ERR_UNAVAILABLE', `The addon cannot be built here: ${script} is missing`);
  let last = '';
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, [script, 'build'], { stdio: ['ignore', 'pipe', 'pipe'] });
    const hear = (text: Buffer): void => {
      for (const line of text.toString().split('\n')) {
        if (line.trim() === '') continue;
        last = line;
        onProgress(line);
      }
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', (cause) => reject(new AudioError('ERR_UNAVAILABLE', `The addon cannot be built here: ${cause.message}`, { cause })));
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new AudioError('ERR_UNAVAILABLE', `The addon cannot be built here: ${last || `the build ended with ${code}`}`));
    });
  });
}
