import { parameters } from '../base/parameters.js';
import { expectOptions, outOfRange, wrongKind } from '../base/validate.js';
import type { Engine } from '../engine/engine.js';
import { EffectCore, type EffectDescription } from '../engine/nodes/effect-core.js';
import { coreOf, EffectNode, EffectPart, setParamsOf } from './effect-node.js';

/** Parameters of a soft clipper. */
export interface SoftClipParams {
  /** Gain before the curve, 0.01..100, default 2. */
  drive: number;
  /** Linear gain behind the curve, 0..16, default 1. */
  outputGain: number;
  /**
   * How many times the rate the curve works at: 1 (default), 2 or 4. More of it leaves fewer aliases and costs latency.
   * Fixed at construction.
   */
  oversample: 1 | 2 | 4;
}

const description: EffectDescription = { className: 'SoftClipEffectNode', kind: 'softClip', rows: parameters.softClip };

/** Frames by which linear-phase filters delay: native/effects/half_band.h. */
const latencies = { 1: 0, 2: 36, 4: 42 } as const;

function expectOversample(value: unknown): 1 | 2 | 4 {
  if (value === 1 || value === 2 || value === 4) return value;
  throw typeof value === 'number'
    ? outOfRange('1, 2 or 4', 'oversample', value)
    : wrongKind('1, 2 or 4', 'oversample', value);
}

/** Bends loud samples: y = outputGain tanh(drive x) / tanh(drive), so that 1 stays 1. */
export class SoftClipEffectNode extends EffectNode {
  readonly #oversample: 1 | 2 | 4;

  /**
   * Leads into the endpoint until it is attached elsewhere. Throws a RangeError for a parameter out of range,
   * ERR_DISPOSED, ERR_NODE_LIMIT.
   */
  constructor(engine: Engine, params?: Partial<SoftClipParams>) {
    let oversample: 1 | 2 | 4 = 1;
    const part = new EffectPart((session) => {
      const given = expectOptions(params, 'params');
      if (given.oversample !== undefined) oversample = expectOversample(given.oversample);
      return new EffectCore(session, description, oversample, given);
    });
    super(engine, part);
    this.#oversample = oversample;
  }

  /** Gain before the curve, 0.01..100, default 2, ramped. */
  get drive(): number {
    return coreOf(this).value('drive');
  }
  set drive(drive: number) {
    coreOf(this).set('drive', drive);
  }

  /** Linear gain behind the curve, 0..16, default 1, ramped. */
  get outputGain(): number {
    return coreOf(this).value('outputGain');
  }
  set outputGain(outputGain: number) {
    coreOf(this).set('outputGain', outputGain);
  }

  /** How many times the rate the curve works at: 1, 2 or 4. */
  get oversample(): 1 | 2 | 4 {
    return coreOf(this) && this.#oversample;
  }

  /**
   * Sets drive and outputGain, ramped. Where one is wrong, none is set; so it is with an `oversample` other than that
   * of the construction.
   */
  setParams(params: Partial<SoftClipParams>): void {
    const { oversample } = this;
    const given: unknown = typeof params === 'object' && params !== null ? params.oversample : undefined;
    if (given !== undefined && expectOversample(given) !== oversample)
      throw outOfRange(`${oversample}, as it was made with,`, 'oversample', given);
    setParamsOf(this, params);
  }

  /** 0 without oversampling, 36 frames with 2, 42 with 4. */
  override get latencyFrames(): number {
    return latencies[this.oversample];
  }

  /** Frames that the filters of oversampling go on for: 0 without. */
  get tailFrames(): number {
    return 2 * this.latencyFrames;
  }
}
