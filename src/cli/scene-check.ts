import { CommandFailure, exitCodes } from './failure.js';

/** The error of a scene: the path of the value and what was expected there. */
export function sceneFailure(path: string, message: string): CommandFailure {
  return new CommandFailure(exitCodes.input, 'ERR_SCENE', `${path === '' ? 'the scene' : path}: ${message}`);
}

/** A value of a scene file, with the way to it for messages. */
export class SceneValue {
  readonly value: unknown;
  readonly path: string;

  /** The root has the path ''. */
  constructor(value: unknown, path = '') {
    this.value = value;
    this.path = path;
  }

  /** True if it is left out. */
  get missing(): boolean {
    return this.value === undefined;
  }

  /** The members of an object, all of which have one of the given names. */
  members<N extends string>(...names: readonly N[]): Record<N, SceneValue> {
    const object = this.#object(`an object with ${names.join(', ')}`);
    for (const name of Object.keys(object)) {
      if (!names.includes(name as N))
        throw sceneFailure(this.#below(name), `unknown name; expected one of ${names.join(', ')}`);
    }
    return Object.fromEntries(names.map((name) => [name, new SceneValue(object[name], this.#below(name))])) as Record<
      N,
      SceneValue
    >;
  }

  /** The entries of an object with names of the writer's choice; none if it is left out. */
  entries(): [string, SceneValue][] {
    if (this.missing) return [];
    return Object.entries(this.#object('an object')).map(([name, value]) => [
      name,
      new SceneValue(value, this.#below(name)),
    ]);
  }

  /** The items of a list; none if it is left out. */
  items(): SceneValue[] {
    if (this.missing) return [];
    if (!Array.isArray(this.value)) throw this.#wrong('an array');
    return this.value.map((value, index) => new SceneValue(value, `${this.path}[${index}]`));
  }

  /** A number in a range, or what stands for one that is left out. */
  number<F>(minimum: number, maximum: number, fallback: F): number | F {
    if (this.missing) return fallback;
    const { value } = this;
    if (typeof value !== 'number' || !(value >= minimum && value <= maximum))
      throw this.#wrong(`a number from ${minimum} to ${maximum}`);
    return value;
  }

  /** An integer in a range, or what stands for one that is left out. */
  integer<F>(minimum: number, maximum: number, fallback: F): number | F {
    const value = this.number(minimum, maximum, fallback);
    if (!this.missing && !Number.isInteger(value)) throw this.#wrong(`an integer from ${minimum} to ${maximum}`);
    return value;
  }

  /** True or false, or what stands for one that is left out. */
  boolean(fallback: boolean): boolean {
    if (this.missing) return fallback;
    if (typeof this.value !== 'boolean') throw this.#wrong('true or false');
    return this.value;
  }

  /** A string; undefined if it is left out. */
  text(): string | undefined {
    if (this.missing) return undefined;
    if (typeof this.value !== 'string') throw this.#wrong('a string');
    return this.value;
  }

  /** One of some words; undefined if it is left out. */
  word<W extends string>(words: readonly W[]): W | undefined {
    if (this.missing) return undefined;
    if (!words.includes(this.value as W)) throw this.#wrong(`one of ${words.map((word) => `"${word}"`).join(', ')}`);
    return this.value as W;
  }

  #object(expected: string): Record<string, unknown> {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value)) throw this.#wrong(expected);
    return this.value as Record<string, unknown>;
  }

  #below(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }

  #wrong(expected: string): CommandFailure {
    const received = this.value === undefined ? 'nothing' : (JSON.stringify(this.value) ?? String(this.value));
    return sceneFailure(
      this.path,
      `expected ${expected} but found ${received.length > 60 ? `${received.slice(0, 60)}…` : received}`,
    );
  }
}
