import { expectNumber, expectOneOf, expectOptions } from '../../base/validate.js';

/** Options of {@link LFO}. */
export interface LFOOptions {
  /**
   * Periods per second, in Hz, 0.001..1000.
   *
   * @defaultValue `5`
   */
  rateHz?: number;
  /**
   * How far it moves the parameter, 0..120. For freq and cutoffHz: semitones up and down. For gain, at most 1: from 1
   * down to 1 - depth. For pan, duty and q: what is added and subtracted.
   *
   * @defaultValue `1`
   */
  depth?: number;
  /**
   * The shape of its wave. The edges of 'square' and 'saw' take 2 ms, so that they do not click.
   *
   * @defaultValue `'sine'`
   */
  wave?: 'sine' | 'triangle' | 'square' | 'saw';
  /**
   * Where in its period it starts, 0..1.
   *
   * @defaultValue `0`
   */
  phase?: number;
}

/**
 * A slow oscillator that moves a parameter of a voice, as data. It starts with the voice and runs on from note to note.
 *
 * @example
 * ```ts
 * import { AudioSynth, LFO, Oscillator } from 'miniaudio-engine';
 *
 * const synth = new AudioSynth();
 * synth.add(Oscillator.triangle(440), {
 *   durationSeconds: 0.5,
 *   modulation: {
 *     freq: new LFO({ rateHz: 6, depth: 0.3 }), // vibrato of 0.3 semitones
 *     gain: new LFO({ rateHz: 4, depth: 0.5 }), // tremolo
 *   },
 * });
 * console.log(synth.bake().lengthFrames);
 * ```
 */
export class LFO {
  /** The kind of modulator. */
  readonly type = 'lfo';
  /** Periods per second, in Hz. */
  readonly rateHz: number;
  /** How far it moves the parameter. */
  readonly depth: number;
  /** The shape of its wave. */
  readonly wave: 'sine' | 'triangle' | 'square' | 'saw';
  /** Where in its period it starts, 0..1. */
  readonly phase: number;

  /**
   * Makes an LFO.
   *
   * @param options - Rate, depth, wave and phase.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad option.
   */
  constructor(options?: LFOOptions) {
    const { rateHz, depth, wave, phase } = expectOptions(options, 'options');
    this.rateHz = rateHz === undefined ? 5 : expectNumber(rateHz, 'rateHz', 0.001, 1000);
    this.depth = depth === undefined ? 1 : expectNumber(depth, 'depth', 0, 120);
    this.wave = wave === undefined ? 'sine' : expectOneOf(wave, 'wave', ['sine', 'triangle', 'square', 'saw']);
    this.phase = phase === undefined ? 0 : expectNumber(phase, 'phase', 0, 1);
  }
}
