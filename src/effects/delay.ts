import { delayParameters } from '../base/effect-parameters.js';
import type { Engine } from '../engine/engine.js';
import type { EffectDescription } from '../engine/nodes/effect-core.js';
import { coreOf, EffectNode, effectPart, setParamsOf } from './effect-node.js';
import { framesToFall } from './frequency-response.js';

// #region generated from native/include/mae_effects.def by scripts/generate.mjs
/** The parameters of {@link DelayEffectNode}. */
export interface DelayParams {
  /**
   * Time between echoes. Less than a frame acts as one. While it moves, the echoes glide like a tape. Seconds, 0..10.
   *
   * @defaultValue `0.25`
   */
  delaySeconds: number;
  /**
   * Factor from each echo to the next. Range 0..0.999.
   *
   * @defaultValue `0.4`
   */
  decay: number;
  /**
   * Gain of the echoes. Linear, 0..4.
   *
   * @defaultValue `0.5`
   */
  wet: number;
  /**
   * Gain of the input. Linear, 0..4.
   *
   * @defaultValue `0.5`
   */
  dry: number;
}

const description: EffectDescription = {
  className: 'DelayEffectNode',
  kind: 'delay',
  number: 8,
  rows: delayParameters,
};

/**
 * Echoes: y = dry x + wet d. The line takes in x + decay d, and d is what it gives back after `delaySeconds`.
 *
 * @example
 * ```ts
 * import { attachNode, AudioBuffer, DelayEffectNode, Engine, Sound } from 'miniaudio-engine';
 *
 * const engine = new Engine({ device: false, channels: 1 });
 * const square = Float32Array.from({ length: 24000 }, (_, frame) => (frame % 100 < 50 ? 0.3 : -0.3));
 * const sound = Sound.fromBuffer(engine, new AudioBuffer(square, { sampleRate: 48000, channels: 1 }));
 * const effect = new DelayEffectNode(engine, { delaySeconds: 0.3, decay: 0.6 });
 * attachNode(sound, 0, effect, 0);
 * sound.play();
 * const heard = engine.readPcmFrames(24000 + effect.tailFrames);
 * console.log(`loudest sample: ${heard.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)}`);
 * engine.dispose();
 * ```
 */
export class DelayEffectNode extends EffectNode {
  /**
   * Makes the effect. It leads into the endpoint until it is attached elsewhere.
   *
   * @param engine - The engine that it belongs to.
   * @param params - Any of the parameters; the others are at their defaults.
   * @throws RangeError `ERR_OUT_OF_RANGE` when a parameter is out of its range.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` when an argument is of the wrong kind.
   * @throws {@link AudioError} `ERR_DISPOSED` when the engine was disposed, `ERR_NODE_LIMIT` when it has as many nodes
   * as it can, `ERR_OUT_OF_MEMORY` when there is no memory for another.
   */
  constructor(engine: Engine, params?: Partial<DelayParams>) {
    super(engine, effectPart(description, params));
  }

  /**
   * Time between echoes. Less than a frame acts as one. While it moves, the echoes glide like a tape. Seconds, 0..10. A
   * change is ramped.
   *
   * @defaultValue `0.25`
   */
  get delaySeconds(): number {
    return coreOf(this).value('delaySeconds');
  }
  set delaySeconds(delaySeconds: number) {
    coreOf(this).set('delaySeconds', delaySeconds);
  }

  /**
   * Factor from each echo to the next. Range 0..0.999. A change is ramped.
   *
   * @defaultValue `0.4`
   */
  get decay(): number {
    return coreOf(this).value('decay');
  }
  set decay(decay: number) {
    coreOf(this).set('decay', decay);
  }

  /**
   * Gain of the echoes. Linear, 0..4. A change is ramped.
   *
   * @defaultValue `0.5`
   */
  get wet(): number {
    return coreOf(this).value('wet');
  }
  set wet(wet: number) {
    coreOf(this).set('wet', wet);
  }

  /**
   * Gain of the input. Linear, 0..4. A change is ramped.
   *
   * @defaultValue `0.5`
   */
  get dry(): number {
    return coreOf(this).value('dry');
  }
  set dry(dry: number) {
    coreOf(this).set('dry', dry);
  }

  /**
   * Sets any of the parameters, ramped. Where one is wrong, none is set.
   *
   * @param params - The parameters to set.
   * @throws RangeError `ERR_OUT_OF_RANGE` when a parameter is out of its range.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` when a parameter, or `params`, is of the wrong kind.
   * @throws {@link AudioError} `ERR_DISPOSED` when the effect was disposed.
   */
  setParams(params: Partial<DelayParams>): void {
    setParamsOf(this, params);
  }

  // #endregion

  /** Frames until its echoes have fallen by 60 dB; 0 while `wet` is 0. */
  get tailFrames(): number {
    if (this.wet === 0) return 0;
    const frames = Math.max(1, this.delaySeconds * coreOf(this).session.settings.sampleRate);
    return Math.ceil(frames * (1 + framesToFall(this.decay, 60)));
  }
}
