import type { ParameterDescription } from '../../base/parameters.js';
import { expectBoolean, expectOneOf, expectParameter, outOfRange, wrongKind } from '../../base/validate.js';

/** A value of an effect's setting. */
export type FieldValue = number | boolean | string | null;

/**
 * One setting of an effect: which values it takes, and its default. A setting of kind 'bus' takes the name of a bus or
 * null, and is null by default.
 */
export type Field =
  | {
      /** Which values it takes: 'number', 'boolean', 'word' (one of `words`), 'choice' (one of `numbers`) or 'bus'. */
      readonly kind: 'number';
      /** Name of the property. */
      readonly name: string;
      /** Unit, range, default and meaning. */
      readonly row: ParameterDescription;
    }
  | { readonly kind: 'boolean'; readonly name: string; readonly default: boolean }
  | { readonly kind: 'word'; readonly name: string; readonly words: readonly string[]; readonly default: string }
  | { readonly kind: 'choice'; readonly name: string; readonly numbers: readonly number[]; readonly default: number }
  | { readonly kind: 'bus'; readonly name: string };

/** Fields of the rows of an effect; those named `switches` are true or false. */
export function numbersOf(
  rows: Readonly<Record<string, ParameterDescription>>,
  switches: readonly string[] = [],
): Field[] {
  return Object.values(rows).map((row) =>
    switches.includes(row.name)
      ? { kind: 'boolean', name: row.name, default: row.default === 1 }
      : { kind: 'number', name: row.name, row },
  );
}

/** The default of a field. */
export function defaultOf(field: Field): FieldValue {
  if (field.kind === 'number') return field.row.default;
  return field.kind === 'bus' ? null : field.default;
}

/** Returns the value if it fits the field; else throws, calling it `name`. */
export function expectField(field: Field, value: unknown, name: string): FieldValue {
  switch (field.kind) {
    case 'number':
      return expectParameter(value, { ...field.row, name });
    case 'boolean':
      return expectBoolean(value, name);
    case 'word':
      return expectOneOf(value, name, field.words);
    case 'choice':
      if (field.numbers.includes(value as number)) return value as number;
      throw (typeof value === 'number' ? outOfRange : wrongKind)(`one of ${field.numbers.join(', ')}`, name, value);
    case 'bus':
      if (value === null || typeof value === 'string') return value;
      throw wrongKind('the name of a bus or null', name, value);
  }
}

/** Throws a RangeError if an object has a key that is not one of these. `path` names the object. */
export function expectKeys(value: object, keys: readonly string[], path: string): void {
  for (const key of Object.keys(value)) {
    if (!keys.includes(key))
      throw outOfRange(`one of ${keys.map((allowed) => `'${allowed}'`).join(', ')}`, `a key of ${path}`, key);
  }
}

/** Returns the value if it is a plain object, as JSON has it; else throws a TypeError. */
export function expectRecord(value: unknown, name: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw wrongKind('an object', name, value);
}

/** Returns the value if it is an array; else throws a TypeError. */
export function expectArray(value: unknown, name: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw wrongKind('an array', name, value);
}
