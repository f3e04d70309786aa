import { expectVolumeDb } from '../../base/levels.js';
import { parameters } from '../../base/parameters.js';
import {
  expectBoolean,
  expectFinite,
  expectOneOf,
  expectOptions,
  expectParameter,
  expectString,
  outOfRange,
  wrongKind,
} from '../../base/validate.js';
import { expectSeconds } from '../../engine/ramp-options.js';
import { expectVector, type Vector } from '../../engine/session/vectors.js';
import { masterName } from '../buses/bus.js';
import type { Dimension } from '../space/listener-hub.js';
import type { ChannelMode, PlayAudioOptions } from './audio-backend.js';

/** Options of `playAudio`, checked and complete. */
interface PlaySettings {
  /** Null for a channel without a position. */
  readonly dimension: Dimension | null;
  readonly bus: string;
  readonly levelDb: number;
  readonly pitch: number;
  readonly pan: number;
  readonly looping: boolean;
  readonly fadeSeconds: number;
  readonly maxDistance: number;
  readonly position: Vector;
}

const modes: readonly ChannelMode[] = ['basic', '2d', '3d'];

/** Distance at which a sound becomes silent, by default. */
export const maxDistances = { '2d': 2000, '3d': 100 } as const;

/** Where what has no position is. */
export const origin: Vector = [0, 0, 0];

/** A distance above 0. Throws a RangeError or TypeError. */
export function expectDistance(value: unknown, name: string): number {
  const distance = expectFinite(value, name);
  if (distance <= 0) throw outOfRange('a number above 0', name, distance);
  return distance;
}

/** Checks the options of `playAudio`, all but `fromPosition`, whose range follows from the clip. */
export function expectPlayOptions(options: PlayAudioOptions | undefined): PlaySettings {
  const { mode, bus, volumeDb, gainDb, pitch, loop, fadeInSeconds, maxDistance, position, pan } = expectOptions(
    options,
    'options',
  );
  const channelMode = mode === undefined ? 'basic' : expectOneOf(mode, 'mode', modes);
  const dimension = channelMode === 'basic' ? null : channelMode;
  return {
    dimension,
    bus: bus === undefined ? (dimension === null ? masterName : 'SFX') : expectString(bus, 'bus'),
    levelDb:
      (volumeDb === undefined ? 0 : expectVolumeDb(volumeDb, 'volumeDb')) +
      (gainDb === undefined ? 0 : expectVolumeDb(gainDb, 'gainDb')),
    pitch: pitch === undefined ? 1 : expectParameter(pitch, parameters.sound.pitch),
    looping: loop === undefined ? false : expectBoolean(loop, 'loop'),
    fadeSeconds: fadeInSeconds === undefined ? 0 : expectSeconds(fadeInSeconds, 'fadeInSeconds'),
    maxDistance:
      dimension === null
        ? 1
        : maxDistance === undefined
          ? maxDistances[dimension]
          : expectDistance(maxDistance, 'maxDistance'),
    position: position === undefined ? origin : expectPosition(position, dimension),
    pan: pan === undefined ? 0 : expectParameter(pan, parameters.sound.pan),
  };
}

function expectPosition(position: unknown, dimension: Dimension | null): Vector {
  if (!Array.isArray(position) || position.length < 2 || position.length > 3)
    throw wrongKind('an array of two or three numbers', 'position', position);
  const [x, y, z] = expectVector(position[0], position[1], position[2] ?? 0);
  return dimension === '2d' ? [x, y, 0] : [x, y, z];
}
