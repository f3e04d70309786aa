import { emitKeypressEvents, type Key } from 'node:readline';

/** What a key asks of `play`. */
export type KeyCommand = 'pause' | 'back' | 'forward' | 'louder' | 'softer' | 'mute' | 'next' | 'quit' | 'interrupt';

/** One line that says which keys there are. */
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
 * Hears the keys of a terminal one by one; does nothing without a terminal. Returns how to stop, which gives the
 * terminal back as it was.
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
