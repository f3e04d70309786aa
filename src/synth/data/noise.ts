import { expectInteger, expectOptions } from '../../base/validate.js';

/** The spectra of {@link Noise}. */
export type NoiseColor = 'white' | 'pink' | 'brown';

/** Options of {@link Noise}. */
export interface NoiseOptions {
  /**
   * An integer, 0..4294967295. The same seed gives the same samples everywhere.
   *
   * @defaultValue the number of the voice, so that the noises of a synth differ
   */
  seed?: number;
}

const constructorKey = Symbol('Noise');

/**
 * A noise source for a voice, as data. {@link Noise.white}, {@link Noise.pink} and {@link Noise.brown} make one.
 *
 * @example
 * ```ts
 * import { AudioSynth, Noise } from 'miniaudio-engine';
 *
 * const synth = new AudioSynth();
 * synth.add(Noise.brown({ seed: 1 }), { gain: 0.5, durationSeconds: 0.5 });
 * synth.add(Noise.white(), { gain: 0.05, startSeconds: 0.2, durationSeconds: 0.1 });
 * console.log(synth.bake().lengthFrames);
 * ```
 */
export class Noise {
  /** The spectrum: white is flat, pink falls by 3 dB per octave, brown by 6 dB per octave. */
  readonly color: NoiseColor;
  /** The seed; null for the number of the voice. */
  readonly seed: number | null;

  private constructor(key: symbol, color: NoiseColor, options: NoiseOptions | undefined) {
    if (key !== constructorKey) throw new TypeError('Call Noise.white, pink or brown to make a Noise');
    const { seed } = expectOptions(options, 'options');
    this.color = color;
    this.seed = seed === undefined ? null : expectInteger(seed, 'seed', 0, 4294967295);
  }

  /**
   * Makes white noise: the same power in every hertz. Values are spread evenly over -1..1; RMS 0.577.
   *
   * @param options - The seed.
   * @returns The source.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad option.
   */
  static white(options?: NoiseOptions): Noise {
    return new Noise(constructorKey, 'white', options);
  }

  /**
   * Makes pink noise: the same power in every octave, 3 dB less per octave up; RMS 0.18.
   *
   * @param options - The seed.
   * @returns The source.
   * @throws As {@link Noise.white} does.
   */
  static pink(options?: NoiseOptions): Noise {
    return new Noise(constructorKey, 'pink', options);
  }

  /**
   * Makes brown noise: 6 dB less per octave up, above 20 Hz; RMS 0.18.
   *
   * @param options - The seed.
   * @returns The source.
   * @throws As {@link Noise.white} does.
   */
  static brown(options?: NoiseOptions): Noise {
    return new Noise(constructorKey, 'brown', options);
  }
}
