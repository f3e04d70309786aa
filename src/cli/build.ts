import { hostInfo, refresh } from '../index.js';
import { buildAddon } from '../process/build-addon.js';
import { CommandFailure, exitCodes } from './failure.js';
import { answer } from './output.js';

/** Options of `build`. */
export interface BuildWords {
  readonly json?: boolean;
  readonly target?: string;
  readonly verbose?: boolean;
}

/** `build`: compiles the native addon with zig from npm, and loads it. Rejects with exit code 5. */
export async function runBuild({ json = false, target, verbose = false }: BuildWords): Promise<void> {
  const tell = json ? () => {} : (line: string) => process.stdout.write(`${line}\n`);
  await buildAddon(tell, { verbose, ...(target === undefined ? {} : { target }) });
  // Another platform's addon cannot be tried here.
  const loads = target === undefined ? refresh() : null;
  if (loads === false) {
    const failed = hostInfo()
      .attempts.filter(({ host }) => host === 'native')
      .at(-1);
    throw new CommandFailure(
      exitCodes.engine,
      'ERR_UNAVAILABLE',
      `The addon was built but could not be loaded: ${failed?.message ?? 'no reason was given'}`,
    );
  }
  answer(json, { built: true, target: target ?? null, loads }, loads === null ? 'Built.' : 'Built and loaded.');
}
