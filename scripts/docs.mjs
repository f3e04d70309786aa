#!/usr/bin/env node
// npm run docs: writes build/docs/api.md, the reference of everything the package exports, from the declarations in
// dist/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildFolder, root, shown } from './build/paths.mjs';
import { membersOf } from './check/declarations.mjs';
import { exportsOf } from './check/documentation.mjs';

/** The words of a documentation comment. */
function words(comment = '') {
  const lines = comment.replace(/^\/\*\*|\*\/$/g, '').split('\n');
  return lines
    .map((line) => line.replace(/^\s*\* ?/, '').trim())
    .join('\n')
    .trim();
}

/**
 * A declaration without the comments inside it, without private members and without a body that is listed member by
 * member.
 */
function signature(statement) {
  const code =
    statement.kind === 'class' || statement.kind === 'interface'
      ? statement.code.slice(0, statement.code.indexOf('{'))
      : statement.code;
  return code
    .replace(/^export\s+/, '')
    .replace(/^declare\s+/, '')
    .replace(/\s+/g, ' ')
    .replace(/;$/, '')
    .trim();
}

/** The members that a reader sees: none that is private, and a getter with its setter as the property that they are. */
function shownMembers(body) {
  const members = membersOf(body).filter((entry) => !entry.isPrivate);
  const accessor = (entry, kind) => new RegExp(`^((?:static )?)${kind} `).exec(entry.code);
  const setters = new Map(members.filter((entry) => accessor(entry, 'set')).map((entry) => [entry.name, entry]));
  return members.flatMap((entry) => {
    if (accessor(entry, 'set')) return [];
    if (!accessor(entry, 'get')) return [entry];
    const type = entry.code.replace(/^.*?\(\): /s, '');
    const setter = setters.get(entry.name);
    const taken = setter?.code.replace(/^[^:]*: /s, '').replace(/\);?$/, '');
    const other = setter === undefined || `${taken};` === type || taken === type ? '' : ` (set: ${taken})`;
    const before = `${accessor(entry, 'get')[1]}${setter === undefined ? 'readonly ' : ''}`;
    return [{ ...entry, code: `${before}${entry.name}: ${type.replace(/;$/, '')}${other}` }];
  });
}

function sectionOf({ name, statements }) {
  const lines = [`## ${name}`, ''];
  for (const statement of statements) {
    lines.push('```ts', signature(statement), '```', '', words(statement.comment), '');
    if (statement.body === undefined || !['class', 'interface'].includes(statement.kind)) continue;
    for (const member of shownMembers(statement.body)) {
      lines.push(`- \`${member.code.replace(/\s+/g, ' ').replace(/;$/, '')}\``);
      if (member.comment !== undefined) lines.push(`  ${words(member.comment).replaceAll('\n', '\n  ')}`);
    }
    lines.push('');
  }
  return lines.join('\n');
}

const symbols = exportsOf(join(root, 'dist', 'index.d.ts')).sort((a, b) => (a.name < b.name ? -1 : 1));
const output = join(buildFolder, 'docs', 'api.md');
mkdirSync(join(buildFolder, 'docs'), { recursive: true });
const index = symbols.map(({ name }) => `[${name}](#${name.toLowerCase()})`).join(' · ');
writeFileSync(output, `# miniaudio-engine\n\n${index}\n\n${symbols.map(sectionOf).join('\n')}`);
console.log(`${shown(output)}: ${symbols.length} symbols`);
