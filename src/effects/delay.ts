import { parameters } from '../base/parameters.js';
import type { Engine } from '../engine/engine.js';
import type { EffectDescription } from '../engine/nodes/effect-core.js';
import { coreOf, EffectNode, effectPart, setParamsOf } from './effect-node.js';
import { framesToFall } from './frequency-response.js';

/** Parameters of a delay. */
export interface DelayParams {
  /**
   * Seconds between echoes, 0..10, fractions of a frame included; less than a frame acts as one. Default 0.25. Ramped
   * it glides like a tape.
   */
  delaySeconds: number;
  /** Factor from each echo to the next, 0..0.999, default 0.4. */
  decay: number;
  /** Linear gain of the echoes, 0..4, default 0.5. */
  wet: number;
  /** Linear gain of the input, 0..4, default 0.5. */
  dry: number;
}

const description: EffectDescription = { className: 'DelayEffectNode', kind: 'delay', rows: parameters.delay };

/**
 * Echoes: y = dry x + wet d, where the line takes x + decay d and d is what it gives after delaySeconds. dry 1 and wet
 * 0 is exactly the input.
 */
export class DelayEffectNode extends EffectNode {
  /**
   * Leads into the endpoint until it is attached elsewhere. Throws a RangeError for a parameter out of range,
   * ERR_DISPOSED, ERR_NODE_LIMIT, ERR_OUT_OF_MEMORY.
   */
  constructor(engine: Engine, params?: Partial<DelayParams>) {
    super(engine, effectPart(description, params));
  }

  /** Seconds between echoes, 0..10, default 0.25, ramped. */
  get delaySeconds(): number {
    return coreOf(this).value('delaySeconds');
  }
  set delaySeconds(delaySeconds: number) {
    coreOf(this).set('delaySeconds', delaySeconds);
  }

  /** Factor from each echo to the next, 0..0.999, default 0.4, ramped. */
  get decay(): number {
    return coreOf(this).value('decay');
  }
  set decay(decay: number) {
    coreOf(this).set('decay', decay);
  }

  /** Linear gain of the echoes, 0..4, default 0.5, ramped. */
  get wet(): number {
    return coreOf(this).value('wet');
  }
  set wet(wet: number) {
    coreOf(this).set('wet', wet);
  }

  /** Linear gain of the input, 0..4, default 0.5, ramped. */
  get dry(): number {
    return coreOf(this).value('dry');
  }
  set dry(dry: number) {
    coreOf(this).set('dry', dry);
  }

  /** Sets any of the parameters, ramped. Where one is wrong, none is set. */
  setParams(params: Partial<DelayParams>): void {
    setParamsOf(this, params);
  }

  /** Frames until its echoes have fallen by 60 dB; 0 where wet is 0. */
  get tailFrames(): number {
    if (this.wet === 0) return 0;
    const frames = Math.max(1, this.delaySeconds * coreOf(this).session.settings.sampleRate);
    return Math.ceil(frames * (1 + framesToFall(this.decay, 60)));
  }
}
