import { InvalidArgumentError } from 'commander';
import type { DeviceBackend } from '../base/types.js';
import { decibelsMaximum, gainFromDecibels, gainMaximum } from '../base/units.js';

// Parsers of single words, for commander: what they throw becomes "error: option '--pitch <factor>' argument 'x' is
// invalid. ...".

/** Backends that a device can be opened through. */
export const backends: readonly DeviceBackend[] = [
  'pulseaudio',
  'alsa',
  'jack',
  'wasapi',
  'dsound',
  'winmm',
  'coreaudio',
  'pipe',
  'null',
];

/** A number from minimum to maximum. */
export function numberFrom(minimum: number, maximum: number): (word: string) => number {
  return (word) => {
    const value = Number(word);
    if (word.trim() === '' || !(value >= minimum && value <= maximum))
      throw new InvalidArgumentError(`Expected a number from ${minimum} to ${maximum}.`);
    return value;
  };
}

/** An integer from minimum to maximum. */
export function integerFrom(minimum: number, maximum: number): (word: string) => number {
  return (word) => {
    const value = Number(word);
    if (word.trim() === '' || !Number.isInteger(value) || value < minimum || value > maximum) {
      throw new InvalidArgumentError(`Expected an integer from ${minimum} to ${maximum}.`);
    }
    return value;
  };
}

/** A gain: `0.5`, or a level such as `-6dB`. */
export function gainFrom(word: string): number {
  const level = /^(.*?)\s*dB$/i.exec(word)?.[1];
  const value = level === undefined ? Number(word) : gainFromDecibels(Number(level));
  const fits = level === undefined ? value >= 0 && value <= gainMaximum : Number(level) <= decibelsMaximum;
  if (word.trim() === '' || level === '' || Number.isNaN(value) || !fits) {
    throw new InvalidArgumentError(`Expected a gain from 0 to ${gainMaximum}, or a level such as -6dB.`);
  }
  return value;
}
