import { AudioError } from '../../base/errors.js';
import { expectVolumeDb } from '../../base/levels.js';
import type { Meter } from '../../base/types.js';
import { expectBoolean, expectInstance, expectInteger, expectString, wrongKind } from '../../base/validate.js';
import { atOnce, BusEffect, claimEffect, type Glide, releaseEffect } from './bus-effect.js';

/** The name of the bus that all others lead to. */
export const masterName = 'Master';

/** What a bus needs from its layout, and the changes it reports to it. */
export interface BusOwner {
  find(name: string): AudioBus;
  expectNoCycle(from: AudioBus, to: AudioBus): void;
  isSilenced(bus: AudioBus): boolean;
  effectiveVolumeDb(bus: AudioBus): number;
  meter(bus: AudioBus): Meter;
  levelsChanged(glide: Glide): void;
  tell(news: (listener: LayoutListener) => void): void;
}

/** Hears every change of a layout: the nodes of an engine follow it. */
export interface LayoutListener {
  /** True when it needs no more news: the layout forgets it. */
  readonly gone: boolean;
  busAdded(bus: AudioBus): void;
  busRemoved(bus: AudioBus, target: AudioBus): void;
  routeChanged(bus: AudioBus): void;
  /** A volume, mute or solo of any bus has changed. */
  levelsChanged(silenced: ReadonlySet<AudioBus>, glide: Glide): void;
  sendsChanged(bus: AudioBus, glide: Glide): void;
  effectsChanged(bus: AudioBus): void;
  effectChanged(bus: AudioBus, effect: BusEffect, names: readonly string[], glide: Glide): void;
  meter(bus: AudioBus): Meter;
}

/** The state of a bus, for the layout: the public setters would report a change too early, or forbid it. */
export interface BusState {
  volumeDb: number;
  mute: boolean;
  solo: boolean;
  target: AudioBus | null;
  readonly sends: Map<AudioBus, number>;
  readonly effects: BusEffect[];
}

let construct: (owner: BusOwner, name: string, target: AudioBus | null) => AudioBus;
let stateOf: (bus: AudioBus) => BusState;

const constructorKey = Symbol('AudioBus');

/**
 * A named mix: whatever plays on it, and the buses that feed it, go through its effects and its volume to its target
 * bus. A layout makes it.
 */
export class AudioBus {
  /** Its name in the layout, which never changes. Case matters. */
  readonly name: string;
  readonly #owner: BusOwner;
  readonly #state: BusState;

  static {
    construct = (owner, name, target) => new AudioBus(constructorKey, owner, name, target);
    stateOf = (bus) => bus.#state;
  }

  private constructor(key: symbol, owner: BusOwner, name: string, target: AudioBus | null) {
    if (key !== constructorKey) throw new TypeError("An AudioBus is made by a layout's addBus");
    this.name = name;
    this.#owner = owner;
    this.#state = { volumeDb: 0, mute: false, solo: false, target, sends: new Map(), effects: [] };
  }

  /** Level in dB, -80..24, default 0; -80 and below is silence. Ramped. */
  get volumeDb(): number {
    return this.#state.volumeDb;
  }
  set volumeDb(volumeDb: number) {
    this.#state.volumeDb = expectVolumeDb(volumeDb, 'volumeDb');
    this.#owner.levelsChanged(atOnce());
  }

  /** Whether it is silent, default false. Mute beats solo. Ramped. */
  get mute(): boolean {
    return this.#state.mute;
  }
  set mute(mute: boolean) {
    this.#state.mute = expectBoolean(mute, 'mute');
    this.#owner.levelsChanged(atOnce());
  }

  /**
   * Whether only soloed ways are heard: soloed buses, those that feed them, those that they feed, and Master. Default
   * false. Ramped.
   */
  get solo(): boolean {
    return this.#state.solo;
  }
  set solo(solo: boolean) {
    this.#state.solo = expectBoolean(solo, 'solo');
    this.#owner.levelsChanged(atOnce());
  }

