// All kinds of effects, also in programs whose bundler leaves out what they do not name.
import './eq-effect.js';
import './gain-effect.js';
import './table-effects.js';

export { effectFromJSON, effectTypes } from './bus-effect.js';
