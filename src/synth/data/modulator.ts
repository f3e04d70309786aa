import type { Exponential, Linear } from './envelope.js';
import type { LFO } from './lfo.js';

/** What can move a parameter of a voice on its own. */
export type Modulator = LFO | Linear | Exponential;
