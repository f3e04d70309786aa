import { parameters } from '../base/parameters.js';
import { expectOneOf, expectOptions } from '../base/validate.js';
import type { Engine } from '../engine/engine.js';
import { EffectCore } from '../engine/nodes/effect-core.js';
import { CutoffNode, type CutoffParams, type FilterDescription } from './cutoff-node.js';
import { coreOf, EffectPart } from './effect-node.js';
import { prototypes } from './frequency-response.js';

const forms = ['peak', 'skirt'] as const;

/** Parameters of a band-pass. */
export interface BPFParams extends CutoffParams {
  /**
   * 'peak' (default) is 0 dB at the centre; 'skirt' is q there and has slopes that do not depend on q, as miniaudio's.
   * Fixed at construction.
   */
  form: 'peak' | 'skirt';
}

let formOf: (effect: BPFEffectNode) => 'peak' | 'skirt';

const description: Omit<FilterDescription, 'prototype'> = {
  className: 'BPFEffectNode',
  kind: 'bandPass',
  rows: parameters.bandPass,
};

/** A band-pass. q is centre over bandwidth. */
export class BPFEffectNode extends CutoffNode {
  readonly #form: 'peak' | 'skirt';

  static {
    formOf = (effect) => effect.#form;
  }

  /**
   * Leads into the endpoint until it is attached elsewhere. Throws a RangeError for a parameter out of range,
   * ERR_DISPOSED, ERR_NODE_LIMIT.
   */
  constructor(engine: Engine, params?: Partial<BPFParams>) {
    let form: 'peak' | 'skirt' = 'peak';
    const part = new EffectPart((session) => {
      const given = expectOptions(params, 'params');
      if (given.form !== undefined) form = expectOneOf(given.form, 'form', forms);
      return new EffectCore(session, description, forms.indexOf(form), given);
    });
    super(engine, part, {
      ...description,
      prototype: (core) =>
        formOf(this) === 'peak' ? prototypes.bandPassPeak(core.value('q')) : prototypes.bandPassSkirt(core.value('q')),
    });
    this.#form = form;
  }

  /** 'peak': 0 dB at the centre. 'skirt': q at the centre. */
  get form(): 'peak' | 'skirt' {
    return coreOf(this) && this.#form;
  }
}
