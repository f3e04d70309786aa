import stringWidth from 'string-width';
import { clock, decibels } from './output.js';

/** What `play` shows while it plays. */
export interface PlayStatus {
  readonly name: string;
  readonly paused: boolean;
  readonly muted: boolean;
  readonly position: number;
  /** Length in seconds; NaN while unknown. */
  readonly length: number;
  /** Largest magnitude since the last look, linear. */
  readonly peak: number;
  /** Linear. */
  readonly volume: number;
}

/** How the parts of a line are coloured. */
export interface LineColors {
  name(text: string): string;
  bar(text: string): string;
  level(text: string): string;
  rest(text: string): string;
}

const longestName = 32;
const shortestBar = 8;
const longestBar = 50;
const meterCells = 10;
/** The meter begins at this level. */
const meterFloorDb = -50;

/** At most so many columns of a text, with an ellipsis where something was left out. */
export function shortened(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  let short = '';
  for (const letter of text) {
    if (stringWidth(`${short}${letter}…`) > columns) break;
    short += letter;
  }
  return columns < 1 ? '' : `${short}…`;
}

function bar(part: number, cells: number): string {
  const full = Math.max(0, Math.min(cells, Math.round(part * cells)));
  return '━'.repeat(full) + '─'.repeat(cells - full);
}

function meter(peak: number): string {
  const level = 20 * Math.log10(peak);
  const cells = Math.max(0, Math.min(meterCells, Math.round((1 - level / meterFloorDb) * meterCells)));
  return `${'▮'.repeat(cells)}${'▯'.repeat(meterCells - cells)}`;
}

/** One line that is never wider than `columns`: what matters less is left out first. */
export function statusLine(status: PlayStatus, columns: number, colors: LineColors): string {
  const { name, paused, muted, position, length, peak, volume } = status;
  const symbol = paused ? '⏸' : '▶';
  const time = `${clock(position)} / ${clock(length)}`;
  let room = columns - 1 - stringWidth(`${symbol} ${time}`);
  if (room < 0) return shortened(clock(position), columns);
  const take = (text: string): string => {
    const width = stringWidth(text) + 1;
    if (width > room) return '';
    room -= width;
    return text;
  };
  const barRoom = Math.min(shortestBar, Math.max(0, room - 1));
  const reserved = barRoom > 0 ? barRoom + 1 : 0;
  room -= reserved;
  const shownName = room > 6 ? take(shortened(name, Math.min(longestName, room - 1))) : '';
  const shownMeter = take(meter(peak));
  const shownVolume = take(muted ? 'muted' : `vol ${decibels(volume)}`);
  const cells = Math.min(longestBar, barRoom + room);
  const shownBar = reserved > 0 ? bar(position / length || 0, cells) : '';
  const parts = [
    symbol,
    colors.name(shownName),
    colors.bar(shownBar),
    time,
    colors.level(shownMeter),
    colors.rest(shownVolume),
  ];
  const empty = ['', shownName, shownBar, '', shownMeter, shownVolume];
  return parts.filter((_, index) => index === 0 || index === 3 || empty[index] !== '').join(' ');
}
