import type { Engine } from '../../engine/engine.js';
import type { Listener } from '../../engine/listener.js';
import type { Vector } from '../../engine/session/vectors.js';
import { type ListenerPose, restingPose, rightOf } from './placement.js';

/** In a plane or in space: each has a listener of its own. */
export type Dimension = '2d' | '3d';

/** The engine's listener that hears each space. */
const listenerIndex = { '2d': 1, '3d': 0 } as const;

/** Something whose level and pan follow from where it and the listener are. */
export interface ListenerFollower {
  listenerMoved(pose: ListenerPose): void;
}

/** Where the listeners are, and who wants to hear when they move. */
export class ListenerHub {
  readonly #poses: Record<Dimension, ListenerPose> = { '2d': restingPose, '3d': restingPose };
  readonly #followers: Record<Dimension, Set<ListenerFollower>> = { '2d': new Set(), '3d': new Set() };
  #direction: Vector = [0, 0, -1];
  #up: Vector = [0, 1, 0];

  readonly #engine: Engine;

  #planeInEngine = false;

  /**
   * The listener of space is also the engine's listener 0. That of the plane is its listener 1 where a sound of the
   * plane is placed by the engine.
   */
  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Where the listener of a space is. */
  pose(dimension: Dimension): ListenerPose {
    return this.#poses[dimension];
  }

  /** Tells it of every move from now on; it is not told of the present place. */
  add(dimension: Dimension, follower: ListenerFollower): void {
    this.#followers[dimension].add(follower);
  }

  /** Tells it no more. */
  remove(dimension: Dimension, follower: ListenerFollower): void {
    this.#followers[dimension].delete(follower);
  }

  /** Where the listener is. */
  setPosition(dimension: Dimension, position: Vector): void {
    this.#move(dimension, { ...this.#poses[dimension], position });
    this.#engineListener(dimension)?.setPosition(...position);
  }

  /** How fast the listener moves. */
  setVelocity(dimension: Dimension, velocity: Vector): void {
    this.#move(dimension, { ...this.#poses[dimension], velocity });
    this.#engineListener(dimension)?.setVelocity(...velocity);
  }

  /** Where the listener of space looks. */
  setDirection(direction: Vector): void {
    this.#direction = direction;
    this.#engine.listener(0).setDirection(...direction);
    this.#move('3d', { ...this.#poses['3d'], right: rightOf(this.#direction, this.#up) });
  }

  /** What is up for it. */
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
