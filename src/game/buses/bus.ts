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

/** Is told every change of a layout: the nodes of an engine follow it. */
export interface LayoutListener {
  /** True when it needs no more news: the layout then forgets it. */
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
 * A named mix. Sounds that play on it and buses that feed it go through its effects, then its volume, and on to its
 * target bus. {@link AudioBusLayout.addBus} makes one.
 *
 * @example
 * ```ts
 * import { AudioBusLayout, ReverbEffect } from 'miniaudio-engine';
 *
 * const layout = new AudioBusLayout();
 * const drums = layout.addBus('Drums', { sendTo: 'Music', volumeDb: -3 });
 * const hall = layout.addBus('Hall');
 * hall.addEffect(new ReverbEffect({ wet: 1, dry: 0 }));
 * drums.send(hall, -12);
 * drums.solo = true;
 * console.log(drums.effectiveVolumeDb, layout.getBus('Voice').silenced);
 * ```
 */
export class AudioBus {
  /** Its name in the layout. It never changes, and case matters. */
  readonly name: string;
  readonly #owner: BusOwner;
  readonly #state: BusState;

  static {
    construct = (owner, name, target) => new AudioBus(constructorKey, owner, name, target);
    stateOf = (bus) => bus.#state;
  }

  private constructor(key: symbol, owner: BusOwner, name: string, target: AudioBus | null) {
    if (key !== constructorKey) throw new TypeError('Call addBus of an AudioBusLayout to make an AudioBus');
    this.name = name;
    this.#owner = owner;
    this.#state = { volumeDb: 0, mute: false, solo: false, target, sends: new Map(), effects: [] };
  }

  /**
   * Level in dB, -80..24; -80 and below is silence. Changes are ramped.
   *
   * @defaultValue `0`
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for any other value.
   */
  get volumeDb(): number {
    return this.#state.volumeDb;
  }
  set volumeDb(volumeDb: number) {
    this.#state.volumeDb = expectVolumeDb(volumeDb, 'volumeDb');
    this.#owner.levelsChanged(atOnce());
  }

  /**
   * Whether the bus is silent. Mute beats solo. Changes are ramped.
   *
   * @defaultValue `false`
   * @throws TypeError `ERR_INVALID_ARG_TYPE` for any other value.
   */
  get mute(): boolean {
    return this.#state.mute;
  }
  set mute(mute: boolean) {
    this.#state.mute = expectBoolean(mute, 'mute');
    this.#owner.levelsChanged(atOnce());
  }

  /**
   * Whether the bus is soloed. While any bus is, only soloed buses, those that feed them, those that they feed, and
   * Master are heard. Changes are ramped.
   *
   * @defaultValue `false`
   * @throws TypeError `ERR_INVALID_ARG_TYPE` for any other value.
   */
  get solo(): boolean {
    return this.#state.solo;
  }
  set solo(solo: boolean) {
    this.#state.solo = expectBoolean(solo, 'solo');
    this.#owner.levelsChanged(atOnce());
  }

