export const programFrames: number;
export function perform(
  lib: typeof import('../../../src/index.js'),
  engine: import('../../../src/index.js').Engine,
): void;
