import type { Curve } from '../base/types.js';
import { expectInteger, expectNumber, expectOneOf, expectOptions, wrongKind } from '../base/validate.js';
import { curveNames } from './session/curves.js';
import type { Session } from './session/session.js';

/** How a parameter moves to its target. */
export interface RampOptions {
  /** How long it takes, 0..20000. 0 is as quick as a plain set: the smoothing time, or a jump where there is none. */
  seconds: number;
  /** Its shape, default linear. */
  curve?: Curve;
  /** The engine frame at which it begins; default: at once. */
  atFrames?: number;
}

/** Something whose parameters can be moved over time. */
export interface Rampable<P extends string> {
  /**
   * Moves a parameter to a target. Resolves true when it is there, false when something else took over or the object
   * was disposed.
   */
  ramp(parameter: P, target: number, options: RampOptions): Promise<boolean>;
}

/** The longest ramp, in seconds: its frames must be countable in 32 bits at every rate. */
export const secondsMaximum = 20000;

/** Seconds of a ramp or fade. */
export function expectSeconds(value: unknown, name: string): number {
  return expectNumber(value, name, 0, secondsMaximum);
}

/** An engine frame. */
export function expectFrame(value: unknown, name: string): number {
  return expectInteger(value, name, 0, Number.MAX_SAFE_INTEGER);
}

/** A ramp's options, complete and in frames. */
export function expectRamp(options: RampOptions, session: Session): { frames: number; curve: Curve; atFrames: number } {
  if (options === undefined) throw wrongKind('an object', 'options', options);
  const { seconds, curve, atFrames } = expectOptions(options, 'options');
  const asked = expectSeconds(seconds, 'seconds');
  return {
    frames: asked === 0 ? session.settings.smoothingFrames : session.framesOf(asked),
    curve: curve === undefined ? 'linear' : expectOneOf(curve, 'curve', curveNames),
    atFrames: atFrames === undefined ? 0 : expectFrame(atFrames, 'atFrames'),
  };
}
