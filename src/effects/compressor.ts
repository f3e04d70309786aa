import { compressorParameters } from '../base/effect-parameters.js';
import type { Engine } from '../engine/engine.js';
import { expectKey } from '../engine/graph.js';
import type { EffectCore, EffectDescription } from '../engine/nodes/effect-core.js';
import { type GraphNode, type NodeHandle, type NodeLike, nodeOf, sendNode } from '../engine/session/graph-node.js';
import { coreOf, EffectNode, effectPart, setParamsOf } from './effect-node.js';

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

// #region generated from native/include/mae_effects.def by scripts/generate.mjs
/** The parameters of {@link CompressorEffectNode}. */
export interface CompressorParams {
  /**
   * Level above which it turns down. dBFS, -100..0.
   *
   * @defaultValue `-24`
   */
  thresholdDb: number;
  /**
   * dB in for each dB out above the threshold. Range 1..100.
   *
   * @defaultValue `4`
   */
  ratio: number;
  /**
   * Time constant (63.2 %) while it turns down. Milliseconds, 0..1000.
   *
   * @defaultValue `5`
   */
  attackMs: number;
  /**
   * Time constant (63.2 %) while it lets go. Milliseconds, 1..5000.
   *
   * @defaultValue `100`
   */
  releaseMs: number;
  /**
   * Width of the bend around the threshold. dB, 0..48.
   *
   * @defaultValue `6`
   */
  kneeDb: number;
  /**
   * Gain after the compressor. dB, -24..48.
   *
   * @defaultValue `0`
   */
  makeupDb: number;
}

const description: EffectDescription = {
  className: 'CompressorEffectNode',
  kind: 'compressor',
  number: 10,
  rows: compressorParameters,
};

/**
 * A compressor after Giannoulis, Massberg and Reiss (JAES 2012): a quadratic knee, then a smooth branching detector in
 * dB, no dead time before the attack. The level is the largest magnitude of all channels, and all of them get the same
 * gain.
 *
 * @example
 * ```ts
 * import { attachNode, AudioBuffer, CompressorEffectNode, Engine, Sound } from 'miniaudio-engine';
 *
 * const engine = new Engine({ device: false, channels: 1 });
 * const square = Float32Array.from({ length: 24000 }, (_, frame) => (frame % 100 < 50 ? 0.3 : -0.3));
 * const sound = Sound.fromBuffer(engine, new AudioBuffer(square, { sampleRate: 48000, channels: 1 }));
 * const effect = new CompressorEffectNode(engine, { thresholdDb: -30, ratio: 8 });
 * attachNode(sound, 0, effect, 0);
 * sound.play();
 * const heard = engine.readPcmFrames(24000 + effect.tailFrames);
 * console.log(`loudest sample: ${heard.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)}`);
 * engine.dispose();
 * ```
 */
export class CompressorEffectNode extends EffectNode {
  /**
   * Makes the effect. It leads into the endpoint until it is attached elsewhere.
   *
   * @param engine - The engine that it belongs to.
   * @param params - Any of the parameters; the others are at their defaults.
   * @throws RangeError `ERR_OUT_OF_RANGE` when a parameter is out of its range.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` when an argument is of the wrong kind.
   * @throws {@link AudioError} `ERR_DISPOSED` when the engine was disposed, `ERR_NODE_LIMIT` when it has as many nodes
   * as it can, `ERR_OUT_OF_MEMORY` when there is no memory for another.
   */
  constructor(engine: Engine, params?: Partial<CompressorParams>) {
    super(engine, effectPart(description, params));
  }

  /**
   * Level above which it turns down. dBFS, -100..0. A change is ramped.
   *
   * @defaultValue `-24`
   */
  get thresholdDb(): number {
    return coreOf(this).value('thresholdDb');
  }
  set thresholdDb(thresholdDb: number) {
    coreOf(this).set('thresholdDb', thresholdDb);
  }

  /**
   * dB in for each dB out above the threshold. Range 1..100. A change is ramped.
   *
   * @defaultValue `4`
   */
  get ratio(): number {
    return coreOf(this).value('ratio');
  }
  set ratio(ratio: number) {
    coreOf(this).set('ratio', ratio);
  }

  /**
   * Time constant (63.2 %) while it turns down. Milliseconds, 0..1000. A change is ramped.
   *
   * @defaultValue `5`
   */
  get attackMs(): number {
    return coreOf(this).value('attackMs');
  }
  set attackMs(attackMs: number) {
    coreOf(this).set('attackMs', attackMs);
  }

  /**
   * Time constant (63.2 %) while it lets go. Milliseconds, 1..5000. A change is ramped.
   *
   * @defaultValue `100`
   */
  get releaseMs(): number {
    return coreOf(this).value('releaseMs');
  }
  set releaseMs(releaseMs: number) {
    coreOf(this).set('releaseMs', releaseMs);
  }

  /**
   * Width of the bend around the threshold. dB, 0..48. A change is ramped.
   *
   * @defaultValue `6`
   */
  get kneeDb(): number {
    return coreOf(this).value('kneeDb');
  }
  set kneeDb(kneeDb: number) {
    coreOf(this).set('kneeDb', kneeDb);
  }

  /**
   * Gain after the compressor. dB, -24..48. A change is ramped.
   *
   * @defaultValue `0`
   */
  get makeupDb(): number {
    return coreOf(this).value('makeupDb');
  }
  set makeupDb(makeupDb: number) {
    coreOf(this).set('makeupDb', makeupDb);
  }

  /**
   * Sets any of the parameters, ramped. Where one is wrong, none is set.
   *
   * @param params - The parameters to set.
   * @throws RangeError `ERR_OUT_OF_RANGE` when a parameter is out of its range.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` when a parameter, or `params`, is of the wrong kind.
   * @throws {@link AudioError} `ERR_DISPOSED` when the effect was disposed.
   */
  setParams(params: Partial<CompressorParams>): void {
    setParamsOf(this, params);
  }

  // #endregion

  /**
   * How much it turns down at the moment, in dB, 0 or more, without the makeup gain. 0 while nothing sounds or it is
   * not enabled.
   */
  get reductionDb(): number {
    return coreOf(this).reduction;
  }

  /**
   * Where the level is taken from: the output of a group or an effect, which is not heard here, or `null` for its own
   * input. With another's level, music steps back for a voice.
   *
   * @defaultValue `null`
   * @throws {@link AudioError} `ERR_CYCLE` when its own output leads to the source, `ERR_WRONG_ENGINE` when the source
   * is of another engine, `ERR_NO_SUCH_BUS` when it is a sound, `ERR_NODE_LIMIT` when it has eight sends already,
   * `ERR_DISPOSED` when one of both was disposed.
   */
  get sidechain(): NodeHandle | null {
    const sidechain = sidechains.get(coreOf(this));
    return sidechain === undefined || sidechain.node.disposed ? null : sidechain.handle;
  }
  set sidechain(source: NodeLike | null) {
    setSidechain(coreOf(this), source);
  }

  /** 0: nothing sounds after its input. */
  get tailFrames(): number {
    return coreOf(this) && 0;
  }
}
