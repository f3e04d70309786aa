import type { Engine } from '../engine/engine.js';
import { describeFilter, type FilterDescription, filterResponse, filterTail } from './cutoff-node.js';
import { coreOf, EffectNode, setParamsOf } from './effect-node.js';
import type { FrequencyResponse } from './frequency-response.js';

/** Parameters of a filter that raises or lowers a band. */
export interface BandParams {
  /** Hz, 10 .. 0.49 times the engine's rate, default 1000 (low shelf: 200, high shelf: 8000). */
  freq: number;
  /**
   * Peak: centre over bandwidth, 0.05..100, default 1. Shelves: slope, 0.05..1, default 1, the steepest without
   * overshoot.
   */
  q: number;
  /** dB, -60..60, default 0. */
  gainDb: number;
}

/** What peak, low shelf and high shelf have in common. Abstract, as EffectNode is. */
export abstract class BandNode extends EffectNode {
  /** For the effects of this package; throws a TypeError otherwise. */
  constructor(engine: Engine, part?: unknown, description?: FilterDescription) {
    super(engine, part);
    describeFilter(this, description!);
  }

  /** Hz, 10 .. 0.49 times the engine's rate, default 1000 (low shelf: 200, high shelf: 8000), ramped. */
  get freq(): number {
    return coreOf(this).value('freq');
  }
  set freq(freq: number) {
    coreOf(this).set('freq', freq);
  }

  /** Peak: centre over bandwidth, 0.05..100. Shelves: slope, 0.05..1. Default 1, ramped. */
  get q(): number {
    return coreOf(this).value('q');
  }
  set q(q: number) {
    coreOf(this).set('q', q);
  }

  /** dB, -60..60, default 0, ramped. */
  get gainDb(): number {
    return coreOf(this).value('gainDb');
  }
  set gainDb(gainDb: number) {
    coreOf(this).set('gainDb', gainDb);
  }

  /** Sets any of the parameters, ramped. Where one is wrong, none is set. */
  setParams(params: Partial<BandParams>): void {
    setParamsOf(this, params);
  }

  /**
   * What the filter does to tones of these frequencies (Hz, 0 .. half the engine's rate) with the parameters as asked
   * for: the cookbook's formula.
   */
  frequencyResponse(hz: ArrayLike<number>): FrequencyResponse {
    return filterResponse(this, 'freq', hz);
  }

  /** Frames until its ringing has fallen by 60 dB. */
  get tailFrames(): number {
    return filterTail(this, 'freq');
  }
}
