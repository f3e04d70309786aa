// Every symbol that the package exports, and every public member of it, has a sentence of documentation.
// Reads the declarations that TypeScript wrote to dist/: they are regular, and they are what a user's editor shows.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { membersOf, statementsOf } from './declarations.mjs';

const minimumWords = 3;

const kinds = 'class|interface|type|const|let|var|function|enum|namespace';
/** Whether it is exported, its kind and its name. */
const declaration = new RegExp(
  String.raw`^(export\s+)?(?:declare\s+)?(?:default\s+)?(?:abstract\s+)?(${kinds})\s+([\w$]+)`,
);

function isSentence(comment) {
  if (comment === undefined) return false;
  const text = comment.replace(/^\/\*\*|\*\/$/g, '').replace(/^\s*\* ?/gm, '');
  const beforeTags = text.split(/(?:^|\s)@(?!link)\w+/)[0];
  return beforeTags.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length >= minimumWords;
}

/** All statements of a declaration file, by the names they declare, and what it passes on from other files. */
function readModule(file, cache) {
  if (cache.has(file)) return cache.get(file);
  if (!existsSync(file)) throw new Error(`${file} is missing: build TypeScript first (node scripts/build.mjs ts)`);
  const module = {
    file,
    declared: new Map(),
    exportedHere: new Set(),
    imported: new Map(),
    passedOn: [],
    everythingFrom: [],
  };
  cache.set(file, module);
  const resolve = (specifier) => join(dirname(file), specifier.replace(/\.js$/, '.d.ts'));
  for (const statement of statementsOf(readFileSync(file, 'utf8'))) {
    const { code } = statement;
    let match = /^export\s+\*\s+from\s+['"]([^'"]+)['"]/.exec(code);
    if (match !== null) {
      module.everythingFrom.push(resolve(match[1]));
      continue;
    }
    match = /^(export|import)\s+(?:type\s+)?\{([^}]*)\}(?:\s*from\s*['"]([^'"]+)['"])?/.exec(code);
    if (match !== null) {
      for (const item of match[2].split(',')) {
        const words = item
          .trim()
          .replace(/^type\s+/, '')
          .split(/\s+as\s+/);
        if (words[0] === '') continue;
        const [source, name = source] = words;
        const origin = match[3]?.startsWith('.') ? resolve(match[3]) : undefined;
        if (match[1] === 'import') module.imported.set(name, { source, origin });
        else module.passedOn.push({ source, name, origin });
      }
      continue;
    }
    match = declaration.exec(code);
    if (match === null) continue;
    const list = module.declared.get(match[3]) ?? [];
    list.push({ ...statement, kind: match[2] });
    module.declared.set(match[3], list);
    if (match[1] !== undefined) module.exportedHere.add(match[3]);
  }
  return module;
}

/** Resolves every exported name of a module to { name, file, statements }. */
export function exportsOf(file, cache = new Map(), seen = new Set()) {
  if (seen.has(file)) return [];
  seen.add(file);
  const module = readModule(file, cache);
  const found = [...module.exportedHere].map((name) => ({ name, file, statements: module.declared.get(name) }));
  for (const { source, name, origin } of module.passedOn) {
    const imported = module.imported.get(source);
    if (origin === undefined && module.declared.has(source))
      found.push({ name, file, statements: module.declared.get(source) });
    else {
      const from = origin ?? imported?.origin;
      const wanted = origin === undefined ? (imported?.source ?? source) : source;
      const target =
        from === undefined ? undefined : exportsOf(from, cache, new Set()).find((entry) => entry.name === wanted);
      found.push({ name, file: target?.file ?? file, statements: target?.statements ?? [] });
    }
  }
  for (const from of module.everythingFrom) found.push(...exportsOf(from, cache, seen));
  return found;
}

function problemsOfMembers(where, statement) {
  const problems = [];
  const documented = new Set();
  const members = membersOf(statement.body);
  for (const { name, comment, isPrivate } of members) {
    // One sentence serves a getter and its setter, and all overloads of a method.
    if (!isPrivate && isSentence(comment)) documented.add(name);
  }
  for (const name of new Set(members.filter((member) => !member.isPrivate).map((member) => member.name))) {
    if (!documented.has(name)) problems.push(`${where}.${name} has no sentence of documentation`);
  }
  return problems;
}

/** The class that a class extends, whatever its parameters of types extend. */
function baseOf({ kind, code }) {
  if (kind !== 'class') return undefined;
  return /\sextends\s+(\w+)/.exec(code.slice(0, code.indexOf('{')).replace(/<[^<>]*>/g, ''))?.[1];
}

/** Problems of the declarations in a folder that TypeScript wrote; `entry` is the file that the package exports. */
export function checkDocumentation(folder, entry = 'index.d.ts') {
  const file = join(folder, entry);
  if (!existsSync(file)) return [`${entry} is missing: build TypeScript first (node scripts/build.mjs ts)`];
  const symbols = exportsOf(file);
  if (symbols.length === 0) return [`${entry} exports nothing`];
  const problems = [];
  const names = new Set(symbols.map(({ name }) => name));
  for (const { name, file: home, statements } of symbols) {
    const where = `${relative(folder, home).replaceAll('\\', '/')}: ${name}`;
    if (statements.length === 0) problems.push(`${where} leads to no declaration`);
    else if (!statements.some((statement) => isSentence(statement.comment)))
      problems.push(`${where} has no sentence of documentation`);
    for (const statement of statements) {
      if (statement.body !== undefined && ['class', 'interface', 'type'].includes(statement.kind))
        problems.push(...problemsOfMembers(where, statement));
      // What is inherited from a class that no reader can find is not documented either.
      const base = baseOf(statement);
      if (base !== undefined && base !== 'Error' && !names.has(base))
        problems.push(`${where} extends ${base}, which is not exported`);
    }
  }
  return problems;
}
