import type { Engine } from '../engine/engine.js';
import type { EffectCore, EffectDescription } from '../engine/nodes/effect-core.js';
import { coreOf, EffectNode, setParamsOf } from './effect-node.js';
import { type FrequencyResponse, type Prototype, responseOf, ringingFrames } from './frequency-response.js';

/** Parameters of a filter with a cutoff. */
export interface CutoffParams {
  /** Hz, 10 .. 0.49 times the engine's rate, default 1000. */
  cutoffHz: number;
  /** Linear Q, 0.05..100, default 0.707 (notch: 1). Web Audio's Q of low-pass and high-pass is 20 log10 of it. */
  q: number;
}

/** A filter as this class and BandNode see it. */
export interface FilterDescription extends EffectDescription {
  readonly prototype: (core: EffectCore) => Prototype;
}

const descriptions = new WeakMap<EffectNode, FilterDescription>();

/** Remembers what a filter is. */
export function describeFilter(effect: EffectNode, description: FilterDescription): void {
  descriptions.set(effect, description);
}

/** The response of a filter with the parameters as asked for. */
export function filterResponse(effect: EffectNode, frequency: string, hz: ArrayLike<number>): FrequencyResponse {
  const core = coreOf(effect);
  return responseOf(
    descriptions.get(effect)!.prototype(core),
    core.value(frequency),
    core.session.settings.sampleRate,
    hz,
  );
}

/** How long a filter rings. */
export function filterTail(effect: EffectNode, frequency: string): number {
  const core = coreOf(effect);
  return ringingFrames(
    descriptions.get(effect)!.prototype(core),
    core.value(frequency),
    core.session.settings.sampleRate,
  );
}

/** What low-pass, high-pass, band-pass and notch have in common. Abstract, as EffectNode is. */
export abstract class CutoffNode extends EffectNode {
  /** For the effects of this package; throws a TypeError otherwise. */
  constructor(engine: Engine, part?: unknown, description?: FilterDescription) {
    super(engine, part);
    describeFilter(this, description!);
  }

  /** Hz, 10 .. 0.49 times the engine's rate, default 1000, ramped. */
  get cutoffHz(): number {
    return coreOf(this).value('cutoffHz');
  }
  set cutoffHz(cutoffHz: number) {
    coreOf(this).set('cutoffHz', cutoffHz);
  }

  /** Linear Q, 0.05..100, default 0.707 (notch: 1), ramped. */
  get q(): number {
    return coreOf(this).value('q');
  }
  set q(q: number) {
    coreOf(this).set('q', q);
  }

  /** Sets any of the parameters, ramped. Where one is wrong, none is set. */
  setParams(params: Partial<CutoffParams>): void {
    setParamsOf(this, params);
  }

  /**
   * What the filter does to tones of these frequencies (Hz, 0 .. half the engine's rate) with the parameters as asked
   * for: the cookbook's formula.
   */
  frequencyResponse(hz: ArrayLike<number>): FrequencyResponse {
    return filterResponse(this, 'cutoffHz', hz);
  }

  /** Frames until its ringing has fallen by 60 dB. */
  get tailFrames(): number {
    return filterTail(this, 'cutoffHz');
  }
}
