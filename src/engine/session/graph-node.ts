import { disposedError } from '../../base/disposal.js';
import { wrongKind } from '../../base/validate.js';
import type { Wire } from '../../wire/wire.js';
import { CommandOp, SEND_KEY, SEND_SOUND } from '../../wire/wire-layout.js';

declare const nodeBrand: unique symbol;

/** Opaque, for wiring only. Everything that has a `handle` may be passed itself. */
export type NodeHandle = {
  /** Never present: it only keeps other objects from passing as a handle. */
  readonly [nodeBrand]: true;
};

/** A node, or something that has one: a sound, a group. */
export type NodeLike =
  | NodeHandle
  | {
      /** The node that stands for the object. */
      readonly handle: NodeHandle;
    };

/** What a graph needs of the session that its nodes belong to. */
export interface GraphSession {
  readonly wire: Wire;
  readonly settings: { readonly smoothingFrames: number };
  /** The node that everything leads to in the end. */
  readonly endpoint: GraphNode;
  /** Seconds as frames of the engine. */
  framesOf(seconds: number): number;
}

/** What can be wired: a sound (no input), a group or an effect (one input), the endpoint (no output). */
export interface GraphNode {
  readonly session: GraphSession;
  readonly id: number;
  /** The public class, for messages. */
  readonly className: string;
  readonly inputCount: number;
  readonly outputCount: number;
  readonly disposed: boolean;
  /** The node its output leads to; null: none. Only `link` writes it. */
  target: GraphNode | null;
  /** The nodes that lead into it. */
  readonly sources: Set<GraphNode>;
  /** Tells the engine where the output leads from now on. */
  sendRoute(targetId: number): void;
  /** Tells the engine the gain of the output, ramped. */
  sendOutputVolume(gain: number): void;
}

const nodes = new WeakMap<object, GraphNode>();

/** A new handle for a node. */
export function makeHandle(node: GraphNode): NodeHandle {
  const handle = Object.freeze(Object.create(null)) as NodeHandle;
  nodes.set(handle, node);
  return handle;
}

/**
 * The node of a handle, or of something that has one. Throws a TypeError for anything else, ERR_DISPOSED for one that
 * is gone.
 */
export function nodeOf(value: unknown, name: string): GraphNode {
  const handle: unknown =
    typeof value === 'object' && value !== null
      ? nodes.has(value)
        ? value
        : (value as { handle?: unknown }).handle
      : undefined;
  const node = typeof handle === 'object' && handle !== null ? nodes.get(handle) : undefined;
  if (node === undefined) throw wrongKind('a node handle, or an object that has one,', name, value);
  if (node.disposed) throw disposedError(node.className);
  return node;
}

/** Records where a node leads, without telling the engine. */
export function link(source: GraphNode, target: GraphNode | null): void {
  source.target?.sources.delete(source);
  source.target = target;
  target?.sources.add(source);
}

/** True if the output of `from` reaches `to`, or if they are the same node. */
export function leadsTo(from: GraphNode, to: GraphNode): boolean {
  // Sends can make many paths between two nodes, so each node with sends is visited once.
  const seen = new Set<GraphNode>();
  const open = [from];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (let next: GraphNode | null = node; next !== null && !seen.has(next); next = next.target) {
      if (next === to) return true;
      const sends = sendsOf.get(next);
      if (sends === undefined) continue;
      seen.add(next);
      for (const { target } of sends.values()) open.push(target);
    }
  }
  return false;
}

/** A second destination of a node, besides the node it leads to. */
interface Send {
  readonly target: GraphNode;
  /** It is not heard: the compressor there takes its level from it. */
  readonly key: boolean;
}

const sendsOf = new WeakMap<GraphNode, Map<string, Send>>();
/** The other end of `sendsOf`. */
const sendersTo = new WeakMap<GraphNode, Set<GraphNode>>();

const gainAsFloat = new Float32Array(1);
const gainAsWord = new Uint32Array(gainAsFloat.buffer);
const nameOf = (target: GraphNode, key: boolean): string => `${target.id} ${key}`;

/** How many sends a node has. */
export function countSends(node: GraphNode): number {
  return sendsOf.get(node)?.size ?? 0;
}

/** True if a node is sent to another. */
export function sendsTo(node: GraphNode, target: GraphNode, key: boolean): boolean {
  return sendsOf.get(node)?.has(nameOf(target, key)) ?? false;
}

/** Sends a node to another besides the one it leads to; gain 0 ends the send. The caller has checked that it may. */
export function sendNode(
  node: GraphNode,
  target: GraphNode,
  key: boolean,
  gain: number,
  frames: number,
  curve: number,
): void {
  const sends = sendsOf.get(node) ?? new Map<string, Send>();
  const senders = sendersTo.get(target) ?? new Set();
  const name = nameOf(target, key);
  if (gain === 0) {
    if (!sends.delete(name)) return;
    if (!sends.has(nameOf(target, !key))) senders.delete(node);
  } else {
    sendsOf.set(node, sends.set(name, { target, key }));
    sendersTo.set(target, senders.add(node));
  }
  gainAsFloat[0] = gain;
  node.session.wire.sendPair(
    CommandOp.NODE_SEND,
    node.id,
    0,
    target.id,
    gainAsWord[0]!,
    frames,
    0,
    curve,
    key ? SEND_KEY : SEND_SOUND,
  );
}

/** Ends all sends to and from a node that is being removed. */
function endSends(node: GraphNode): void {
  for (const sender of [...(sendersTo.get(node) ?? [])]) {
    for (const key of [false, true]) sendNode(sender, node, key, 0, node.session.settings.smoothingFrames, 0);
  }
  for (const { target } of sendsOf.get(node)?.values() ?? []) sendersTo.get(target)?.delete(node);
  sendsOf.delete(node);
}

/** Re-routes a node, also in the engine. The caller has checked that it may. */
export function route(source: GraphNode, target: GraphNode | null): void {
  if (source.target === target) return;
  link(source, target);
  source.sendRoute(target?.id ?? 0);
}

/** Removes a node from the graph. Whatever led into it now leads to its target. */
export function unlink(node: GraphNode): void {
  for (const source of [...node.sources]) route(source, node.target);
  endSends(node);
  link(node, null);
}
