import { expectDirection, expectVector, type Vector } from '../engine/session/vectors.js';
import type { AudioBackend } from './backends/audio-backend.js';
import { insideOf } from './backends/backend-inside.js';
import type { Dimension, ListenerHub } from './space/listener-hub.js';

/** The current listener of each dimension of a backend. Where there is none, the backend's own settings apply. */
const currents = new WeakMap<ListenerHub, Map<Dimension, object>>();

function isCurrent(hub: ListenerHub, dimension: Dimension, listener: object): boolean {
  return currents.get(hub)?.get(dimension) === listener;
}

function makeCurrent(hub: ListenerHub, dimension: Dimension, listener: object): void {
  const present = currents.get(hub) ?? new Map<Dimension, object>();
  currents.set(hub, present.set(dimension, listener));
}

/**
 * The point in a plane from which {@link AudioPlayer2D}s are heard, once it is current.
 *
 * @example
 * ```ts
 * import { AudioClip, AudioListener2D, AudioPlayer2D, Engine, EngineBackend } from 'miniaudio-engine';
 *
 * const backend = new EngineBackend(new Engine({ device: false }));
 * const ears = new AudioListener2D(backend);
 * ears.makeCurrent();
 * const river = new AudioPlayer2D(backend, { stream: AudioClip.tone(200), loop: true, position: [400, 0] });
 * river.play();
 * for (let x = 0; x <= 800; x += 100) {
 *   ears.setPosition(x, 40); // each frame of the game, or whenever the listener moves
 *   backend.engine.readPcmFrames(800);
 * }
 * backend.shutdown();
 * ```
 */
export class AudioListener2D {
  readonly #hub: ListenerHub;
  #position: Vector = [0, 0, 0];
  #velocity: Vector = [0, 0, 0];

  /**
   * Makes a listener at (0, 0). It is not current yet.
   *
   * @param backend - The backend whose players it hears.
   * @throws {@link AudioError} `ERR_UNSUPPORTED_HOST` when the backend has no engine of this package; `ERR_DISPOSED`
   *   when it is shut down.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` for anything but a backend.
   */
  constructor(backend: AudioBackend) {
    this.#hub = insideOf(backend).hub;
  }

  /**
   * Its position: x, y, and 0.
   *
   * @defaultValue `[0, 0, 0]`
   */
  get position(): Vector {
    return this.#position;
  }

  /**
   * Moves it. If it is current, this is heard immediately, ramped.
   *
   * @param x - The first axis of the plane, to the right.
   * @param y - The second axis of the plane.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for anything but finite numbers.
   */
  setPosition(x: number, y: number): void {
    this.#position = expectVector(x, y, 0);
    if (this.current) this.#hub.setPosition('2d', this.#position);
  }

  /**
   * Sets its velocity, for the doppler effect. It does not move the listener.
   *
   * @param x - Units per second along the first axis.
   * @param y - Units per second along the second axis.
   * @throws As {@link AudioListener2D.setPosition} does.
   */
  setVelocity(x: number, y: number): void {
    this.#velocity = expectVector(x, y, 0);
    if (this.current) this.#hub.setVelocity('2d', this.#velocity);
  }

  /** Makes it the listener of the plane, instead of the one before. */
  makeCurrent(): void {
    makeCurrent(this.#hub, '2d', this);
    this.#hub.setVelocity('2d', this.#velocity);
    this.#hub.setPosition('2d', this.#position);
  }

  /** True if it is the current listener of the plane. */
  get current(): boolean {
    return isCurrent(this.#hub, '2d', this);
  }
}

/**
 * The point in space from which {@link AudioPlayer3D}s are heard, once it is current. Coordinates are right-handed. At
 * first it looks along -Z, with +Y up.
 *
 * @example
 * ```ts
 * import { AudioClip, AudioListener3D, AudioPlayer3D, Engine, EngineBackend } from 'miniaudio-engine';
 *
 * const backend = new EngineBackend(new Engine({ device: false }));
 * const ears = new AudioListener3D(backend);
 * ears.setPosition(0, 1.7, 0);
 * ears.setDirection(1, 0, 0); // look to the right
 * ears.makeCurrent();
 * new AudioPlayer3D(backend, { stream: AudioClip.tone(330), position: [5, 1.7, 0] }).play();
 * backend.engine.readPcmFrames(4800);
 * backend.shutdown();
 * ```
 */
export class AudioListener3D {
  readonly #hub: ListenerHub;
  #position: Vector = [0, 0, 0];
  #velocity: Vector = [0, 0, 0];
  #direction: Vector = [0, 0, -1];
  #worldUp: Vector = [0, 1, 0];

  /**
   * Makes a listener at the origin. It is not current yet.
   *
   * @param backend - The backend whose players it hears.
   * @throws {@link AudioError} `ERR_UNSUPPORTED_HOST` when the backend has no engine of this package; `ERR_DISPOSED`
   *   when it is shut down.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` for anything but a backend.
   */
  constructor(backend: AudioBackend) {
    this.#hub = insideOf(backend).hub;
  }

  /**
   * Its position: x, y and z.
   *
   * @defaultValue `[0, 0, 0]`
   */
  get position(): Vector {
    return this.#position;
  }

  /**
   * Moves it. If it is current, this is heard immediately, ramped.
   *
   * @param x - To the right.
   * @param y - Up.
   * @param z - Backwards.
   * @throws RangeError `ERR_OUT_OF_RANGE` or TypeError `ERR_INVALID_ARG_TYPE` for anything but finite numbers.
   */
  setPosition(x: number, y: number, z: number): void {
    this.#position = expectVector(x, y, z);
    if (this.current) this.#hub.setPosition('3d', this.#position);
  }

  /**
   * Sets its velocity, for the doppler effect. It does not move the listener.
   *
   * @param x - Units per second to the right.
   * @param y - Units per second up.
   * @param z - Units per second backwards.
   * @throws As {@link AudioListener3D.setPosition} does.
   */
  setVelocity(x: number, y: number, z: number): void {
    this.#velocity = expectVector(x, y, z);
    if (this.current) this.#hub.setVelocity('3d', this.#velocity);
  }

  /**
   * Sets the direction in which it looks. The length does not matter.
   *
   * @param x - To the right.
   * @param y - Up.
   * @param z - Backwards.
   * @throws As {@link AudioListener3D.setPosition} does, also for the zero vector.
   */
  setDirection(x: number, y: number, z: number): void {
    this.#direction = expectDirection('direction', x, y, z);
    if (this.current) this.#hub.setDirection(this.#direction);
  }

  /**
   * Sets which way is up. The length does not matter.
   *
   * @param x - To the right.
   * @param y - Up.
   * @param z - Backwards.
   * @throws As {@link AudioListener3D.setPosition} does, also for the zero vector.
   */
  setWorldUp(x: number, y: number, z: number): void {
    this.#worldUp = expectDirection('worldUp', x, y, z);
    if (this.current) this.#hub.setWorldUp(this.#worldUp);
  }

  /** Makes it the listener of space, instead of the one before. */
  makeCurrent(): void {
    makeCurrent(this.#hub, '3d', this);
    this.#hub.setVelocity('3d', this.#velocity);
    this.#hub.setDirection(this.#direction);
    this.#hub.setWorldUp(this.#worldUp);
    this.#hub.setPosition('3d', this.#position);
  }

  /** True if it is the current listener of space. */
  get current(): boolean {
    return isCurrent(this.#hub, '3d', this);
  }
}
