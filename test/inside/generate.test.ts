import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDefinitions } from '../../scripts/generate/definitions.mjs';
import { makeEffectDocs } from '../../scripts/generate/effect-docs.mjs';
import { withRegion } from '../../scripts/generate/effect-nodes.mjs';
import { readEffects } from '../../scripts/generate/effects.mjs';
import { generateAll } from '../../scripts/generate.mjs';

const generated = (await generateAll()) as { source: string; target: string; text: string }[];

describe('generated files', () => {
  it('are what the tables say', () => {
    expect(generated.length).toBeGreaterThan(20);
    for (const { target, text } of generated)
      expect(readFileSync(new URL(`../../${target}`, import.meta.url), 'utf8'), target).toBe(text);
  });

  it('change with the table', async () => {
    const changed = (await generateAll((path: string) =>
      readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8').replace(
        'MAE_WIRE(VERSION, 1)',
        'MAE_WIRE(VERSION, 2)',
      ),
    )) as typeof generated;
    expect(changed[0]!.text).not.toBe(generated[0]!.text);
    expect(changed.slice(1)).toEqual(generated.slice(1));
  });

  it('are not made from a table that cannot be read', () => {
    expect(() => parseDefinitions('MAE_WIRE(A 1)\nwrong', 'x.def')).toThrow('x.def:2');
    expect(() => parseDefinitions('', 'x.def')).toThrow('no rows');
    expect(() => generateAll(() => 'MAE_WIRE(A, b)')).toThrow('not a number: b');
  });
});

describe('the table of effects', () => {
  const effect = (name: string, number: number, base = 'EffectNode') =>
    `MAE_EFFECT(${name}, ${number}, ${base}, XEffectNode, none, "", "x", "a: 1", "An effect.")\n`;
  const one = (name: string, parameter: string, range = '0, 1, 0.5') =>
    `MAE_EFFECT_NUMBER(${name}, ${parameter}, "1", ${range}, "What it is.")\n`;
  const read = (text: string) => readEffects(parseDefinitions(text, 'x.def'), 'x.def');

  it('gives effects with their parameters', () => {
    const option = 'MAE_EFFECT_OPTION(b, form, "1 2", 2, "Which.")';
    const [first, second] = read(effect('a_b', 1) + one('a_b', 'x') + effect('b', 2) + one('b', 'y') + option);
    expect(first).toMatchObject({ key: 'aB', number: 1, parameters: [{ name: 'x', initial: 0.5 }] });
    expect(second).toMatchObject({ key: 'b', option: { name: 'form', values: [1, 2], initial: 2 } });
  });

  it.each([
    ['a parameter above its effect', one('a', 'x') + effect('a', 1), 'not below its effect a'],
    ['a parameter below another effect', effect('a', 1) + effect('b', 2) + one('a', 'x'), 'not below its effect a'],
    ['the same parameter twice', effect('a', 1) + one('a', 'x') + one('a', 'x'), 'x twice'],
    ['a default outside the range', effect('a', 1) + one('a', 'x', '0, 1, 2'), 'default outside the range'],
    ['a number that is left out', effect('a', 2), 'a is number 1'],
    ['a field that is missing', 'MAE_EFFECT(a, 1, EffectNode)', 'a field is missing'],
    [
      'effects of one base with other parameters',
      effect('a', 1, 'CutoffNode') + one('a', 'x') + effect('b', 2, 'CutoffNode') + one('b', 'y'),
      'the effects of CutoffNode have different parameters',
    ],
    [
      'a default that is none of the values',
      `${effect('a', 1)}MAE_EFFECT_OPTION(a, form, "p q", r, "Which.")`,
      'default outside the range',
    ],
  ])('refuses %s', (_, text, why) => {
    expect(() => read(text)).toThrow(why);
  });

  it('finds a place for all that is generated, or says what is missing', () => {
    expect(() => withRegion('no marks', 'x.ts', '')).toThrow('x.ts: no region');
    expect(() => makeEffectDocs([], 'x.md', '')).toThrow('x.md: no place for effects');
  });
});
