import { expectVolumeDb } from '../../base/levels.js';
import { parameters } from '../../base/parameters.js';
import type { Curve } from '../../base/types.js';
import { expectInstance, expectParameter, outOfRange, wrongKind } from '../../base/validate.js';
import { AudioBuffer } from '../../engine/audio-buffer.js';
import { AudioClip } from '../clips/clip.js';
import { AudioPlaylist } from './playlist.js';

/** What a player plays. */
export type PlayerStream = AudioClip | AudioBuffer | AudioPlaylist;

/** Whether a clip is decoded before it plays, or from disk while it plays. */
export type StreamMode = 'memory' | 'streaming';

/** How a player is made; everything can be changed later. */
export interface PlayerOptions {
  /** What it plays, default nothing. */
  stream?: PlayerStream | null;
  /** Level in dB, -80..24, default 0; -80 and below is silence. */
  volumeDb?: number;
  /** Speed, 0.01..100, default 1. */
  pitchScale?: number;
  /** Name of the bus, default 'Master', of placed players 'SFX'. */
  bus?: string;
  /** Whether it starts over at its end, default false. */
  loop?: boolean;
  /** Whether it plays from the moment it is made, default false. */
  autoplay?: boolean;
  /** Whether it is decoded before or while it plays, default 'memory'. */
  streamMode?: StreamMode;
  /** Simultaneous plays, 1..1024, default 1; beyond that the oldest stops. */
  maxPolyphony?: number;
  /** -1 left, 0 centre, 1 right, default 0. */
  pan?: number;
  /** Bounds of a random factor on the speed of each play, 0.01..100, default 1 and 1. */
  pitchRange?: readonly [number, number];
  /** Bounds of a random level in dB that is added to each play, -80..24, default 0 and 0. */
  volumeRangeDb?: readonly [number, number];
  /** Gives the random numbers, from 0 to below 1, default Math.random. */
  random?: () => number;
}

/** How a fade moves. */
export interface FadeOptions {
  /** Its shape, default 'linear', of a crossfade 'equal-power'. */
  curve?: Curve;
}

/** Returns what a player can play. Throws a TypeError for anything else. */
export function expectStream(value: unknown, name: string): PlayerStream | null {
  if (value === null || value instanceof AudioClip || value instanceof AudioBuffer || value instanceof AudioPlaylist)
    return value;
  throw wrongKind('an AudioClip, an AudioBuffer, an AudioPlaylist or null', name, value);
}

/** Two speeds, the lower first. Throws a RangeError or TypeError. */
export function expectPitchRange(value: unknown, name: string): readonly [number, number] {
  return expectPair(value, name, (bound, boundName) =>
    expectParameter(bound, { ...parameters.sound.pitch, name: boundName }),
  );
}

/** Two levels, the lower first. Throws a RangeError or TypeError. */
export function expectVolumeRange(value: unknown, name: string): readonly [number, number] {
  return expectPair(value, name, expectVolumeDb);
}

function expectPair(
  value: unknown,
  name: string,
  check: (bound: unknown, name: string) => number,
): readonly [number, number] {
  const [low, high] = expectInstance<unknown[]>(value, name, Array);
  const pair = [check(low, `${name}[0]`), check(high, `${name}[1]`)] as const;
  if (pair[0] > pair[1]) throw outOfRange('the lower bound first', name, value);
  return pair;
}
