import { expectNumber, expectOneOf, expectOptions } from '../../base/validate.js';
import { expectTime, secondsMaximum, voiceRanges } from './ranges.js';

/** Options of {@link ADSR}. */
export interface ADSROptions {
  /**
   * Seconds from silence to full level, 0..20000.
   *
   * @defaultValue `0.01`
   */
  attack?: number;
  /**
   * Seconds from full level to the sustain level, 0..20000.
   *
   * @defaultValue `0.05`
   */
  decay?: number;
  /**
   * Level that is held until the note ends, 0..1.
   *
   * @defaultValue `1`
   */
  sustain?: number;
  /**
   * Seconds from the end of the note to silence, 0..20000.
   *
   * @defaultValue `0.05`
   */
  release?: number;
  /**
   * Shape of the three segments. 'exponential' is fast at first: (1 - e^-5t) / (1 - e^-5).
   *
   * @defaultValue `'linear'`
   */
  curve?: 'linear' | 'exponential';
}

/**
 * An envelope with attack, decay, sustain and release, as data. A note that starts while another still sounds continues
 * from the present level.
 *
 * @example
 * ```ts
 * import { ADSR, AudioSynth, Oscillator } from 'miniaudio-engine';
 *
 * const synth = new AudioSynth();
 * const envelope = new ADSR({ attack: 0.02, decay: 0.1, sustain: 0.5, release: 0.3, curve: 'exponential' });
 * synth.add(Oscillator.saw(220), { envelope, durationSeconds: 0.5 });
 * console.log(synth.bake().durationSeconds); // 0.8: the note and its release
 * ```
 */
export class ADSR {
  /** The kind of envelope. */
  readonly type = 'adsr';
  /** Seconds from silence to full level. */
  readonly attack: number;
  /** Seconds from full level to the sustain level. */
  readonly decay: number;
  /** Level that is held until the note ends, 0..1. */
  readonly sustain: number;
  /** Seconds from the end of the note to silence. */
  readonly release: number;
  /** Shape of the three segments. */
  readonly curve: 'linear' | 'exponential';

  /**
   * Makes an envelope.
   *
   * @param options - Times, sustain level and shape.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad option.
   */
  constructor(options?: ADSROptions) {
    const { attack, decay, sustain, release, curve } = expectOptions(options, 'options');
    this.attack = expectTime(attack, 'attack', 0.01);
    this.decay = expectTime(decay, 'decay', 0.05);
    this.sustain = sustain === undefined ? 1 : expectNumber(sustain, 'sustain', 0, 1);
    this.release = expectTime(release, 'release', 0.05);
    this.curve = curve === undefined ? 'linear' : expectOneOf(curve, 'curve', ['linear', 'exponential']);
  }
}

/** Options of {@link Linear}. */
export interface LinearOptions {
  /**
   * Value at the start of a note, 0..16.
   *
   * @defaultValue `1`
   */
  start?: number;
  /**
   * Value at the end, 0..16.
   *
   * @defaultValue `0`
   */
  end?: number;
  /**
   * Seconds from `start` to `end`, 0..20000.
   *
   * @defaultValue the `durationSeconds` of the voice
   */
  seconds?: number;
}

/** Options of {@link Exponential}. */
export interface ExponentialOptions extends LinearOptions {
  /**
   * Bend of the curve, 0.01..100: above 1 it stays near the start for longer, below 1 it leaves it sooner.
   *
   * @defaultValue `1`
   */
  power?: number;
}

function expectLevel(value: unknown, name: string, initial: number): number {
  return value === undefined ? initial : expectNumber(value, name, voiceRanges.gain.minimum, voiceRanges.gain.maximum);
}

function expectLength(value: unknown): number | null {
  return value === undefined ? null : expectNumber(value, 'seconds', 0, secondsMaximum);
}

/**
 * A straight line over a note, as data: start + (end - start) t, with t from 0 to 1. It can be an envelope or a
 * modulator. A modulator multiplies its parameter; for pan, it is added.
 *
 * @example
 * ```ts
 * import { AudioSynth, Linear, Oscillator } from 'miniaudio-engine';
 *
 * const synth = new AudioSynth();
 * synth.add(Oscillator.sine(440), {
 *   durationSeconds: 0.5,
 *   envelope: new Linear({ start: 1, end: 0 }),
 *   modulation: { freq: new Linear({ start: 1, end: 2 }) }, // an octave up
 * });
 * console.log(synth.bake().lengthFrames);
 * ```
 */
export class Linear {
  /** The kind of envelope. */
  readonly type = 'linear';
  /** Value at the start of a note. */
  readonly start: number;
  /** Value at the end, which is held. */
  readonly end: number;
  /** Seconds from `start` to `end`; null for the `durationSeconds` of the voice. */
  readonly seconds: number | null;

  /**
   * Makes a line.
   *
   * @param options - Its two values and its length.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad option.
   */
  constructor(options?: LinearOptions) {
    const { start, end, seconds } = expectOptions(options, 'options');
    this.start = expectLevel(start, 'start', 1);
    this.end = expectLevel(end, 'end', 0);
    this.seconds = expectLength(seconds);
  }
}

/**
 * An exponential curve over a note, as data: equal ratios in equal times, start (end / start)^(t^power), with t from 0
 * to 1. An end of zero counts as 1e-5 and becomes exactly zero at the end. It can be an envelope or a modulator. A
 * modulator multiplies its parameter; for pan, it is added.
 *
 * @example
 * ```ts
 * import { AudioSynth, Exponential, Oscillator } from 'miniaudio-engine';
 *
 * const synth = new AudioSynth();
 * synth.add(Oscillator.square(880), {
 *   durationSeconds: 0.3,
 *   envelope: new Exponential({ start: 1, end: 0.01 }),
 *   modulation: { freq: new Exponential({ start: 1, end: 0.25 }) }, // two octaves down
 * });
 * console.log(synth.bake().lengthFrames);
 * ```
 */
export class Exponential {
  /** The kind of envelope. */
  readonly type = 'exponential';
  /** Value at the start of a note. */
  readonly start: number;
  /** Value at the end, which is held. */
  readonly end: number;
  /** Seconds from `start` to `end`; null for the `durationSeconds` of the voice. */
  readonly seconds: number | null;
  /** Bend of the curve: the exponent of the time. */
  readonly power: number;

  /**
   * Makes a curve.
   *
   * @param options - Its two values, its length and its bend.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad option.
   */
  constructor(options?: ExponentialOptions) {
    const { start, end, seconds, power } = expectOptions(options, 'options');
    this.start = expectLevel(start, 'start', 1);
    this.end = expectLevel(end, 'end', 0);
    this.seconds = expectLength(seconds);
    this.power = power === undefined ? 1 : expectNumber(power, 'power', 0.01, 100);
  }
}

/** What shapes the level of a voice over a note. */
export type Envelope = ADSR | Linear | Exponential;
