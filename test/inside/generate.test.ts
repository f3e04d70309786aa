import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generateAll, parseDefinitions } from '../../scripts/generate.mjs';

const generated = generateAll() as { source: string; target: string; text: string }[];

describe('generated files', () => {
  it('are what the tables say', () => {
    expect(generated.length).toBe(3);
    for (const { target, text } of generated)
      expect(readFileSync(new URL(`../../${target}`, import.meta.url), 'utf8'), target).toBe(text);
  });

  it('change with the table', () => {
    const changed = generateAll((path: string) =>
      readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8').replace(
        'MAE_WIRE(VERSION, 1)',
        'MAE_WIRE(VERSION, 2)',
      ),
    );
    expect(changed[0].text).not.toBe(generated[0]!.text);
  });

  it('are not made from a table that cannot be read', () => {
    expect(() => parseDefinitions('MAE_WIRE(A 1)\nwrong', 'x.def')).toThrow('x.def:2');
    expect(() => parseDefinitions('', 'x.def')).toThrow('no rows');
    expect(() => generateAll(() => 'MAE_WIRE(A, b)')).toThrow('not a number: b');
  });
});
