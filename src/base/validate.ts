import type { ParameterDescription } from './parameters.js';

const longestShownText = 60;

/** What was received, as a person would write it: `-3`, `'abc'`, `null`, `an object of class Foo`. Never throws. */
function describeValue(value: unknown): string {
  switch (typeof value) {
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'string':
      return value.length > longestShownText ? `'${value.slice(0, longestShownText)}…'` : `'${value}'`;
    case 'bigint':
      return `${value}n`;
    case 'symbol':
      return 'a symbol';
    case 'function':
      return 'a function';
    case 'object':
      return value === null ? 'null' : describeObject(value);
    default:
      return String(value);
  }
}

function describeObject(value: object): string {
  try {
    if (Array.isArray(value)) {
      return `an array of ${value.length}`;
    }
    const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
    return typeof name === 'string' && name !== '' && name !== 'Object' ? `an object of class ${name}` : 'an object';
  } catch {
    // A proxy may refuse every question; the caller is already on the way to an error about this value.
    return 'an object';
  }
}

/** A TypeError in the form that all argument errors of this package have, with the code that Node gives its own. */
export function wrongKind(expected: string, name: string, value: unknown): TypeError {
  return Object.assign(new TypeError(`Expected ${expected} for ${name} but received ${describeValue(value)}`), {
    code: 'ERR_INVALID_ARG_TYPE',
  });
}

/** A RangeError in the form that all argument errors of this package have, with the code that Node gives its own. */
export function outOfRange(expected: string, name: string, value: unknown): RangeError {
  return Object.assign(new RangeError(`Expected ${expected} for ${name} but received ${describeValue(value)}`), {
    code: 'ERR_OUT_OF_RANGE',
  });
}

function numberError(value: unknown, name: string, kind: string, minimum: number, maximum: number): Error {
  const expected = describeRange(kind, minimum, maximum);
  return typeof value === 'number' ? outOfRange(expected, name, value) : wrongKind(expected, name, value);
}

/** A range in words. Limits that only say what a number can hold are left out. */
function describeRange(kind: string, minimum: number, maximum: number): string {
  const article = /^[aeiou]/.test(kind) ? 'an' : 'a';
  if (minimum <= -Number.MAX_VALUE && maximum >= Number.MAX_VALUE) return `a finite ${kind}`;
  if (maximum === Number.MAX_VALUE) return `a finite ${kind} of ${minimum} or more`;
  if (maximum >= Number.MAX_SAFE_INTEGER) return `${article} ${kind} of ${minimum} or more`;
  return `${article} ${kind} from ${minimum} to ${maximum}`;
}

/**
 * Returns the value if it is a number from minimum to maximum; else throws a RangeError, or a TypeError for another
 * kind.
 */
export function expectNumber(value: unknown, name: string, minimum: number, maximum: number): number {
  if (typeof value === 'number' && value >= minimum && value <= maximum) {
    return value;
  }
  throw numberError(value, name, 'number', minimum, maximum);
}

/** Returns the value if it is finite; else throws a RangeError, or a TypeError for another kind. */
export function expectFinite(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) {
    return value;
  }
  throw numberError(value, name, 'number', -Infinity, Infinity);
}

/**
 * Returns the value if it is an integer from minimum to maximum; else throws a RangeError, or a TypeError for another
 * kind.
 */
export function expectInteger(value: unknown, name: string, minimum: number, maximum: number): number {
  if (typeof value === 'number' && value >= minimum && value <= maximum && Number.isInteger(value)) {
    return value;
  }
  throw numberError(value, name, 'integer', minimum, maximum);
}

/** Returns the value if it lies in the range of a row of the parameter table; else throws as `expectNumber` does. */
export function expectParameter(value: unknown, parameter: ParameterDescription): number {
  if (typeof value === 'number' && value >= parameter.minimum && value <= parameter.maximum) {
    return value;
  }
  throw numberError(value, parameter.name, 'number', parameter.minimum, parameter.maximum);
}

/** A row of the parameter table as it is at an engine's rate. */
export function parameterAtRate(parameter: ParameterDescription, sampleRate: number): ParameterDescription {
  if (parameter.maximumOfRate === undefined) return parameter;
  const maximum = parameter.maximumOfRate * sampleRate;
  return { ...parameter, maximum, default: Math.min(parameter.default, maximum) };
}

/** Returns the value if it is true or false; else throws a TypeError. */
export function expectBoolean(value: unknown, name: string): boolean {
  if (typeof value === 'boolean') {
    return value;
  }
  throw wrongKind('true or false', name, value);
}

/** Returns the value if it is a string; else throws a TypeError. */
export function expectString(value: unknown, name: string): string {
  if (typeof value === 'string') {
    return value;
  }
  throw wrongKind('a string', name, value);
}

/** Returns the value if it is a function; else throws a TypeError. */
export function expectFunction<F>(value: F, name: string): F {
  if (typeof value === 'function') {
    return value;
  }
  throw wrongKind('a function', name, value);
}

/**
 * Returns the value if it is one of the given words; else throws a RangeError naming them, or a TypeError for another
 * kind.
 */
export function expectOneOf<T extends string>(value: unknown, name: string, words: readonly T[]): T {
  if (words.includes(value as T)) {
    return value as T;
  }
  const expected = words.length === 1 ? `'${words[0]}'` : `one of ${words.map((word) => `'${word}'`).join(', ')}`;
  throw typeof value === 'string' ? outOfRange(expected, name, value) : wrongKind(expected, name, value);
}

/**
 * Returns the value if it is an object to read options from, an empty one for undefined; else throws a TypeError.
 * Unknown keys are not looked at.
 */
export function expectOptions<T extends object>(value: T | undefined, name: string): Partial<T> {
  if (value === undefined) {
    return {};
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value;
  }
  throw wrongKind('an object', name, value);
}

/** Returns the value if it is an instance of the class; else throws a TypeError. */
// biome-ignore lint/suspicious/noExplicitAny: any constructor will do, whatever it takes.
export function expectInstance<T>(value: unknown, name: string, type: abstract new (...parameters: any[]) => T): T {
  if (value instanceof type) {
    return value;
  }
  throw wrongKind(`an instance of ${type.name}`, name, value);
}
