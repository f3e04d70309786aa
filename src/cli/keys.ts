import { emitKeypressEvents, type Key } from 'node:readline';

/** What a key makes `play` do. */
export type KeyCommand = 'pause' | 'back' | 'forward' | 'louder' | 'softer' | 'mute' | 'next' | 'quit' | 'interrupt';

/** One line that lists the keys. */
export const keyHelp = 'space pause · ←/→ seek 5 s · ↑/↓ volume · m mute · n next · q quit';

const commands: Partial<Record<string, KeyCommand>> = {
  space: 'pause',
  p: 'pause',
  left: 'back',
  right: 'forward',
  up: 'louder',
  down: 'softer',
  m: 'mute',
  n: 'next',
  q: 'quit',
  escape: 'quit',
};

/**
 * Calls `handle` for each key of a terminal; does nothing without a terminal. Returns a function that stops this and
 * restores the terminal.
 */
export function listenToKeys(handle: (command: KeyCommand) => void): () => void {
  const { stdin } = process;
  if (stdin.isTTY !== true) return () => {};
  emitKeypressEvents(stdin);
  const listener = (_: string | undefined, key: Key): void => {
    // In raw mode Ctrl-C is a key like any other.
    const command = key.ctrl === true && key.name === 'c' ? 'interrupt' : commands[key.name ?? ''];
    if (command !== undefined) handle(command);
  };
  stdin.setRawMode(true);
  stdin.on('keypress', listener);
  stdin.resume();
  return () => {
    stdin.off('keypress', listener);
    stdin.setRawMode(false);
    stdin.pause();
  };
}
