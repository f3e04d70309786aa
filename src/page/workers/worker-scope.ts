import type { OggPackages } from '../../wasm/ogg-decoder.js';
import { notLoaded } from '../browser/assets.js';

/** The global scope of a worker. */
export interface WorkerScope {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: unknown, transfer?: Transferable[]): void;
  importScripts(address: string): void;
  /** What miniaudio_engine_ogg.js leaves there. */
  readonly miniaudioEngineOgg?: typeof import('./bundled-ogg-packages.js');
}

/** The decoders of Ogg, which a worker loads as a script of their own. */
export function oggPackagesAt(address: string, scope: WorkerScope): OggPackages {
  const load = async () => {
    try {
      if (scope.miniaudioEngineOgg === undefined) scope.importScripts(address);
    } catch (cause) {
      throw notLoaded(address, cause);
    }
    return scope.miniaudioEngineOgg!;
  };
  return { vorbis: load, opus: load };
}