  /**
   * Name of the bus it leads to; null for Master. Setting it cross-fades; throws UnknownBusError, ERR_CYCLE, and
   * ERR_WRONG_STATE for Master.
   */
  get sendTo(): string | null {
    return this.#state.target?.name ?? null;
  }
  set sendTo(name: string | null) {
    if (this.name === masterName)
      throw new AudioError(
        'ERR_WRONG_STATE',
        `The bus '${masterName}' leads to the output and cannot be sent elsewhere`,
      );
    const target = this.#owner.find(expectString(name, 'sendTo'));
    if (target === this.#state.target) return;
    this.#owner.expectNoCycle(this, target);
    this.#state.target = target;
    this.#owner.tell((listener) => listener.routeChanged(this));
    this.#owner.levelsChanged(atOnce());
  }

  /** True if mute or another bus's solo silences this bus itself. */
  get silenced(): boolean {
    return this.#owner.isSilenced(this);
  }

  /**
   * Level at the output, in dB: this bus plus every bus on its way to Master (`sendTo`; sends do not count). -80 if
   * anything on the way is silenced.
   */
  get effectiveVolumeDb(): number {
    return this.#owner.effectiveVolumeDb(this);
  }

  /**
   * Peak and RMS of each channel since the last call, after the bus's volume; no channels where no backend uses the
   * layout.
   */
  meter(): Meter {
    return this.#owner.meter(this);
  }

  // sends
  // ---------------------------------------------------------------------------------------------------------------

  /**
   * Adds what the bus puts out to another bus too, with a level of -80..24 dB, default 0; a second call changes the
   * level, ramped. Throws UnknownBusError, ERR_CYCLE, and where it is heard ERR_NODE_LIMIT for a ninth one (a
   * side-chain that listens to the bus counts).
   */
  send(other: string | AudioBus, gainDb = 0): void {
    const target = this.#named(other);
    const level = expectVolumeDb(gainDb, 'gainDb');
    if (!this.#state.sends.has(target)) this.#owner.expectNoCycle(this, target);
    const before = this.#state.sends.get(target);
    this.#state.sends.set(target, level);
    doOrUndo(
      () => this.#owner.tell((listener) => listener.sendsChanged(this, atOnce())),
      () => (before === undefined ? this.#state.sends.delete(target) : this.#state.sends.set(target, before)),
    );
    this.#owner.levelsChanged(atOnce());
  }

  /** Takes a send away, ramped. Does nothing where there is none. */
  removeSend(other: string | AudioBus): void {
    if (!this.#state.sends.delete(this.#named(other))) return;
    this.#owner.tell((listener) => listener.sendsChanged(this, atOnce()));
    this.#owner.levelsChanged(atOnce());
  }

  /** The sends: names of buses, and levels in dB. */
  get sends(): ReadonlyMap<string, number> {
    return new Map([...this.#state.sends].map(([bus, gainDb]) => [bus.name, gainDb]));
  }

  #named(other: string | AudioBus): AudioBus {
    if (other instanceof AudioBus) return this.#owner.find(other.name);
    if (typeof other === 'string') return this.#owner.find(other);
    throw wrongKind('the name of a bus or a bus', 'other', other);
  }

  // effects
  // -------------------------------------------------------------------------------------------------------------

  /** The effects in the order in which sound goes through them, before the volume. */
  get effects(): readonly BusEffect[] {
    return [...this.#state.effects];
  }

  /**
   * Adds an effect at an index, default behind the last; returns it. Cross-faded. Throws ERR_WRONG_STATE for one that
   * is on a bus already, ERR_NODE_LIMIT, ERR_OUT_OF_MEMORY.
   */
  addEffect<E extends BusEffect>(effect: E, index: number = this.#state.effects.length): E {
    expectInstance(effect, 'effect', BusEffect);
    expectInteger(index, 'index', 0, this.#state.effects.length);
    claimEffect(effect, this);
    this.#state.effects.splice(index, 0, effect);
    doOrUndo(
      () => this.#owner.tell((listener) => listener.effectsChanged(this)),
      () => {
        releaseEffect(effect);
        this.#state.effects.splice(index, 1);
      },
    );
    return effect;
  }

  /**
   * Takes an effect out, cross-faded; what rings on in it is heard to its end. Returns false if the bus does not have
   * it.
   */
  removeEffect(effect: BusEffect): boolean {
    const index = this.#state.effects.indexOf(expectInstance(effect, 'effect', BusEffect));
    if (index < 0) return false;
    releaseEffect(effect);
    this.#state.effects.splice(index, 1);
    this.#owner.tell((listener) => listener.effectsChanged(this));
    return true;
  }

  /** Moves an effect of the bus to another index, cross-faded. Throws ERR_WRONG_STATE if the bus does not have it. */
  moveEffect(effect: BusEffect, index: number): void {
    const { effects } = this.#state;
    const from = effects.indexOf(expectInstance(effect, 'effect', BusEffect));
    if (from < 0) throw new AudioError('ERR_WRONG_STATE', `The bus '${this.name}' does not have this effect`);
    expectInteger(index, 'index', 0, effects.length - 1);
    if (from === index) return;
    effects.splice(from, 1);
    effects.splice(index, 0, effect);
    this.#owner.tell((listener) => listener.effectsChanged(this));
  }

  /**
   * An effect calls it when its data has changed.
   * @internal
   */
  effectChanged(effect: BusEffect, names: readonly string[], glide: Glide): void {
    this.#owner.tell((listener) => listener.effectChanged(this, effect, names, glide));
  }
}

/** Calls `work`. If that throws, calls `undo` to take back what was changed before, and throws the error on. */
export function doOrUndo(work: () => void, undo: () => void): void {
  try {
    work();
  } catch (error) {
    undo();
    throw error;
  }
}

/** A new bus of a layout. */
export function makeBus(owner: BusOwner, name: string, target: AudioBus | null): AudioBus {
  return construct(owner, name, target);
}

/** The state of a bus, for its layout and for the engine's side. */
export function busState(bus: AudioBus): BusState {
  return stateOf(bus);
}
