import { AudioError } from '../../base/errors.js';
import { expectBoolean, expectOneOf, expectOptions } from '../../base/validate.js';
import type { BusEffectType } from './effect-types.js';
import { defaultOf, expectField, expectKeys, expectRecord, type Field, type FieldValue } from './fields.js';

/** How long a change takes: 0 seconds is as quick as a plain set. */
export interface Glide {
  readonly seconds: number;
  /** Whoever carries out the change adds a promise that resolves when it is over. */
  readonly ended: Promise<boolean>[];
}

/** A change that is as quick as a plain set. */
export function atOnce(): Glide {
  return { seconds: 0, ended: [] };
}

/** Has effects, and hears of their changes. */
export interface EffectOwner {
  effectChanged(effect: BusEffect, names: readonly string[], glide: Glide): void;
}

/** An effect as plain data. */
export interface BusEffectJSON {
  /** The kind of effect. */
  type: BusEffectType;
  /**
   * Whether it is heard.
   *
   * @defaultValue `true`
   */
  enabled?: boolean;
  /**
   * The other parameters of that kind.
   *
   * @param parameter - The name of a parameter.
   * @returns Its value.
   */
  [parameter: string]: unknown;
}

const ownerOf = new WeakMap<BusEffect, EffectOwner>();

/**
 * One effect of a bus, as data. A change is heard at once, without a click, wherever its layout is in use.
 *
 * @example
 * ```ts
 * import { AudioClip, Engine, EngineBackend, effectFromJSON } from 'miniaudio-engine';
 *
 * const engine = new Engine({ device: false });
 * const backend = new EngineBackend(engine);
 * const effect = backend.busLayout.getBus('SFX').addEffect(effectFromJSON({ type: 'reverb', wet: 0.5 }));
 * backend.playAudio(AudioClip.tone(440, { seconds: 0.1 }), { bus: 'SFX' });
 * engine.readPcmFrames(12000);
 * effect.enabled = false; // cross-faded
 * engine.readPcmFrames(12000);
 * console.log(JSON.stringify(effect));
 * engine.dispose();
 * ```
 */
export abstract class BusEffect<P extends object = object> {
  /** The kind of effect. */
  abstract readonly type: BusEffectType;

  readonly #fields: readonly Field[];
  readonly #values: Record<string, FieldValue> = {};
  #enabled = true;

  /**
   * Makes the data of an effect. What is not given has its default.
   *
   * @param fields - The settings of that kind of effect.
   * @param params - Values of any of them, and `enabled`.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad value.
   */
  constructor(fields: readonly Field[], params: Partial<P> | undefined) {
    this.#fields = fields;
    for (const field of fields) this.#values[field.name] = defaultOf(field);
    this.#take(expectOptions(params, 'params'), '');
  }

  /** The settings besides `enabled`, each with kind, unit, range and default, for programs that show effects. */
  get fields(): readonly Field[] {
    return this.#fields;
  }

  /**
   * Whether it is heard. Changes are cross-faded.
   *
   * @defaultValue `true`
   * @throws TypeError `ERR_INVALID_ARG_TYPE` for any other value.
   */
  get enabled(): boolean {
    return this.#enabled;
  }
  set enabled(enabled: boolean) {
    this.#enabled = expectBoolean(enabled, 'enabled');
    this.changed(['enabled'], atOnce());
  }

