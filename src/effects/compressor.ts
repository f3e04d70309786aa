import { parameters } from '../base/parameters.js';
import type { Engine } from '../engine/engine.js';
import { expectKey } from '../engine/graph.js';
import type { EffectCore, EffectDescription } from '../engine/nodes/effect-core.js';
import { type GraphNode, type NodeHandle, type NodeLike, nodeOf, sendNode } from '../engine/session/graph-node.js';
import { coreOf, EffectNode, effectPart, setParamsOf } from './effect-node.js';

/** Parameters of a compressor. */
export interface CompressorParams {
  /** Level in dBFS from which on it turns down, -100..0, default -24. */
  thresholdDb: number;
  /** dB in for each dB out above the threshold, 1..100, default 4. */
  ratio: number;
  /** Time constant (63.2 %) while it turns down, 0..1000 ms, default 5. */
  attackMs: number;
  /** Time constant while it lets go, 1..5000 ms, default 100. */
  releaseMs: number;
  /** Width of the bend around the threshold, 0..48 dB, default 6. */
  kneeDb: number;
  /** Gain behind it, -24..48 dB, default 0. */
  makeupDb: number;
}

/** What each compressor takes its level from, where it is not its input. */
const sidechains = new WeakMap<EffectCore, { readonly node: GraphNode; readonly handle: NodeHandle }>();

function setSidechain(core: EffectCore, source: NodeLike | null): void {
  const node = source === null ? null : nodeOf(source, 'sidechain');
  const { smoothingFrames } = core.session.settings;
  const former = sidechains.get(core)?.node;
  if (node === former) return;
  if (node !== null) expectKey(node, core);
  if (former !== undefined && !former.disposed) sendNode(former, core, true, 0, smoothingFrames, 0);
  sidechains.delete(core);
  if (node === null) return;
  sendNode(node, core, true, 1, smoothingFrames, 0);
  sidechains.set(core, { node, handle: handleOf(source!) });
}

/** The handle of what is one or has one. */
function handleOf(source: NodeLike): NodeHandle {
  return 'handle' in source ? source.handle : source;
}

const description: EffectDescription = {
  className: 'CompressorEffectNode',
  kind: 'compressor',
  rows: parameters.compressor,
};

/**
 * A compressor after Giannoulis, Massberg and Reiss (JAES 2012): quadratic knee, then a smooth branching detector in
 * dB, no dead time before the attack. The level is the largest magnitude of all channels, and all get the same gain.
 */
export class CompressorEffectNode extends EffectNode {
  /**
   * Leads into the endpoint until it is attached elsewhere. Throws a RangeError for a parameter out of range,
   * ERR_DISPOSED, ERR_NODE_LIMIT.
   */
  constructor(engine: Engine, params?: Partial<CompressorParams>) {
    super(engine, effectPart(description, params));
  }

  /** Level in dBFS from which on it turns down, -100..0, default -24, ramped. */
  get thresholdDb(): number {
    return coreOf(this).value('thresholdDb');
  }
  set thresholdDb(thresholdDb: number) {
    coreOf(this).set('thresholdDb', thresholdDb);
  }

  /** dB in for each dB out above the threshold, 1..100, default 4, ramped. */
  get ratio(): number {
    return coreOf(this).value('ratio');
  }
  set ratio(ratio: number) {
    coreOf(this).set('ratio', ratio);
  }

  /** Time constant while it turns down, 0..1000 ms, default 5, ramped. */
  get attackMs(): number {
    return coreOf(this).value('attackMs');
  }
  set attackMs(attackMs: number) {
    coreOf(this).set('attackMs', attackMs);
  }

  /** Time constant while it lets go, 1..5000 ms, default 100, ramped. */
  get releaseMs(): number {
    return coreOf(this).value('releaseMs');
  }
  set releaseMs(releaseMs: number) {
    coreOf(this).set('releaseMs', releaseMs);
  }

  /** Width of the bend around the threshold, 0..48 dB, default 6, ramped. */
  get kneeDb(): number {
    return coreOf(this).value('kneeDb');
  }
  set kneeDb(kneeDb: number) {
    coreOf(this).set('kneeDb', kneeDb);
  }

  /** Gain behind it, -24..48 dB, default 0, ramped. */
  get makeupDb(): number {
    return coreOf(this).value('makeupDb');
  }
  set makeupDb(makeupDb: number) {
    coreOf(this).set('makeupDb', makeupDb);
  }

  /** dB that it takes away at the moment, 0 or more, makeup left out; 0 while nothing sounds or it is not enabled. */
  get reductionDb(): number {
    return coreOf(this).reduction;
  }

  /**
   * Where it takes its level from: what a group or effect puts out, without anything of it being heard here; null
   * (default): from its own input. With another's level music steps back for a voice. Throws AudioError ERR_CYCLE where
   * its own output comes to it, ERR_WRONG_ENGINE, ERR_NO_SUCH_BUS for a sound, ERR_NODE_LIMIT for a ninth send of the
   * node, ERR_DISPOSED.
   */
  get sidechain(): NodeHandle | null {
    const sidechain = sidechains.get(coreOf(this));
    return sidechain === undefined || sidechain.node.disposed ? null : sidechain.handle;
  }
  set sidechain(source: NodeLike | null) {
    setSidechain(coreOf(this), source);
  }

  /** Sets any of the parameters, ramped. Where one is wrong, none is set. */
  setParams(params: Partial<CompressorParams>): void {
    setParamsOf(this, params);
  }

  /** 0: nothing sounds after its input. */
  get tailFrames(): number {
    return coreOf(this) && 0;
  }
}
