import { SingleBar } from 'cli-progress';
import picocolors from 'picocolors';
import { clock } from './output.js';
import { type LineColors, type PlayStatus, shortened, statusLine } from './status-line.js';

/** Where the course of something is shown. It is standard error, so that what is asked for can be piped away. */
export interface Screen {
  /** A line of its own. */
  note(text: string): void;
  /** The present state, in place of the one before. */
  show(status: PlayStatus): void;
  /** Nothing more follows. */
  close(): void;
}

const columnsWhereUnknown = 80;

function columnsOfTerminal(): number {
  return process.stderr.columns || columnsWhereUnknown;
}

/** A line that is drawn over and over on a terminal; lines one after another elsewhere; with `quiet` nothing. */
export function openScreen(quiet: boolean): Screen {
  if (quiet) return { note() {}, show() {}, close() {} };
  return process.stderr.isTTY === true ? new TerminalScreen() : new PlainScreen();
}

/** No control characters: one line when something begins. */
class PlainScreen implements Screen {
  #shown = '';

  note(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  show({ name, length }: PlayStatus): void {
    if (name === this.#shown) return;
    this.#shown = name;
    this.note(`Playing ${name} (${clock(length)})`);
  }

  close(): void {}
}

class TerminalScreen implements Screen {
  readonly #colors: LineColors = {
    name: picocolors.bold,
    bar: picocolors.cyan,
    level: picocolors.green,
    rest: picocolors.dim,
  };
  #bar: SingleBar | null = null;

  note(text: string): void {
    this.close();
    process.stderr.write(`${shortened(text, columnsOfTerminal())}\n`);
  }

  show(status: PlayStatus): void {
    // The payload carries the state; the width is asked for at every drawing, as a terminal may change it.
    const payload = { status };
    if (this.#bar === null) {
      const draw = (_: unknown, __: unknown, given: typeof payload): string =>
        statusLine(given.status, columnsOfTerminal(), this.#colors);
      this.#bar = new SingleBar({
        format: draw as never,
        stream: process.stderr,
        hideCursor: true,
        fps: 20,
        clearOnComplete: true,
        emptyOnZero: true,
        linewrap: false,
      });
      this.#bar.start(1, 0, payload);
    } else this.#bar.update(0, payload);
  }

  close(): void {
    this.#bar?.stop();
    this.#bar = null;
  }
}

/** A bar for work that comes to an end: nothing where it would only be in the way. */
export function progressBar(quiet: boolean, what: string): { update(part: number): void; close(): void } {
  if (quiet || process.stderr.isTTY !== true) return { update() {}, close() {} };
  const format = `${what} ${picocolors.cyan('{bar}')} {percentage} %`;
  const bar = new SingleBar({
    format,
    stream: process.stderr,
    hideCursor: true,
    barCompleteChar: '━',
    barIncompleteChar: '─',
    barsize: 30,
    clearOnComplete: true,
    linewrap: false,
  });
  bar.start(1, 0);
  return { update: (part) => bar.update(part), close: () => bar.stop() };
}
