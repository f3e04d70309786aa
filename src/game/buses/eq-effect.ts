import { highShelfParameters, lowShelfParameters, peakParameters } from '../../base/effect-parameters.js';
import type { ParameterDescription } from '../../base/parameters.js';
import { expectInstance, expectOneOf, expectOptions, expectParameter } from '../../base/validate.js';
import { atOnce, BusEffect, type BusEffectJSON, type Glide, registerEffect } from './bus-effect.js';
import { expectArray, expectKeys, expectRecord, type Field, numbersOf } from './fields.js';

/** What a band does: a bell around its frequency, or a shelf below or above it. */
export type EQBandType = 'peaking' | 'lowshelf' | 'highshelf';

/** What a band is made of. */
export interface EQBandParams {
  /** What the band does, default 'peaking'. */
  type: EQBandType;
  /**
   * Hz, 10..94080 and at most 0.49 of the engine's rate, default 1000, of a low shelf 200, of a high shelf 8000; a
   * higher one is held there.
   */
  freq: number;
  /** Of 'peaking' centre over bandwidth, 0.05..100; of a shelf its slope, 0.05..1. Default 1. */
  q: number;
  /** Gain in dB, -60..60, default 0. */
  gainDb: number;
}

const types: readonly EQBandType[] = ['peaking', 'lowshelf', 'highshelf'];
const rows: Readonly<Record<EQBandType, Readonly<Record<'freq' | 'q' | 'gainDb', ParameterDescription>>>> = {
  peaking: peakParameters,
  lowshelf: lowShelfParameters,
  highshelf: highShelfParameters,
};
const keys = ['type', 'freq', 'q', 'gainDb'];

const ownerOf = new WeakMap<EQBand, (glide: Glide) => void>();

/**
 * One band of a {@link ParametricEQ}. A change is ramped; a change of its type cross-fades.
 *
 * @example
 * ```ts
 * import { AudioClip, AudioPlayer, Engine, EngineBackend, EQBand, ParametricEQ } from 'miniaudio-engine';
 *
 * const engine = new Engine({ device: false, channels: 1 });
 * const backend = new EngineBackend(engine);
 * const low = new EQBand({ type: 'lowshelf', freq: 200, gainDb: 6 });
 * backend.busLayout.getBus('SFX').addEffect(new ParametricEQ({ bands: [low, new EQBand({ freq: 440, gainDb: -9 })] }));
 * new AudioPlayer(backend, { stream: AudioClip.tone(440, { seconds: 0.5 }), bus: 'SFX' }).play();
 * engine.readPcmFrames(12000);
 * low.gainDb = -6; // ramped
 * engine.readPcmFrames(12000);
 * engine.dispose();
 * ```
 */
export class EQBand {
  #values: EQBandParams;

  /**
   * What can be set on a band of a type, with unit, range and default: for a program that shows effects.
   *
   * @param type - What the band does.
   * @returns The settings in their order.
   * @throws RangeError `ERR_OUT_OF_RANGE` when there is no such type.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` when the type is not a string.
   */
  static fieldsOf(type: EQBandType): readonly Field[] {
    return [
      { kind: 'word', name: 'type', words: types, default: 'peaking' },
      ...numbersOf(rows[expectOneOf(type, 'type', types)]),
    ];
  }

  /**
   * Makes the band.
   *
   * @param params - Any of the parameters; the others are at their defaults.
   * @throws RangeError `ERR_OUT_OF_RANGE` when a parameter is out of its range.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` when a parameter is of the wrong kind.
   */
  constructor(params?: Partial<EQBandParams>) {
    const given = expectOptions(params, 'params');
    const type = given.type === undefined ? 'peaking' : expectOneOf(given.type, 'type', types);
    const { freq, q, gainDb } = rows[type];
    this.#values = checked({ type, freq: freq.default, q: q.default, gainDb: gainDb.default }, given, '');
  }

  /** What the band does, default 'peaking'. A q that a shelf cannot have becomes 1. */
  get type(): EQBandType {
    return this.#values.type;
  }
  set type(type: EQBandType) {
    this.#put('type', type);
  }

  /** Hz, 10..94080 and at most 0.49 of the engine's rate. */
  get freq(): number {
    return this.#values.freq;
  }
  set freq(freq: number) {
    this.#put('freq', freq);
  }

  /** Of 'peaking' centre over bandwidth, 0.05..100; of a shelf its slope, 0.05..1. */
  get q(): number {
    return this.#values.q;
  }
  set q(q: number) {
    this.#put('q', q);
  }

  /** Gain in dB, -60..60. */
  get gainDb(): number {
    return this.#values.gainDb;
  }
  set gainDb(gainDb: number) {
    this.#put('gainDb', gainDb);
  }

  /**
   * Sets any of the parameters. Where one is wrong, none is set.
   *
   * @param params - The parameters to set.
   * @throws RangeError `ERR_OUT_OF_RANGE` when a parameter is out of its range.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` when a parameter is of the wrong kind.
   */
  setParams(params: Partial<EQBandParams>): void {
    this.#values = checked(this.#values, expectOptions(params, 'params'), '');
    ownerOf.get(this)?.(atOnce());
  }

  #put(name: keyof EQBandParams, value: unknown): void {
    // For setParams undefined is no value; here it is a wrong one.
    if (name === 'type') expectOneOf(value, name, types);
    else expectParameter(value, { ...rows[this.type][name], name });
    this.setParams({ [name]: value });
  }

  /**
   * The band as plain data.
   *
   * @returns The data.
   */
  toJSON(): EQBandParams {
    return { ...this.#values };
  }

  /**
   * Takes over plain data. The EQ that has the band calls it.
   * @internal
   */
  take(json: Record<string, unknown>, path: string): void {
    this.#values = checkedJSON(this.#values, json, path);
  }
}

