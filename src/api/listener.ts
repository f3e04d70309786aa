import { disposedError } from '../base/disposal.js';
import { expectBoolean, expectFinite, outOfRange } from '../base/validate.js';
import type { Session } from './session.js';

/** Where spatial sound is heard from. Values are kept; spatial sound itself, which will read them, is not in this version. */
export interface Listener {
  /** Where it is, any finite numbers, default 0, 0, 0. */
  setPosition(x: number, y: number, z: number): void;
  /** Where it looks, not the zero vector, default 0, 0, -1. */
  setDirection(x: number, y: number, z: number): void;
  /** How it moves, in units a second, default 0, 0, 0. */
  setVelocity(x: number, y: number, z: number): void;
  /** What is up, not the zero vector, default 0, 1, 0. */
  setWorldUp(x: number, y: number, z: number): void;
  /** Whether it hears, default true. */
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

type Vector = readonly [number, number, number];

/** Keeps a listener's values. */
export class ListenerState implements Listener {
  readonly #session: Session;
  #position: Vector = [0, 0, 0];
  #direction: Vector = [0, 0, -1];
  #velocity: Vector = [0, 0, 0];
  #worldUp: Vector = [0, 1, 0];
  #enabled = true;

  /** One of the listeners of an engine. */
  constructor(session: Session) {
    this.#session = session;
  }

  setPosition(x: number, y: number, z: number): void {
    this.#expectOpen();
    this.#position = vector(x, y, z);
  }

  setDirection(x: number, y: number, z: number): void {
    this.#expectOpen();
    this.#direction = directionVector('direction', x, y, z);
  }

  setVelocity(x: number, y: number, z: number): void {
    this.#expectOpen();
    this.#velocity = vector(x, y, z);
  }

  setWorldUp(x: number, y: number, z: number): void {
    this.#expectOpen();
    this.#worldUp = directionVector('worldUp', x, y, z);
  }

  get enabled(): boolean {
    this.#expectOpen();
    return this.#enabled;
  }

  set enabled(enabled: boolean) {
    this.#expectOpen();
    this.#enabled = expectBoolean(enabled, 'enabled');
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

  #expectOpen(): void {
    if (this.#session.closed) throw disposedError('Listener');
  }
}

function vector(x: number, y: number, z: number): Vector {
  return Object.freeze([expectFinite(x, 'x'), expectFinite(y, 'y'), expectFinite(z, 'z')] as const);
}

function directionVector(name: string, x: number, y: number, z: number): Vector {
  const direction = vector(x, y, z);
  if (x === 0 && y === 0 && z === 0) throw outOfRange('a vector other than zero', name, '0, 0, 0');
  return direction;
}
