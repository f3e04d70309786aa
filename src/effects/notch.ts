import { parameters } from '../base/parameters.js';
import type { Engine } from '../engine/engine.js';
import { CutoffNode, type CutoffParams, type FilterDescription } from './cutoff-node.js';
import { effectPart } from './effect-node.js';
import { prototypes } from './frequency-response.js';

const description: FilterDescription = {
  className: 'NotchEffectNode',
  kind: 'notch',
  rows: parameters.notch,
  prototype: (core) => prototypes.notch(core.value('q')),
};

/** A notch: takes a narrow band out. q is centre over bandwidth. */
export class NotchEffectNode extends CutoffNode {
  /**
   * Leads into the endpoint until it is attached elsewhere. Throws a RangeError for a parameter out of range,
   * ERR_DISPOSED, ERR_NODE_LIMIT.
   */
  constructor(engine: Engine, params?: Partial<CutoffParams>) {
    super(engine, effectPart(description, params), description);
  }
}
