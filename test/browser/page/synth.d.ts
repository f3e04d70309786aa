type Library = typeof import('../../../src/index.js');
export function makeScene(lib: Library): import('../../../src/index.js').AudioSynth;
export function bakeAll(lib: Library): Record<string, Float32Array>;
