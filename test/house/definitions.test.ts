import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../scripts/build/paths.mjs';
import { parseDefinitions } from '../../scripts/generate/definitions.mjs';
import { generateAll } from '../../scripts/generate.mjs';

it('reads a row over several lines, with its strings and its comment', () => {
  const text = `/* About (all) "rows". */
MAE_WIRE_OP(SOUND_STOP, 4,
            "target, frame (\\"at\\"), "
            "frames") /* first
                         second */

MAE_WIRE(A, -1) MAE_WIRE(B, 2)
`;
  expect(parseDefinitions(text, 'x.def')).toEqual([
    {
      macro: 'MAE_WIRE_OP',
      fields: ['SOUND_STOP', '4', 'target, frame ("at"), frames'],
      comment: 'first second',
      line: 2,
    },
    { macro: 'MAE_WIRE', fields: ['A', '-1'], comment: '', line: 7 },
    { macro: 'MAE_WIRE', fields: ['B', '2'], comment: '', line: 7 },
  ]);
});

it.each([
  ['a word', 'wrong'],
  ['a row without an end', 'MAE_WIRE(B,\n2'],
  ['a row in a row', 'MAE_WIRE(B, (2))'],
  ['a string without an end', 'MAE_WIRE_OP(B, 2, "what)'],
  ['a comment without an end', '/* nothing follows'],
  ['a macro of another name', 'WIRE(B, 2)'],
])('refuses %s', (_, text) => {
  expect(() => parseDefinitions(`MAE_WIRE(A, 1)\n${text}\n`, 'x.def')).toThrow('x.def:2: not a row: ');
});

it('breaks generated comments and rows like those of any other file', async () => {
  const words = 'what it does '.repeat(20).trim();
  const wire = (path: string): string =>
    path.endsWith('mae_wire.def')
      ? `MAE_WIRE(A, 1) /* ${words} */\nMAE_WIRE_OP(B, 2, "${words}")\n`
      : readFileSync(join(root, path), 'utf8');
  const [layout] = (await generateAll(wire)) as { text: string }[];
  expect(layout!.text).toContain('\n/**\n * What it does');
  expect(layout!.text).toContain('\n  /**\n   * What it does');
  expect(Math.max(...layout!.text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
});
