import { AudioError } from '../../base/errors.js';
import { gainOfDb } from '../../base/levels.js';
import type { Meter } from '../../base/types.js';
import type { Engine } from '../../engine/engine.js';
import { type AudioBus, busState, type LayoutListener } from './bus.js';
import { atOnce, type BusEffect, type Glide } from './bus-effect.js';
import { type AudioBusLayout, listenToLayout } from './bus-layout.js';
import { silencedBuses, targetsFirst } from './bus-reach.js';
import { EngineBus } from './engine-bus.js';
import type { EffectSurroundings } from './engine-effect.js';
import { UnknownBusError } from './unknown-bus-error.js';

/** A layout as nodes of an engine, kept in step with every change of the data. */
export class EngineLayout implements LayoutListener {
  readonly #engine: Engine;
  readonly #buses = new Map<string, EngineBus>();
  /** Buses that the layout no longer has, but on which something still plays or rings out. */
  #leaving: EngineBus[] = [];
  readonly #surroundings: EffectSurroundings;
  #layout: AudioBusLayout;
  #unlisten: () => void;

  /** Makes the nodes of a layout. Throws ERR_NODE_LIMIT. */
  constructor(engine: Engine, layout: AudioBusLayout) {
    this.#engine = engine;
    this.#layout = layout;
    this.#surroundings = { engine, outputOf: (name) => this.#buses.get(name)?.output ?? null };
    this.#unlisten = listenToLayout(layout, this);
    this.#takeOver(layout);
  }

  /** The layout that is heard. */
  get layout(): AudioBusLayout {
    return this.#layout;
  }

  /** The bus of a name. Throws UnknownBusError. */
  get(name: string): EngineBus {
    const engineBus = this.#buses.get(name);
    if (engineBus === undefined) throw new UnknownBusError(name, [...this.#buses.keys()]);
    return engineBus;
  }

  /** Switches to another layout. Buses of the same name keep their nodes; so do effects that are the same object. */
  sync(layout: AudioBusLayout): void {
    if (layout === this.#layout) {
      this.#takeOver(layout);
      return;
    }
    this.#unlisten();
    this.#layout = layout;
    this.#unlisten = listenToLayout(layout, this);
    this.#takeOver(layout);
  }

  /** True when its engine is closed. */
  get gone(): boolean {
    return this.#engine.disposed;
  }

  /** Stops listening and frees all nodes. */
  dispose(): void {
    this.#unlisten();
    if (!this.#engine.disposed)
      for (const engineBus of [...this.#buses.values(), ...this.#leaving]) engineBus.dispose();
    this.#buses.clear();
    this.#leaving = [];
  }

  busAdded(bus: AudioBus): void {
    this.#buses.set(bus.name, new EngineBus(bus, this.#surroundings));
    this.routeChanged(bus);
    this.#surroundingsChanged();
    this.#sweep();
  }

  busRemoved(bus: AudioBus, target: AudioBus): void {
    const engineBus = this.#buses.get(bus.name)!;
    this.#buses.delete(bus.name);
    this.#leave(engineBus, this.get(target.name));
    this.#surroundingsChanged();
  }

  routeChanged(bus: AudioBus): void {
    const { target } = busState(bus);
    this.#withoutCycles(() => this.get(bus.name).routeTo(target === null ? null : this.get(target.name)));
  }

  levelsChanged(silenced: ReadonlySet<AudioBus>, glide: Glide): void {
    for (const engineBus of this.#buses.values()) engineBus.setLevel(silenced.has(engineBus.bus), glide);
  }

  sendsChanged(bus: AudioBus, glide: Glide): void {
    this.#sendWhere(bus, glide, () => true);
  }

  effectsChanged(bus: AudioBus): void {
    this.get(bus.name).arrangeEffects();
  }

  effectChanged(bus: AudioBus, effect: BusEffect, names: readonly string[], glide: Glide): void {
    this.get(bus.name).applyEffect(effect, names, glide);
  }

  meter(bus: AudioBus): Meter {
    return this.get(bus.name).output.meter();
  }

  /** Brings all nodes in line with the data. */
  #takeOver(layout: AudioBusLayout): void {
    const glide = atOnce();
    for (const [name, engineBus] of [...this.#buses]) {
      if (layout.hasBus(name)) continue;
      this.#buses.delete(name);
      this.#leave(engineBus, this.#survivor(engineBus, layout));
    }
    for (const bus of layout.buses) {
      const present = this.#buses.get(bus.name);
      if (present === undefined) this.#buses.set(bus.name, new EngineBus(bus, this.#surroundings));
      else present.bus = bus;
    }
    // Sends that are gone are dropped first, then each bus is routed after the buses that it leads to: so there is no
    // cycle even for a moment.
    for (const bus of layout.buses) this.#sendWhere(bus, glide, (other) => this.get(bus.name).hasSend(other));
    for (const bus of targetsFirst(layout.buses)) this.routeChanged(bus);
    for (const bus of layout.buses) {
      this.sendsChanged(bus, glide);
      this.effectsChanged(bus);
    }
    this.levelsChanged(silencedBuses(layout.buses), glide);
    this.#surroundingsChanged();
  }

  #sendWhere(bus: AudioBus, glide: Glide, wanted: (other: EngineBus) => boolean): void {
    const sends = [...busState(bus).sends].map(([other, gainDb]) => [this.get(other.name), gainOfDb(gainDb)] as const);
    this.#withoutCycles(() => this.get(bus.name).setSends(new Map(sends.filter(([other]) => wanted(other))), glide));
  }

  #leave(engineBus: EngineBus, target: EngineBus): void {
    engineBus.leave(target);
    this.#leaving.push(engineBus);
    this.#sweep();
  }

  /** Frees the buses that are over. */
  #sweep(): void {
    const staying = this.#leaving.filter((engineBus) => !engineBus.over);
    for (const engineBus of this.#leaving) if (!staying.includes(engineBus)) engineBus.dispose();
    this.#leaving = staying;
  }

  /**
   * Where the sounds of a bus go that the new layout does not have: the first bus along its old way that is still
   * there.
   */
  #survivor(engineBus: EngineBus, layout: AudioBusLayout): EngineBus {
    let bus = busState(engineBus.bus).target;
    while (bus !== null && !layout.hasBus(bus.name)) bus = busState(bus).target;
    return this.get(bus?.name ?? layout.master.name);
  }

  /** Makes a route even if a side-chain would turn it into a cycle: then the side-chain has to go. */
  #withoutCycles(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof AudioError) || error.code !== 'ERR_CYCLE') throw error;
      for (const engineBus of this.#buses.values()) engineBus.dropSidechains();
      work();
      this.#surroundingsChanged();
    }
  }

  #surroundingsChanged(): void {
    for (const engineBus of this.#buses.values()) engineBus.surroundingsChanged();
  }
}
