import { outOfRange, wrongKind } from './validate.js';

/** The level that counts as silence, in dB: nothing below it is heard. */
export const silenceDb = -80;

/** The largest level of a bus, player or channel, in dB. */
export const volumeDbMaximum = 24;

/**
 * A level of a bus, player or channel: -80..24 dB; what is below -80 becomes -80, which is silence. Throws a RangeError
 * above, and for NaN.
 */
export function expectVolumeDb(value: unknown, name: string): number {
  if (typeof value !== 'number') throw wrongKind(`a number from ${silenceDb} to ${volumeDbMaximum}`, name, value);
  if (!(value <= volumeDbMaximum)) throw outOfRange(`a number from ${silenceDb} to ${volumeDbMaximum}`, name, value);
  return Math.max(value, silenceDb);
}

/** The linear gain of a level: 0 at -80 dB and below; 16 at most. */
export function gainOfDb(decibels: number): number {
  return decibels <= silenceDb ? 0 : Math.min(10 ** (decibels / 20), 16);
}
