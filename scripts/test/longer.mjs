// Which tests have a long version: those that ask test/support/extent.ts how far to go.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../build/paths.mjs';

/** The files, relative to the top folder. The campaigns, which are the longest, come last. */
export function filesWithLongVersion() {
  const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `test/${file}`)
    .filter((file) => readFileSync(join(root, file), 'utf8').includes("/support/extent.js'"))
    .sort();
  const isCampaign = (file) => file.startsWith('test/fuzz/');
  return [...files.filter((file) => !isCampaign(file)), ...files.filter(isCampaign)];
}
