import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { AudioError } from '../base/errors.js';
import { compiledFile } from './compiled-file.js';

/**
 * Compiles the addon, as `buildAddon` does. That is loaded by its address: a bundle of a program that builds nothing
 * does not carry it. Rejects ERR_UNAVAILABLE.
 */
export async function buildOnDemand(onProgress: (line: string) => void): Promise<void> {
  const path = compiledFile('build-addon.js');
  if (!existsSync(path))
    throw new AudioError('ERR_UNAVAILABLE', `This installation holds no sources to build from (${path} is missing)`);
  const { buildAddon } = (await import(pathToFileURL(path).href)) as typeof import('./build-addon.js');
  await buildAddon(onProgress);
}
