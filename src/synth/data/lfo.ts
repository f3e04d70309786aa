import { expectNumber, expectOneOf, expectOptions } from '../../base/validate.js';

/** What an LFO takes. */
export interface LFOOptions {
  /** Turns a second, Hz, 0.001..1000, default 5. */
  rateHz?: number;
  /**
   * How far it goes, 0..120, default 1. On freq and cutoffHz in semitones to either side; on gain 0..1: from 1 down to
   * 1 - depth; on pan and duty what is added at the extremes.
   */
  depth?: number;
  /**
   * 'sine' (default), 'triangle', 'square' or 'saw'; the edges of the last two take 2 ms, so that they do not click.
   */
  wave?: 'sine' | 'triangle' | 'square' | 'saw';
  /** Where it begins, in turns 0..1, default 0. */
  phase?: number;
}

/**
 * A slow oscillator that moves a parameter of a voice, as data. It starts with the voice and runs on through its notes.
 */
export class LFO {
  /** What tells the modulators apart. */
  readonly type = 'lfo';
  /** Turns a second in Hz. */
  readonly rateHz: number;
  /** How far it goes. */
  readonly depth: number;
  /** The shape of its wave. */
  readonly wave: 'sine' | 'triangle' | 'square' | 'saw';
  /** Where it begins, in turns. */
  readonly phase: number;

  /** An LFO from any of its parameters. Throws RangeError, TypeError. */
  constructor(options?: LFOOptions) {
    const { rateHz, depth, wave, phase } = expectOptions(options, 'options');
    this.rateHz = rateHz === undefined ? 5 : expectNumber(rateHz, 'rateHz', 0.001, 1000);
    this.depth = depth === undefined ? 1 : expectNumber(depth, 'depth', 0, 120);
    this.wave = wave === undefined ? 'sine' : expectOneOf(wave, 'wave', ['sine', 'triangle', 'square', 'saw']);
    this.phase = phase === undefined ? 0 : expectNumber(phase, 'phase', 0, 1);
  }
}
