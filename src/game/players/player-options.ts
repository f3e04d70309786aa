import { expectVolumeDb } from '../../base/levels.js';
import { parameters } from '../../base/parameters.js';
import type { Curve } from '../../base/types.js';
import { expectInstance, expectParameter, outOfRange, wrongKind } from '../../base/validate.js';
import { AudioBuffer } from '../../engine/audio-buffer.js';
import { AudioClip } from '../clips/clip.js';
import { AudioPlaylist } from './playlist.js';

/** What a player can play. */
export type PlayerStream = AudioClip | AudioBuffer | AudioPlaylist;

/** When a clip is decoded: 'memory' before it plays, 'streaming' from disk while it plays. */
export type StreamMode = 'memory' | 'streaming';

/** Options of {@link AudioPlayer}. All but `autoplay` and `random` can be changed later. */
export interface PlayerOptions {
  /**
   * What it plays; null for nothing.
   *
   * @defaultValue `null`
   */
  stream?: PlayerStream | null;
  /**
   * Level in dB, -80..24; -80 and below is silence.
   *
   * @defaultValue `0`
   */
  volumeDb?: number;
  /**
   * Speed and pitch as a factor, 0.01..100.
   *
   * @defaultValue `1`
   */
  pitchScale?: number;
  /**
   * Name of the bus it plays on.
   *
   * @defaultValue `'Master'`, of a {@link PlacedPlayer} `'SFX'`
   */
  bus?: string;
  /**
   * Whether it starts again at the end.
   *
   * @defaultValue `false`
   */
  loop?: boolean;
  /**
   * Whether it plays as soon as it is made.
   *
   * @defaultValue `false`
   */
  autoplay?: boolean;
  /**
   * When a clip is decoded.
   *
   * @defaultValue `'memory'`
   */
  streamMode?: StreamMode;
  /**
   * Simultaneous plays, 1..1024; beyond that the oldest stops.
   *
   * @defaultValue `1`
   */
  maxPolyphony?: number;
  /**
   * Pan, -1 (left) to 1 (right).
   *
   * @defaultValue `0`
   */
  pan?: number;
  /**
   * Lowest and highest random speed, 0.01..100. Each play draws one, which multiplies `pitchScale`.
   *
   * @defaultValue `[1, 1]`
   */
  pitchRange?: readonly [number, number];
  /**
   * Lowest and highest random level in dB, -80..24. Each play draws one, which is added to `volumeDb`.
   *
   * @defaultValue `[0, 0]`
   */
  volumeRangeDb?: readonly [number, number];
  /**
   * Source of the random numbers, from 0 to below 1.
   *
   * @defaultValue `Math.random`
   */
  random?: () => number;
}

/** Options of a fade. */
export interface FadeOptions {
  /**
   * Shape of the fade.
   *
   * @defaultValue `'linear'`, of a crossfade `'equal-power'`
   */
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
