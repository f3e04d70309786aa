import { expectBoolean, expectNumber, expectOptions, expectParameter } from '../../base/validate.js';
import { expectVoiceParameter, voiceRanges } from './ranges.js';

/** The waves an Oscillator can have. */
export type OscillatorWave = 'sine' | 'square' | 'saw' | 'triangle';

/** What every wave takes. */
export interface OscillatorOptions {
  /** Where in its period the wave begins, in turns 0..1, default 0. */
  phase?: number;
}

/** What the waves with edges and corners take. */
export interface EdgedWaveOptions extends OscillatorOptions {
  /** True: the raw wave with all its aliases; default false: only harmonics below half the sample rate. */
  naive?: boolean;
}

/** What a square wave takes. */
export interface SquareOptions extends EdgedWaveOptions {
  /** Part of the period in which the wave is high, 0.01..0.99, default 0.5. */
  duty?: number;
}

const constructorKey = Symbol('Oscillator');

/**
 * A periodic wave of amplitude 1, as data: made by `sine`, `square`, `saw` or `triangle`, handed to `AudioSynth.add`.
 */
export class Oscillator {
  /** The shape of the wave. */
  readonly wave: OscillatorWave;
  /** Frequency in Hz, 0..96000. From half the sample rate on it is silent. */
  readonly freq: number;
  /** Where in its period the wave begins, in turns 0..1. */
  readonly phase: number;
  /** Part of the period in which a square wave is high, 0.01..0.99. */
  readonly duty: number;
  /** True for the raw wave with aliases. */
  readonly naive: boolean;

  private constructor(key: symbol, wave: OscillatorWave, freq: number, options: SquareOptions | undefined) {
    if (key !== constructorKey)
      throw new TypeError(
        'An Oscillator is made by Oscillator.sine, Oscillator.square, Oscillator.saw or Oscillator.triangle',
      );
    const { phase, duty, naive } = expectOptions(options, 'options');
    this.wave = wave;
    this.freq = expectParameter(freq, voiceRanges.freq);
    this.phase = phase === undefined ? 0 : expectNumber(phase, 'phase', 0, 1);
    this.duty = expectVoiceParameter(duty, 'duty');
    this.naive = naive === undefined ? false : expectBoolean(naive, 'naive');
  }

  /** sin(2 pi (freq t + phase)). `freq` in Hz, 0..96000. Throws RangeError, TypeError. */
  static sine(freq: number, options?: OscillatorOptions): Oscillator {
    return new Oscillator(constructorKey, 'sine', freq, options);
  }

  /** 1 in the first `duty` of each period, -1 in the rest. `freq` in Hz, 0..96000. Throws RangeError, TypeError. */
  static square(freq: number, options?: SquareOptions): Oscillator {
    return new Oscillator(constructorKey, 'square', freq, options);
  }

  /** Rises from -1 to 1 in each period. `freq` in Hz, 0..96000. Throws RangeError, TypeError. */
  static saw(freq: number, options?: EdgedWaveOptions): Oscillator {
    return new Oscillator(constructorKey, 'saw', freq, options);
  }

  /**
   * From 0 up to 1 in a quarter period, down to -1 in two, and back. `freq` in Hz, 0..96000. Throws RangeError,
   * TypeError.
   */
  static triangle(freq: number, options?: EdgedWaveOptions): Oscillator {
    return new Oscillator(constructorKey, 'triangle', freq, options);
  }
}
