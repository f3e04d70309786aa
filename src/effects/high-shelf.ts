import { parameters } from '../base/parameters.js';
import type { Engine } from '../engine/engine.js';
import { BandNode, type BandParams } from './band-node.js';
import type { FilterDescription } from './cutoff-node.js';
import { effectPart } from './effect-node.js';
import { prototypes } from './frequency-response.js';

const description: FilterDescription = {
  className: 'HighShelfEffectNode',
  kind: 'highShelf',
  rows: parameters.highShelf,
  prototype: (core) => prototypes.highShelf(core.value('q'), 10 ** (core.value('gainDb') / 40)),
};

/** Raises or lowers what lies above freq by gainDb; at freq it is half of that in dB. */
export class HighShelfEffectNode extends BandNode {
  /**
   * Leads into the endpoint until it is attached elsewhere. Throws a RangeError for a parameter out of range,
   * ERR_DISPOSED, ERR_NODE_LIMIT.
   */
  constructor(engine: Engine, params?: Partial<BandParams>) {
    super(engine, effectPart(description, params), description);
  }
}
