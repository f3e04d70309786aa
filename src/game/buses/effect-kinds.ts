// All kinds of effects, also in programs whose bundler leaves out what they do not name.
import './dynamic-effects.js';
import './eq-effect.js';
import './filter-effects.js';
import './gain-effect.js';

export { effectFromJSON, effectTypes } from './bus-effect.js';
