// Reads the .def tables that C includes.
import { lineOf } from '../check/files.mjs';

// A comment, a line for the preprocessor, or a row with the comment behind it. A text in a row may be written as
// several strings.
const comment = String.raw`/\*(?:[^*]|\*(?!/))*\*/`;
const fieldList = String.raw`\((?<fields>(?:"(?:[^"\\\n]|\\.)*"|[^"()])*)\)`;
const row = String.raw`(?<macro>MAE_\w+)${fieldList}(?:[ \t]*(?<behind>${comment}))?`;
const part = new RegExp(`${row}|${comment}|#.*`, 'y');

/**
 * Reads the rows `MACRO(argument, ...)` with the comment behind each. Anything else but comments and lines for the
 * preprocessor is an error.
 */
export function parseDefinitions(text, path) {
  const rows = [];
  let position = 0;
  for (;;) {
    position += /^\s*/.exec(text.slice(position))[0].length;
    if (position === text.length) break;
    const line = lineOf(text, position);
    part.lastIndex = position;
    const found = part.exec(text)?.groups;
    if (!found) throw new Error(`${path}:${line}: not a row: ${text.slice(position).split('\n')[0]}`);
    position = part.lastIndex;
    const { macro, fields, behind = '' } = found;
    if (macro === undefined) continue;
    rows.push({ macro, fields: splitFields(fields), comment: onOneLine(behind.slice(2, -2)), line });
  }
  if (rows.length === 0) throw new Error(`${path}: no rows`);
  return rows;
}

/** A field as a number. */
export function number(row, field, path) {
  const value = Number(field);
  if (field === undefined || field === '' || !Number.isFinite(value))
    throw new Error(`${path}:${row.line}: not a number: ${field}`);
  return value;
}

const onOneLine = (text) => text.trim().replace(/\s+/g, ' ');

/** Commas split, except inside a string; strings lose their quotes, and those that follow one another are one. */
function splitFields(text) {
  const fields = text.match(/(?:\s*"(?:[^"\\]|\\.)*")+|[^,"]+/g) ?? [];
  return fields
    .map((field) => field.trim())
    .filter((field) => field !== '')
    .map((field) => (field.startsWith('"') ? JSON.parse(`"${field.slice(1, -1).replace(/"\s*"/g, '')}"`) : field));
}
