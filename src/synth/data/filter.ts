import { expectOptions } from '../../base/validate.js';
import { expectVoiceParameter } from './ranges.js';

/** What every filter takes. */
export interface FilterOptions {
  /** Cutoff or centre in Hz, 10..94080, default 1000; what is heard ends at 0.49 times the sample rate. */
  cutoffHz?: number;
  /** Resonance, 0.05..100, default 0.707. */
  q?: number;
}

/** What the filters of a voice have in common. Abstract: LowPass, HighPass and BandPass are its kinds. */
export abstract class FilterData {
  /** Cutoff or centre in Hz, 10..94080, default 1000. */
  readonly cutoffHz: number;
  /** Resonance as a linear Q, 0.05..100, default 0.707. */
  readonly q: number;

  /** Filter data from any of its parameters. Throws RangeError, TypeError. */
  constructor(options?: FilterOptions) {
    const { cutoffHz, q } = expectOptions(options, 'options');
    this.cutoffHz = expectVoiceParameter(cutoffHz, 'cutoffHz');
    this.q = expectVoiceParameter(q, 'q');
  }
}

/**
 * A low-pass of 12 dB an octave for one voice, as data; its gain at the cutoff is q. The response is that of
 * LPFEffectNode.
 */
export class LowPass extends FilterData {
  /** What tells the filters apart. */
  readonly type = 'lowpass';
}

/**
 * A high-pass of 12 dB an octave for one voice, as data; its gain at the cutoff is q. The response is that of
 * HPFEffectNode.
 */
export class HighPass extends FilterData {
  /** What tells the filters apart. */
  readonly type = 'highpass';
}

/**
 * A band-pass for one voice, as data: gain 1 at the centre, q = centre / bandwidth. The response is that of
 * BPFEffectNode.
 */
export class BandPass extends FilterData {
  /** What tells the filters apart. */
  readonly type = 'bandpass';
}

/** What a voice can be filtered by. */
export type VoiceFilter = LowPass | HighPass | BandPass;
