/** What a parameter expects, in the words of the contract. */
export type Expectation =
  | {
      readonly is: 'number' | 'integer';
      readonly from: number;
      readonly to: number;
      readonly allowed?: readonly unknown[];
    }
  | { readonly is: 'word'; readonly words: readonly string[] }
  | {
      readonly is: 'kind';
      readonly kind: 'boolean' | 'string' | 'function' | 'object' | 'samples' | 'bytes' | 'path' | 'array' | 'signal';
      readonly allowed?: readonly unknown[];
    }
  | {
      readonly is: 'instance';
      readonly allowed?: readonly unknown[];
      readonly disposed: unknown;
      readonly foreign?: unknown;
    };

/** How a value is refused. */
type Refusal = 'TypeError' | 'RangeError' | 'ERR_DISPOSED' | 'ERR_WRONG_ENGINE';

export interface BadValue {
  readonly value: unknown;
  readonly refusal: Refusal;
}

class Stranger {}

/** One value of every kind there is in JavaScript. */
const everyKind: readonly unknown[] = [
  undefined,
  null,
  true,
  7,
  Number.NaN,
  'seven',
  7n,
  Symbol('seven'),
  () => 7,
  [],
  [7],
  {},
  new Stranger(),
  new Date(0),
  new Proxy({}, {}),
];

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function wrongKinds(right: readonly string[], allowed: readonly unknown[] = []): BadValue[] {
  return everyKind
    .filter((value) => !right.includes(kindOf(value)) && !allowed.includes(value))
    .map((value) => ({ value, refusal: 'TypeError' }));
}

/**
 * Every value that a parameter has to refuse, and with which class. An option may be left out, so undefined is no bad
 * value of it.
 */
export function badValues(expectation: Expectation, optional: boolean): BadValue[] {
  const values = forExpectation(expectation);
  return optional ? values.filter(({ value }) => value !== undefined) : values;
}

function forExpectation(expectation: Expectation): BadValue[] {
  switch (expectation.is) {
    case 'number':
    case 'integer': {
      const { from, to, allowed = [] } = expectation;
      const step = expectation.is === 'integer' ? 1 : Math.max(1e-9, Math.abs(to) * 1e-9);
      const beyond = [Number.NaN, Infinity, -Infinity, from - step, to + step, from - 1e12, to + 1e12, 1e308, -1e308];
      if (expectation.is === 'integer') beyond.push(from + 0.5, Math.min(to, from + 1) - 1e-7);
      const outside = beyond.filter(
        (value) =>
          !allowed.includes(value) &&
          !(value >= from && value <= to && (expectation.is === 'number' || Number.isInteger(value))),
      );
      return [
        ...wrongKinds(['number'], allowed),
        ...outside.map((value): BadValue => ({ value, refusal: 'RangeError' })),
      ];
    }
    case 'word':
      return [
        ...wrongKinds(['string']),
        ...['', 'nonsense', '__proto__', `${expectation.words[0]} `, 'x'.repeat(10000)].map(
          (value): BadValue => ({ value, refusal: 'RangeError' }),
        ),
      ];
    case 'instance': {
      const values = wrongKinds([], expectation.allowed);
      values.push({ value: expectation.disposed, refusal: 'ERR_DISPOSED' });
      if (expectation.foreign !== undefined) values.push({ value: expectation.foreign, refusal: 'ERR_WRONG_ENGINE' });
      return values;
    }
    case 'kind': {
      const { kind, allowed } = expectation;
      if (kind === 'samples' || kind === 'bytes' || kind === 'signal') return wrongKinds([], allowed);
      if (kind === 'path') return wrongKinds(['string'], allowed);
      return wrongKinds([kind], allowed);
    }
  }
}

/** How a message shows a value, as far as it can be told from outside; undefined where any words will do. */
export function shownAs(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined)
    return String(value);
  if (typeof value === 'bigint') return '7';
  return typeof value === 'string' && value !== '' ? value.slice(0, 20) : undefined;
}
