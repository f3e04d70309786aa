import { decibelsFromGain, decibelsMaximum, gainFromDecibels } from '../base/units.js';
import { outOfRange, wrongKind } from '../base/validate.js';

/** The level of a gain in dB. Keeps the exact level that was set for as long as the gain is the one it gave. */
export class Decibels {
  #asked = 0;

  /** The gain of a level. Throws a RangeError outside -Infinity..24.08. */
  toGain(decibels: unknown): number {
    if (typeof decibels !== 'number') throw wrongKind('a number from -Infinity to 24.08', 'volumeDb', decibels);
    if (!(decibels <= decibelsMaximum)) throw outOfRange('a number from -Infinity to 24.08', 'volumeDb', decibels);
    this.#asked = decibels;
    return gainFromDecibels(decibels);
  }

  /** The level of a gain: exactly what was asked for if this gain came from it. */
  fromGain(gain: number): number {
    return gainFromDecibels(this.#asked) === gain ? this.#asked : decibelsFromGain(gain);
  }
}
