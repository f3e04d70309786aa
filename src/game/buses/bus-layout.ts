import { AudioError } from '../../base/errors.js';
import { expectVolumeDb } from '../../base/levels.js';
import { expectNumber, expectOptions, expectString, outOfRange } from '../../base/validate.js';
import { secondsMaximum } from '../../engine/ramp-options.js';
import { type AudioBus, type BusOwner, busState, doOrUndo, type LayoutListener, makeBus, masterName } from './bus.js';
import { atOnce, type Glide, releaseEffect } from './bus-effect.js';
import { leadsToBus, silencedBuses, sumAlongTheWay } from './bus-reach.js';
import { type AudioBusLayoutJSON, fillFromJSON, layoutToJSON } from './layout-json.js';
import { UnknownBusError } from './unknown-bus-error.js';

/** Options of {@link AudioBusLayout.addBus}. */
export interface BusOptions {
  /**
   * Level in dB, -80..24; -80 and below is silence.
   *
   * @defaultValue `0`
   */
  volumeDb?: number;
  /**
   * Name of the bus it leads to.
   *
   * @defaultValue `'Master'`
   */
  sendTo?: string;
}

let attach: (layout: AudioBusLayout, listener: LayoutListener) => () => void;

/**
 * The buses of a program, as data: their names, where they lead, their levels and their effects. A backend that uses
 * the layout applies every change immediately.
 *
 * @example
 * ```ts
 * import { AudioBusLayout, AudioClip, CompressorEffect, Engine, EngineBackend } from 'miniaudio-engine';
 *
 * const layout = new AudioBusLayout(); // Master, and Music, SFX, Voice and UI that lead to it
 * layout.addBus('Ambience', { sendTo: 'Music', volumeDb: -6 });
 * layout.getBus('Music').addEffect(new CompressorEffect({ sidechain: 'Voice', thresholdDb: -40, ratio: 5 }));
 *
 * const backend = new EngineBackend(new Engine({ device: false }), { busLayout: layout });
 * backend.playAudio(AudioClip.tone(110), { bus: 'Ambience' });
 * backend.engine.readPcmFrames(4800);
 * console.log(layout.getBus('Music').meter().peak);
 * backend.shutdown();
 * ```
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

  /** Makes the default layout: Master, and the buses Music, SFX, Voice and UI that lead to it. */
  constructor() {
    this.#owner = {
      find: (name) => this.getBus(name),
      expectNoCycle: (from, to) => {
        if (leadsToBus(to, from))
          throw new AudioError(
            'ERR_CYCLE',
            `The bus '${from.name}' cannot lead to '${to.name}', which already leads to it`,
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

  /** The buses: Master first, then in the order in which they were added. */
  get buses(): readonly AudioBus[] {
    return [...this.#buses.values()];
  }

  /** The bus that all others lead to. */
  get master(): AudioBus {
    return this.#buses.get(masterName)!;
  }

  /**
   * Finds a bus by its name.
   *
   * @param name - The name. Case matters.
   * @returns The bus.
   * @throws {@link UnknownBusError} when there is no such bus. The message lists the names.
   */
  getBus(name: string): AudioBus {
    const bus = this.#buses.get(expectString(name, 'name'));
    if (bus === undefined) throw new UnknownBusError(name, [...this.#buses.keys()]);
    return bus;
  }

  /**
   * Tells whether a bus exists.
   *
   * @param name - The name. Case matters.
   * @returns True if there is such a bus.
   */
  hasBus(name: string): boolean {
    return this.#buses.has(expectString(name, 'name'));
  }

  /**
   * Adds a bus.
   *
   * @param name - Its name, not empty and not in use. Case matters.
   * @param options - Level and target.
   * @returns The new bus.
   * @throws {@link UnknownBusError} when the target does not exist.
   * @throws {@link AudioError} `ERR_BUS_EXISTS` when the name is in use; `ERR_NODE_LIMIT` when the engine has no room.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad argument.
   */
  addBus(name: string, options?: BusOptions): AudioBus {
    if (expectString(name, 'name') === '') throw outOfRange('a name', 'name', name);
    if (this.#buses.has(name)) throw new AudioError('ERR_BUS_EXISTS', `There is already a bus '${name}'`);
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
   * Removes a bus. Whatever fed it, or plays on it, moves to its target.
   *
   * @param name - The name. Case matters.
   * @throws {@link UnknownBusError} when there is no such bus.
   * @throws {@link AudioError} `ERR_WRONG_STATE` for Master.
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

  /**
   * The whole layout as plain data, for {@link AudioBusLayout.fromJSON}.
   *
   * @returns The data, with the version of its format.
   */
  toJSON(): AudioBusLayoutJSON {
    return layoutToJSON(this.buses);
  }

  /**
   * Makes a layout from what {@link AudioBusLayout.toJSON} returned.
   *
   * @param json - The data or its JSON text.
   * @returns A new layout.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad value, which the message names
   *   by its path, for example `buses[2].effects[0].wet`.
   * @throws {@link AudioError} `ERR_BUS_EXISTS`, `ERR_UNKNOWN_BUS` or `ERR_CYCLE` for buses that do not fit together.
   * @example
   * ```ts
   * import { AudioBusLayout } from 'miniaudio-engine';
   *
   * const layout = new AudioBusLayout();
   * layout.getBus('Music').volumeDb = -9;
   * const saved = JSON.stringify(layout);
   * console.log(AudioBusLayout.fromJSON(saved).getBus('Music').volumeDb); // -9
   * ```
   */
  static fromJSON(json: AudioBusLayoutJSON | string): AudioBusLayout {
    const layout = new AudioBusLayout();
    for (const bus of layout.buses) if (bus.name !== masterName) layout.#buses.delete(bus.name);
    fillFromJSON(layout, typeof json === 'string' ? parsed(json) : json);
    return layout;
  }

  /**
   * The present values as plain data, for {@link AudioBusLayout.blendTo}. Later changes of the layout do not affect it.
   *
   * @returns The data.
   */
  snapshot(): AudioBusLayoutJSON {
    return structuredClone(this.toJSON());
  }

  /**
   * Moves to the values of a snapshot: levels, mutes, solos, sends and effect parameters. Levels move evenly in dB,
   * parameters evenly in their own unit. Buses and effects that only one of the two has are left alone.
   *
   * @param snapshot - What {@link AudioBusLayout.snapshot} or {@link AudioBusLayout.toJSON} returned.
   * @param seconds - Length of the move in seconds, 0..20000.
   * @returns Resolves true when all values have arrived, false when another change took over.
   * @throws As {@link AudioBusLayout.fromJSON} does, before anything moves.
   * @example
   * ```ts
   * import { AudioBusLayout, LowPassFilter } from 'miniaudio-engine';
   *
   * const layout = new AudioBusLayout();
   * const filter = layout.getBus('SFX').addEffect(new LowPassFilter({ cutoffHz: 16000 }));
   * const normal = layout.snapshot();
   * filter.cutoffHz = 400;
   * layout.getBus('Voice').volumeDb = -9;
   * const underWater = layout.snapshot();
   *
   * await layout.blendTo(normal, 0);
   * await layout.blendTo(underWater, 1.5); // the hero dives
   * console.log(filter.cutoffHz); // 400
   * ```
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
    throw Object.assign(outOfRange('the JSON text of a layout', 'json', text), { cause });
  }
}
