// The tables of docs/effects.md, each between two comments that name it.
import { defaultOf, rangeOf, valueText } from './effects.mjs';

const begin = (name) => `<!-- generated: ${name} -->`;
const end = '<!-- end -->';

function replaceTable(text, name, table, path) {
  const from = text.indexOf(begin(name));
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`${path}: no place for ${name}: write ${begin(name)} and ${end}`);
  return `${text.slice(0, from)}${begin(name)}\n\n${table}\n${text.slice(to)}`;
}

const row = (...cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |\n`;
const rule = (count) => row(...Array.from({ length: count }, () => '---'));
const code = (value) => `\`${value}\``;

function parameterTable({ parameters, option }) {
  const rows = parameters.map((one) =>
    row(
      code(one.name),
      one.kind === 'switch' ? '`true`, `false`' : rangeOf(one, 'node').replace(/^Range |\.$/g, ''),
      code(defaultOf(one)),
      one.meaning,
    ),
  );
  if (option !== undefined) {
    const values = option.values.map((value) => code(valueText(value))).join(', ');
    rows.push(row(code(option.name), values, code(valueText(option.initial)), option.meaning));
  }
  return `${row('parameter', 'range', 'default', 'meaning')}${rule(4)}${rows.join('')}`;
}

function overview(effects) {
  const rows = effects.map(({ node, bus, command }) =>
    row(code(node), bus === undefined ? '' : code(bus.class), bus === undefined ? '' : code(bus.type), code(command)),
  );
  return `${row('node', 'on a bus', '`type` there', 'command line')}${rule(4)}${rows.join('')}`;
}

/** The page with its tables made anew. Throws where an effect has no place on it. */
export function makeEffectDocs(effects, path, text) {
  return effects.reduce(
    (page, effect) => replaceTable(page, effect.node, parameterTable(effect), path),
    replaceTable(text, 'effects', overview(effects), path),
  );
}
