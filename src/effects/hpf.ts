import { parameters } from '../base/parameters.js';
import type { Engine } from '../engine/engine.js';
import { CutoffNode, type CutoffParams, type FilterDescription } from './cutoff-node.js';
import { effectPart } from './effect-node.js';
import { prototypes } from './frequency-response.js';

const description: FilterDescription = {
  className: 'HPFEffectNode',
  kind: 'highPass',
  rows: parameters.highPass,
  prototype: (core) => prototypes.highPass(core.value('q')),
};

/** A high-pass, 12 dB an octave. The gain at the cutoff is q; 0.707 (default) has no bump. */
export class HPFEffectNode extends CutoffNode {
  /**
   * Leads into the endpoint until it is attached elsewhere. Throws a RangeError for a parameter out of range,
   * ERR_DISPOSED, ERR_NODE_LIMIT.
   */
  constructor(engine: Engine, params?: Partial<CutoffParams>) {
    super(engine, effectPart(description, params), description);
  }
}
