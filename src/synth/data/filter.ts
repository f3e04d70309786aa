import { expectOptions } from '../../base/validate.js';
import { expectVoiceParameter } from './ranges.js';

/** Options of {@link LowPass}, {@link HighPass} and {@link BandPass}. */
export interface FilterOptions {
  /**
   * Cutoff or centre in Hz, 10..94080. Above 0.49 times the sample rate it is held there.
   *
   * @defaultValue `1000`
   */
  cutoffHz?: number;
  /**
   * Resonance as a linear Q, 0.05..100.
   *
   * @defaultValue `0.707`
   */
  q?: number;
}

/**
 * What {@link LowPass}, {@link HighPass} and {@link BandPass} have in common.
 *
 * @example
 * ```ts
 * import { type FilterData, HighPass, LowPass } from 'miniaudio-engine';
 *
 * const filters: FilterData[] = [new LowPass({ cutoffHz: 500 }), new HighPass({ q: 2 })];
 * for (const { cutoffHz, q } of filters) console.log(cutoffHz, q);
 * ```
 */
export abstract class FilterData {
  /** Cutoff or centre in Hz, 10..94080. */
  readonly cutoffHz: number;
  /** Resonance as a linear Q, 0.05..100. */
  readonly q: number;

  /**
   * Makes the data of a filter.
   *
   * @param options - Frequency and resonance.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad option.
   */
  constructor(options?: FilterOptions) {
    const { cutoffHz, q } = expectOptions(options, 'options');
    this.cutoffHz = expectVoiceParameter(cutoffHz, 'cutoffHz');
    this.q = expectVoiceParameter(q, 'q');
  }
}

/**
 * A low-pass filter of 12 dB per octave for one voice, as data. Its gain at the cutoff is q. It sounds like
 * {@link LPFEffectNode}.
 *
 * @example
 * ```ts
 * import { AudioSynth, LFO, LowPass, Oscillator } from 'miniaudio-engine';
 *
 * const synth = new AudioSynth();
 * const voice = synth.add(Oscillator.saw(110), {
 *   durationSeconds: 0.5,
 *   filter: new LowPass({ cutoffHz: 800, q: 3 }),
 *   modulation: { cutoffHz: new LFO({ rateHz: 2, depth: 12 }) }, // an octave up and down
 * });
 * synth.setParam(voice, 'q', 6, { atSeconds: 0.25 });
 * console.log(synth.bake().lengthFrames);
 * ```
 */
export class LowPass extends FilterData {
  /** The kind of filter. */
  readonly type = 'lowpass';
}

/**
 * A high-pass filter of 12 dB per octave for one voice, as data. Its gain at the cutoff is q. It sounds like
 * {@link HPFEffectNode}.
 *
 * @example
 * ```ts
 * import { AudioSynth, HighPass, Noise } from 'miniaudio-engine';
 *
 * const synth = new AudioSynth();
 * synth.add(Noise.white(), { durationSeconds: 0.1, filter: new HighPass({ cutoffHz: 6000 }) }); // a hi-hat
 * console.log(synth.bake().lengthFrames);
 * ```
 */
export class HighPass extends FilterData {
  /** The kind of filter. */
  readonly type = 'highpass';
}

/**
 * A band-pass filter for one voice, as data. Its gain at the centre is 1, and q is centre / bandwidth. It sounds like
 * {@link BPFEffectNode}.
 *
 * @example
 * ```ts
 * import { AudioSynth, BandPass, Exponential, Noise } from 'miniaudio-engine';
 *
 * const synth = new AudioSynth();
 * synth.add(Noise.pink(), {
 *   durationSeconds: 0.5,
 *   filter: new BandPass({ cutoffHz: 400, q: 5 }),
 *   modulation: { cutoffHz: new Exponential({ start: 1, end: 8 }) }, // a gust of wind
 * });
 * console.log(synth.bake().lengthFrames);
 * ```
 */
export class BandPass extends FilterData {
  /** The kind of filter. */
  readonly type = 'bandpass';
}

/** The filters that a voice can have. */
export type VoiceFilter = LowPass | HighPass | BandPass;
