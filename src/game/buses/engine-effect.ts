import type { Engine } from '../../engine/engine.js';
import { attachNode } from '../../engine/graph.js';
import type { NodeLike } from '../../engine/session/graph-node.js';
import type { SoundGroup } from '../../engine/sound-group.js';
import type { BusEffect, Glide } from './bus-effect.js';
import type { BusEffectType } from './effect-types.js';

/** What an effect may ask of the layout around it. */
export interface EffectSurroundings {
  readonly engine: Engine;
  /** The node that a bus is heard through, behind its volume; null where there is no such bus. */
  outputOf(busName: string): NodeLike | null;
}

/** One effect of a bus as nodes of an engine. */
export interface EngineEffect {
  /** What sound goes into, and what it comes out of; the same for most. */
  readonly first: NodeLike;
  readonly last: NodeLike;
  /** How long it rings after its input has ended. */
  readonly tailFrames: number;
  /** Brings changes of the data to the nodes. Returns true if there are new nodes, which have to be connected. */
  apply(names: readonly string[], glide: Glide): boolean;
  /** Called when buses were added or removed. */
  surroundingsChanged?(): void;
  /** Listens to no other bus until `surroundingsChanged` is called. */
  dropSidechain?(): void;
  /** Frees the nodes; what led to them leads on to what they led to. */
  dispose(): void;
}

type EngineEffectMaker = (effect: BusEffect, surroundings: EffectSurroundings) => EngineEffect;
const makers = new Map<BusEffectType, EngineEffectMaker>();

/** Sets how a kind of effect becomes nodes. */
export function registerEngineEffect(type: BusEffectType, make: EngineEffectMaker): void {
  makers.set(type, make);
}

/** Whether a kind of effect has nodes, so that it can be heard. */
export function hasEngineEffect(type: BusEffectType): boolean {
  return makers.has(type);
}

/** Makes the nodes of an effect, not connected yet. */
export function makeEngineEffect(effect: BusEffect, surroundings: EffectSurroundings): EngineEffect {
  return makers.get(effect.type)!(effect, surroundings);
}

/** Connects one node to another. */
export function connect(from: NodeLike, to: NodeLike): void {
  attachNode(from, 0, to, 0);
}

/** Sets the gain of a group, or moves it evenly in dB. */
export function moveGain(group: SoundGroup, gain: number, glide: Glide): void {
  if (group.volume === gain) return;
  if (glide.seconds === 0) group.volume = gain;
  else glide.ended.push(group.ramp('volume', gain, { seconds: glide.seconds, curve: 'exponential' }));
}
