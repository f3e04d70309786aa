import { AudioError } from '../base/errors.js';
import { parameters } from '../base/parameters.js';
import type { Curve } from '../base/types.js';
import { expectInteger, expectNumber, expectOneOf, expectOptions, wrongKind } from '../base/validate.js';
import { SENDS_MAXIMUM } from '../wire/wire-layout.js';
import type { Engine } from './engine.js';
import { expectSeconds } from './ramp-options.js';
import { curveNames, curveNumbers } from './session/curves.js';
import {
  countSends,
  type GraphNode,
  leadsTo,
  type NodeHandle,
  type NodeLike,
  nodeOf,
  route,
  sendNode,
  sendsTo,
} from './session/graph-node.js';
import { expectSession } from './session/session.js';
import { expectGroup, type SoundGroup } from './sound-group.js';

const busMaximum = 255;

/**
 * The node that an engine is heard through: everything that is not routed elsewhere leads here. Throws ERR_DISPOSED.
 */
export function engineEndpoint(engine: Engine): NodeHandle {
  return expectSession(engine).endpoint.handle;
}

/** The node of a group; the same as `group.handle`. Throws ERR_DISPOSED. */
export function soundGroupAsNode(group: SoundGroup): NodeHandle {
  return expectGroup(group, 'group').handle;
}

/**
 * Routes output bus `srcBus` of `src` to input bus `dstBus` of `dst`, replacing its earlier route; cross-faded. `dst`
 * null detaches, `src` null does nothing. Buses count from 0; sounds and groups have one output, groups and the
 * endpoint one input. Throws AudioError ERR_CYCLE, ERR_WRONG_ENGINE, ERR_NO_SUCH_BUS, ERR_DISPOSED; the graph is
 * unchanged then.
 */
export function attachNode(src: NodeLike | null, srcBus: number, dst: NodeLike | null, dstBus: number): void {
  const source = src === null ? null : nodeOf(src, 'src');
  expectInteger(srcBus, 'srcBus', 0, busMaximum);
  const target = dst === null ? null : nodeOf(dst, 'dst');
  expectInteger(dstBus, 'dstBus', 0, busMaximum);
  if (source === null) return;
  expectOutput(source, srcBus);
  if (target !== null) expectRoute(source, target, dstBus);
  route(source, target);
}

/**
 * Takes output bus `srcBus` of a node out of where it leads: it is not heard any more until it is attached again.
 * Throws as `attachNode` does.
 */
export function detachNode(src: NodeLike, srcBus: number): void {
  const source = nodeOf(src, 'src');
  expectOutput(source, expectInteger(srcBus, 'srcBus', 0, busMaximum));
  route(source, null);
}

/**
 * Sets the gain of one output bus, linear, 0..16, ramped over the smoothing time; 1 at first. It multiplies with the
 * node's own volume.
 */
export function setNodeOutputVolume(node: NodeLike, bus: number, gain: number): void {
  const source = nodeOf(node, 'node');
  expectInteger(bus, 'bus', 0, busMaximum);
  expectNumber(gain, 'gain', parameters.node.outputVolume.minimum, parameters.node.outputVolume.maximum);
  expectOutput(source, bus);
  source.sendOutputVolume(gain);
}

/**
 * Adds what a group or effect puts out to another node too, besides the one it leads to, with a gain of 0..16; 0 ends
 * it. Ramped over `seconds` (0..20000, default the smoothing time) along a curve (default linear). A node has up to 8
 * sends. Throws AudioError ERR_CYCLE, ERR_WRONG_ENGINE, ERR_NO_SUCH_BUS (a sound cannot send: its group can),
 * ERR_NODE_LIMIT for a ninth send, ERR_DISPOSED.
 */
