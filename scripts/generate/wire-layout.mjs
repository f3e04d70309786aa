// src/wire/wire-layout.ts: the bytes that TypeScript and C share.
import { number } from './definitions.mjs';
import { capitalised, docComment, header, sentence } from './text.mjs';

/** The comment of a row; its name in words where there is none or only a type. */
function describe(row) {
  const words = row.fields[0].toLowerCase().replaceAll('_', ' ');
  if (row.comment === '') return words;
  return /^[uf](8|32|64)(\[\d+\])?$/.test(row.comment) ? `${row.comment}, ${words}` : row.comment;
}

/** The text of wire-layout.ts. */
export function makeWireLayout(rows, path) {
  const of = (macro) => rows.filter((row) => row.macro === macro);
  const property = (row) => {
    const [name, value, text] = row.fields;
    return `${docComment(capitalised(sentence(text)), '  ')}  ${name}: ${number(row, value, path)},\n`;
  };
  const table = (name, macro, doc) =>
    `${docComment(doc)}export const ${name} = {\n${of(macro).map(property).join('')}} as const;\n`;
  const constants = of('MAE_WIRE').map((row) => {
    const value = number(row, row.fields[1], path);
    const spelled = /^0x/i.test(row.fields[1]) ? row.fields[1].toLowerCase() : String(value);
    return `${docComment(capitalised(sentence(describe(row))))}export const ${row.fields[0]} = ${spelled};\n`;
  });
  return [
    header(path),
    ...constants,
    table(
      'CommandOp',
      'MAE_WIRE_OP',
      'What a command does, and the fields of its record that it reads (`type@offset`).',
    ),
    table('EventType', 'MAE_WIRE_EVENT', 'What an event tells.'),
  ].join('\n');
}
