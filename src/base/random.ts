/**
 * Numbers that look random and are the same for the same seed everywhere: a 32-bit counter, well mixed (Tommy
 * Ettinger's mulberry32).
 */
export class RandomNumbers {
  #state: number;

  /** `seed` is any integer; its lowest 32 bits count. */
  constructor(seed: number) {
    // A first mixing, so that neighbouring seeds do not give neighbouring sequences.
    this.#state = mixed((seed >>> 0) + 0x9e3779b9);
  }

  /** An integer from 0 to 2^32 - 1. */
  nextInteger(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    return mixed(this.#state) >>> 0;
  }

  /** A number from -1 to just below 1. */
  nextSigned(): number {
    return this.nextInteger() / 2147483648 - 1;
  }
}

function mixed(state: number): number {
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return t ^ (t >>> 14);
}
