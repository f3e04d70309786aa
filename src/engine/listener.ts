import { disposedError } from '../base/disposal.js';
import { expectBoolean } from '../base/validate.js';
import { CommandOp, VECTOR_DIRECTION, VECTOR_POSITION, VECTOR_VELOCITY, VECTOR_WORLD_UP } from '../wire/wire-layout.js';
import type { Session } from './session/session.js';
import { expectDirection, expectVector, floatOf, unitOf, type Vector } from './session/vectors.js';

/**
 * Where spatial sound is heard from. Listener 0 hears from the beginning, the others from the moment they are first
 * asked for with `engine.listener(index)`. Of several the nearest enabled one hears a sound, unless the sound is pinned
 * to one. Every change moves over the smoothing time.
 */
export interface Listener {
  /** Where it is, any finite numbers, default 0, 0, 0. */
  setPosition(x: number, y: number, z: number): void;
  /** Where it looks, not the zero vector, default 0, 0, -1. */
  setDirection(x: number, y: number, z: number): void;
  /** How it moves, in units a second, default 0, 0, 0. Heard as doppler only: it does not change the position. */
  setVelocity(x: number, y: number, z: number): void;
  /** What is up, not the zero vector, default 0, 1, 0. */
  setWorldUp(x: number, y: number, z: number): void;
  /** Whether it hears, default true. Where nobody hears, spatial sounds are silent. */
  enabled: boolean;
  /** Where it is. */
  readonly position: readonly [number, number, number];
  /** Where it looks. */
  readonly direction: readonly [number, number, number];
  /** How it moves. */
  readonly velocity: readonly [number, number, number];
  /** What is up. */
  readonly worldUp: readonly [number, number, number];
}

/** Keeps a listener's values and sends them to the engine. */
export class ListenerState implements Listener {
  readonly #session: Session;
  readonly #index: number;
  #position: Vector = [0, 0, 0];
  #direction: Vector = [0, 0, -1];
  #velocity: Vector = [0, 0, 0];
  #worldUp: Vector = [0, 1, 0];
  #enabled = true;

  /** One of the listeners of an engine; it hears from now on. */
  constructor(session: Session, index: number) {
    this.#session = session;
    this.#index = index;
    if (index > 0) this.#sendEnabled();
  }

  setPosition(x: number, y: number, z: number): void {
    this.#expectOpen();
    this.#position = expectVector(x, y, z);
    this.#send(VECTOR_POSITION, this.#position);
  }

  setDirection(x: number, y: number, z: number): void {
    this.#expectOpen();
    this.#direction = expectDirection('direction', x, y, z);
    this.#send(VECTOR_DIRECTION, unitOf(this.#direction));
  }

  setVelocity(x: number, y: number, z: number): void {
    this.#expectOpen();
    this.#velocity = expectVector(x, y, z);
    this.#send(VECTOR_VELOCITY, this.#velocity);
  }

  setWorldUp(x: number, y: number, z: number): void {
    this.#expectOpen();
    this.#worldUp = expectDirection('worldUp', x, y, z);
    this.#send(VECTOR_WORLD_UP, unitOf(this.#worldUp));
  }

  get enabled(): boolean {
    this.#expectOpen();
    return this.#enabled;
  }

  set enabled(enabled: boolean) {
    this.#expectOpen();
    this.#enabled = expectBoolean(enabled, 'enabled');
    this.#sendEnabled();
  }

  get position(): Vector {
    this.#expectOpen();
    return this.#position;
  }

  get direction(): Vector {
    this.#expectOpen();
    return this.#direction;
  }

  get velocity(): Vector {
    this.#expectOpen();
    return this.#velocity;
  }

  get worldUp(): Vector {
    this.#expectOpen();
    return this.#worldUp;
  }

  #send(param: number, [x, y, z]: Vector): void {
    this.#session.wire.sendVector(CommandOp.LISTENER_VECTOR, this.#index, param, floatOf(x), floatOf(y), floatOf(z));
  }

  #sendEnabled(): void {
    this.#session.wire.send(CommandOp.LISTENER_ENABLED, this.#index, 0, this.#enabled ? 1 : 0);
  }

  #expectOpen(): void {
    if (this.#session.closed) throw disposedError('Listener');
  }
}
