import { highShelfParameters } from '../base/effect-parameters.js';
import type { Engine } from '../engine/engine.js';
import type { EffectDescription } from '../engine/nodes/effect-core.js';
import { BandNode, type BandParams } from './band-node.js';
import { effectPart } from './effect-node.js';

// #region generated from native/include/mae_effects.def by scripts/generate.mjs
const description: EffectDescription = {
  className: 'HighShelfEffectNode',
  kind: 'highShelf',
  number: 7,
  rows: highShelfParameters,
};

/**
 * A high shelf: raises or lowers all that lies above `freq` by `gainDb`; at `freq` it is half of that in dB.
 *
 * @example
 * ```ts
 * import { attachNode, AudioBuffer, Engine, HighShelfEffectNode, Sound } from 'miniaudio-engine';
 *
 * const engine = new Engine({ device: false, channels: 1 });
 * const square = Float32Array.from({ length: 24000 }, (_, frame) => (frame % 100 < 50 ? 0.3 : -0.3));
 * const sound = Sound.fromBuffer(engine, new AudioBuffer(square, { sampleRate: 48000, channels: 1 }));
 * const effect = new HighShelfEffectNode(engine, { freq: 300, gainDb: 9 });
 * attachNode(sound, 0, effect, 0);
 * sound.play();
 * const heard = engine.readPcmFrames(24000 + effect.tailFrames);
 * console.log(`loudest sample: ${heard.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)}`);
 * engine.dispose();
 * ```
 */
export class HighShelfEffectNode extends BandNode {
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
  constructor(engine: Engine, params?: Partial<BandParams>) {
    super(engine, effectPart(description, params));
  }

  // #endregion
}
