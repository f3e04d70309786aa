import { AudioError } from '../../base/errors.js';
import { gainOfDb } from '../../base/levels.js';
import { BPFEffectNode } from '../../effects/bpf.js';
import { CompressorEffectNode } from '../../effects/compressor.js';
import { DelayEffectNode } from '../../effects/delay.js';
import type { EffectNode } from '../../effects/effect-node.js';
import { FreeverbEffectNode } from '../../effects/freeverb.js';
import { HighShelfEffectNode } from '../../effects/high-shelf.js';
import { HPFEffectNode } from '../../effects/hpf.js';
import { LowShelfEffectNode } from '../../effects/low-shelf.js';
import { LPFEffectNode } from '../../effects/lpf.js';
import { NotchEffectNode } from '../../effects/notch.js';
import { PeakEffectNode } from '../../effects/peak.js';
import { SoftClipEffectNode } from '../../effects/soft-clip.js';
import type { NodeLike } from '../../engine/session/graph-node.js';
import { SoundGroup } from '../../engine/sound-group.js';
import type { BusEffect, BusEffectType, Glide } from './bus-effect.js';
import type { CompressorEffect } from './dynamic-effects.js';
import {
  connect,
  type EffectSurroundings,
  type EngineEffect,
  moveGain,
  registerEngineEffect,
} from './engine-effect.js';
import type { EQBand, EQBandType, ParametricEQ } from './eq-effect.js';
import type { GainEffect } from './gain-effect.js';

type Values = Record<string, number | boolean | string | null>;

/** Highest frequency that the filters of an engine take, as a part of its sample rate. */
const frequencyOfRate = 0.49;

/** The value, with a frequency lowered to what this engine can take. */
function heldFrequency(name: string, value: Values[string], { engine }: EffectSurroundings): Values[string] {
  return (name === 'cutoffHz' || name === 'freq') && typeof value === 'number'
    ? Math.min(value, frequencyOfRate * engine.sampleRate)
    : value;
}

/** Sets or moves parameters of a node to the values of the data. */
function applyValues(node: EffectNode, values: Values, names: readonly string[], glide: Glide): void {
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
function registerSingleNode(
  type: BusEffectType,
  make: (surroundings: EffectSurroundings, values: Values) => EffectNode,
  fixed: readonly string[] = [],
): void {
  registerEngineEffect(type, (effect, surroundings) => new SingleNodeEffect(effect, surroundings, make, fixed));
}

class SingleNodeEffect implements EngineEffect {
  protected node: EffectNode;
  protected readonly data: BusEffect;
  protected readonly surroundings: EffectSurroundings;
  readonly #make: (surroundings: EffectSurroundings, values: Values) => EffectNode;
  readonly #fixed: readonly string[];
  /** The values that the current node was made with. */
  #made: Values = {};

  constructor(
    data: BusEffect,
    surroundings: EffectSurroundings,
    make: (surroundings: EffectSurroundings, values: Values) => EffectNode,
    fixed: readonly string[],
  ) {
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

registerSingleNode('lowpass', ({ engine }, values) => new LPFEffectNode(engine, values));
registerSingleNode('highpass', ({ engine }, values) => new HPFEffectNode(engine, values));
registerSingleNode('bandpass', ({ engine }, values) => new BPFEffectNode(engine, values), ['form']);
registerSingleNode('notch', ({ engine }, values) => new NotchEffectNode(engine, values));
registerSingleNode('delay', ({ engine }, values) => new DelayEffectNode(engine, values));
registerSingleNode('reverb', ({ engine }, values) => new FreeverbEffectNode(engine, values));
registerSingleNode('softclip', ({ engine }, values) => new SoftClipEffectNode(engine, values), ['oversample']);

/** A compressor, with the bus that it listens to. */
class EngineCompressor extends SingleNodeEffect {
  constructor(data: BusEffect, surroundings: EffectSurroundings) {
    super(data, surroundings, ({ engine }, values) => new CompressorEffectNode(engine, values), []);
    this.surroundingsChanged();
  }

  override apply(names: readonly string[], glide: Glide): boolean {
    const renewed = super.apply(names, glide);
    if (names.includes('sidechain')) this.surroundingsChanged();
    return renewed;
  }

  dropSidechain(): void {
    (this.node as CompressorEffectNode).sidechain = null;
  }

  surroundingsChanged(): void {
    const { sidechain } = this.data as CompressorEffect;
    const compressor = this.node as CompressorEffectNode;
    try {
      compressor.sidechain = sidechain === null ? null : this.surroundings.outputOf(sidechain);
    } catch (error) {
      // Listening to a bus that this one leads to would be a cycle.
      if (!(error instanceof AudioError) || error.code !== 'ERR_CYCLE') throw error;
      compressor.sidechain = null;
    }
  }
}

registerEngineEffect('compressor', (effect, surroundings) => new EngineCompressor(effect, surroundings));

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
