// What filters do to tones, from their parameters as asked for.
import type { EffectCore } from '../engine/nodes/effect-core.js';
import { coreOf, type EffectNode } from './effect-node.js';
import { type FrequencyResponse, type Prototype, prototypes, responseOf, ringingFrames } from './frequency-response.js';

const q = (core: EffectCore): number => core.value('q');
/** The cookbook's A. */
const gain = (core: EffectCore): number => 10 ** (core.value('gainDb') / 40);

/** By the kind of a filter. */
const prototypeOf: Readonly<Record<string, (core: EffectCore) => Prototype>> = {
  lowPass: (core) => prototypes.lowPass(q(core)),
  highPass: (core) => prototypes.highPass(q(core)),
  bandPass: (core) => (core.option === 'peak' ? prototypes.bandPassPeak(q(core)) : prototypes.bandPassSkirt(q(core))),
  notch: (core) => prototypes.notch(q(core)),
  peak: (core) => prototypes.peak(q(core), gain(core)),
  lowShelf: (core) => prototypes.lowShelf(q(core), gain(core)),
  highShelf: (core) => prototypes.highShelf(q(core), gain(core)),
};

/** The response of a filter; `frequency` is the name of its parameter for it. */
export function filterResponse(effect: EffectNode, frequency: string, hz: ArrayLike<number>): FrequencyResponse {
  const core = coreOf(effect);
  return responseOf(prototypeOf[core.kind]!(core), core.value(frequency), core.session.settings.sampleRate, hz);
}

/** How long a filter rings, in frames. */
export function filterTail(effect: EffectNode, frequency: string): number {
  const core = coreOf(effect);
  return ringingFrames(prototypeOf[core.kind]!(core), core.value(frequency), core.session.settings.sampleRate);
}
