import { expectFinite, outOfRange, wrongKind } from '../../base/validate.js';

/** Three numbers: right, up and backwards of the world, or of the listener. */
export type Vector = readonly [number, number, number];

/** The largest number that the engine's vectors hold: what is larger counts as this. */
const floatMaximum = 3.4028234663852886e38;

/** Three finite numbers as a vector that nobody can change. */
export function expectVector(x: number, y: number, z: number): Vector {
  return Object.freeze([expectFinite(x, 'x'), expectFinite(y, 'y'), expectFinite(z, 'z')] as const);
}

/** The same for a direction, which is not the zero vector. */
export function expectDirection(name: string, x: number, y: number, z: number): Vector {
  const direction = expectVector(x, y, z);
  if (x === 0 && y === 0 && z === 0) throw outOfRange('a vector other than zero', name, '0, 0, 0');
  return direction;
}

/** An array of three finite numbers. */
export function expectPosition(value: unknown, name: string): Vector {
  if (!Array.isArray(value) || value.length !== 3) throw wrongKind('an array of three numbers', name, value);
  const [x, y, z] = value as [unknown, unknown, unknown];
  return Object.freeze([
    expectFinite(x, `${name}[0]`),
    expectFinite(y, `${name}[1]`),
    expectFinite(z, `${name}[2]`),
  ] as const);
}

/** The nearest value that a float can hold. */
export function floatOf(value: number): number {
  return Math.min(Math.max(value, -floatMaximum), floatMaximum);
}

/** The same direction with length 1, which fits floats whatever the length was. */
export function unitOf([x, y, z]: Vector): Vector {
  const largest = Math.max(Math.abs(x), Math.abs(y), Math.abs(z));
  const length = Math.hypot(x / largest, y / largest, z / largest);
  return [x / largest / length, y / largest / length, z / largest / length];
}
