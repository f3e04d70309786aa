import { AudioError } from '../../base/errors.js';
import { expectVolumeDb } from '../../base/levels.js';
import { expectNumber, expectOptions, expectString, outOfRange } from '../../base/validate.js';
import { secondsMaximum } from '../../engine/ramp-options.js';
import { type AudioBus, type BusOwner, busState, doOrUndo, type LayoutListener, makeBus, masterName } from './bus.js';
import { atOnce, type Glide, releaseEffect } from './bus-effect.js';
import { leadsToBus, silencedBuses, sumAlongTheWay } from './bus-reach.js';
import { type AudioBusLayoutJSON, fillFromJSON, layoutToJSON } from './layout-json.js';
import { UnknownBusError } from './unknown-bus-error.js';

/** How a bus is added. */
export interface BusOptions {
  /** Level in dB, -80..24, default 0; -80 and below is silence. */
  volumeDb?: number;
  /** Name of the bus it leads to, default 'Master'. */
  sendTo?: string;
}

let attach: (layout: AudioBusLayout, listener: LayoutListener) => () => void;

/**
 * The buses of a program, as data: which there are, where they lead, their levels and effects. By default Master, and
 * Music, SFX, Voice and UI that lead to it. A backend that uses the layout lets every change be heard at once.
 */
export class AudioBusLayout {
  readonly #buses = new Map<string, AudioBus>();
  readonly #listeners = new Set<LayoutListener>();
  readonly #owner: BusOwner;

  static {
    attach = (layout, listener) => {
      layout.#listeners.add(listener);
      return () => layout.#listeners.delete(listener);
    };
  }

