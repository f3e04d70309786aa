import { describe, expect, it } from 'vitest';
import { IdPool, slotOf } from '../../src/wire/id-pool.js';
import { ID_GENERATION_MAX, KIND_BUFFER, KIND_NODE, KIND_SOUND } from '../../src/wire/wire-layout.js';

describe('IdPool', () => {
  it('makes ids of kind, generation and slot', () => {
    expect(new IdPool(KIND_SOUND, 4).take()).toBe(0x00010000);
    expect(new IdPool(KIND_NODE, 4, 1).take()).toBe(0x40010001);
    expect(new IdPool(KIND_BUFFER, 4).take()).toBe(0x80010000);
  });

  it('is exhausted at its capacity and goes on after a release, longest unused first', () => {
    const pool = new IdPool(KIND_BUFFER, 3);
    const ids = [pool.take(), pool.take(), pool.take()];
    expect(pool.take()).toBe(0);
    expect(pool.liveCount).toBe(3);
    expect(pool.release(ids[1]!)).toBe(true);
    expect(pool.release(ids[0]!)).toBe(true);
    expect(pool.take()).toBe(0x80020001);
    expect(pool.take()).toBe(0x80020000);
    expect(pool.take()).toBe(0);
    expect(pool.slotCount).toBe(3);
  });

  it('refuses ids that are not the present one of their slot', () => {
    const pool = new IdPool(KIND_SOUND, 2);
    const old = pool.take();
    pool.release(old);
    expect(pool.release(old)).toBe(false);
    const present = pool.take();
    expect(pool.release(old)).toBe(false);
    expect(pool.release((present | 0x40000000) >>> 0)).toBe(false);
    expect(pool.release(0)).toBe(false);
    expect(pool.release(0xffff)).toBe(false);
    expect(pool.release(present)).toBe(true);
  });

  it('never gives an id twice, and wears a slot out', () => {
    const pool = new IdPool(KIND_BUFFER, 1);
    let last = 0;
    for (let generation = 1; generation <= ID_GENERATION_MAX; generation += 1) {
      const id = pool.take();
      expect(id).toBeGreaterThan(last);
      expect(slotOf(id)).toBe(0);
      last = id;
      pool.release(id);
    }
    expect(pool.take()).toBe(0);
    expect(pool.liveCount).toBe(0);
  });

  it('keeps many free slots in order', () => {
    const pool = new IdPool(KIND_SOUND, 5000);
    const ids = Array.from({ length: 5000 }, () => pool.take());
    for (const id of ids) pool.release(id);
    expect(Array.from({ length: 5000 }, () => slotOf(pool.take()))).toEqual(ids.map(slotOf));
  });
});
