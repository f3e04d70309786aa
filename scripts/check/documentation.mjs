// Everything that the package exports is documented for whoever calls it: a sentence for every symbol and public
// member, `@param` for every parameter, `@returns`, `@defaultValue` for every option that may be left out, `@example`
// for every class; no signature names a type that nobody exports, and comments are TSDoc.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { blocksOf, readApi, textOf } from '../docs/api-model.mjs';

const minimumWords = 3;

/** Folders of declarations that need only a sentence for each symbol so far. This list may only shrink. */
const unfinished = ['base/', 'effects/effect-node', 'engine/', 'game/buses/table-effects', 'process/'];

/** Interfaces of what a program is given, not of what it gives: what is missing there has no default. */
const given = new Set(['AudioErrorDetails', 'HostAttempt', 'HostInfo', 'ParameterDescription']);

function isSentence(comment) {
  const text = textOf(comment?.summarySection);
  // API Extractor's own words for a constructor that has none.
  if (text.startsWith('Constructs a new instance of the')) return false;
  const words = text.split(/\s+/);
  return words.filter((word) => /[\p{L}\p{N}]/u.test(word)).length >= minimumWords;
}

const isEmpty = (block) => textOf(block?.content).trim() === '';

/** What the comment of one symbol or member lacks beside its sentence. */
function missingTags(item, parent) {
  const comment = item.tsdocComment;
  const missing = [];
  for (const { name } of item.parameters ?? []) {
    const block = comment?.params.blocks.find(({ parameterName }) => parameterName === name);
    if (isEmpty(block)) missing.push(`@param ${name}`);
  }
  const returned = item.returnTypeExcerpt?.text;
  if (returned !== undefined && returned !== 'void' && isEmpty(comment?.returnsBlock)) missing.push('@returns');
  const isOption = item.kind === 'PropertySignature' && item.isOptional && !given.has(parent?.name);
  if (isOption && blocksOf(comment, '@defaultValue').every(isEmpty)) missing.push('@defaultValue');
  const examples = blocksOf(comment, '@example').map(({ content }) => textOf(content));
  if (item.kind === 'Class' && !examples.some((text) => text.includes('```ts'))) missing.push('@example');
  return missing;
}

/** Problems of a list of items: the sentences, and apart from them the tags. */
function problemsOf(items, where, parent) {
  const sentences = [];
  const tags = [];
  const documented = new Set(
    items.filter((item) => isSentence(item.tsdocComment)).map(({ displayName }) => displayName),
  );
  for (const name of new Set(items.map(({ displayName }) => displayName)))
    if (!documented.has(name)) sentences.push(`${where(name)} has no sentence of documentation`);
  for (const item of items) {
    const name = item.displayName;
    // One comment serves all overloads.
    if (isSentence(item.tsdocComment))
      tags.push(...missingTags(item, parent).map((tag) => `${where(name)} has no ${tag}`));
    const inner = problemsOf(item.members, (member) => `${where(name)}.${member}`, item);
    sentences.push(...inner.sentences);
    tags.push(...inner.tags);
  }
  return { sentences, tags };
}

/** Problems of the declarations in a folder that TypeScript wrote; `entry` is the file that the package exports. */
export function checkDocumentation(folder, entry = 'index.d.ts', notYet = unfinished) {
  if (!existsSync(join(folder, entry)))
    return [`${entry} is missing: build TypeScript first (node scripts/build.mjs ts)`];
  const { items, messages } = readApi(folder, entry);
  if (items.length === 0) return [`${entry} exports nothing`];
  const begun = new Set();
  const problems = [];
  const add = (file, found) => {
    const place = notYet.find((path) => file.startsWith(path));
    if (place === undefined) problems.push(...found);
    else if (found.length > 0) begun.add(place);
  };
  for (const item of items) {
    const { sentences, tags } = problemsOf([item], (name) => `${item.fileUrlPath}: ${name}`);
    problems.push(...sentences);
    add(item.fileUrlPath, tags);
  }
  for (const { file, line, text } of messages) add(file, [`${file}:${line}: ${text}`]);
  for (const place of notYet)
    if (!begun.has(place))
      problems.push(`${place} is finished: take it off the list in scripts/check/documentation.mjs`);
  return problems;
}
