import type { EngineOptions } from '../../engine/engine-options.js';

/** What backends need to know of the world; only the index files know which one it is. */
export interface BackendWorld {
  /** The backends that are tried, best first. */
  readonly order: readonly string[];
  /** How the engine of one of them is made. */
  engineOptions(name: string): EngineOptions;
  /** Formats that are decoded as they play. */
  streamedFormats(): readonly string[];
  /** A variable of the environment; undefined where there is none. */
  environment(name: string): string | undefined;
  /** Compiles the native addon. Rejects with the reason. */
  build?(onProgress: (line: string) => void): Promise<void>;
  /** Tries again to load what was built. */
  refresh(): boolean;
}

let world: BackendWorld | null = null;

/** Called once by an index file, before anything else. */
export function setBackendWorld(newWorld: BackendWorld): void {
  world = newWorld;
}

/** The world as it was given by the index file. */
export function backendWorld(): BackendWorld {
  if (world === null) throw new Error('src/game was imported without an index file that sets its world');
  return world;
}
