import { expectNumber, expectOneOf, expectOptions } from '../../base/validate.js';
import { expectTime, secondsMaximum, voiceRanges } from './ranges.js';

/** What an ADSR takes. */
export interface ADSROptions {
  /** Seconds from silence to full level, 0..20000, default 0.01. */
  attack?: number;
  /** Seconds from full level to the sustain level, 0..20000, default 0.05. */
  decay?: number;
  /** Level that is held until the note ends, 0..1, default 1. */
  sustain?: number;
  /** Seconds from there to silence, 0..20000, default 0.05. */
  release?: number;
  /** Shape of the three segments: 'linear' (default), or 'exponential': fast at first, (1 - e^-5t) / (1 - e^-5). */
  curve?: 'linear' | 'exponential';
}

/**
 * Attack, decay, sustain, release, as data. A note that begins in the middle of another goes on from the level it
 * finds.
 */
export class ADSR {
  /** What tells the envelopes apart. */
  readonly type = 'adsr';
  /** Seconds from silence to full level. */
  readonly attack: number;
  /** Seconds from full level to the sustain level. */
  readonly decay: number;
  /** Level that is held until the note ends, 0..1. */
  readonly sustain: number;
  /** Seconds from the end of the note to silence. */
  readonly release: number;
  /** Shape of the segments. */
  readonly curve: 'linear' | 'exponential';

  /** An envelope from times in seconds and a level. Throws RangeError, TypeError. */
  constructor(options?: ADSROptions) {
    const { attack, decay, sustain, release, curve } = expectOptions(options, 'options');
    this.attack = expectTime(attack, 'attack', 0.01);
    this.decay = expectTime(decay, 'decay', 0.05);
    this.sustain = sustain === undefined ? 1 : expectNumber(sustain, 'sustain', 0, 1);
    this.release = expectTime(release, 'release', 0.05);
    this.curve = curve === undefined ? 'linear' : expectOneOf(curve, 'curve', ['linear', 'exponential']);
  }
}

/** What a Linear takes. */
export interface LinearOptions {
  /** Value at the beginning of a note, 0..16, default 1. */
  start?: number;
  /** Value at its end, 0..16, default 0. */
  end?: number;
  /** Seconds from one to the other, 0..20000; default: the voice's `durationSeconds`. */
  seconds?: number;
}

/** What an Exponential takes. */
export interface ExponentialOptions extends LinearOptions {
  /** Bend of the curve, 0.01..100, default 1: above 1 it stays longer near the start, below 1 it leaves sooner. */
  power?: number;
}

function expectLevel(value: unknown, name: string, initial: number): number {
  return value === undefined ? initial : expectNumber(value, name, voiceRanges.gain.minimum, voiceRanges.gain.maximum);
}

function expectLength(value: unknown): number | null {
  return value === undefined ? null : expectNumber(value, 'seconds', 0, secondsMaximum);
}

/**
 * A straight line, as data: start + (end - start) t, t running from 0 to 1 over the note. As a modulator it multiplies
 * what it modulates (and is added to a pan).
 */
export class Linear {
  /** What tells the envelopes apart. */
  readonly type = 'linear';
  /** Value at the beginning of a note. */
  readonly start: number;
  /** Value at its end, which is held. */
  readonly end: number;
  /** Seconds from one to the other; null: the voice's `durationSeconds`. */
  readonly seconds: number | null;

  /** A line from `start` to `end`. Throws RangeError, TypeError. */
  constructor(options?: LinearOptions) {
    const { start, end, seconds } = expectOptions(options, 'options');
    this.start = expectLevel(start, 'start', 1);
    this.end = expectLevel(end, 'end', 0);
    this.seconds = expectLength(seconds);
  }
}

/**
 * Equal ratios in equal times, as data: start (end / start)^(t^power); a zero end counts as 1e-5 and is reached exactly
 * at the end. As a modulator it multiplies what it modulates.
 */
export class Exponential {
  /** What tells the envelopes apart. */
  readonly type = 'exponential';
  /** Value at the beginning of a note. */
  readonly start: number;
  /** Value at its end, which is held. */
  readonly end: number;
  /** Seconds from one to the other; null: the voice's `durationSeconds`. */
  readonly seconds: number | null;
  /** Exponent on the time. */
  readonly power: number;

  /** A curve from `start` to `end`. Throws RangeError, TypeError. */
  constructor(options?: ExponentialOptions) {
    const { start, end, seconds, power } = expectOptions(options, 'options');
    this.start = expectLevel(start, 'start', 1);
    this.end = expectLevel(end, 'end', 0);
    this.seconds = expectLength(seconds);
    this.power = power === undefined ? 1 : expectNumber(power, 'power', 0.01, 100);
  }
}

/** What shapes the level of a voice. */
export type Envelope = ADSR | Linear | Exponential;
