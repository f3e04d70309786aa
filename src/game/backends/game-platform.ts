import type { EngineOptions } from '../../engine/engine-options.js';

/** What backends need from Node or a page; only the index files know which of them it is. */
export interface GamePlatform {
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

let platform: GamePlatform | null = null;

/** Called once by an index file, before anything else. */
export function setGamePlatform(newPlatform: GamePlatform): void {
  platform = newPlatform;
}

/** The platform that the index file has set. */
export function gamePlatform(): GamePlatform {
  if (platform === null) throw new Error('src/game was imported without an index file that sets its platform');
  return platform;
}
