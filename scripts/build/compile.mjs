// Runs the compiler on what has changed. Every output has a key: a hash of all that went into it.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { BuildError } from './errors.mjs';
import { buildFolder, dependencyFile, root, shown } from './paths.mjs';
import { toolVersions } from './targets.mjs';

const fileHashes = new Map();

/**
 * Hash of a source file and of every file it includes by a quoted name that is found beside it or in an include folder.
 */
function sourceHash(file, includeFolders, seen) {
  if (seen.has(file)) return '';
  seen.add(file);
  let entry = fileHashes.get(file);
  if (entry === undefined) {
    const text = readFileSync(file);
    const names = [...text.toString('latin1').matchAll(/^[ \t]*#[ \t]*include[ \t]*"([^"]+)"/gm)].map(
      (match) => match[1],
    );
    entry = { hash: createHash('sha256').update(text).digest('hex'), names };
    fileHashes.set(file, entry);
  }
  const parts = [entry.hash];
  for (const name of entry.names) {
    const found = [dirname(file), ...includeFolders]
      .map((folder) => resolve(folder, name))
      .find((path) => existsSync(path));
    // Not found: a header of the system, which the target's name and the compiler's version stand for.
    if (found !== undefined) parts.push(sourceHash(found, includeFolders, seen));
  }
  return parts.join(' ');
}

/** One hash of texts. */
export function hashOf(texts) {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex');
}

/** Keys lie apart from what they belong to, so that dist/ holds only what is shipped. */
function keyFileOf(output) {
  return join(buildFolder, 'keys', `${shown(output).replaceAll(/[\\/]/g, '-')}.key`);
}

/** True if `output` was made from exactly what `key` stands for. */
export function isFresh(output, key) {
  const keyFile = keyFileOf(output);
  return existsSync(output) && existsSync(keyFile) && readFileSync(keyFile, 'utf8') === key;
}

/**
 * Lets `make(path)` write a temporary file and puts it in place of `output` in one step, so that a process that has the
 * old one mapped keeps it.
 */
export async function replaceFile(output, key, make) {
  mkdirSync(dirname(output), { recursive: true });
  const temporary = join(dirname(output), `.${process.pid}-${basename(output)}`);
  await make(temporary);
  renameSync(temporary, output);
  mkdirSync(join(buildFolder, 'keys'), { recursive: true });
  writeFileSync(keyFileOf(output), key);
}

function compilerCommand(compiler) {
  if (compiler === 'clang') return ['clang'];
  const extension = process.platform === 'win32' ? '.exe' : '';
  const binary = dependencyFile(`@zigc/${process.platform}-${process.arch}`, `bin/zig${extension}`);
  return [binary];
}

const running = new Set();

/** Runs the compiler (or another zig command) and resolves, or rejects with what it printed. */
export function runCompiler(compiler, words, { verbose }) {
  const [command, ...first] = compilerCommand(compiler);
  const all = [...first, ...words];
  if (verbose) console.log([shown(command), ...all].join(' '));
  // A cache that the caller shares between folders wins over one that `rm -r build` removes.
  const cache = process.env.ZIG_GLOBAL_CACHE_DIR ?? join(buildFolder, 'zig-cache');
  const child = spawn(command, all, {
    cwd: root,
    env: { ...process.env, ZIG_LOCAL_CACHE_DIR: cache, ZIG_GLOBAL_CACHE_DIR: cache },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  const take = (bytes) => {
    output += bytes;
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  return new Promise((done, fail) => {
    child.on('error', (error) => fail(new BuildError(`${command} did not start: ${error.message}`)));
    child.on('close', (code, signal) => {
      running.delete(child);
      if (code === 0) done(output);
      else fail(new BuildError(`${compiler} ended with ${signal ?? `status ${code}`}\n${output.trim()}`));
    });
  });
}

async function inParallel(jobs) {
  const waiting = [...jobs];
  let failure;
  const worker = async () => {
    while (waiting.length > 0 && failure === undefined) {
      try {
        await waiting.shift()();
      } catch (error) {
        failure ??= error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker));
  if (failure !== undefined) throw failure;
}

/** Compiles units ({ source, object, flags }) whose inputs have changed; resolves with { objects, keys, compiled }. */
export async function compileUnits(units, { compiler, target, includeFolders }, options) {
  // Our own folders are for quoted includes only: native/base/math.h must not stand in the way of the system's
  // <math.h>.
  const includes = includeFolders.flatMap((folder) => [
    shown(folder).startsWith('native') ? '-iquote' : '-I',
    shown(folder).startsWith('..') ? folder : shown(folder),
  ]);
  const keys = [];
  const jobs = [];
  for (const { source, object, flags } of units) {
    // The folders of dependencies are left out of the key: they differ from machine to machine, the content decides.
    const key = hashOf([toolVersions.zig, compiler, target, flags, sourceHash(source, includeFolders, new Set())]);
    keys.push(key);
    if (isFresh(object, key)) continue;
    jobs.push(async () => {
      const make = async (path) => {
        const warned = await runCompiler(
          compiler,
          [...(compiler === 'zig' ? ['cc'] : []), ...target, ...flags, ...includes, '-c', shown(source), '-o', path],
          options,
        );
        if (warned.trim() !== '') console.log(warned.trim());
      };
      await replaceFile(object, key, make);
    });
  }
  await inParallel(jobs);
  return { objects: units.map((unit) => unit.object), keys, compiled: jobs.length };
}
