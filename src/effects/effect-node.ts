import { disposedError } from '../base/disposal.js';
import { expectBoolean, expectOneOf, expectOptions, wrongKind } from '../base/validate.js';
import type { Engine } from '../engine/engine.js';
import { EffectCore, type EffectDescription } from '../engine/nodes/effect-core.js';
import { expectRamp, type Rampable, type RampOptions } from '../engine/ramp-options.js';
import type { NodeHandle } from '../engine/session/graph-node.js';
import { expectSession, type Session } from '../engine/session/session.js';

/** What only the classes of this folder can hand to their abstract base: how to make their part of an engine. */
export class EffectPart {
  readonly make: (session: Session) => EffectCore;

  /** Calls `make` when the engine is known to be in use. */
  constructor(make: (session: Session) => EffectCore) {
    this.make = make;
  }
}

/** The part of an effect that is as its description says. */
export function effectPart(description: EffectDescription, params: object | undefined): EffectPart {
  return new EffectPart((session) => new EffectCore(session, description, expectOptions(params, 'params')));
}

let coreOfEffect: (effect: EffectNode) => EffectCore;

/** The part of an effect that is in use. Throws ERR_DISPOSED. */
export function coreOf(effect: EffectNode): EffectCore {
  const core = coreOfEffect(effect);
  if (core.disposed) throw disposedError(core.className);
  return core;
}

/**
 * Sets the parameters that `params` has, all or none. Throws a TypeError where it is no object, and for a wrong
 * parameter; with `sameOption` also for another option than the effect was made with.
 */
export function setParamsOf(effect: EffectNode, params: object, sameOption = false): void {
  const core = coreOf(effect);
  if (params === undefined) throw wrongKind('an object', 'params', params);
  const given = expectOptions(params, 'params');
  if (sameOption) core.expectSameOption(given);
  core.setAll(given);
}

/**
 * What all effects have in common. A new effect leads into the engine's endpoint; `attachNode` or `chain` leads sounds
 * and groups into it and it elsewhere. Its engine owns it: an effect that the program has lost goes on until the engine
 * is disposed. It is abstract: only its subclasses ({@link LPFEffectNode}, {@link DelayEffectNode}, ...) can be made.
 *
 * @example
 * ```ts
 * import { AudioBuffer, attachNode, DelayEffectNode, type EffectNode, Engine, Sound } from 'miniaudio-engine';
 *
 * const engine = new Engine({ device: false, channels: 1 });
 * const click = new AudioBuffer(new Float32Array(100).fill(0.5), { sampleRate: 48000, channels: 1 });
 * const sound = Sound.fromBuffer(engine, click);
 * const effect: EffectNode = new DelayEffectNode(engine);
 * attachNode(sound, 0, effect, 0);
 * sound.play();
 * void effect.ramp('wet', 0.2, { seconds: 0.5 });
 * engine.readPcmFrames(24000);
 * effect.enabled = false; // passes its input through, cross-faded
 * engine.readPcmFrames(24000);
 * effect.dispose(); // the sound leads into the endpoint now
 * engine.dispose();
 * ```
 */
export abstract class EffectNode implements Disposable, Rampable<string> {
  readonly #engine: Engine;
  readonly #core: EffectCore;

  static {
    coreOfEffect = (effect) => effect.#core;
  }

  /**
   * For the effects of this package. Throws a TypeError when it is called for EffectNode itself or for a subclass that
   * is none of them.
   */
  constructor(engine: Engine, part?: unknown) {
    if (!(part instanceof EffectPart))
      throw new TypeError('EffectNode is abstract: make one of its kinds, such as LPFEffectNode or DelayEffectNode');
    this.#core = part.make(expectSession(engine));
    this.#engine = engine;
  }

  /** The engine it belongs to. */
  get engine(): Engine {
    return coreOf(this) && this.#engine;
  }

  /** For wiring with `attachNode`. */
  get handle(): NodeHandle {
    return coreOf(this).handle;
  }

  /** By how many frames its output is later than its input: 0 for all but an oversampling soft clipper. */
  get latencyFrames(): number {
    return coreOf(this) && 0;
  }

  /**
   * Frames until what sounds after its input has fallen by 60 dB, with the parameters as asked for; Infinity where it
   * never does.
   */
  abstract get tailFrames(): number;

  /**
   * Whether it works. False passes its input through and costs nothing. A change is cross-faded, and the effect forgets
   * what it held.
   *
   * @defaultValue `true`
   */
  get enabled(): boolean {
    return coreOf(this).enabled;
  }
  set enabled(enabled: boolean) {
    coreOf(this).setEnabled(expectBoolean(enabled, 'enabled'));
  }

  /**
   * Moves a parameter over time.
   *
   * @param parameter - The name of a parameter that is a number.
   * @param target - The value that it moves to, in the range of the parameter.
   * @param options - How long it takes, along which curve, and from which frame on.
   * @returns Resolves to true when it is there, to false when a later change took over or the effect was disposed.
   * @throws RangeError `ERR_OUT_OF_RANGE` when there is no such parameter, or a number is out of its range.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` when an argument is of the wrong kind.
   * @throws {@link AudioError} `ERR_SCHEDULE_LIMIT` when too much is scheduled, `ERR_DISPOSED` when the effect was
   * disposed.
   */
  ramp(parameter: string, target: number, options: RampOptions): Promise<boolean> {
    const core = coreOf(this);
    expectOneOf(parameter, 'parameter', core.rampable);
    const value = core.expectTarget(parameter, target);
    const { frames, curve, atFrames } = expectRamp(options, core.session);
    return core.ramp(parameter, value, frames, curve, atFrames);
  }

  /**
   * Clears delay lines and filter state: what sounded fades out over the smoothing time, and what comes in from here on
   * is heard as by a new effect.
   */
  reset(): void {
    coreOf(this).reset();
  }

  /** The same as `dispose()`. */
  shutdown(): void {
    this.dispose();
  }

  /**
   * Takes it out: what led into it leads on to where it led, cross-faded, and its tail fades out over the smoothing
   * time. Idempotent.
   */
  dispose(): void {
    this.#core.dispose();
  }

  /** The same as `dispose()`, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** True after `dispose()`, of itself or of the engine. */
  get disposed(): boolean {
    return this.#core.disposed;
  }
}
