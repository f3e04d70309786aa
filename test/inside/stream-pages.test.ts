import { expect, it } from 'vitest';
import { StreamPages } from '../../src/wasm/stream-pages.js';
import * as layout from '../../src/wire/wire-layout.js';
import { hangMs } from '../support/processes.js';

const channels = 1;
const capacity = 12;
const pageFrames = layout.STREAM_PAGE_FRAMES;
const frames = 100 * pageFrames;

/** The engine's side of a stream: says where a sound reads, and sees which pages are there. */
function openPages(control: Record<string, number> = {}) {
  const byteLength = layout.STREAM_HEADER_BYTES + capacity * pageFrames * channels * 4;
  const memory = new SharedArrayBuffer(byteLength);
  const view = new DataView(memory);
  const say = (fields: Record<string, number>) => {
    for (const [name, value] of Object.entries({ STREAM_END: frames, STREAM_LOOP_END: frames, ...fields })) {
      const offset = (layout as unknown as Record<string, number>)[name] as number;
      if (name === 'STREAM_LOOPING') view.setUint32(offset, value, true);
      else view.setFloat64(offset, value, true);
    }
    view.setUint32(layout.STREAM_SEQUENCE, view.getUint32(layout.STREAM_SEQUENCE, true) + 2, true);
  };
  say(control);
  const pages = new StreamPages({ memory, byteOffset: 0, byteLength }, channels, frames);
  const held = () =>
    Array.from(
      { length: capacity },
      (_, place) => view.getUint32(layout.STREAM_PAGE_TABLE + place * 4, true) - 1,
    ).filter((page) => page >= 0);
  /** Loads what is missing, in order of need; gives the order. */
  const fill = () => {
    const loaded: number[] = [];
    for (let rank = pages.missingRank(pages.aheadPages); rank >= 0; rank = pages.missingRank(pages.aheadPages)) {
      const page = pages.pageOfRank(rank);
      loaded.push(page);
      pages.put(page, new Float32Array(pageFrames).fill(page));
      expect(loaded.length).toBeLessThan(50);
    }
    return loaded;
  };
  return { pages, say, held, fill, view };
}

it('wants the page under the cursor first, then what follows', () => {
  const { fill } = openPages({ STREAM_CURSOR: 5.5 * pageFrames });
  expect(fill()).toEqual([5, 6, 7, 8, 9, 10, 11, 12]);
});

it('wants the page before when an interpolator still sees it', () => {
  const { fill } = openPages({ STREAM_CURSOR: 5 * pageFrames + 10 });
  expect(fill().slice(0, 3)).toEqual([5, 4, 6]);
});

it('goes on at the beginning of the loop, and wants the beginning again after the end', () => {
  const loop = {
    STREAM_CURSOR: 20.5 * pageFrames,
    STREAM_LOOP_BEGIN: 18.2 * pageFrames,
    STREAM_LOOP_END: 22.5 * pageFrames,
    STREAM_LOOPING: 1,
  };
  expect(openPages(loop).fill()).toEqual([20, 21, 22, 18, 19]);
  expect(openPages({ STREAM_CURSOR: 98.5 * pageFrames, STREAM_BEGIN: 7 * pageFrames }).fill()).toEqual([98, 99, 7, 8]);
});

it('wants what lies before a seam that was just passed, wherever the loop ends now', () => {
  const passed = {
    STREAM_CURSOR: 18.2 * pageFrames + 5,
    STREAM_LOOP_BEGIN: 18.2 * pageFrames,
    STREAM_LOOP_END: 40 * pageFrames,
    STREAM_LOOPING: 1,
    STREAM_SEAM: 30 * pageFrames + 1,
  };
  const { fill, say } = openPages(passed);
  expect(fill().slice(0, 3)).toEqual([18, 30, 29]);
  say({ ...passed, STREAM_CURSOR: 18.5 * pageFrames });
  expect(fill()).toEqual([24, 25]);
});

it('replaces what was not needed for longest, and keeps what a jump left behind', () => {
  const { fill, say, held } = openPages({ STREAM_CURSOR: 10.5 * pageFrames });
  fill();
  say({ STREAM_CURSOR: 60.5 * pageFrames, STREAM_LEFT: 10.5 * pageFrames, STREAM_LEFT_LOOP: 10.5 * pageFrames });
  fill();
  const there = held();
  for (const page of [60, 61, 62, 63, 64, 65, 66, 67, 10, 11]) expect(there).toContain(page);
  expect(there).toHaveLength(capacity);
});

it('does not look at what the engine is writing', () => {
  const { pages, say, view } = openPages({ STREAM_CURSOR: 10.5 * pageFrames });
  pages.missingRank(4);
  expect(pages.changed).toBe(false);
  say({ STREAM_CURSOR: 50 * pageFrames });
  view.setUint32(layout.STREAM_SEQUENCE, 5, true);
  expect(pages.pageOfRank(pages.missingRank(4))).toBe(10);
  view.setUint32(layout.STREAM_SEQUENCE, 6, true);
  expect(pages.pageOfRank(pages.missingRank(4))).toBe(50);
});

it('tells when a page came, and when none will', () => {
  const { pages, fill } = openPages({});
  const before = pages.filled;
  fill();
  expect(pages.filled).toBeGreaterThan(before);
  const now = pages.filled;
  pages.fail();
  expect([pages.failed, pages.filled]).toEqual([true, now + 1]);
  const begun = performance.now();
  pages.wait(now, hangMs);
  expect(performance.now() - begun).toBeLessThan(hangMs);
});
