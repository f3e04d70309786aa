/**
 * How far the tests of this run go. `npm test` and `npm run test:quick` take a short stretch of what could go on for
 * ever; `npm run test:all` sets TEST_EXTENT=all and takes a long one. A file that imports this has a long version:
 * scripts/test/longer.mjs finds it by that.
 */
const goesFar = process.env.TEST_EXTENT === 'all';

/** A number of rounds, scenes, seconds ...: one for `npm test`, one for `npm run test:all`. */
export function rounds(usual: number, all: number): number {
  return goesFar ? all : usual;
}
