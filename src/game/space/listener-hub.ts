import type { Engine } from '../../engine/engine.js';
import type { Listener } from '../../engine/listener.js';
import type { Vector } from '../../engine/session/vectors.js';
import { type ListenerPose, restingPose, rightOf } from './placement.js';

/** Sounds are in a plane or in space; each has a listener of its own. */
export type Dimension = '2d' | '3d';

/** The engine's listener for each dimension. */
const listenerIndex = { '2d': 1, '3d': 0 } as const;

/** Something whose level and pan depend on its own position and the listener's. */
export interface ListenerFollower {
  listenerMoved(pose: ListenerPose): void;
}

/** Where the listeners are, and who has to know when they move. */
export class ListenerHub {
  readonly #poses: Record<Dimension, ListenerPose> = { '2d': restingPose, '3d': restingPose };
  readonly #followers: Record<Dimension, Set<ListenerFollower>> = { '2d': new Set(), '3d': new Set() };
  #direction: Vector = [0, 0, -1];
  #up: Vector = [0, 1, 0];

  readonly #engine: Engine;

  #planeInEngine = false;

  /**
   * The listener of space is also the engine's listener 0. The listener of the plane is the engine's listener 1 as soon
   * as the engine itself places a sound of the plane.
   */
  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Where the listener of a dimension is. */
  pose(dimension: Dimension): ListenerPose {
    return this.#poses[dimension];
  }

  /** Calls the follower on every move from now on; it has to ask for the current pose itself. */
  add(dimension: Dimension, follower: ListenerFollower): void {
    this.#followers[dimension].add(follower);
  }

  /** Calls the follower no more. */
  remove(dimension: Dimension, follower: ListenerFollower): void {
    this.#followers[dimension].delete(follower);
  }

  /** Moves the listener. */
  setPosition(dimension: Dimension, position: Vector): void {
    this.#move(dimension, { ...this.#poses[dimension], position });
    this.#engineListener(dimension)?.setPosition(...position);
  }

  /** Sets how fast the listener moves. */
  setVelocity(dimension: Dimension, velocity: Vector): void {
    this.#move(dimension, { ...this.#poses[dimension], velocity });
    this.#engineListener(dimension)?.setVelocity(...velocity);
  }

  /** Turns the listener of space. */
  setDirection(direction: Vector): void {
    this.#direction = direction;
    this.#engine.listener(0).setDirection(...direction);
    this.#move('3d', { ...this.#poses['3d'], right: rightOf(this.#direction, this.#up) });
  }

  /** Sets which way is up for the listener of space. */
  setWorldUp(up: Vector): void {
    this.#up = up;
    this.#engine.listener(0).setWorldUp(...up);
    this.#move('3d', { ...this.#poses['3d'], right: rightOf(this.#direction, this.#up) });
  }

  /**
   * The index of the engine's listener that hears a dimension, for sounds that the engine places. Listener 1 hears from
   * its first use on, so it is not touched before.
   */
  engineListener(dimension: Dimension): number {
    if (dimension === '2d' && !this.#planeInEngine) {
      this.#planeInEngine = true;
      const { position, velocity } = this.#poses['2d'];
      this.#engineListener('2d')?.setPosition(...position);
      this.#engineListener('2d')?.setVelocity(...velocity);
    }
    return listenerIndex[dimension];
  }

  #engineListener(dimension: Dimension): Listener | undefined {
    return dimension === '3d' || this.#planeInEngine ? this.#engine.listener(listenerIndex[dimension]) : undefined;
  }

  #move(dimension: Dimension, pose: ListenerPose): void {
    this.#poses[dimension] = pose;
    for (const follower of this.#followers[dimension]) follower.listenerMoved(pose);
  }
}
