// src/base/result-codes.ts: results and error codes.
import { number } from './definitions.mjs';
import { docComment, header, quote } from './text.mjs';

/** The text of result-codes.ts. */
export function makeResultCodes(rows, path) {
  const results = rows.filter((row) => row.macro === 'MAE_RESULT');
  const errors = rows.filter((row) => row.macro === 'MAE_ERROR');
  const upstream = rows.filter((row) => row.macro === 'MAE_UPSTREAM_RESULT');
  const codes = [
    ...new Set([
      ...results.filter((row) => row.fields[2] !== 'OK').map((row) => row.fields[2]),
      ...errors.map((row) => row.fields[0]),
    ]),
  ];
  const sentences = new Map();
  for (const row of results)
    if (row.fields[2] !== 'OK' && !sentences.has(row.fields[2])) sentences.set(row.fields[2], row.fields[3]);
  for (const row of errors) sentences.set(row.fields[0], row.fields[1]);
  const entries = (list, properties) =>
    list.map((row) => `[${number(row, row.fields[0], path)}, { ${properties(row).join(', ')} }],\n`).join('');
  return [
    header(path),
    '\n',
    docComment('Every code an AudioError can carry.'),
    `export type AudioErrorCode = ${codes.map(quote).join(' | ')};\n\n`,
    docComment('The plain sentence of each code; where several results share a code, of the first.'),
    'export const codeSentences: Readonly<Record<AudioErrorCode, string>> = {\n',
    ...codes.map((code) => `${code}: ${quote(sentences.get(code))},\n`),
    '};\n\n',
    docComment(
      "The engine's own results (0 and above) by number: the code and sentence of each. 0 is success and has no code.",
    ),
    'export const engineResults: ReadonlyMap<number, ',
    "{ readonly name: string; readonly code: AudioErrorCode | 'OK'; readonly sentence: string }> = new Map([\n",
    entries(results, ({ fields: [, name, code, text] }) => [
      `name: ${quote(name)}`,
      `code: ${quote(code)}`,
      `sentence: ${quote(text)}`,
    ]),
    ']);\n\n',
    docComment("miniaudio's results (below 0) by number: the name without `MA_` and the sentence of each."),
    'export const upstreamResults: ReadonlyMap<number, ',
    '{ readonly name: string; readonly sentence: string }> = new Map([\n',
    entries(upstream, ({ fields: [, name, text] }) => [`name: ${quote(name)}`, `sentence: ${quote(text)}`]),
    ']);\n',
  ].join('');
}
