import { expectVolumeDb } from '../../base/levels.js';
import { expectBoolean, expectString, outOfRange } from '../../base/validate.js';
import { type AudioBus, masterName } from './bus.js';
import type { BusEffectJSON } from './bus-effect.js';
import { effectFromJSON } from './effect-kinds.js';
import { expectArray, expectKeys, expectRecord } from './fields.js';

/** The version of the data that is written. Other versions are refused. */
const layoutVersion = 1;

/** A bus as plain data. */
export interface AudioBusJSON {
  /** Name of the bus. */
  name: string;
  /**
   * Level in dB, -80..24; -80 and below is silence.
   *
   * @defaultValue `0`
   */
  volumeDb?: number;
  /**
   * Whether the bus is silent.
   *
   * @defaultValue `false`
   */
  mute?: boolean;
  /**
   * Whether the bus is soloed.
   *
   * @defaultValue `false`
   */
  solo?: boolean;
  /**
   * Name of the bus it leads to; null for Master.
   *
   * @defaultValue `'Master'`
   */
  sendTo?: string | null;
  /**
   * The buses to which its output is also sent.
   *
   * @defaultValue none
   */
  sends?: {
    /** Name of the other bus. */
    to: string;
    /** Level in dB, -80..24. */
    gainDb: number;
  }[];
  /**
   * Its effects, in their order.
   *
   * @defaultValue none
   */
  effects?: BusEffectJSON[];
}

/** A layout as plain data. */
export interface AudioBusLayoutJSON {
  /** Version of the format: 1. */
  version: number;
  /** The buses. 'Master' must be among them. */
  buses: AudioBusJSON[];
}

/** The part of a layout that is needed to fill it. */
interface FilledLayout {
  addBus(name: string): AudioBus;
  getBus(name: string): AudioBus;
}

const busKeys = ['name', 'volumeDb', 'mute', 'solo', 'sendTo', 'sends', 'effects'];

/** The buses of a layout as plain data. */
export function layoutToJSON(buses: readonly AudioBus[]): AudioBusLayoutJSON {
  return {
    version: layoutVersion,
    buses: buses.map(({ name, volumeDb, mute, solo, sendTo, sends, effects }) => ({
      name,
      volumeDb,
      mute,
      solo,
      sendTo,
      sends: [...sends].map(([to, gainDb]) => ({ to, gainDb })),
      effects: effects.map((effect) => effect.toJSON()),
    })),
  };
}

/**
 * Adds the buses of plain data to a layout that has only Master. Throws a RangeError or TypeError that names the path,
 * and ERR_BUS_EXISTS, UnknownBusError, ERR_CYCLE with the path in front.
 */
export function fillFromJSON(layout: FilledLayout, value: unknown): void {
  const json = expectRecord(value, 'layout');
  expectKeys(json, ['version', 'buses'], 'layout');
  if (json['version'] !== layoutVersion) throw outOfRange(String(layoutVersion), 'version', json['version']);
  const buses = expectArray(json['buses'], 'buses').map((bus, index) => {
    const record = expectRecord(bus, `buses[${index}]`);
    expectKeys(record, busKeys, `buses[${index}]`);
    return { record, path: `buses[${index}]`, name: expectString(record['name'], `buses[${index}].name`) };
  });
  if (!buses.some(({ name }) => name === masterName)) throw outOfRange(`a bus '${masterName}'`, 'buses', json['buses']);
  if (buses.filter(({ name }) => name === masterName).length > 1)
    throw outOfRange('each name once', 'buses', json['buses']);
  // All buses are added first, since one may lead to another that comes later in the list.
  for (const { name, path } of buses) if (name !== masterName) withPath(`${path}.name`, () => layout.addBus(name));
  for (const { record, name, path } of buses) fillBus(layout.getBus(name), record, path);
}

function fillBus(bus: AudioBus, record: Record<string, unknown>, path: string): void {
  const { volumeDb, mute, solo, sendTo, sends, effects } = record;
  if (volumeDb !== undefined) bus.volumeDb = expectVolumeDb(volumeDb, `${path}.volumeDb`);
  if (mute !== undefined) bus.mute = expectBoolean(mute, `${path}.mute`);
  if (solo !== undefined) bus.solo = expectBoolean(solo, `${path}.solo`);
  if (sendTo !== undefined && (bus.name !== masterName || sendTo !== null)) {
    const target = expectString(sendTo, `${path}.sendTo`);
    withPath(`${path}.sendTo`, () => {
      bus.sendTo = target;
    });
  }
  if (sends !== undefined) {
    for (const [index, value] of expectArray(sends, `${path}.sends`).entries()) {
      const sendPath = `${path}.sends[${index}]`;
      const send = expectRecord(value, sendPath);
      expectKeys(send, ['to', 'gainDb'], sendPath);
      const to = expectString(send['to'], `${sendPath}.to`);
      const gainDb = expectVolumeDb(send['gainDb'], `${sendPath}.gainDb`);
      withPath(`${sendPath}.to`, () => bus.send(to, gainDb));
    }
  }
  if (effects !== undefined) {
    for (const [index, value] of expectArray(effects, `${path}.effects`).entries())
      bus.addEffect(effectFromJSON(value, `${path}.effects[${index}]`));
  }
}

/** Puts the path in front of the message of any error that `work` throws; its class and code stay. */
function withPath(path: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (error instanceof Error) error.message = `${path}: ${error.message}`;
    throw error;
  }
}
