import { softClipParameters } from '../base/effect-parameters.js';
import type { Engine } from '../engine/engine.js';
import type { EffectDescription } from '../engine/nodes/effect-core.js';
import { coreOf, EffectNode, effectPart, setParamsOf } from './effect-node.js';

/** Frames by which linear-phase filters delay: native/effects/half_band.h. */
const latencies = { 1: 0, 2: 36, 4: 42 } as const;

// #region generated from native/include/mae_effects.def by scripts/generate.mjs
/** The parameters of {@link SoftClipEffectNode}. */
export interface SoftClipParams {
  /**
   * Gain before the curve. Range 0.01..100.
   *
   * @defaultValue `2`
   */
  drive: number;
  /**
   * Gain after the curve. Linear, 0..16.
   *
   * @defaultValue `1`
   */
  outputGain: number;
  /**
   * How many times the sample rate the curve works at. More of it leaves fewer aliases and costs latency. Fixed when
   * the effect is made.
   *
   * @defaultValue `1`
   */
  oversample: 1 | 2 | 4;
}

const description: EffectDescription = {
  className: 'SoftClipEffectNode',
  kind: 'softClip',
  number: 9,
  rows: softClipParameters,
  option: { name: 'oversample', values: [1, 2, 4], default: 1 },
};

/**
 * Bends loud samples: y = outputGain tanh(drive x) / tanh(drive), so that 1 stays 1.
 *
 * @example
 * ```ts
 * import { attachNode, AudioBuffer, Engine, SoftClipEffectNode, Sound } from 'miniaudio-engine';
 *
 * const engine = new Engine({ device: false, channels: 1 });
 * const square = Float32Array.from({ length: 24000 }, (_, frame) => (frame % 100 < 50 ? 0.3 : -0.3));
 * const sound = Sound.fromBuffer(engine, new AudioBuffer(square, { sampleRate: 48000, channels: 1 }));
 * const effect = new SoftClipEffectNode(engine, { drive: 4 });
 * attachNode(sound, 0, effect, 0);
 * sound.play();
 * const heard = engine.readPcmFrames(24000 + effect.tailFrames);
 * console.log(`loudest sample: ${heard.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)}`);
 * engine.dispose();
 * ```
 */
export class SoftClipEffectNode extends EffectNode {
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
  constructor(engine: Engine, params?: Partial<SoftClipParams>) {
    super(engine, effectPart(description, params));
  }

  /**
   * Gain before the curve. Range 0.01..100. A change is ramped.
   *
   * @defaultValue `2`
   */
  get drive(): number {
    return coreOf(this).value('drive');
  }
  set drive(drive: number) {
    coreOf(this).set('drive', drive);
  }

  /**
   * Gain after the curve. Linear, 0..16. A change is ramped.
   *
   * @defaultValue `1`
   */
  get outputGain(): number {
    return coreOf(this).value('outputGain');
  }
  set outputGain(outputGain: number) {
    coreOf(this).set('outputGain', outputGain);
  }

  /**
   * How many times the sample rate the curve works at. More of it leaves fewer aliases and costs latency. Fixed when
   * the effect is made.
   *
   * @defaultValue `1`
   */
  get oversample(): 1 | 2 | 4 {
    return coreOf(this).option as 1 | 2 | 4;
  }

  /**
   * Sets any of the parameters, ramped. Where one is wrong, none is set.
   *
   * `oversample` may only be what the effect was made with.
   *
   * @param params - The parameters to set.
   * @throws RangeError `ERR_OUT_OF_RANGE` when a parameter is out of its range.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` when a parameter, or `params`, is of the wrong kind.
   * @throws {@link AudioError} `ERR_DISPOSED` when the effect was disposed.
   */
  setParams(params: Partial<SoftClipParams>): void {
    setParamsOf(this, params, true);
  }

  // #endregion

  /** Frames by which its output is later than its input: 0 without oversampling, 36 with 2, 42 with 4. */
  override get latencyFrames(): number {
    return latencies[this.oversample];
  }

  /** Frames that the filters of oversampling go on for: 0 without. */
  get tailFrames(): number {
    return 2 * this.latencyFrames;
  }
}
