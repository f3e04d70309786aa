import { coreOf, EffectNode, setParamsOf } from './effect-node.js';
import { filterResponse, filterTail } from './filter.js';
import type { FrequencyResponse } from './frequency-response.js';

// #region generated from native/include/mae_effects.def by scripts/generate.mjs
/**
 * The parameters that these effects share: {@link LPFEffectNode}, {@link HPFEffectNode}, {@link BPFEffectNode}, {@link
 * NotchEffectNode}.
 */
export interface CutoffParams {
  /**
   * Its meaning depends on the effect.
   *
   * - {@link LPFEffectNode}, {@link HPFEffectNode}: Corner frequency. Hz, 10 to 0.49 times the engine's sample rate.
   * The default is `1000`.
   * - {@link BPFEffectNode}, {@link NotchEffectNode}: Centre frequency. Hz, 10 to 0.49 times the engine's sample rate.
   * The default is `1000`.
   */
  cutoffHz: number;
  /**
   * Its meaning depends on the effect.
   *
   * - {@link LPFEffectNode}, {@link HPFEffectNode}: Linear Q: the gain at the cutoff. Range 0.05..100. The default is
   * `0.707`.
   * - {@link BPFEffectNode}: Linear Q: centre over bandwidth. Range 0.05..100. The default is `0.707`.
   * - {@link NotchEffectNode}: Linear Q: centre over bandwidth. Range 0.05..100. The default is `1`.
   */
  q: number;
}

/**
 * What these effects have in common: {@link LPFEffectNode}, {@link HPFEffectNode}, {@link BPFEffectNode}, {@link
 * NotchEffectNode}. It is abstract, as {@link EffectNode} is: make one of them.
 *
 * @example
 * ```ts
 * import { attachNode, AudioBuffer, Engine, LPFEffectNode, Sound } from 'miniaudio-engine';
 *
 * const engine = new Engine({ device: false, channels: 1 });
 * const square = Float32Array.from({ length: 24000 }, (_, frame) => (frame % 100 < 50 ? 0.3 : -0.3));
 * const sound = Sound.fromBuffer(engine, new AudioBuffer(square, { sampleRate: 48000, channels: 1 }));
 * const effect = new LPFEffectNode(engine, { cutoffHz: 800 });
 * attachNode(sound, 0, effect, 0);
 * sound.play();
 * const heard = engine.readPcmFrames(24000 + effect.tailFrames);
 * console.log(`loudest sample: ${heard.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)}`);
 * engine.dispose();
 * ```
 */
export abstract class CutoffNode extends EffectNode {
  /**
   * Its meaning depends on the effect. A change is ramped.
   *
   * - {@link LPFEffectNode}, {@link HPFEffectNode}: Corner frequency. Hz, 10 to 0.49 times the engine's sample rate.
   * The default is `1000`.
   * - {@link BPFEffectNode}, {@link NotchEffectNode}: Centre frequency. Hz, 10 to 0.49 times the engine's sample rate.
   * The default is `1000`.
   */
  get cutoffHz(): number {
    return coreOf(this).value('cutoffHz');
  }
  set cutoffHz(cutoffHz: number) {
    coreOf(this).set('cutoffHz', cutoffHz);
  }

  /**
   * Its meaning depends on the effect. A change is ramped.
   *
   * - {@link LPFEffectNode}, {@link HPFEffectNode}: Linear Q: the gain at the cutoff. Range 0.05..100. The default is
   * `0.707`.
   * - {@link BPFEffectNode}: Linear Q: centre over bandwidth. Range 0.05..100. The default is `0.707`.
   * - {@link NotchEffectNode}: Linear Q: centre over bandwidth. Range 0.05..100. The default is `1`.
   */
  get q(): number {
    return coreOf(this).value('q');
  }
  set q(q: number) {
    coreOf(this).set('q', q);
  }

  /**
   * Sets any of the parameters, ramped. Where one is wrong, none is set.
   *
   * @param params - The parameters to set.
   * @throws RangeError `ERR_OUT_OF_RANGE` when a parameter is out of its range.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` when a parameter, or `params`, is of the wrong kind.
   * @throws {@link AudioError} `ERR_DISPOSED` when the effect was disposed.
   */
  setParams(params: Partial<CutoffParams>): void {
    setParamsOf(this, params);
  }

  // #endregion

  /**
   * What the filter does to tones, by the cookbook's formula, with the parameters as asked for.
   *
   * @param hz - The frequencies of the tones in Hz, 0 to half the engine's sample rate.
   * @returns Gain and phase of each tone.
   * @throws RangeError `ERR_OUT_OF_RANGE` when a frequency is out of its range.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` when `hz` is not an array of numbers.
   * @throws {@link AudioError} `ERR_DISPOSED` when the effect was disposed.
   */
  frequencyResponse(hz: ArrayLike<number>): FrequencyResponse {
    return filterResponse(this, 'cutoffHz', hz);
  }

  /** Frames until its ringing has fallen by 60 dB. */
  get tailFrames(): number {
    return filterTail(this, 'cutoffHz');
  }
}
