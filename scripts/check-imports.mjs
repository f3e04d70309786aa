// Imports only point the way of the picture in ARCHITECTURE.md.
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { lineOf, readFiles } from './check-files.mjs';

// The part of host/ that says what a host is, without being one: all that api/ may know.
const contract = new Set(['core', 'resample', 'wire', 'wire-layout', 'wire-reader', 'wire-writer', 'id-pool', 'waiting-commands']);

// The part of host/ that runs anywhere: the WebAssembly module once it is compiled, and decoding piece by piece.
const portable = new Set([
  'byte-source',
  'file-decoder',
  'ogg-decoder',
  'ogg-file',
  'result-error',
  'stream-filler',
  'stream-pages',
  'wasm',
  'wasm-decoder',
  'wasm-instance',
  'wasm-stream',
]);

/** What each layer may import, besides itself. */
const allowed = {
  base: [],
  contract: ['base'],
  portable: ['base', 'contract'],
  host: ['base', 'contract', 'portable'],
  web: ['base', 'contract', 'portable'],
  api: ['base', 'contract'],
  effects: ['base', 'api'],
  synth: ['base', 'api', 'effects'],
  backend: ['base', 'api', 'effects', 'synth'],
  index: ['base', 'contract', 'portable', 'host', 'web', 'api', 'effects', 'synth', 'backend'],
  cli: ['base', 'contract', 'host', 'api', 'effects', 'synth', 'backend', 'index'],
};

// Node's own modules are for the files that a browser never loads.
const mayUseNode = new Set(['host', 'cli']);

// Packages are for the command line alone: what a program imports stays free of them.
const mayUsePackages = {
  cli: new Set(['cli-progress', 'commander', 'picocolors', 'string-width']),
  // The decoders of Ogg, loaded when a file asks for them.
  host: new Set(['@wasm-audio-decoders/ogg-vorbis', 'opus-decoder']),
  web: new Set(['@wasm-audio-decoders/ogg-vorbis', 'opus-decoder']),
};

function layerOf(path) {
  const [, folder, ...rest] = path.split('/');
  if (rest.length === 0) return /^(index(\.browser|\.worklet)?|exports)\.ts$/.test(folder) ? 'index' : undefined;
  const name = rest.join('/').replace(/\.ts$/, '');
  if (folder === 'host' && contract.has(name)) return 'contract';
  if (folder === 'host' && portable.has(name)) return 'portable';
  return Object.hasOwn(allowed, folder) && !['index', 'contract', 'portable'].includes(folder) ? folder : undefined;
}

const importForms = [/\b(?:import|export)\b[^;'"`]*?\bfrom\s*(['"])([^'"]+)\1/g, /\bimport\s*(['"])([^'"]+)\1/g, /\bimport\s*\(\s*(['"`])([^'"`]+)\1/g];

function withoutComments(text) {
  const blank = (match) => match.replace(/[^\n]/g, ' ');
  return text.replace(/\/\*[\s\S]*?\*\//g, blank).replace(/^\s*\/\/.*$/gm, blank);
}

function problemOf(root, path, specifier) {
  const from = layerOf(path);
  if (specifier.startsWith('node:')) {
    if (mayUseNode.has(from)) return undefined;
    return `${from}/ may not use Node's modules; only ${[...mayUseNode].join(' and ')} may`;
  }
  if (mayUsePackages[from]?.has(specifier)) return undefined;
  if (!specifier.startsWith('.')) return `the package "${specifier}" is not a dependency`;
  const target = posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts');
  if (!existsSync(join(root, target))) return `"${specifier}" leads to no file`;
  const to = layerOf(target);
  if (to === undefined) return `"${specifier}" is in no layer of the picture`;
  if (to === from || allowed[from].includes(to)) return undefined;
  return `${from} may not import ${to} (${specifier})`;
}

/** Problems of all imports below `root`/src. */
export function checkImports(root) {
  const files = readFiles(root, (path) => path.startsWith('src/') && path.endsWith('.ts') && !path.endsWith('.d.ts'));
  if (files.length === 0) return ['src holds no TypeScript'];
  const problems = [];
  for (const { path, text } of files) {
    if (layerOf(path) === undefined) {
      problems.push(`${path}: is in no layer of the picture`);
      continue;
    }
    const code = withoutComments(text);
    for (const form of importForms) {
      for (const match of code.matchAll(form)) {
        const problem = problemOf(root, path, match[2]);
        if (problem !== undefined) problems.push(`${path}:${lineOf(code, match.index)}: ${problem}`);
      }
    }
  }
  return problems;
}
