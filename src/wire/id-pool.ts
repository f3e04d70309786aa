import { ID_GENERATION_MAX, ID_GENERATION_SHIFT, ID_KIND_SHIFT, ID_SLOT_MASK } from './wire-layout.js';

/** The slot of an id. */
export function slotOf(id: number): number {
  return id & ID_SLOT_MASK;
}

/**
 * Hands out ids of one kind: `kind << 30 | generation << 16 | slot`, unsigned, never 0. A slot is used again only after
 * `release`, longest unused first, under the next generation, so an old id never names a new object; after generation
 * 16383 it is not used again.
 */
export class IdPool {
  readonly #kind: number;
  readonly #capacity: number;
  readonly #generations: Uint16Array;
  readonly #live: Uint8Array;
  /** Released slots, in a circular queue. */
  #free = new Uint16Array(64);
  #freeFirst = 0;
  #freeCount = 0;
  #freshSlot: number;
  #liveCount = 0;

  /**
   * `kind` is a `KIND_` constant, `capacity` the number of slots (at most 65,536), `firstSlot` the first one that is
   * handed out.
   */
  constructor(kind: number, capacity: number, firstSlot = 0) {
    this.#kind = kind;
    this.#capacity = capacity;
    this.#generations = new Uint16Array(capacity);
    this.#live = new Uint8Array(capacity);
    this.#freshSlot = firstSlot;
  }

  /** A new id, or 0 when every slot is taken or worn out. */
  take(): number {
    let slot: number;
    if (this.#freeCount > 0) {
      slot = this.#free[this.#freeFirst]!;
      this.#freeFirst = (this.#freeFirst + 1) & (this.#free.length - 1);
      this.#freeCount -= 1;
    } else if (this.#freshSlot < this.#capacity) {
      slot = this.#freshSlot;
      this.#freshSlot += 1;
    } else {
      return 0;
    }
    const generation = this.#generations[slot]! + 1;
    this.#generations[slot] = generation;
    this.#live[slot] = 1;
    this.#liveCount += 1;
    return ((this.#kind << ID_KIND_SHIFT) | (generation << ID_GENERATION_SHIFT) | slot) >>> 0;
  }

  /**
   * Gives an id back after its RETIRED event. One that is not the slot's present id is ignored and answered with false.
   */
  release(id: number): boolean {
    const slot = id & ID_SLOT_MASK;
    const generation = (id >>> ID_GENERATION_SHIFT) & ID_GENERATION_MAX;
    if (id >>> ID_KIND_SHIFT !== this.#kind || this.#generations[slot] !== generation || this.#live[slot] !== 1)
      return false;
    this.#live[slot] = 0;
    this.#liveCount -= 1;
    if (generation < ID_GENERATION_MAX) this.#append(slot);
    return true;
  }

  /** Ids that are in use. */
  get liveCount(): number {
    return this.#liveCount;
  }

  /** One more than the highest slot that was ever handed out. */
  get slotCount(): number {
    return this.#freshSlot;
  }

  #append(slot: number): void {
    if (this.#freeCount === this.#free.length) {
      const larger = new Uint16Array(this.#free.length * 2);
      for (let index = 0; index < this.#freeCount; index += 1)
        larger[index] = this.#free[(this.#freeFirst + index) & (this.#free.length - 1)]!;
      this.#free = larger;
      this.#freeFirst = 0;
    }
    this.#free[(this.#freeFirst + this.#freeCount) & (this.#free.length - 1)] = slot;
    this.#freeCount += 1;
  }
}
