import { type ListenerPose, restingPose, rightOf, type Vector } from './placing.js';

/** In a plane or in space: each has a listener of its own. */
export type Space = '2d' | '3d';

/** Something whose level and pan follow from where it and the listener are. */
export interface Placed {
  place(pose: ListenerPose): void;
}

/** Where the listeners are, and who wants to hear when they move. */
export class ListenerHub {
  readonly #poses: Record<Space, ListenerPose> = { '2d': restingPose, '3d': restingPose };
  readonly #placed: Record<Space, Set<Placed>> = { '2d': new Set(), '3d': new Set() };
  #direction: Vector = [0, 0, -1];
  #up: Vector = [0, 1, 0];

  /** Where the listener of a space is. */
  pose(space: Space): ListenerPose {
    return this.#poses[space];
  }

  /** Tells it of every move from now on; it is not told of the present place. */
  add(space: Space, placed: Placed): void {
    this.#placed[space].add(placed);
  }

  /** Tells it no more. */
  remove(space: Space, placed: Placed): void {
    this.#placed[space].delete(placed);
  }

  /** Where the listener is. */
  setPosition(space: Space, position: Vector): void {
    this.#move(space, { ...this.#poses[space], position });
  }

  /** How fast the listener moves. */
  setVelocity(space: Space, velocity: Vector): void {
    this.#move(space, { ...this.#poses[space], velocity });
  }

  /** Where the listener of space looks. */
  setDirection(direction: Vector): void {
    this.#direction = direction;
    this.#move('3d', { ...this.#poses['3d'], right: rightOf(this.#direction, this.#up) });
  }

  /** What is up for it. */
  setWorldUp(up: Vector): void {
    this.#up = up;
    this.#move('3d', { ...this.#poses['3d'], right: rightOf(this.#direction, this.#up) });
  }

  #move(space: Space, pose: ListenerPose): void {
    this.#poses[space] = pose;
    for (const placed of this.#placed[space]) placed.place(pose);
  }
}