export function setNodeSend(
  node: NodeLike,
  destination: NodeLike,
  gain: number,
  options?: { seconds?: number; curve?: Curve },
): void {
  const source = nodeOf(node, 'node');
  const target = nodeOf(destination, 'destination');
  expectNumber(gain, 'gain', parameters.node.outputVolume.minimum, parameters.node.outputVolume.maximum);
  const { seconds, curve } = expectOptions(options, 'options');
  const { smoothingFrames } = source.session.settings;
  const frames = seconds === undefined ? smoothingFrames : source.session.framesOf(expectSeconds(seconds, 'seconds'));
  const shape = curve === undefined ? 'linear' : expectOneOf(curve, 'curve', curveNames);
  expectOutput(source, 0);
  expectInput(source, 0);
  if (!expectSend(source, target, false, gain)) return;
  sendNode(source, target, false, gain, frames === 0 ? smoothingFrames : frames, curveNumbers[shape]);
}

/** Throws unless a compressor may take its level from a node. */
export function expectKey(source: GraphNode, target: GraphNode): void {
  expectOutput(source, 0);
  expectInput(source, 0);
  expectSend(source, target, true, 1);
}

/** Throws unless a node may be sent to another; false where there is nothing to do. */
function expectSend(source: GraphNode, target: GraphNode, key: boolean, gain: number): boolean {
  if (sendsTo(source, target, key)) return true;
  if (gain === 0) return false;
  expectRoute(source, target, 0);
  if (countSends(source) >= SENDS_MAXIMUM)
    throw new AudioError(
      'ERR_NODE_LIMIT',
      `This ${source.className} already has ${SENDS_MAXIMUM} sends, the most there can be`,
    );
  return true;
}

/**
 * Routes `source` through `effects` in their order and then into `destination` (default: the engine's endpoint).
 * Returns a function that puts every one of them back to where it led before. Throws as `attachNode` does, with the
 * graph unchanged.
 */
export function chain(source: NodeLike, effects: readonly NodeLike[], destination?: NodeLike): () => void {
  const first = nodeOf(source, 'source');
  if (!Array.isArray(effects)) throw wrongKind('an array of nodes', 'effects', effects);
  const path = [first, ...effects.map((effect, index) => nodeOf(effect, `effects[${index}]`))];
  path.push(destination === undefined ? first.session.endpoint : nodeOf(destination, 'destination'));
  const earlier: [GraphNode, GraphNode | null][] = [];
  const undo = (): void => {
    for (const [node, target] of earlier.reverse()) {
      if (!node.disposed)
        route(node, target !== null && (target.disposed || leadsTo(target, node)) ? node.session.endpoint : target);
    }
    earlier.length = 0;
  };
  for (const [index, node] of path.slice(0, -1).entries()) expectRouteBuses(node, path[index + 1]!);
  // From the end to the beginning, so that the source is heard through a chain that is already whole.
  try {
    for (let index = path.length - 2; index >= 0; index -= 1) {
      const node = path[index]!;
      const target = path[index + 1]!;
      expectRoute(node, target, 0);
      earlier.push([node, node.target]);
      route(node, target);
    }
  } catch (error) {
    undo();
    throw error;
  }
  return undo;
}

function expectRouteBuses(source: GraphNode, target: GraphNode): void {
  expectOutput(source, 0);
  expectInput(target, 0);
}

function expectRoute(source: GraphNode, target: GraphNode, bus: number): void {
  if (source.session !== target.session)
    throw new AudioError(
      'ERR_WRONG_ENGINE',
      `This ${source.className} and this ${target.className} belong to different engines and cannot be connected`,
    );
  expectInput(target, bus);
  if (leadsTo(target, source))
    throw new AudioError(
      'ERR_CYCLE',
      `This route would make a cycle: the ${target.className} already leads into the ${source.className}`,
    );
}

function expectOutput(node: GraphNode, bus: number): void {
  expectBus(node, 'output', node.outputCount, bus);
}

function expectInput(node: GraphNode, bus: number): void {
  expectBus(node, 'input', node.inputCount, bus);
}

/** No node has more than one of each. */
function expectBus({ className }: GraphNode, kind: 'input' | 'output', count: number, bus: number): void {
  if (bus < count) return;
  const has = count === 0 ? `no ${kind}` : `one ${kind} bus, number 0,`;
  throw new AudioError('ERR_NO_SUCH_BUS', `The ${className} has ${has} and so no ${kind} bus ${bus}`);
}
