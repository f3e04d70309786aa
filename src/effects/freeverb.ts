import { freeverbParameters } from '../base/effect-parameters.js';
import type { Engine } from '../engine/engine.js';
import type { EffectDescription } from '../engine/nodes/effect-core.js';
import { coreOf, EffectNode, effectPart, setParamsOf } from './effect-node.js';
import { framesToFall } from './frequency-response.js';

/**
 * Lengths at 44.1 kHz of the longest comb, the longest all-pass and what the right side has more:
 * native/effects/freeverb.c.
 */
const longestComb = 1617;
const longestAllPass = 556;
const spread = 23;

// #region generated from native/include/mae_effects.def by scripts/generate.mjs
/** The parameters of {@link FreeverbEffectNode}. */
export interface FreeverbParams {
  /**
   * How long it rings: the feedback is 0.7 + 0.28 roomSize. Range 0..1.
   *
   * @defaultValue `0.5`
   */
  roomSize: number;
  /**
   * How much faster high tones fade. Range 0..1.
   *
   * @defaultValue `0.5`
   */
  damping: number;
  /**
   * Gain of the reverberation. Linear, 0..4.
   *
   * @defaultValue `0.3`
   */
  wet: number;
  /**
   * Gain of the input: 1 passes it exactly. Linear, 0..4.
   *
   * @defaultValue `0.7`
   */
  dry: number;
  /**
   * 0 is the same on both sides, 1 is widest. Without effect on an engine of one channel. Range 0..1.
   *
   * @defaultValue `1`
   */
  width: number;
  /**
   * True holds what sounds, at its level, and takes nothing in.
   *
   * @defaultValue `false`
   */
  freeze: boolean;
}

const description: EffectDescription = {
  className: 'FreeverbEffectNode',
  kind: 'freeverb',
  number: 11,
  rows: freeverbParameters,
  switches: ['freeze'],
};

/**
 * Reverberation: Jezar's Freeverb. Channels go in pairs; one that is left over is the left half of a pair.
 *
 * @example
 * ```ts
 * import { attachNode, AudioBuffer, Engine, FreeverbEffectNode, Sound } from 'miniaudio-engine';
 *
 * const engine = new Engine({ device: false, channels: 1 });
 * const square = Float32Array.from({ length: 24000 }, (_, frame) => (frame % 100 < 50 ? 0.3 : -0.3));
 * const sound = Sound.fromBuffer(engine, new AudioBuffer(square, { sampleRate: 48000, channels: 1 }));
 * const effect = new FreeverbEffectNode(engine, { roomSize: 0.8, wet: 0.5 });
 * attachNode(sound, 0, effect, 0);
 * sound.play();
 * const heard = engine.readPcmFrames(24000 + effect.tailFrames);
 * console.log(`loudest sample: ${heard.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)}`);
 * engine.dispose();
 * ```
 */
export class FreeverbEffectNode extends EffectNode {
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
  constructor(engine: Engine, params?: Partial<FreeverbParams>) {
    super(engine, effectPart(description, params));
  }

  /**
   * How long it rings: the feedback is 0.7 + 0.28 roomSize. Range 0..1. A change is ramped.
   *
   * @defaultValue `0.5`
   */
  get roomSize(): number {
    return coreOf(this).value('roomSize');
  }
  set roomSize(roomSize: number) {
    coreOf(this).set('roomSize', roomSize);
  }

  /**
   * How much faster high tones fade. Range 0..1. A change is ramped.
   *
   * @defaultValue `0.5`
   */
  get damping(): number {
    return coreOf(this).value('damping');
  }
  set damping(damping: number) {
    coreOf(this).set('damping', damping);
  }

  /**
   * Gain of the reverberation. Linear, 0..4. A change is ramped.
   *
   * @defaultValue `0.3`
   */
  get wet(): number {
    return coreOf(this).value('wet');
  }
  set wet(wet: number) {
    coreOf(this).set('wet', wet);
  }

  /**
   * Gain of the input: 1 passes it exactly. Linear, 0..4. A change is ramped.
   *
   * @defaultValue `0.7`
   */
  get dry(): number {
    return coreOf(this).value('dry');
  }
  set dry(dry: number) {
    coreOf(this).set('dry', dry);
  }

  /**
   * 0 is the same on both sides, 1 is widest. Without effect on an engine of one channel. Range 0..1. A change is
   * ramped.
   *
   * @defaultValue `1`
   */
  get width(): number {
    return coreOf(this).value('width');
  }
  set width(width: number) {
    coreOf(this).set('width', width);
  }

  /**
   * True holds what sounds, at its level, and takes nothing in. A change is ramped.
   *
   * @defaultValue `false`
   */
  get freeze(): boolean {
    return coreOf(this).value('freeze') === 1;
  }
  set freeze(freeze: boolean) {
    coreOf(this).set('freeze', freeze);
  }

  /**
   * Sets any of the parameters, ramped. Where one is wrong, none is set.
   *
   * @param params - The parameters to set.
   * @throws RangeError `ERR_OUT_OF_RANGE` when a parameter is out of its range.
   * @throws TypeError `ERR_INVALID_ARG_TYPE` when a parameter, or `params`, is of the wrong kind.
   * @throws {@link AudioError} `ERR_DISPOSED` when the effect was disposed.
   */
  setParams(params: Partial<FreeverbParams>): void {
    setParamsOf(this, params);
  }

  // #endregion

  /** Frames until it has fallen by 60 dB: `Infinity` while it is frozen, 0 while `wet` is 0. */
  get tailFrames(): number {
    if (this.wet === 0) return 0;
    if (this.freeze) return Infinity;
    const scale = coreOf(this).session.settings.sampleRate / 44100;
    const comb = Math.round(longestComb * scale) + Math.round(spread * scale);
    const allPass = Math.round(longestAllPass * scale) + Math.round(spread * scale);
    return Math.ceil(comb * (1 + framesToFall(0.7 + 0.28 * this.roomSize, 60)) + allPass * framesToFall(0.5, 60));
  }
}
