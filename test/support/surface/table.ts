import { effectRows } from './effects.js';
import { engineRows } from './engine.js';
import { gameRows } from './game.js';
import type { Row } from './rows.js';
import { soundRows } from './sounds.js';
import { streamRows } from './streams.js';
import { synthRows } from './synth.js';

/** Every parameter of every function of the public surface. */
export const surfaceRows: readonly Row[] = [
  ...engineRows,
  ...soundRows,
  ...streamRows,
  ...synthRows,
  ...gameRows,
  ...effectRows,
];

/**
 * Members without parameters, those that take an id that may be any number, and those that only this package's own code
 * calls.
 */
export const withoutParameters: readonly string[] = [
  ...['start', 'pause', 'resume', 'meter', 'shutdown', 'dispose', 'stop', 'end', 'reset', 'rewind', 'writable'],
  ...['toJSON', 'snapshot', 'empty', 'makeCurrent', 'order', 'listCapabilities', 'streamFormat'],
  ...['pauseAudio', 'resumeAudio', 'getPlaybackPosition', 'isChannelActive'],
  ...['framesAvailable', 'endOfStream'],
  ...[
    'put',
    'changed',
    'value',
    'blend',
    'effectChanged',
    'take',
    'apply',
    'begin',
    'prepare',
    'refresh',
    'mixOf',
    'vary',
    'polyphonyChanged',
    'listenerMoved',
    'moveTo',
    'moveAt',
  ],
];