function checked(before: EQBandParams, given: Partial<EQBandParams>, prefix: string): EQBandParams {
  const type = given.type === undefined ? before.type : expectOneOf(given.type, `${prefix}type`, types);
  const row = rows[type];
  const q =
    given.q === undefined
      ? Math.min(before.q, row.q.maximum)
      : expectParameter(given.q, { ...row.q, name: `${prefix}q` });
  return {
    type,
    freq: given.freq === undefined ? before.freq : expectParameter(given.freq, { ...row.freq, name: `${prefix}freq` }),
    q,
    gainDb:
      given.gainDb === undefined
        ? before.gainDb
        : expectParameter(given.gainDb, { ...row.gainDb, name: `${prefix}gainDb` }),
  };
}

function checkedJSON(before: EQBandParams, json: Record<string, unknown>, path: string): EQBandParams {
  expectKeys(json, keys, path);
  return checked(before, json as Partial<EQBandParams>, `${path}.`);
}

/** What a ParametricEQ is made of. */
export interface ParametricEQParams {
  /** Its bands, each heard; default: flat ones at 120, 1000 and 8000 Hz, a low shelf, a bell and a high shelf. */
  bands: readonly EQBand[];
  /**
   * Whether it is heard.
   *
   * @defaultValue `true`
   */
  enabled: boolean;
}

/**
 * An equaliser of any number of bands, one after the other.
 *
 * @example
 * ```ts
 * import { AudioClip, AudioPlayer, Engine, EngineBackend, EQBand, ParametricEQ } from 'miniaudio-engine';
 *
 * const engine = new Engine({ device: false, channels: 1 });
 * const backend = new EngineBackend(engine);
 * const low = new EQBand({ type: 'lowshelf', freq: 200, gainDb: 6 });
 * backend.busLayout.getBus('SFX').addEffect(new ParametricEQ({ bands: [low, new EQBand({ freq: 440, gainDb: -9 })] }));
 * new AudioPlayer(backend, { stream: AudioClip.tone(440, { seconds: 0.5 }), bus: 'SFX' }).play();
 * engine.readPcmFrames(12000);
 * low.gainDb = -6; // ramped
 * engine.readPcmFrames(12000);
 * engine.dispose();
 * ```
 */
export class ParametricEQ extends BusEffect<ParametricEQParams> {
  /** The type of the effect, 'eq'. */
  readonly type = 'eq';
  #bands: readonly EQBand[];

  /**
   * Makes the effect.
   *
   * @param params - Any of the parameters; the others are at their defaults.
   * @throws RangeError `ERR_OUT_OF_RANGE` when a parameter is out of its range.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` when a parameter is of the wrong kind.
   */
  constructor(params?: Partial<ParametricEQParams>) {
    super([], params);
    const bands = params?.bands;
    this.#bands = this.#adopt(bands === undefined ? defaultBands() : expectBands(bands));
  }

  /** Its bands in their order. Their parameters can be changed directly; another list cross-fades. */
  get bands(): readonly EQBand[] {
    return this.#bands;
  }
  set bands(bands: readonly EQBand[]) {
    this.#bands = this.#adopt(expectBands(bands));
    this.changed(['bands'], atOnce());
  }

  /**
   * Sets any of the parameters. Where one is wrong, none is set.
   *
   * @param params - The parameters to set.
   * @throws RangeError `ERR_OUT_OF_RANGE` when a parameter is out of its range.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` when a parameter is of the wrong kind.
   */
  override setParams(params: Partial<ParametricEQParams>): void {
    const { bands } = expectOptions(params, 'params');
    const checked = bands === undefined ? null : expectBands(bands);
    super.setParams(params);
    if (checked !== null) this.bands = checked;
  }

  /**
   * The effect as plain data, for {@link effectFromJSON}.
   *
   * @returns The data.
   */
  override toJSON(): BusEffectJSON {
    return { ...super.toJSON(), type: 'eq', bands: this.#bands.map((band) => band.toJSON()) };
  }

  /**
   * Takes over what `toJSON` gave.
   * @internal
   */
  override blend(json: Record<string, unknown>, path: string, glide: Glide): void {
    const { bands, ...rest } = json;
    if (bands !== undefined) {
      const records = expectArray(bands, `${path}.bands`).map((band, index) =>
        expectRecord(band, `${path}.bands[${index}]`),
      );
      if (records.length === this.#bands.length) {
        const values = records.map((record, index) =>
          checkedJSON(this.#bands[index]!.toJSON(), record, `${path}.bands[${index}]`),
        );
        for (const [index, band] of this.#bands.entries()) band.take({ ...values[index] }, `${path}.bands[${index}]`);
      } else {
        this.#bands = this.#adopt(
          records.map((record, index) => {
            const band = new EQBand();
            band.take(record, `${path}.bands[${index}]`);
            return band;
          }),
        );
      }
      this.changed(['bands'], glide);
    }
    super.blend(rest, path, glide);
  }

  #adopt(bands: readonly EQBand[]): readonly EQBand[] {
    for (const band of bands) ownerOf.set(band, (glide) => this.changed(['bands'], glide));
    return Object.freeze([...bands]);
  }
}
registerEffect('eq', () => new ParametricEQ());

function defaultBands(): EQBand[] {
  return [
    new EQBand({ type: 'lowshelf', freq: 120 }),
    new EQBand({ freq: 1000 }),
    new EQBand({ type: 'highshelf', freq: 8000 }),
  ];
}

function expectBands(bands: unknown): readonly EQBand[] {
  return expectArray(bands, 'bands').map((band, index) => expectInstance(band, `bands[${index}]`, EQBand));
}
