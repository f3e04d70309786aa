import { coreOf, EffectNode, setParamsOf } from './effect-node.js';
import { filterResponse, filterTail } from './filter.js';
import type { FrequencyResponse } from './frequency-response.js';

// #region generated from native/include/mae_effects.def by scripts/generate.mjs
/**
 * The parameters that these effects share: {@link PeakEffectNode}, {@link LowShelfEffectNode}, {@link
 * HighShelfEffectNode}.
 */
export interface BandParams {
  /**
   * Its meaning depends on the effect.
   *
   * - {@link PeakEffectNode}: Centre frequency. Hz, 10 to 0.49 times the engine's sample rate. The default is `1000`.
   * - {@link LowShelfEffectNode}: Middle of the slope. Hz, 10 to 0.49 times the engine's sample rate. The default is
   * `200`.
   * - {@link HighShelfEffectNode}: Middle of the slope. Hz, 10 to 0.49 times the engine's sample rate. The default is
   * `8000`.
   */
  freq: number;
  /**
   * Its meaning depends on the effect.
   *
   * - {@link PeakEffectNode}: Linear Q: centre over bandwidth. Range 0.05..100. The default is `1`.
   * - {@link LowShelfEffectNode}, {@link HighShelfEffectNode}: Slope: 1 is the steepest without overshoot. Range
   * 0.05..1. The default is `1`.
   */
  q: number;
  /**
   * Its meaning depends on the effect.
   *
   * - {@link PeakEffectNode}: Gain at the centre. dB, -60..60. The default is `0`.
   * - {@link LowShelfEffectNode}, {@link HighShelfEffectNode}: Gain of the shelf. dB, -60..60. The default is `0`.
   */
  gainDb: number;
}

/**
 * What these effects have in common: {@link PeakEffectNode}, {@link LowShelfEffectNode}, {@link HighShelfEffectNode}.
 * It is abstract, as {@link EffectNode} is: make one of them.
 *
 * @example
 * ```ts
 * import { attachNode, AudioBuffer, Engine, PeakEffectNode, Sound } from 'miniaudio-engine';
 *
 * const engine = new Engine({ device: false, channels: 1 });
 * const square = Float32Array.from({ length: 24000 }, (_, frame) => (frame % 100 < 50 ? 0.3 : -0.3));
 * const sound = Sound.fromBuffer(engine, new AudioBuffer(square, { sampleRate: 48000, channels: 1 }));
 * const effect = new PeakEffectNode(engine, { freq: 440, gainDb: 9 });
 * attachNode(sound, 0, effect, 0);
 * sound.play();
 * const heard = engine.readPcmFrames(24000 + effect.tailFrames);
 * console.log(`loudest sample: ${heard.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)}`);
 * engine.dispose();
 * ```
 */
export abstract class BandNode extends EffectNode {
  /**
   * Its meaning depends on the effect. A change is ramped.
   *
   * - {@link PeakEffectNode}: Centre frequency. Hz, 10 to 0.49 times the engine's sample rate. The default is `1000`.
   * - {@link LowShelfEffectNode}: Middle of the slope. Hz, 10 to 0.49 times the engine's sample rate. The default is
   * `200`.
   * - {@link HighShelfEffectNode}: Middle of the slope. Hz, 10 to 0.49 times the engine's sample rate. The default is
   * `8000`.
   */
  get freq(): number {
    return coreOf(this).value('freq');
  }
  set freq(freq: number) {
    coreOf(this).set('freq', freq);
  }

  /**
   * Its meaning depends on the effect. A change is ramped.
   *
   * - {@link PeakEffectNode}: Linear Q: centre over bandwidth. Range 0.05..100. The default is `1`.
   * - {@link LowShelfEffectNode}, {@link HighShelfEffectNode}: Slope: 1 is the steepest without overshoot. Range
   * 0.05..1. The default is `1`.
   */
  get q(): number {
    return coreOf(this).value('q');
  }
  set q(q: number) {
    coreOf(this).set('q', q);
  }

  /**
   * Its meaning depends on the effect. A change is ramped.
   *
   * - {@link PeakEffectNode}: Gain at the centre. dB, -60..60. The default is `0`.
   * - {@link LowShelfEffectNode}, {@link HighShelfEffectNode}: Gain of the shelf. dB, -60..60. The default is `0`.
   */
  get gainDb(): number {
    return coreOf(this).value('gainDb');
  }
  set gainDb(gainDb: number) {
    coreOf(this).set('gainDb', gainDb);
  }

  /**
   * Sets any of the parameters, ramped. Where one is wrong, none is set.
   *
   * @param params - The parameters to set.
   * @throws RangeError `ERR_OUT_OF_RANGE` when a parameter is out of its range.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` when a parameter, or `params`, is of the wrong kind.
   * @throws {@link AudioError} `ERR_DISPOSED` when the effect was disposed.
   */
  setParams(params: Partial<BandParams>): void {
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
    return filterResponse(this, 'freq', hz);
  }

  /** Frames until its ringing has fallen by 60 dB. */
  get tailFrames(): number {
    return filterTail(this, 'freq');
  }
}
