import { expectInteger, expectOptions } from '../../base/validate.js';

/** The spectra a Noise can have. */
export type NoiseColor = 'white' | 'pink' | 'brown';

/** What every noise takes. */
export interface NoiseOptions {
  /**
   * An integer 0..4294967295: the same seed gives the same samples on every host. Default: the voice's number, so that
   * two noises of one synth differ.
   */
  seed?: number;
}

const constructorKey = Symbol('Noise');

/** Noise as data: made by `white`, `pink` or `brown`, handed to `AudioSynth.add`. */
export class Noise {
  /** The spectrum: white is flat, pink falls by 3 dB an octave, brown by 6. */
  readonly color: NoiseColor;
  /** The seed; null: the voice's number. */
  readonly seed: number | null;

  private constructor(key: symbol, color: NoiseColor, options: NoiseOptions | undefined) {
    if (key !== constructorKey) throw new TypeError('A Noise is made by Noise.white, Noise.pink or Noise.brown');
    const { seed } = expectOptions(options, 'options');
    this.color = color;
    this.seed = seed === undefined ? null : expectInteger(seed, 'seed', 0, 4294967295);
  }

  /** The same power in every hertz: evenly spread over -1..1, RMS 0.577. Throws RangeError, TypeError. */
  static white(options?: NoiseOptions): Noise {
    return new Noise(constructorKey, 'white', options);
  }

  /** The same power in every octave: 3 dB less for each octave up, RMS 0.18. Throws RangeError, TypeError. */
  static pink(options?: NoiseOptions): Noise {
    return new Noise(constructorKey, 'pink', options);
  }

  /** 6 dB less for each octave up, above 20 Hz, RMS 0.18. Throws RangeError, TypeError. */
  static brown(options?: NoiseOptions): Noise {
    return new Noise(constructorKey, 'brown', options);
  }
}
