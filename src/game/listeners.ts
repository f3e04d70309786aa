import { expectDirection, expectVector, type Vector } from '../engine/session/vectors.js';
import type { AudioBackend } from './backends/audio-backend.js';
import { insideOf } from './backends/engine-backend.js';
import type { Dimension, ListenerHub } from './space/listener-hub.js';

/** The current listener of each dimension of a backend; if there is none, the backend's own settings count. */
const currents = new WeakMap<ListenerHub, Map<Dimension, object>>();

function isCurrent(hub: ListenerHub, dimension: Dimension, listener: object): boolean {
  return currents.get(hub)?.get(dimension) === listener;
}

function makeCurrent(hub: ListenerHub, dimension: Dimension, listener: object): void {
  const present = currents.get(hub) ?? new Map<Dimension, object>();
  currents.set(hub, present.set(dimension, listener));
}

/** Ears in a plane: what the players of the plane are heard from, once it is current. */
export class AudioListener2D {
  readonly #hub: ListenerHub;
  #position: Vector = [0, 0, 0];
  #velocity: Vector = [0, 0, 0];

  /** A listener at x 0, y 0 that is not current yet. Throws ERR_UNSUPPORTED_HOST, ERR_DISPOSED. */
  constructor(backend: AudioBackend) {
    this.#hub = insideOf(backend).hub;
  }

  /** Where it is. */
  get position(): Vector {
    return this.#position;
  }

  /** Moves it; heard at once, ramped, if it is current. */
  setPosition(x: number, y: number): void {
    this.#position = expectVector(x, y, 0);
    if (this.current) this.#hub.setPosition('2d', this.#position);
  }

  /** How it moves, in units a second, for the doppler effect. */
  setVelocity(x: number, y: number): void {
    this.#velocity = expectVector(x, y, 0);
    if (this.current) this.#hub.setVelocity('2d', this.#velocity);
  }

  /** Everything of the plane is heard from here from now on. */
  makeCurrent(): void {
    makeCurrent(this.#hub, '2d', this);
    this.#hub.setVelocity('2d', this.#velocity);
    this.#hub.setPosition('2d', this.#position);
  }

  /** True if it is the one that hears. */
  get current(): boolean {
    return isCurrent(this.#hub, '2d', this);
  }
}

/**
 * Ears in space, right-handed, looking along -Z with +Y up at first: what the players of space are heard from, once it
 * is current.
 */
export class AudioListener3D {
  readonly #hub: ListenerHub;
  #position: Vector = [0, 0, 0];
  #velocity: Vector = [0, 0, 0];
  #direction: Vector = [0, 0, -1];
  #worldUp: Vector = [0, 1, 0];

  /** A listener at the origin that is not current yet. Throws ERR_UNSUPPORTED_HOST, ERR_DISPOSED. */
  constructor(backend: AudioBackend) {
    this.#hub = insideOf(backend).hub;
  }

  /** Where it is. */
  get position(): Vector {
    return this.#position;
  }

  /** Moves it; heard at once, ramped, if it is current. */
  setPosition(x: number, y: number, z: number): void {
    this.#position = expectVector(x, y, z);
    if (this.current) this.#hub.setPosition('3d', this.#position);
  }

  /** How it moves, in units a second, for the doppler effect. */
  setVelocity(x: number, y: number, z: number): void {
    this.#velocity = expectVector(x, y, z);
    if (this.current) this.#hub.setVelocity('3d', this.#velocity);
  }

  /** Where it looks; not zero. */
  setDirection(x: number, y: number, z: number): void {
    this.#direction = expectDirection('direction', x, y, z);
    if (this.current) this.#hub.setDirection(this.#direction);
  }

  /** What is up for it; not zero. */
  setWorldUp(x: number, y: number, z: number): void {
    this.#worldUp = expectDirection('worldUp', x, y, z);
    if (this.current) this.#hub.setWorldUp(this.#worldUp);
  }

  /** Everything in space is heard from here from now on. */
  makeCurrent(): void {
    makeCurrent(this.#hub, '3d', this);
    this.#hub.setVelocity('3d', this.#velocity);
    this.#hub.setDirection(this.#direction);
    this.#hub.setWorldUp(this.#worldUp);
    this.#hub.setPosition('3d', this.#position);
  }

  /** True if it is the one that hears. */
  get current(): boolean {
    return isCurrent(this.#hub, '3d', this);
  }
}
