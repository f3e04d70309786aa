// An effect of a bus that is one node of an engine.
import { AudioError } from '../../base/errors.js';
import type { EffectNode } from '../../effects/effect-node.js';
import type { NodeLike } from '../../engine/session/graph-node.js';
import type { BusEffect, Glide } from './bus-effect.js';
import type { BusEffectType } from './effect-types.js';
import { type EffectSurroundings, type EngineEffect, registerEngineEffect } from './engine-effect.js';

/** Values of the fields of an effect. */
export type Values = Record<string, number | boolean | string | null>;

type NodeMaker = (surroundings: EffectSurroundings, values: Values) => EffectNode;

/** Highest frequency that the filters of an engine take, as a part of its sample rate. */
const frequencyOfRate = 0.49;

/** The value, with a frequency lowered to what this engine can take. */
export function heldFrequency(name: string, value: Values[string], { engine }: EffectSurroundings): Values[string] {
  return (name === 'cutoffHz' || name === 'freq') && typeof value === 'number'
    ? Math.min(value, frequencyOfRate * engine.sampleRate)
    : value;
}

/** Sets or moves parameters of a node to the values of the data. */
export function applyValues(node: EffectNode, values: Values, names: readonly string[], glide: Glide): void {
  const changes: Values = {};
  for (const name of names) {
    const value = values[name];
    if (value === undefined) continue;
    if (glide.seconds > 0 && typeof value === 'number')
      glide.ended.push(node.ramp(name, value, { seconds: glide.seconds }));
    else changes[name] = value;
  }
  if (Object.keys(changes).length > 0) (node as unknown as { setParams(params: Values): void }).setParams(changes);
}

/**
 * Registers an effect of one node that has the parameters of the data. A change of a `fixed` one, which a node takes
 * only when it is made, makes a new node, cross-faded.
 */
export function registerSingleNode(type: BusEffectType, make: NodeMaker, fixed: readonly string[] = []): void {
  registerEngineEffect(type, (effect, surroundings) => new SingleNodeEffect(effect, surroundings, make, fixed));
}

class SingleNodeEffect implements EngineEffect {
  protected node: EffectNode;
  protected readonly data: BusEffect;
  protected readonly surroundings: EffectSurroundings;
  readonly #make: NodeMaker;
  readonly #fixed: readonly string[];
  /** The values that the current node was made with. */
  #made: Values = {};

  constructor(data: BusEffect, surroundings: EffectSurroundings, make: NodeMaker, fixed: readonly string[]) {
    this.data = data;
    this.surroundings = surroundings;
    this.#make = make;
    this.#fixed = fixed;
    this.node = this.#fresh();
  }

  get first(): NodeLike {
    return this.node;
  }

  get last(): NodeLike {
    return this.node;
  }

  get tailFrames(): number {
    return this.node.tailFrames;
  }

  apply(names: readonly string[], glide: Glide): boolean {
    const values = this.values();
    if (this.#fixed.some((name) => values[name] !== this.#made[name])) {
      this.node.dispose();
      this.node = this.#fresh();
      return true;
    }
    if (names.includes('enabled')) this.node.enabled = this.data.enabled;
    applyValues(
      this.node,
      values,
      names.filter((name) => !this.#fixed.includes(name)),
      glide,
    );
    return false;
  }

  dispose(): void {
    this.node.dispose();
  }

  /** The values of the data that concern the node. */
  protected values(): Values {
    const { type, enabled, sidechain, ...values } = this.data.toJSON() as Values;
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, heldFrequency(name, value!, this.surroundings)]),
    );
  }

  #fresh(): EffectNode {
    this.#made = this.values();
    const node = this.#make(this.surroundings, this.#made);
    node.enabled = this.data.enabled;
    return node;
  }
}

type KeyedNode = EffectNode & { sidechain: NodeLike | null };

/** A node that takes its level from another bus, which its data name as `sidechain`. */
class KeyedNodeEffect extends SingleNodeEffect {
  constructor(data: BusEffect, surroundings: EffectSurroundings, make: NodeMaker) {
    super(data, surroundings, make, []);
    this.surroundingsChanged();
  }

  override apply(names: readonly string[], glide: Glide): boolean {
    const renewed = super.apply(names, glide);
    if (names.includes('sidechain')) this.surroundingsChanged();
    return renewed;
  }

  dropSidechain(): void {
    (this.node as KeyedNode).sidechain = null;
  }

  surroundingsChanged(): void {
    const { sidechain } = this.data as BusEffect & { readonly sidechain: string | null };
    const node = this.node as KeyedNode;
    try {
      node.sidechain = sidechain === null ? null : this.surroundings.outputOf(sidechain);
    } catch (error) {
      // Listening to a bus that this one leads to would be a cycle.
      if (!(error instanceof AudioError) || error.code !== 'ERR_CYCLE') throw error;
      node.sidechain = null;
    }
  }
}

/** Registers an effect of one node that may take its level from another bus. */
export function registerKeyedNode(type: BusEffectType, make: NodeMaker): void {
  registerEngineEffect(type, (effect, surroundings) => new KeyedNodeEffect(effect, surroundings, make));
}
