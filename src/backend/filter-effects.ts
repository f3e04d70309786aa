import { parameters } from '../base/parameters.js';
import { BusEffect, registerEffect } from './bus-effect.js';
import { type Field, numbersOf } from './fields.js';

const lowPassFields: readonly Field[] = numbersOf(parameters.lowPass);
const highPassFields: readonly Field[] = numbersOf(parameters.highPass);
const notchFields: readonly Field[] = numbersOf(parameters.notch);
const bandPassFields: readonly Field[] = [...numbersOf(parameters.bandPass), { kind: 'word', name: 'form', words: ['peak', 'skirt'], default: 'peak' }];

/** What a LowPassFilter, HighPassFilter or NotchFilter is made of. */
export interface CutoffFilterParams {
  /** Corner frequency or centre in Hz, 10..94080 and at most 0.49 of the engine's rate, default 1000; a higher one is held there. */
  cutoffHz: number;
  /** Linear Q, 0.05..100, default 0.707, of a notch 1. */
  q: number;
  /** Whether it is heard, default true. */
  enabled: boolean;
}

/** What a BandPassFilter is made of. */
export interface BandPassFilterParams {
  /** Corner frequency or centre in Hz, 10..94080 and at most 0.49 of the engine's rate, default 1000; a higher one is held there. */
  cutoffHz: number;
  /** Centre over bandwidth, 0.05..100, default 0.707. */
  q: number;
  /** 'peak' (default): 0 dB at the centre; 'skirt': q at the centre. Changing it is a new filter, cross-faded. */
  form: 'peak' | 'skirt';
  /** Whether it is heard, default true. */
  enabled: boolean;
}

/** A cookbook low-pass; the gain at the cutoff is q. */
export class LowPassFilter extends BusEffect {
  /** The type of the effect, 'lowpass'. */
  readonly type = 'lowpass';

  /** Any subset of the parameters. Throws a RangeError or TypeError. */
  constructor(params?: Partial<CutoffFilterParams>) {
    super(lowPassFields, params);
  }

  /** Corner frequency or centre in Hz, 10..94080 and at most 0.49 of the engine's rate, default 1000; a higher one is held there. */
  get cutoffHz(): number {
    return this.value('cutoffHz') as number;
  }
  set cutoffHz(cutoffHz: number) {
    this.put('cutoffHz', cutoffHz);
  }

  /** Linear Q, 0.05..100, default 0.707, of a notch 1. */
  get q(): number {
    return this.value('q') as number;
  }
  set q(q: number) {
    this.put('q', q);
  }

  /** Sets any subset of the parameters, all or nothing. Throws a RangeError or TypeError. */
  setParams(params: Partial<CutoffFilterParams>): void {
    this.assign(params);
  }
}
registerEffect('lowpass', () => new LowPassFilter());

/** A cookbook high-pass; the gain at the cutoff is q. */
export class HighPassFilter extends BusEffect {
  /** The type of the effect, 'highpass'. */
  readonly type = 'highpass';

  /** Any subset of the parameters. Throws a RangeError or TypeError. */
  constructor(params?: Partial<CutoffFilterParams>) {
    super(highPassFields, params);
  }

  /** Corner frequency or centre in Hz, 10..94080 and at most 0.49 of the engine's rate, default 1000; a higher one is held there. */
  get cutoffHz(): number {
    return this.value('cutoffHz') as number;
  }
  set cutoffHz(cutoffHz: number) {
    this.put('cutoffHz', cutoffHz);
  }

  /** Linear Q, 0.05..100, default 0.707, of a notch 1. */
  get q(): number {
    return this.value('q') as number;
  }
  set q(q: number) {
    this.put('q', q);
  }

  /** Sets any subset of the parameters, all or nothing. Throws a RangeError or TypeError. */
  setParams(params: Partial<CutoffFilterParams>): void {
    this.assign(params);
  }
}
registerEffect('highpass', () => new HighPassFilter());

/** A cookbook band-pass. */
export class BandPassFilter extends BusEffect {
  /** The type of the effect, 'bandpass'. */
  readonly type = 'bandpass';

  /** Any subset of the parameters. Throws a RangeError or TypeError. */
  constructor(params?: Partial<BandPassFilterParams>) {
    super(bandPassFields, params);
  }

  /** Corner frequency or centre in Hz, 10..94080 and at most 0.49 of the engine's rate, default 1000; a higher one is held there. */
  get cutoffHz(): number {
    return this.value('cutoffHz') as number;
  }
  set cutoffHz(cutoffHz: number) {
    this.put('cutoffHz', cutoffHz);
  }

  /** Centre over bandwidth, 0.05..100, default 0.707. */
  get q(): number {
    return this.value('q') as number;
  }
  set q(q: number) {
    this.put('q', q);
  }

  /** 'peak' (default): 0 dB at the centre; 'skirt': q at the centre. Changing it is a new filter, cross-faded. */
  get form(): 'peak' | 'skirt' {
    return this.value('form') as 'peak' | 'skirt';
  }
  set form(form: 'peak' | 'skirt') {
    this.put('form', form);
  }

  /** Sets any subset of the parameters, all or nothing. Throws a RangeError or TypeError. */
  setParams(params: Partial<BandPassFilterParams>): void {
    this.assign(params);
  }
}
registerEffect('bandpass', () => new BandPassFilter());

/** A cookbook notch. */
export class NotchFilter extends BusEffect {
  /** The type of the effect, 'notch'. */
  readonly type = 'notch';

  /** Any subset of the parameters. Throws a RangeError or TypeError. */
  constructor(params?: Partial<CutoffFilterParams>) {
    super(notchFields, params);
  }

  /** Corner frequency or centre in Hz, 10..94080 and at most 0.49 of the engine's rate, default 1000; a higher one is held there. */
  get cutoffHz(): number {
    return this.value('cutoffHz') as number;
  }
  set cutoffHz(cutoffHz: number) {
    this.put('cutoffHz', cutoffHz);
  }

  /** Centre over bandwidth, 0.05..100, default 1. */
  get q(): number {
    return this.value('q') as number;
  }
  set q(q: number) {
    this.put('q', q);
  }

  /** Sets any subset of the parameters, all or nothing. Throws a RangeError or TypeError. */
  setParams(params: Partial<CutoffFilterParams>): void {
    this.assign(params);
  }
}
registerEffect('notch', () => new NotchFilter());
