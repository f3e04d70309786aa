import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import type { Addon } from '../../src/process/addon.js';
import { Wire } from '../../src/wire/wire.js';
import * as layout from '../../src/wire/wire-layout.js';

const addon = createRequire(import.meta.url)(
  `../../build/addon/${process.platform}-${process.arch}/miniaudio_engine.node`,
) as Addon;

function wireMemory(): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(layout.TOTAL_BYTES);
  Wire.writeHeader(memory, 0);
  return memory;
}

function failure(run: () => unknown): { result: number; message: string } {
  try {
    run();
  } catch (error) {
    return error as { result: number; message: string };
  }
  throw new Error('nothing was thrown');
}

describe('the wire header', () => {
  const changed = (offset: number, value: number) => {
    const memory = wireMemory();
    new Uint32Array(memory)[offset / 4] = value;
    return failure(() => addon.createEngine(new Uint8Array(memory), 48000, 2, 480, 16));
  };

  it('is refused with a sentence that says which side is older', () => {
    expect(changed(layout.HEADER_MAGIC, 1)).toMatchObject({ result: 3 });
    expect(changed(layout.HEADER_VERSION, layout.VERSION + 1).message).toMatch(
      /compiled engine is older than the TypeScript library/,
    );
    expect(changed(layout.HEADER_VERSION, layout.VERSION - 1).message).toMatch(
      /TypeScript library is older than the compiled engine/,
    );
    expect(changed(layout.HEADER_BYTES, 12)).toHaveProperty('result');
  });

  it('tells the engine version to TypeScript', () => {
    const memory = wireMemory();
    const engine = addon.createEngine(new Uint8Array(memory), 48000, 2, 480, 16);
    expect(new Uint32Array(memory)[layout.HEADER_ENGINE_VERSION / 4]).toBe(layout.VERSION);
    addon.destroyEngine(engine);
  });
});

describe('memory that is no wire', () => {
  it.each([
    ['too short', () => new Uint8Array(layout.TOTAL_BYTES - 1)],
    ['misaligned', () => new Uint8Array(new SharedArrayBuffer(layout.TOTAL_BYTES + 8), 4)],
    [
      'detached',
      () => {
        const bytes = new Uint8Array(layout.TOTAL_BYTES);
        structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
        return bytes;
      },
    ],
    ['no array', () => ({}) as Uint8Array],
    ['absent', () => undefined as unknown as Uint8Array],
  ])('is refused when %s', (_name, make) => {
    expect(failure(() => addon.createEngine(make(), 48000, 2, 480, 16))).toMatchObject({
      result: 1,
      message: expect.stringContaining('argument 1'),
    });
  });
});

describe('handles', () => {
  it('are refused when they are stale, foreign or no numbers', () => {
    const engine = addon.createEngine(new Uint8Array(wireMemory()), 48000, 2, 480, 16);
    addon.destroyEngine(engine);
    const other = addon.createEngine(new Uint8Array(wireMemory()), 48000, 2, 480, 16);
    expect(other).not.toBe(engine);
    for (const wrong of [engine, 0, 1, 2 ** 52, other + 1])
      expect(failure(() => addon.drain(wrong))).toMatchObject({ result: 6 });
    for (const wrong of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60, 'x', null, undefined, {}]) {
      expect(failure(() => addon.drain(wrong as number))).toMatchObject({ result: 1 });
    }
    expect(failure(() => addon.destroyEngine(engine))).toMatchObject({ result: 6 });
    addon.destroyEngine(other);
  });

  it('of decoded sound are good once', () => {
    for (const wrong of [0, 65536, 99 * 65536])
      expect(failure(() => addon.dropPcm(wrong))).toMatchObject({ result: 6 });
  });
});

describe('too few arguments', () => {
  it('are refused by every function', () => {
    for (const [name, run] of Object.entries(addon) as [string, () => unknown][]) {
      if (name !== 'versions')
        expect(
          failure(() => run()),
          name,
        ).toMatchObject({ result: 1 });
    }
  });
});