  /**
   * Sets any of the parameters. If one of them is wrong, none is set.
   *
   * @param params - The new values.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad value.
   */
  setParams(params: Partial<P>): void {
    this.changed(this.#take(expectOptions(params, 'params'), ''), atOnce());
  }

  /**
   * The effect as plain data, for {@link effectFromJSON}.
   *
   * @returns The data.
   */
  toJSON(): BusEffectJSON {
    return { type: this.type, enabled: this.#enabled, ...this.#values };
  }

  /**
   * The value of a field.
   *
   * @internal
   */
  protected value(name: string): FieldValue {
    return this.#values[name]!;
  }

  /**
   * Sets one field. Throws a RangeError or TypeError.
   *
   * @internal
   */
  protected put(name: string, value: unknown): void {
    const field = this.#fields.find((other) => other.name === name)!;
    this.#values[name] = expectField(field, value, name);
    this.changed([name], atOnce());
  }

  /**
   * Reports a change to the owner of the effect.
   *
   * @internal
   */
  protected changed(names: readonly string[], glide: Glide): void {
    if (names.length > 0) ownerOf.get(this)?.effectChanged(this, names, glide);
  }

  /**
   * Moves to the values that `toJSON` of an effect of the same type gave. A layout's `blendTo` calls it.
   * @internal
   */
  blend(json: Record<string, unknown>, path: string, glide: Glide): void {
    expectKeys(json, ['type', 'enabled', ...this.#fields.map(({ name }) => name)], path);
    const before = this.toJSON();
    const names = this.#take(json, `${path}.`);
    const after = this.toJSON();
    this.changed(
      names.filter((name) => after[name] !== before[name]),
      glide,
    );
  }

  /** Takes over what is given of the fields and of `enabled`, all or nothing; returns the names. */
  #take(given: object, prefix: string): string[] {
    const params = given as Record<string, unknown>;
    const checked: Record<string, FieldValue> = {};
    for (const field of this.#fields) {
      const value = params[field.name];
      if (value !== undefined) checked[field.name] = expectField(field, value, `${prefix}${field.name}`);
    }
    const names = Object.keys(checked);
    const { enabled } = params;
    if (enabled !== undefined) {
      this.#enabled = expectBoolean(enabled, `${prefix}enabled`);
      names.push('enabled');
    }
    Object.assign(this.#values, checked);
    return names;
  }
}

/** Makes a bus the owner of an effect. Throws ERR_WRONG_STATE if a bus owns it already. */
export function claimEffect(effect: BusEffect, owner: EffectOwner): void {
  if (ownerOf.has(effect))
    throw new AudioError(
      'ERR_WRONG_STATE',
      'This effect is on a bus already: take it off there first, or make another one',
    );
  ownerOf.set(effect, owner);
}

/** Frees an effect from its owner. */
export function releaseEffect(effect: BusEffect): void {
  ownerOf.delete(effect);
}

type EffectMaker = (json: Record<string, unknown>, path: string) => BusEffect;
const makers = new Map<BusEffectType, EffectMaker>();

/** Adds a kind of effect that `effectFromJSON` can make. */
export function registerEffect(type: BusEffectType, make: () => BusEffect): void {
  makers.set(type, (json, path) => {
    const effect = make();
    effect.blend(json, path, atOnce());
    return effect;
  });
}

/**
 * Lists the kinds of effects.
 *
 * @returns Their names, in no particular order.
 */
export function effectTypes(): BusEffectType[] {
  return [...makers.keys()];
}

/**
 * Makes an effect from what its `toJSON` returned, or from its type alone.
 *
 * @param value - The data, for example `{ type: 'reverb', wet: 0.5 }`.
 * @param path - What error messages call the data.
 * @returns A new effect.
 * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for a bad value, which the message names by
 *   its path.
 * @example
 * ```ts
 * import { AudioBusLayout, effectFromJSON, effectTypes } from 'miniaudio-engine';
 *
 * const bus = new AudioBusLayout().getBus('SFX');
 * for (const type of effectTypes()) bus.addEffect(effectFromJSON({ type }));
 * console.log(bus.effects.map((effect) => effect.type).join(', '));
 * ```
 */
export function effectFromJSON(value: unknown, path = 'effect'): BusEffect {
  const json = expectRecord(value, path);
  const type = expectOneOf(json['type'], `${path}.type`, effectTypes());
  return makers.get(type)!(json, path);
}