  /** The default layout. */
  constructor() {
    this.#owner = {
      find: (name) => this.getBus(name),
      expectNoCycle: (from, to) => {
        if (leadsToBus(to, from))
          throw new AudioError(
            'ERR_CYCLE',
            `The bus '${from.name}' cannot lead to '${to.name}', which leads to it already`,
          );
      },
      isSilenced: (bus) => silencedBuses(this.buses).has(bus),
      effectiveVolumeDb: (bus) => sumAlongTheWay(bus, silencedBuses(this.buses)),
      meter: (bus) => this.#present()[0]?.meter(bus) ?? { peak: [], rms: [] },
      levelsChanged: (glide) => {
        if (this.#listeners.size === 0) return;
        const silenced = silencedBuses(this.buses);
        this.#tell((listener) => listener.levelsChanged(silenced, glide));
      },
      tell: (news) => this.#tell(news),
    };
    const master = makeBus(this.#owner, masterName, null);
    this.#buses.set(masterName, master);
    for (const name of ['Music', 'SFX', 'Voice', 'UI']) this.#buses.set(name, makeBus(this.#owner, name, master));
  }

  /** The buses, Master first, then in the order in which they were added. */
  get buses(): readonly AudioBus[] {
    return [...this.#buses.values()];
  }

  /** The bus everything leads to. */
  get master(): AudioBus {
    return this.#buses.get(masterName)!;
  }

  /** The bus of a name. Case matters. Throws UnknownBusError, which lists the names there are. */
  getBus(name: string): AudioBus {
    const bus = this.#buses.get(expectString(name, 'name'));
    if (bus === undefined) throw new UnknownBusError(name, [...this.#buses.keys()]);
    return bus;
  }

  /** True if there is a bus of this name. Case matters. */
  hasBus(name: string): boolean {
    return this.#buses.has(expectString(name, 'name'));
  }

  /**
   * Adds a bus. Throws ERR_BUS_EXISTS for a name that is taken, UnknownBusError for a `sendTo` that is not there, a
   * RangeError for an empty name, ERR_NODE_LIMIT.
   */
  addBus(name: string, options?: BusOptions): AudioBus {
    if (expectString(name, 'name') === '') throw outOfRange('a name', 'name', name);
    if (this.#buses.has(name)) throw new AudioError('ERR_BUS_EXISTS', `There is a bus '${name}' already`);
    const { volumeDb = 0, sendTo = masterName } = expectOptions(options, 'options');
    const target = this.getBus(expectString(sendTo, 'sendTo'));
    const level = expectVolumeDb(volumeDb, 'volumeDb');
    const bus = makeBus(this.#owner, name, target);
    busState(bus).volumeDb = level;
    this.#buses.set(name, bus);
    doOrUndo(
      () => this.#tell((listener) => listener.busAdded(bus)),
      () => this.#buses.delete(name),
    );
    this.#owner.levelsChanged(atOnce());
    return bus;
  }

  /**
   * Removes a bus. Whatever fed it, or plays on it, moves to its target. Throws UnknownBusError, and ERR_WRONG_STATE
   * for Master.
   */
  removeBus(name: string): void {
    const bus = this.getBus(name);
    const { target, effects } = busState(bus);
    if (target === null) throw new AudioError('ERR_WRONG_STATE', `The bus '${masterName}' cannot be removed`);
    const rerouted: AudioBus[] = [];
    const unsent: AudioBus[] = [];
    for (const other of this.#buses.values()) {
      const state = busState(other);
      if (state.target === bus) {
        state.target = target;
        rerouted.push(other);
      }
      if (state.sends.delete(bus)) unsent.push(other);
    }
    this.#buses.delete(name);
    for (const other of rerouted) this.#tell((listener) => listener.routeChanged(other));
    for (const other of unsent) this.#tell((listener) => listener.sendsChanged(other, atOnce()));
    this.#tell((listener) => listener.busRemoved(bus, target));
    for (const effect of effects) releaseEffect(effect);
    this.#owner.levelsChanged(atOnce());
  }

  /** The whole layout as plain data, versioned. */
  toJSON(): AudioBusLayoutJSON {
    return layoutToJSON(this.buses);
  }

  /**
   * A layout from what `toJSON` gave, or from its text. Throws a RangeError or TypeError that names the
   * wrong value by its path, as in `buses[2].effects[0].wet`.
   */
  static fromJSON(json: AudioBusLayoutJSON | string): AudioBusLayout {
    const layout = new AudioBusLayout();
    for (const bus of layout.buses) if (bus.name !== masterName) layout.#buses.delete(bus.name);
    fillFromJSON(layout, typeof json === 'string' ? parsed(json) : json);
    return layout;
  }

  /** The present values of everything, for `blendTo`. Later changes of the layout do not change it. */
  snapshot(): AudioBusLayoutJSON {
    return structuredClone(this.toJSON());
  }

  /**
   * Moves levels, mutes, solos, sends and effect parameters to those of a snapshot, over `seconds` (0..20000), on the
   * audio side: levels evenly in dB, parameters evenly in their own unit. It changes values, not structure: buses and
   * effects that one of the two does not have are left alone. Resolves true when it is there, false when something took
   * over.
   */
  blendTo(snapshot: AudioBusLayoutJSON, seconds: number): Promise<boolean> {
    expectNumber(seconds, 'seconds', 0, secondsMaximum);
    const glide: Glide = { seconds, ended: [] };
    // Checked as a whole before anything moves.
    const wanted = AudioBusLayout.fromJSON(snapshot);
    for (const bus of this.#buses.values()) {
      if (!wanted.hasBus(bus.name)) continue;
      const source = wanted.getBus(bus.name);
      const state = busState(bus);
      Object.assign(state, { volumeDb: source.volumeDb, mute: source.mute, solo: source.solo });
      let sendsMoved = false;
      for (const other of state.sends.keys()) {
        const level = source.sends.get(other.name);
        if (level === undefined) continue;
        state.sends.set(other, level);
        sendsMoved = true;
      }
      if (sendsMoved) this.#tell((listener) => listener.sendsChanged(bus, glide));
      for (const [index, effect] of state.effects.entries()) {
        const other = source.effects[index];
        if (other !== undefined && other.type === effect.type)
          effect.blend(other.toJSON(), `buses['${bus.name}'].effects[${index}]`, glide);
      }
    }
    this.#owner.levelsChanged(glide);
    return Promise.all(glide.ended).then((results) => results.every((reached) => reached));
  }

  #tell(news: (listener: LayoutListener) => void): void {
    for (const listener of this.#present()) news(listener);
  }

  #present(): LayoutListener[] {
    for (const listener of this.#listeners) if (listener.gone) this.#listeners.delete(listener);
    return [...this.#listeners];
  }
}

/** Adds a listener for every change of a layout. Returns a function that removes it. */
export function listenToLayout(layout: AudioBusLayout, listener: LayoutListener): () => void {
  return attach(layout, listener);
}

function parsed(text: string): AudioBusLayoutJSON {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw Object.assign(outOfRange('the text of a layout in JSON', 'json', text), { cause });
  }
}
