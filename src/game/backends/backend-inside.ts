import { AudioError } from '../../base/errors.js';
import { wrongKind } from '../../base/validate.js';
import type { Engine } from '../../engine/engine.js';
import { platform } from '../../engine/session/platform.js';
import type { EngineLayout } from '../buses/engine-layout.js';
import type { ListenerHub } from '../space/listener-hub.js';
import type { AudioBackend } from './audio-backend.js';

/** The parts of a backend that players use. */
export interface BackendInside {
  readonly engine: Engine;
  readonly buses: EngineLayout;
  readonly hub: ListenerHub;
}

/** The method by which a backend with an engine of this package gives its parts. Throws ERR_DISPOSED. */
export const backendInside = Symbol('backendInside');

/**
 * The parts of a backend that players use. Throws a TypeError for anything but a backend, ERR_DISPOSED, and
 * ERR_UNSUPPORTED_HOST for a backend without an engine of this package.
 */
export function insideOf(backend: AudioBackend & { [backendInside]?(): BackendInside }): BackendInside {
  if (typeof backend !== 'object' || backend === null || typeof backend.playAudio !== 'function')
    throw wrongKind('an AudioBackend', 'backend', backend);
  const inside = backend[backendInside]?.();
  if (inside !== undefined) return inside;
  throw new AudioError(
    'ERR_UNSUPPORTED_HOST',
    `Players need a backend with an engine of this package; '${backend.name}' has none`,
  );
}

/** Reports trouble that no call can throw as a warning of the process. */
export function warn(error: AudioError): void {
  platform().warn(error);
}
