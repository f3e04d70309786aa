import { expect } from 'vitest';
import type { Engine, Sound, SoundOptions } from '../../src/index.js';
import { soundOf } from './hosts.js';
import { constant } from './signals.js';

export type Vector = readonly [number, number, number];
export const depth = 0.8;
export const wholeTurn = 2 * Math.PI;

/** Gains of the two channels for a part `s` of the unit direction along the listener's right. */
export const directed = (s: number, k = depth): [number, number] => [
  Math.sqrt((1 - k * s) / 2),
  Math.sqrt((1 + k * s) / 2),
];
export const smoothStep = (t: number) => (3 - 2 * t) * t * t;

/** A constant sound at a place, playing and settled. */
export function placed(engine: Engine, position: Vector, options: SoundOptions & { channels?: number } = {}): Sound {
  const sound = soundOf(engine, constant(200000, options.channels ?? 1), { spatial: true, looping: true, ...options });
  sound.setPosition(...position);
  sound.play();
  return sound;
}

/** The level of every channel after everything has settled. */
export function levels(engine: Engine): number[] {
  engine.readPcmFrames(481);
  return Array.from(engine.readPcmFrames(1));
}

export function expectLevels(engine: Engine, expected: readonly number[]): void {
  const heard = levels(engine);
  expect(heard.length).toBe(expected.length);
  for (const [channel, level] of expected.entries())
    expect(heard[channel], `channel ${channel} of ${heard}`).toBeCloseTo(level, 6);
}

export const scaled = ([left, right]: readonly [number, number], gain: number): number[] => [left * gain, right * gain];
