import { gainOfDb } from '../../base/levels.js';
import type { EffectNode } from '../../effects/effect-node.js';
import { HighShelfEffectNode } from '../../effects/high-shelf.js';
import { LowShelfEffectNode } from '../../effects/low-shelf.js';
import { PeakEffectNode } from '../../effects/peak.js';
import type { NodeLike } from '../../engine/session/graph-node.js';
import { SoundGroup } from '../../engine/sound-group.js';
import type { Glide } from './bus-effect.js';
import {
  connect,
  type EffectSurroundings,
  type EngineEffect,
  moveGain,
  registerEngineEffect,
} from './engine-effect.js';
import type { EQBand, EQBandType, ParametricEQ } from './eq-effect.js';
import type { GainEffect } from './gain-effect.js';
import { applyValues, heldFrequency, type Values } from './single-node-effect.js';
import './table-engine-effects.js';

registerEngineEffect('gain', (effect, { engine }) => {
  const data = effect as GainEffect;
  const group = new SoundGroup(engine, { name: 'gain' });
  const gain = (): number => (data.enabled ? gainOfDb(data.volumeDb) : 1);
  group.volume = gain();
  return {
    first: group,
    last: group,
    tailFrames: 0,
    apply: (_names, glide) => {
      moveGain(group, gain(), glide);
      return false;
    },
    dispose: () => group.dispose(),
  };
});

const bandNodes = { peaking: PeakEffectNode, lowshelf: LowShelfEffectNode, highshelf: HighShelfEffectNode } as const;

/** One node for each band, in a row. Other kinds or another number of bands make new nodes, cross-faded. */
class EngineEqualizer implements EngineEffect {
  readonly #data: ParametricEQ;
  readonly #surroundings: EffectSurroundings;
  #types: readonly EQBandType[] = [];
  #nodes: EffectNode[] = [];

  constructor(data: ParametricEQ, surroundings: EffectSurroundings) {
    this.#data = data;
    this.#surroundings = surroundings;
    this.#make();
  }

  get first(): NodeLike {
    return this.#nodes[0]!;
  }

  get last(): NodeLike {
    return this.#nodes.at(-1)!;
  }

  get tailFrames(): number {
    return this.#nodes.reduce((sum, node) => sum + node.tailFrames, 0);
  }

  apply(names: readonly string[], glide: Glide): boolean {
    const { bands, enabled } = this.#data;
    if (bands.length !== this.#types.length || bands.some(({ type }, index) => type !== this.#types[index])) {
      for (const node of this.#nodes) node.dispose();
      this.#make();
      return true;
    }
    if (names.includes('enabled')) for (const node of this.#nodes) node.enabled = enabled;
    if (names.includes('bands'))
      for (const [index, band] of bands.entries())
        applyValues(this.#nodes[index]!, this.#valuesOf(band), ['freq', 'q', 'gainDb'], glide);
    return false;
  }

  dispose(): void {
    for (const node of this.#nodes) node.dispose();
  }

  #valuesOf(band: EQBand): Values {
    const { freq, q, gainDb } = band;
    return { freq: heldFrequency('freq', freq, this.#surroundings), q, gainDb };
  }

  #make(): void {
    const { engine } = this.#surroundings;
    const { bands, enabled } = this.#data;
    this.#types = bands.map(({ type }) => type);
    // An equaliser without bands changes nothing, just like one flat band.
    this.#nodes =
      bands.length === 0
        ? [new PeakEffectNode(engine)]
        : bands.map((band) => new bandNodes[band.type](engine, this.#valuesOf(band)));
    for (const [index, node] of this.#nodes.entries()) {
      node.enabled = enabled;
      const next = this.#nodes[index + 1];
      if (next !== undefined) connect(node, next);
    }
  }
}

registerEngineEffect('eq', (effect, surroundings) => new EngineEqualizer(effect as ParametricEQ, surroundings));
