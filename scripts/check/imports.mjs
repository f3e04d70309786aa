// Imports of TypeScript and includes of C only point the way of the picture in ARCHITECTURE.md. What counts is the
// room that a file stands in: the deepest folder of the picture above it.
import { existsSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { readFiles } from './files.mjs';
import { isC, isTypeScript, linksOf } from './links.mjs';

const ogg = ['@wasm-audio-decoders/ogg-vorbis', 'opus-decoder'];
const engine = ['src/engine', 'src/engine/session', 'src/engine/nodes', 'src/engine/sources', 'src/engine/voices'];
const page = ['src/page/browser', 'src/page/links', 'src/page/worklet', 'src/page/workers', 'src/page'];
const synth = ['src/synth/data', 'src/synth/rendering', 'src/synth'];
const game = [
  'src/game/clips',
  'src/game/buses',
  'src/game/space',
  'src/game/backends',
  'src/game/players',
  'src/game',
];
const library = ['src/base', 'src/wire', 'src/wasm', 'src/process', ...engine, 'src/effects', ...synth, ...game];

/** Every room: what it may import besides itself, and whether it may use Node's modules or packages. */
const rooms = {
  'src/base': { from: [] },
  'src/wire': { from: ['src/base'] },
  'src/wasm': { from: ['src/base', 'src/wire'] },
  'src/process': { from: ['src/base', 'src/wire', 'src/wasm'], node: true, packages: ogg },
  'src/page/browser': { from: ['src/base', 'src/wire', 'src/wasm'] },
  'src/page/links': { from: ['src/base', 'src/wire', 'src/wasm', ...page.slice(0, 1)] },
  'src/page/worklet': { from: ['src/base', 'src/wire', 'src/wasm', ...page.slice(0, 2)] },
  'src/page/workers': { from: ['src/base', 'src/wire', 'src/wasm', ...page.slice(0, 3)], packages: ogg },
  'src/page': { from: ['src/base', 'src/wire', 'src/wasm', ...page.slice(0, 4)] },
  'src/engine/session': { from: ['src/base', 'src/wire'] },
  'src/engine/nodes': { from: ['src/base', 'src/wire', 'src/engine/session'] },
  'src/engine/sources': { from: ['src/base', 'src/wire', 'src/engine/session'] },
  'src/engine/voices': { from: ['src/base', 'src/wire', ...engine.slice(1, 4)] },
  'src/engine': { from: ['src/base', 'src/wire', ...engine.slice(1)] },
  'src/effects': { from: ['src/base', ...engine] },
  'src/synth/data': { from: ['src/base'] },
  'src/synth/rendering': { from: ['src/base', 'src/synth/data'] },
  'src/synth': { from: ['src/base', ...engine, ...synth.slice(0, 2)] },
  'src/game/clips': { from: ['src/base', ...engine] },
  'src/game/buses': { from: ['src/base', ...engine, 'src/effects'] },
  'src/game/space': { from: ['src/base', ...engine] },
  'src/game/backends': { from: ['src/base', ...engine, ...synth, ...game.slice(0, 3)] },
  'src/game/players': { from: ['src/base', ...engine, ...game.slice(0, 4)] },
  'src/game': { from: ['src/base', ...engine, ...game.slice(0, 5)] },
  'src/cli': {
    from: [...library, 'src'],
    node: true,
    packages: ['cli-progress', 'commander', 'picocolors', 'string-width'],
  },
  // The index files choose a platform and export.
  src: { from: [...library, ...page] },

  'native/include': { from: [] },
  'native/base': { from: ['native/include'] },
  'native/kernels': { from: ['native/include', 'native/base'] },
  'native/state': { from: ['native/include', 'native/base', 'native/kernels'] },
  'native/effects': { from: ['native/include', 'native/base'] },
  'native/graph': { from: ['native/include', 'native/base', 'native/kernels', 'native/state', 'native/effects'] },
  'native/voices': { from: ['native/include', 'native/base', 'native/kernels', 'native/state', 'native/graph'] },
  'native/engine': {
    from: ['include', 'base', 'kernels', 'state', 'effects', 'graph', 'voices'].map((room) => `native/${room}`),
  },
  'native/decoders': { from: ['native/include', 'native/base'] },
  'native/devices': { from: ['native/include', 'native/base'] },
  'native/napi': { from: ['native/include'] },
  'native/wasm': { from: ['native/include'] },
  'native/test': {
    from: ['include', 'base', 'kernels', 'state', 'effects', 'graph', 'voices', 'engine'].map(
      (room) => `native/${room}`,
    ),
  },
};

function roomOf(path) {
  const folder = posix.dirname(path);
  return Object.hasOwn(rooms, folder) ? folder : undefined;
}

function problemOf(root, from, { specifier, target }) {
  const { from: allowed, node = false, packages = [] } = rooms[from];
  if (specifier.startsWith('node:')) return node ? undefined : `${from} may not use Node's modules`;
  if (target === undefined) return packages.includes(specifier) ? undefined : `${from} may not use "${specifier}"`;
  if (!existsSync(join(root, target))) return `"${specifier}" leads to no file`;
  const to = roomOf(target);
  if (to === undefined) return `"${specifier}" is in no room of the picture`;
  return to === from || allowed.includes(to) ? undefined : `${from} may not import ${to} (${specifier})`;
}

/** Problems of all imports below `root`/src and all includes below `root`/native. */
export function checkImports(root) {
  const files = readFiles(root, (path) => isTypeScript(path) || isC(path));
  if (!files.some(({ path }) => isTypeScript(path))) return ['src holds no TypeScript'];
  const problems = [];
  for (const { path, text } of files) {
    const room = roomOf(path);
    if (room === undefined) {
      problems.push(`${path}: ${dirname(path)} is no room of the picture`);
      continue;
    }
    for (const link of linksOf(root, { path, text })) {
      const problem = problemOf(root, room, link);
      if (problem !== undefined) problems.push(`${path}:${link.line}: ${problem}`);
    }
  }
  return problems;
}
