export const gameFrames: number;
export function performGame(
  lib: typeof import('../../../src/index.js'),
  backend: import('../../../src/index.js').AudioBackend,
): void;
