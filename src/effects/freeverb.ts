import { parameters } from '../base/parameters.js';
import type { Engine } from '../engine/engine.js';
import type { EffectDescription } from '../engine/nodes/effect-core.js';
import { coreOf, EffectNode, effectPart, setParamsOf } from './effect-node.js';
import { framesToFall } from './frequency-response.js';

/** Parameters of a reverberation. */
export interface FreeverbParams {
  /** How long it rings, 0..1, default 0.5: feedback 0.7 + 0.28 roomSize. */
  roomSize: number;
  /** How much faster high tones fade, 0..1, default 0.5. */
  damping: number;
  /** Linear gain of the reverberation, 0..4, default 0.3. */
  wet: number;
  /** Linear gain of the input, 0..4, default 0.7; 1 passes it exactly. */
  dry: number;
  /** 0 the same on both sides .. 1 (default) widest. Without effect on an engine of one channel. */
  width: number;
  /** True holds what sounds, at its level, and takes nothing in. Default false. */
  freeze: boolean;
}

const description: EffectDescription = {
  className: 'FreeverbEffectNode',
  kind: 'freeverb',
  rows: parameters.freeverb,
  switches: ['freeze'],
};

/**
 * Lengths at 44.1 kHz of the longest comb, the longest all-pass and what the right side has more:
 * native/effects/freeverb.c.
 */
const longestComb = 1617;
const longestAllPass = 556;
const spread = 23;

/** Jezar's Freeverb. More than two channels go in pairs; one channel is the left half of a pair. */
export class FreeverbEffectNode extends EffectNode {
  /**
   * Leads into the endpoint until it is attached elsewhere. Throws a RangeError for a parameter out of range,
   * ERR_DISPOSED, ERR_NODE_LIMIT, ERR_OUT_OF_MEMORY.
   */
  constructor(engine: Engine, params?: Partial<FreeverbParams>) {
    super(engine, effectPart(description, params));
  }

  /** How long it rings, 0..1, default 0.5, ramped. */
  get roomSize(): number {
    return coreOf(this).value('roomSize');
  }
  set roomSize(roomSize: number) {
    coreOf(this).set('roomSize', roomSize);
  }

  /** How much faster high tones fade, 0..1, default 0.5, ramped. */
  get damping(): number {
    return coreOf(this).value('damping');
  }
  set damping(damping: number) {
    coreOf(this).set('damping', damping);
  }

  /** Linear gain of the reverberation, 0..4, default 0.3, ramped. */
  get wet(): number {
    return coreOf(this).value('wet');
  }
  set wet(wet: number) {
    coreOf(this).set('wet', wet);
  }

  /** Linear gain of the input, 0..4, default 0.7, ramped. */
  get dry(): number {
    return coreOf(this).value('dry');
  }
  set dry(dry: number) {
    coreOf(this).set('dry', dry);
  }

  /** 0 the same on both sides .. 1 (default) widest, ramped. */
  get width(): number {
    return coreOf(this).value('width');
  }
  set width(width: number) {
    coreOf(this).set('width', width);
  }

  /** True holds what sounds and takes nothing in, default false; faded over the smoothing time. */
  get freeze(): boolean {
    return coreOf(this).value('freeze') === 1;
  }
  set freeze(freeze: boolean) {
    coreOf(this).set('freeze', freeze);
  }

  /** Sets any of the parameters, ramped. Where one is wrong, none is set. */
  setParams(params: Partial<FreeverbParams>): void {
    setParamsOf(this, params);
  }

  /** Frames until it has fallen by 60 dB: Infinity while frozen, 0 where wet is 0. */
  get tailFrames(): number {
    if (this.wet === 0) return 0;
    if (this.freeze) return Infinity;
    const scale = coreOf(this).session.settings.sampleRate / 44100;
    const comb = Math.round(longestComb * scale) + Math.round(spread * scale);
    const allPass = Math.round(longestAllPass * scale) + Math.round(spread * scale);
    return Math.ceil(comb * (1 + framesToFall(0.7 + 0.28 * this.roomSize, 60)) + allPass * framesToFall(0.5, 60));
  }
}
