import type { Curve, Engine, NodeHandle } from './contract.js';

// effects: shapes; ranges and defaults stand in effects.md
export declare abstract class EffectNode implements Disposable {
  constructor(engine: Engine); // abstract: `new EffectNode()` throws a TypeError, also from plain JavaScript
  readonly engine: Engine;
  readonly handle: NodeHandle;
  readonly latencyFrames: number;
  readonly tailFrames: number;
  enabled: boolean; // false passes the input through, cross-faded
  ramp(
    parameter: string,
    target: number,
    options: { seconds: number; curve?: Curve; atFrames?: number },
  ): Promise<boolean>;
  reset(): void; // clears delay lines and filter state
  shutdown(): void;
  dispose(): void;
  [Symbol.dispose](): void;
  // its input is re-routed to where it led: taking an effect out never mutes what went through it
  readonly disposed: boolean;
}
interface CutoffParams {
  cutoffHz: number;
  q: number;
}
interface BandParams {
  freq: number;
  q: number;
  gainDb: number;
}
declare abstract class CutoffNode extends EffectNode {
  constructor(engine: Engine, params?: Partial<CutoffParams>);
  cutoffHz: number;
  q: number;
  setParams(p: Partial<CutoffParams>): void;
  frequencyResponse(hz: ArrayLike<number>): { magnitude: Float64Array; phase: Float64Array };
}
declare abstract class BandNode extends EffectNode {
  constructor(engine: Engine, params?: Partial<BandParams>);
  freq: number;
  q: number;
  gainDb: number;
  setParams(p: Partial<BandParams>): void;
  frequencyResponse(hz: ArrayLike<number>): { magnitude: Float64Array; phase: Float64Array };
}
export declare class LPFEffectNode extends CutoffNode {}
export declare class HPFEffectNode extends CutoffNode {}
export declare class BPFEffectNode extends CutoffNode {
  constructor(engine: Engine, params?: Partial<CutoffParams> & { form?: 'peak' | 'skirt' });
}
export declare class NotchEffectNode extends CutoffNode {}
export declare class PeakEffectNode extends BandNode {}
export declare class LowShelfEffectNode extends BandNode {}
export declare class HighShelfEffectNode extends BandNode {}
export declare class DelayEffectNode extends EffectNode {
  constructor(engine: Engine, params?: Partial<DelayParams>);
  delaySeconds: number;
  decay: number;
  wet: number;
  dry: number;
  setParams(p: Partial<DelayParams>): void;
}
export declare class SoftClipEffectNode extends EffectNode {
  constructor(engine: Engine, params?: Partial<SoftClipParams>);
  drive: number;
  outputGain: number;
  setParams(p: Partial<SoftClipParams>): void;
}
export declare class CompressorEffectNode extends EffectNode {
  constructor(engine: Engine, params?: Partial<CompressorParams>);
  thresholdDb: number;
  ratio: number;
  attackMs: number;
  releaseMs: number;
  kneeDb: number;
  makeupDb: number;
  readonly reductionDb: number;
  setParams(p: Partial<CompressorParams>): void;
}
export declare class FreeverbEffectNode extends EffectNode {
  constructor(engine: Engine, params?: Partial<FreeverbParams>);
  roomSize: number;
  damping: number;
  wet: number;
  dry: number;
  width: number;
  freeze: boolean;
  setParams(p: Partial<FreeverbParams>): void;
}
export interface DelayParams {
  delaySeconds: number;
  decay: number;
  wet: number;
  dry: number;
}
export interface SoftClipParams {
  drive: number;
  outputGain: number;
  oversample: 1 | 2 | 4;
}
export interface CompressorParams {
  thresholdDb: number;
  ratio: number;
  attackMs: number;
  releaseMs: number;
  kneeDb: number;
  makeupDb: number;
}
export interface FreeverbParams {
  roomSize: number;
  damping: number;
  wet: number;
  dry: number;
  width: number;
  freeze: boolean;
}
