#!/usr/bin/env node
// npm run docs: writes build/docs/api.md, the reference of everything the package exports, from the declarations in
// dist/.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildFolder, root, shown } from './build/paths.mjs';
import { blocksOf, readApi, textOf } from './docs/api-model.mjs';

/** A declaration on one line, without what the list of members says. */
function signature(item) {
  return item.excerpt.text
    .replace(/^export (?:declare )?/, '')
    .replace(/\s+/g, ' ')
    .replace(/;$/, '')
    .replace(/^get (\w+)\(\)/, item.isReadonly ? 'readonly $1' : '$1')
    .trim();
}

/** The comment of an item as Markdown: the sentence, then what the tags say. */
function documentation({ tsdocComment: comment }) {
  if (comment === undefined) return '';
  const one = (title, node) => `- ${title}: ${textOf(node).trim()}`;
  const tags = [
    ...comment.params.blocks.map((block) => one(`\`${block.parameterName}\``, block.content)),
    ...(comment.returnsBlock === undefined ? [] : [one('Returns', comment.returnsBlock.content)]),
    ...blocksOf(comment, '@throws').map((block) => one('Throws', block.content)),
    ...blocksOf(comment, '@defaultValue').map((block) => one('Default', block.content)),
  ];
  const parts = [
    textOf(comment.summarySection),
    textOf(comment.remarksBlock?.content),
    tags.join('\n'),
    ...blocksOf(comment, '@example').map((block) => textOf(block.content)),
  ];
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n');
}

function memberOf(item) {
  const inner = documentation(item).replaceAll('\n', '\n  ').replaceAll(/^ +$/gm, '');
  return `- \`${signature(item)}\`\n\n  ${inner}\n`;
}

function sectionOf(item) {
  return [
    `## ${item.displayName}`,
    `\`\`\`ts\n${signature(item)}\n\`\`\``,
    documentation(item),
    item.members.map(memberOf).join('\n'),
  ].join('\n\n');
}

const { items } = readApi(join(root, 'dist'));
const sorted = [...items].sort((a, b) => (a.displayName < b.displayName ? -1 : 1));
const output = join(buildFolder, 'docs', 'api.md');
const index = sorted.map(({ displayName }) => `[${displayName}](#${displayName.toLowerCase()})`).join(' · ');
writeFileSync(output, `# miniaudio-engine\n\n${index}\n\n${sorted.map(sectionOf).join('\n')}`);
console.log(`${shown(output)}: ${sorted.length} symbols`);
