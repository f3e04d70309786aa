import { silenceDb } from '../../base/levels.js';
import type { Vector } from '../../engine/session/vectors.js';

/** Units that sound travels in a second. */
const speedOfSound = 343.3;

/** Where a listener is, which way it looks and how fast it moves. */
export interface ListenerPose {
  readonly position: Vector;
  readonly velocity: Vector;
  /** Unit vector to the listener's right. */
  readonly right: Vector;
}

/** At the origin, looking along -Z, not moving. */
export const restingPose: ListenerPose = { position: [0, 0, 0], velocity: [0, 0, 0], right: [1, 0, 0] };

const difference = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** A vector's length. */
function lengthOf(vector: Vector): number {
  return Math.hypot(...vector);
}

/**
 * The unit vector to the right of somebody who looks along `direction` with `up` above; the X axis where the two are
 * parallel.
 */
export function rightOf(direction: Vector, up: Vector): Vector {
  const right = cross(direction, up);
  const length = lengthOf(right);
  return length > 1e-9 ? [right[0] / length, right[1] / length, right[2] / length] : [1, 0, 0];
}

/** What the position of a sound does to it: a level to add, and a pan. */
export interface Placement {
  readonly attenuationDb: number;
  readonly pan: number;
}

/**
 * The law of the players: 80 (distance / max)^attenuation dB less, silence from max on; pan is the part of the way to
 * the right over max.
 */
export function placementOf(
  source: Vector,
  listener: ListenerPose,
  maxDistance: number,
  attenuation: number,
): Placement {
  const way = difference(source, listener.position);
  const distance = lengthOf(way);
  const part = distance >= maxDistance ? 2 : (distance / maxDistance) ** attenuation;
  return { attenuationDb: silenceDb * part, pan: clamp(dot(way, listener.right) / maxDistance, -1, 1) };
}

/**
 * The ratio of heard to sounding pitch: (c - f vl) / (c - f vs) with both speeds along the way from source to listener,
 * each within 0.95 c; the ratio within 0.05..20.
 */
export function dopplerRatio(source: Vector, velocity: Vector, listener: ListenerPose, factor: number): number {
  if (factor === 0) return 1;
  const way = difference(listener.position, source);
  const distance = lengthOf(way);
  if (distance === 0) return 1;
  const bound = 0.95 * speedOfSound;
  const along = (moving: Vector): number => clamp((factor * dot(moving, way)) / distance, -bound, bound);
  return clamp((speedOfSound - along(listener.velocity)) / (speedOfSound - along(velocity)), 0.05, 20);
}

/** A number within bounds. */
export function clamp(value: number, minimum: number, maximum: number): number {
  return Math.min(Math.max(value, minimum), maximum);
}
