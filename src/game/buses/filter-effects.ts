import { parameters } from '../../base/parameters.js';
import { BusEffect, registerEffect } from './bus-effect.js';
import { type Field, numbersOf } from './fields.js';

const lowPassFields = numbersOf(parameters.lowPass);
const highPassFields = numbersOf(parameters.highPass);
const notchFields = numbersOf(parameters.notch);
const bandPassFields: readonly Field[] = [
  ...numbersOf(parameters.bandPass),
  { kind: 'word', name: 'form', words: ['peak', 'skirt'], default: 'peak' },
];

/** What a LowPassFilter, HighPassFilter or NotchFilter is made of. */
export interface CutoffFilterParams {
  /**
   * Corner frequency or centre in Hz, 10..94080 and at most 0.49 of the engine's rate, default 1000; a higher one is
   * held there.
   */
  cutoffHz: number;
  /** Linear Q, 0.05..100, default 0.707, of a notch 1; of band-pass and notch centre over bandwidth. */
  q: number;
  /** Whether it is heard, default true. */
  enabled: boolean;
}

/** What a BandPassFilter is made of. */
export interface BandPassFilterParams extends CutoffFilterParams {
  /** 'peak' (default): 0 dB at the centre; 'skirt': q at the centre. Changing it is a new filter, cross-faded. */
  form: 'peak' | 'skirt';
}

/** What low-pass, high-pass, band-pass and notch have in common. */
export abstract class CutoffFilter<P extends CutoffFilterParams = CutoffFilterParams> extends BusEffect<P> {
  /**
   * Corner frequency or centre in Hz, 10..94080 and at most 0.49 of the engine's rate, default 1000; a higher one is
   * held there. Ramped.
   */
  get cutoffHz(): number {
    return this.value('cutoffHz') as number;
  }
  set cutoffHz(cutoffHz: number) {
    this.put('cutoffHz', cutoffHz);
  }

  /** Linear Q, 0.05..100, default 0.707, of a notch 1; of band-pass and notch centre over bandwidth. Ramped. */
  get q(): number {
    return this.value('q') as number;
  }
  set q(q: number) {
    this.put('q', q);
  }
}

/** A cookbook low-pass; the gain at the cutoff is q. */
export class LowPassFilter extends CutoffFilter {
  /** The type of the effect, 'lowpass'. */
  readonly type = 'lowpass';

  /** Any subset of the parameters. Throws a RangeError or TypeError. */
  constructor(params?: Partial<CutoffFilterParams>) {
    super(lowPassFields, params);
  }
}
registerEffect('lowpass', () => new LowPassFilter());

/** A cookbook high-pass; the gain at the cutoff is q. */
export class HighPassFilter extends CutoffFilter {
  /** The type of the effect, 'highpass'. */
  readonly type = 'highpass';

  /** Any subset of the parameters. Throws a RangeError or TypeError. */
  constructor(params?: Partial<CutoffFilterParams>) {
    super(highPassFields, params);
  }
}
registerEffect('highpass', () => new HighPassFilter());

/** A cookbook band-pass. */
export class BandPassFilter extends CutoffFilter<BandPassFilterParams> {
  /** The type of the effect, 'bandpass'. */
  readonly type = 'bandpass';

  /** Any subset of the parameters. Throws a RangeError or TypeError. */
  constructor(params?: Partial<BandPassFilterParams>) {
    super(bandPassFields, params);
  }

  /** 'peak' (default): 0 dB at the centre; 'skirt': q at the centre. Changing it is a new filter, cross-faded. */
  get form(): 'peak' | 'skirt' {
    return this.value('form') as 'peak' | 'skirt';
  }
  set form(form: 'peak' | 'skirt') {
    this.put('form', form);
  }
}
registerEffect('bandpass', () => new BandPassFilter());

/** A cookbook notch. */
export class NotchFilter extends CutoffFilter {
  /** The type of the effect, 'notch'. */
  readonly type = 'notch';

  /** Any subset of the parameters. Throws a RangeError or TypeError. */
  constructor(params?: Partial<CutoffFilterParams>) {
    super(notchFields, params);
  }
}
registerEffect('notch', () => new NotchFilter());
