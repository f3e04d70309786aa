import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { clock, decibels } from '../../src/cli/output.js';
import { type LineColors, type PlayStatus, shortened, statusLine } from '../../src/cli/status-line.js';

const plain: LineColors = { name: String, bar: String, level: String, rest: String };
const status: PlayStatus = {
  name: 'recording.flac',
  paused: false,
  muted: false,
  position: 3,
  length: 12,
  peak: 0.1,
  volume: 0.5,
};

it('is never wider than the terminal, and says more the wider it is', () => {
  for (const name of [
    'a.wav',
    'recording of a long evening in the mountains.flac',
    '日本語の長い名前のファイル.wav',
    '',
  ]) {
    let widest = 0;
    for (let columns = 1; columns <= 200; columns++) {
      const width = stringWidth(statusLine({ ...status, name }, columns, plain));
      expect(width, `${name} in ${columns}`).toBeLessThanOrEqual(columns);
      widest = Math.max(widest, width);
    }
    expect(widest).toBeGreaterThan(70);
  }
});

it('shows all there is on a usual terminal', () => {
  expect(statusLine(status, 80, plain)).toMatchInlineSnapshot(
    `"▶ recording.flac ━━━━━━━──────────────────── 0:03 / 0:12 ▮▮▮▮▮▮▯▯▯▯ vol -6.0 dB"`,
  );
  expect(statusLine({ ...status, paused: true, muted: true }, 80, plain)).toContain('⏸ recording.flac');
  expect(statusLine({ ...status, muted: true }, 80, plain)).toContain('muted');
});

it('has the bar where the position is', () => {
  const filled = (position: number): number => statusLine({ ...status, position }, 120, plain).split('━').length - 1;
  expect([filled(0), filled(6), filled(12)]).toEqual([0, 25, 50]);
  expect(statusLine({ ...status, length: Number.NaN }, 80, plain)).toContain('0:03 / -:--');
});

it('has a meter that rises with the level', () => {
  const cells = (peak: number): number => statusLine({ ...status, peak }, 120, plain).split('▮').length - 1;
  expect([0, 0.001, 0.01, 0.1, 0.5, 1, 4].map(cells)).toEqual([0, 0, 2, 6, 9, 10, 10]);
});

it('words', () => {
  expect([clock(0), clock(59.9), clock(3661), clock(Number.NaN)]).toEqual(['0:00', '0:59', '61:01', '-:--']);
  expect([decibels(1), decibels(0.5), decibels(0)]).toEqual(['0.0 dB', '-6.0 dB', '-inf dB']);
  expect([shortened('abcdef', 4), shortened('abcdef', 6), shortened('日本語', 4), shortened('abc', 0)]).toEqual([
    'abc…',
    'abcdef',
    '日…',
    '',
  ]);
});