  /**
   * Name of the bus it leads to; null for Master. Changes are cross-faded.
   *
   * @defaultValue `'Master'`
   * @throws {@link UnknownBusError} when there is no such bus.
   * @throws {@link AudioError} `ERR_CYCLE` when that bus already leads here; `ERR_WRONG_STATE` for Master.
   */
  get sendTo(): string | null {
    return this.#state.target?.name ?? null;
  }
  set sendTo(name: string | null) {
    if (this.name === masterName)
      throw new AudioError('ERR_WRONG_STATE', `The bus '${masterName}' leads to the output: its sendTo cannot change`);
    const target = this.#owner.find(expectString(name, 'sendTo'));
    if (target === this.#state.target) return;
    this.#owner.expectNoCycle(this, target);
    this.#state.target = target;
    this.#owner.tell((listener) => listener.routeChanged(this));
    this.#owner.levelsChanged(atOnce());
  }

  /** True if the bus is silenced, by its mute or by the solo of another bus. */
  get silenced(): boolean {
    return this.#owner.isSilenced(this);
  }

  /**
   * Level at the output, in dB: this bus plus every bus on the way to Master. It follows `sendTo`, not sends, and is
   * -80 if anything on the way is silenced.
   */
  get effectiveVolumeDb(): number {
    return this.#owner.effectiveVolumeDb(this);
  }

  /**
   * Reads the levels after the volume of the bus, since the last call.
   *
   * @returns Peak and RMS of each channel, linear; no channels while no backend uses the layout.
   */
  meter(): Meter {
    return this.#owner.meter(this);
  }

  /**
   * Also sends the output of the bus to another bus, beside `sendTo`. Another call with the same bus changes the level,
   * ramped.
   *
   * @param other - The other bus or its name.
   * @param gainDb - Level in dB, -80..24.
   * @throws {@link UnknownBusError} when there is no such bus.
   * @throws {@link AudioError} `ERR_CYCLE` when that bus already leads here; `ERR_NODE_LIMIT` for a ninth send,
   *   counting side-chains that listen to the bus, while a backend uses the layout.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad argument.
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

  /**
   * Removes a send, ramped. Does nothing if there is none.
   *
   * @param other - The other bus or its name.
   * @throws {@link UnknownBusError} when there is no such bus.
   */
  removeSend(other: string | AudioBus): void {
    if (!this.#state.sends.delete(this.#named(other))) return;
    this.#owner.tell((listener) => listener.sendsChanged(this, atOnce()));
    this.#owner.levelsChanged(atOnce());
  }

  /** The sends: the name of each target, and the level in dB. */
  get sends(): ReadonlyMap<string, number> {
    return new Map([...this.#state.sends].map(([bus, gainDb]) => [bus.name, gainDb]));
  }

  #named(other: string | AudioBus): AudioBus {
    if (other instanceof AudioBus) return this.#owner.find(other.name);
    if (typeof other === 'string') return this.#owner.find(other);
    throw wrongKind('the name of a bus or a bus', 'other', other);
  }

  /** The effects, in the order in which sound goes through them. The volume comes after them. */
  get effects(): readonly BusEffect[] {
    return [...this.#state.effects];
  }

  /**
   * Adds an effect, cross-faded.
   *
   * @param effect - An effect that is on no bus yet.
   * @param index - Its place among the effects; the end by default.
   * @returns The effect.
   * @throws {@link AudioError} `ERR_WRONG_STATE` when the effect is already on a bus; `ERR_NODE_LIMIT` or
   *   `ERR_OUT_OF_MEMORY` when the engine has no room.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad argument.
   * @example
   * ```ts
   * import { AudioBusLayout, DelayEffect, LowPassFilter } from 'miniaudio-engine';
   *
   * const voice = new AudioBusLayout().getBus('Voice');
   * const echo = voice.addEffect(new DelayEffect({ delaySeconds: 0.25, decay: 0.4 }));
   * const muffled = voice.addEffect(new LowPassFilter({ cutoffHz: 800 }), 0);
   * muffled.cutoffHz = 4000;
   * voice.removeEffect(echo);
   * ```
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
   * Removes an effect, cross-faded. Its tail still rings out.
   *
   * @param effect - The effect.
   * @returns False if the effect is not on this bus.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` for anything but an effect.
   */
  removeEffect(effect: BusEffect): boolean {
    const index = this.#state.effects.indexOf(expectInstance(effect, 'effect', BusEffect));
    if (index < 0) return false;
    releaseEffect(effect);
    this.#state.effects.splice(index, 1);
    this.#owner.tell((listener) => listener.effectsChanged(this));
    return true;
  }

  /**
   * Moves an effect to another place on the bus, cross-faded.
   *
   * @param effect - An effect of this bus.
   * @param index - Its new place among the effects.
   * @throws {@link AudioError} `ERR_WRONG_STATE` when the effect is not on this bus.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad argument.
   */
  moveEffect(effect: BusEffect, index: number): void {
    const { effects } = this.#state;
    const from = effects.indexOf(expectInstance(effect, 'effect', BusEffect));
    if (from < 0) throw new AudioError('ERR_WRONG_STATE', `This effect is not on the bus '${this.name}'`);
    expectInteger(index, 'index', 0, effects.length - 1);
    if (from === index) return;
    effects.splice(from, 1);
    effects.splice(index, 0, effect);
    this.#owner.tell((listener) => listener.effectsChanged(this));
  }

  /**
   * Called by an effect when its data has changed.
   *
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
