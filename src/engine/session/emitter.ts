import { expectFunction, expectOneOf } from '../../base/validate.js';

// biome-ignore lint/suspicious/noExplicitAny: the listeners of a map of events take what their event carries.
type Listeners = Record<string, (...details: any[]) => void>;

/** An error thrown by a listener becomes an uncaught error, after the engine's own work is done. */
function surface(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

/** Runs a callback of the user. What it throws does not reach the caller. */
export function callSafely(callback: () => void): void {
  try {
    callback();
  } catch (error) {
    surface(error);
  }
}

/** Listeners by event name. */
export class Emitter<Events extends { [K in keyof Events]: Listeners[string] }> {
  readonly #names: readonly (keyof Events & string)[];
  readonly #listeners = new Map<keyof Events, Set<{ call: Listeners[string] }>>();

  /** The names of all its events. */
  constructor(names: readonly (keyof Events & string)[]) {
    this.#names = names;
  }

  /** Adds a listener. Returns a function that removes it. A listener that is added twice is called twice. */
  on<K extends keyof Events & string>(event: K, listener: Events[K]): () => void {
    expectOneOf(event, 'event', this.#names);
    const entry = { call: expectFunction(listener, 'listener') };
    const entries = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, entries.add(entry));
    return () => {
      entries.delete(entry);
    };
  }

  /** True if somebody listens. */
  has(event: keyof Events): boolean {
    return (this.#listeners.get(event)?.size ?? 0) > 0;
  }

  /** Calls every listener that is registered now. */
  emit<K extends keyof Events & string>(event: K, ...details: Parameters<Events[K]>): void {
    const entries = this.#listeners.get(event);
    if (entries === undefined) return;
    for (const entry of [...entries]) callSafely(() => entry.call(...details));
  }

  /** Forgets all listeners. */
  clear(): void {
    this.#listeners.clear();
  }
}
