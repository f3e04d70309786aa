import { bandPassParameters } from '../base/effect-parameters.js';
import type { Engine } from '../engine/engine.js';
import type { EffectDescription } from '../engine/nodes/effect-core.js';
import { CutoffNode, type CutoffParams } from './cutoff-node.js';
import { coreOf, effectPart } from './effect-node.js';

// #region generated from native/include/mae_effects.def by scripts/generate.mjs
/** The parameters of {@link BPFEffectNode}. */
export interface BPFParams extends CutoffParams {
  /**
   * `peak`: 0 dB at the centre. `skirt`: a gain of `q` there, and slopes that do not depend on `q`. Fixed when the
   * effect is made.
   *
   * @defaultValue `'peak'`
   */
  form: 'peak' | 'skirt';
}

const description: EffectDescription = {
  className: 'BPFEffectNode',
  kind: 'bandPass',
  number: 3,
  rows: bandPassParameters,
  option: { name: 'form', values: ['peak', 'skirt'], default: 'peak' },
};

/**
 * A band-pass filter: lets a band around its centre through.
 *
 * @example
 * ```ts
 * import { attachNode, AudioBuffer, BPFEffectNode, Engine, Sound } from 'miniaudio-engine';
 *
 * const engine = new Engine({ device: false, channels: 1 });
 * const square = Float32Array.from({ length: 24000 }, (_, frame) => (frame % 100 < 50 ? 0.3 : -0.3));
 * const sound = Sound.fromBuffer(engine, new AudioBuffer(square, { sampleRate: 48000, channels: 1 }));
 * const effect = new BPFEffectNode(engine, { cutoffHz: 500, q: 2 });
 * attachNode(sound, 0, effect, 0);
 * sound.play();
 * const heard = engine.readPcmFrames(24000 + effect.tailFrames);
 * console.log(`loudest sample: ${heard.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)}`);
 * engine.dispose();
 * ```
 */
export class BPFEffectNode extends CutoffNode {
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
  constructor(engine: Engine, params?: Partial<BPFParams>) {
    super(engine, effectPart(description, params));
  }

  /**
   * `peak`: 0 dB at the centre. `skirt`: a gain of `q` there, and slopes that do not depend on `q`. Fixed when the
   * effect is made.
   *
   * @defaultValue `'peak'`
   */
  get form(): 'peak' | 'skirt' {
    return coreOf(this).option as 'peak' | 'skirt';
  }

  // #endregion
}
