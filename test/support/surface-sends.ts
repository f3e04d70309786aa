import { setNodeSend } from '../../src/index.js';
import type { Expectation } from './bad-values.js';
import type { Row, Surface } from './surface.js';

const number = (from: number, to: number) => (): Expectation => ({ is: 'number', from, to });
const gain = number(0, 16);
const seconds = number(0, 20000);
const curve = (): Expectation => ({ is: 'word', words: ['linear', 'exponential', 'equal-power', 'ease-in', 'ease-out', 'ease-in-out'] });
const object = (): Expectation => ({ is: 'kind', kind: 'object' });
const aFunction = (): Expectation => ({ is: 'kind', kind: 'function' });
const aNode = ({ disposedSound }: Surface): Expectation => ({ is: 'instance', disposed: disposedSound });
const aNodeHere =
  (...allowed: unknown[]) =>
  ({ disposedGroup, foreignGroup }: Surface): Expectation => ({ is: 'instance', disposed: disposedGroup, foreign: foreignGroup, allowed });

const row = (member: string, parameter: string, expects: Row['expects'], call: Row['call'], optional = false): Row => ({
  member,
  parameter,
  optional,
  expects,
  call,
});

/** Sends, side-chains, batches, and fades from where the gain is. */
export const sendRows: readonly Row[] = [
  row('Sound.fadeTo', 'gain', gain, ({ sound }, value) => sound.fadeTo(value, { seconds: 1 })),
  row('Sound.fadeTo', 'options', object, ({ sound }, value) => sound.fadeTo(1, value)),
  row('Sound.fadeTo', 'seconds', seconds, ({ sound }, value) => sound.fadeTo(1, { seconds: value })),
  row('Sound.fadeOut', 'curve', curve, ({ sound }, value) => sound.fadeOut(1, value), true),
  row('Engine.batch', 'work', aFunction, ({ engine }, value) => engine.batch(value)),
  row('setNodeSend', 'node', aNode, ({ group }, value) => setNodeSend(value, group, 1)),
  row('setNodeSend', 'destination', aNodeHere(), ({ group }, value) => setNodeSend(group, value, 1)),
  row('setNodeSend', 'gain', gain, ({ group, engine }, value) => setNodeSend(group, engine.endpoint, value)),
  row('setNodeSend', 'options', object, ({ group, engine }, value) => setNodeSend(group, engine.endpoint, 1, value), true),
  row('setNodeSend', 'seconds', seconds, ({ group, engine }, value) => setNodeSend(group, engine.endpoint, 1, { seconds: value }), true),
  row('setNodeSend', 'curve', curve, ({ group, engine }, value) => setNodeSend(group, engine.endpoint, 1, { curve: value }), true),
  row('CompressorEffectNode.sidechain', 'sidechain', aNodeHere(null), ({ effects }, value) =>
    Reflect.set(effects['CompressorEffectNode'] as object, 'sidechain', value),
  ),
];
