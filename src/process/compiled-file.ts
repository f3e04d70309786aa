import { fileURLToPath } from 'node:url';

const isSource = import.meta.url.endsWith('.ts');

/** The path of a compiled file beside those of dist/process, which programs that run the sources use too. */
export function compiledFile(name: string): string {
  return fileURLToPath(new URL(isSource ? `../../dist/process/${name}` : `./${name}`, import.meta.url));
}
