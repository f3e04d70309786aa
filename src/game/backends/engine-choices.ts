import type { EngineOptions } from '../../engine/engine-options.js';
import { platform } from '../../engine/session/platform.js';

const choices: Readonly<Record<string, () => EngineOptions>> = {
  native: () => ({ host: 'native', device: true }),
  pipe: () => ({ host: 'wasm', device: { backend: 'pipe' } }),
  worklet: () => ({ device: true }),
  // In a page it runs on the page's own thread, which works also where no worklet does.
  null: () => ({ host: platform().hasNative() ? 'native' : 'wasm', device: { backend: 'null' } }),
};

/** The backends over an engine that are tried here, best first. */
export function engineBackends(): readonly string[] {
  return platform().hasAudioContexts ? ['worklet', 'null'] : ['native', 'pipe', 'null'];
}

/** How the engine of one of them is made. */
export function engineChoice(name: string): EngineOptions {
  return choices[name]!();
}
