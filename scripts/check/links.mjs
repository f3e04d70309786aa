// How files lead to each other: the imports of TypeScript and the includes of C.
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { lineOf } from './files.mjs';

export const isTypeScript = (path) => path.startsWith('src/') && path.endsWith('.ts') && !path.endsWith('.d.ts');
export const isC = (path) => /^native\/.*\.[ch]$/.test(path);

/**
 * Every import or include of a file: { specifier, target, line, isType }. `target` is a path from `root`, undefined for
 * packages. `isType` tells that nothing is left of an import when the program runs.
 */
export function linksOf(root, file) {
  return isC(file.path) ? includesOf(root, file) : importsOf(file);
}

const importForms = [
  /\b(?:import|export)\b(?<type>\s+type\b)?[^;'"`]*?\bfrom\s*(['"])(?<specifier>[^'"]+)\2/g,
  /\bimport\s*(['"])(?<specifier>[^'"]+)\1/g,
  /\bimport\s*\(\s*(['"`])(?<specifier>[^'"`]+)\1/g,
];

function withoutComments(text) {
  const blank = (match) => match.replace(/[^\n]/g, ' ');
  return text.replace(/\/\*[\s\S]*?\*\//g, blank).replace(/^\s*\/\/.*$/gm, blank);
}

function importsOf({ path, text }) {
  const code = withoutComments(text);
  return importForms.flatMap((form) =>
    [...code.matchAll(form)].map(({ groups: { type, specifier }, index }) => {
      const isOurs = specifier.startsWith('.');
      const target = isOurs ? posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts') : undefined;
      return { specifier, target, line: lineOf(code, index), isType: type !== undefined };
    }),
  );
}

/** Includes by a quoted name: beside the file, or from native/ or native/include. */
function includesOf(root, { path, text }) {
  return [...text.matchAll(/^[ \t]*#[ \t]*include[ \t]*"([^"]+)"/gm)]
    .filter(({ 1: name }) => name !== 'miniaudio.h')
    .map(({ 1: specifier, index }) => {
      const places = [posix.dirname(path), 'native', 'native/include'].map((folder) => posix.join(folder, specifier));
      const target = places.find((place) => existsSync(join(root, place))) ?? places[1];
      return { specifier, target, line: lineOf(text, index), isType: false };
    });
}
