import { expectBoolean, expectNumber, expectOptions, expectParameter } from '../../base/validate.js';
import { expectVoiceParameter, voiceRanges } from './ranges.js';

/** The waves of an {@link Oscillator}. */
export type OscillatorWave = 'sine' | 'square' | 'saw' | 'triangle';

/** Options of every {@link Oscillator}. */
export interface OscillatorOptions {
  /**
   * Where in its period the wave starts, 0..1.
   *
   * @defaultValue `0`
   */
  phase?: number;
}

/** Options of waves with edges or corners. */
export interface EdgedWaveOptions extends OscillatorOptions {
  /**
   * Whether to render the raw wave with its aliases, instead of only the harmonics below half the sample rate.
   *
   * @defaultValue `false`
   */
  naive?: boolean;
}

/** Options of {@link Oscillator.square}. */
export interface SquareOptions extends EdgedWaveOptions {
  /**
   * Part of the period in which the wave is high, 0.01..0.99.
   *
   * @defaultValue `0.5`
   */
  duty?: number;
}

const constructorKey = Symbol('Oscillator');

/**
 * A periodic wave of amplitude 1 for a voice, as data. {@link Oscillator.sine}, {@link Oscillator.square},
 * {@link Oscillator.saw} and {@link Oscillator.triangle} make one.
 *
 * @example
 * ```ts
 * import { AudioSynth, Oscillator } from 'miniaudio-engine';
 *
 * const synth = new AudioSynth();
 * const voice = synth.add(Oscillator.square(220, { duty: 0.25 }), { gain: 0.2, durationSeconds: 0.5 });
 * synth.add(Oscillator.sine(110), { gain: 0.4, durationSeconds: 0.5 });
 * synth.setParam(voice, 'duty', 0.5, { atSeconds: 0.25 });
 * console.log(synth.bake().lengthFrames);
 * ```
 */
export class Oscillator {
  /** The shape of its wave. */
  readonly wave: OscillatorWave;
  /** Frequency in Hz, 0..96000. From half the sample rate on it is silent. */
  readonly freq: number;
  /** Where in its period the wave starts, 0..1. */
  readonly phase: number;
  /** Part of the period in which a square wave is high, 0.01..0.99. */
  readonly duty: number;
  /** True for the raw wave with its aliases. */
  readonly naive: boolean;

  private constructor(key: symbol, wave: OscillatorWave, freq: number, options: SquareOptions | undefined) {
    if (key !== constructorKey)
      throw new TypeError('Call Oscillator.sine, square, saw or triangle to make an Oscillator');
    const { phase, duty, naive } = expectOptions(options, 'options');
    this.wave = wave;
    this.freq = expectParameter(freq, voiceRanges.freq);
    this.phase = phase === undefined ? 0 : expectNumber(phase, 'phase', 0, 1);
    this.duty = expectVoiceParameter(duty, 'duty');
    this.naive = naive === undefined ? false : expectBoolean(naive, 'naive');
  }

  /**
   * Makes a sine wave: sin(2 pi (freq t + phase)).
   *
   * @param freq - Frequency in Hz, 0..96000.
   * @param options - The phase.
   * @returns The source.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad argument.
   */
  static sine(freq: number, options?: OscillatorOptions): Oscillator {
    return new Oscillator(constructorKey, 'sine', freq, options);
  }

  /**
   * Makes a square wave: 1 in the first `duty` of each period, -1 in the rest.
   *
   * @param freq - Frequency in Hz, 0..96000.
   * @param options - Phase, duty, and whether it is naive.
   * @returns The source.
   * @throws As {@link Oscillator.sine} does.
   */
  static square(freq: number, options?: SquareOptions): Oscillator {
    return new Oscillator(constructorKey, 'square', freq, options);
  }

  /**
   * Makes a sawtooth wave, which rises from -1 to 1 in each period.
   *
   * @param freq - Frequency in Hz, 0..96000.
   * @param options - Phase, and whether it is naive.
   * @returns The source.
   * @throws As {@link Oscillator.sine} does.
   */
  static saw(freq: number, options?: EdgedWaveOptions): Oscillator {
    return new Oscillator(constructorKey, 'saw', freq, options);
  }

  /**
   * Makes a triangle wave: from 0 up to 1 in a quarter of the period, down to -1 in half of it, and back.
   *
   * @param freq - Frequency in Hz, 0..96000.
   * @param options - Phase, and whether it is naive.
   * @returns The source.
   * @throws As {@link Oscillator.sine} does.
   */
  static triangle(freq: number, options?: EdgedWaveOptions): Oscillator {
    return new Oscillator(constructorKey, 'triangle', freq, options);
  }
}
