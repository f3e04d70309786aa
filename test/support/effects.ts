import {
  attachNode,
  BPFEffectNode,
  CompressorEffectNode,
  DelayEffectNode,
  type EffectNode,
  type Engine,
  FreeverbEffectNode,
  HighShelfEffectNode,
  HPFEffectNode,
  LowShelfEffectNode,
  LPFEffectNode,
  NotchEffectNode,
  PeakEffectNode,
  SoftClipEffectNode,
  type Sound,
} from '../../src/index.js';
import { soundOf } from './hosts.js';

/**
 * One parameter of an effect: its range and default (the tables of the contract, written down once more), and two
 * values that are heard to differ.
 */
export interface EffectParameter {
  readonly minimum: number;
  readonly maximum: number | ((sampleRate: number) => number);
  readonly initial: number;
  readonly unlike: number;
}

// biome-ignore lint/suspicious/noExplicitAny: constructors with different parameters in one table.
type EffectClass = new (engine: Engine, params?: any) => EffectNode;

export interface EffectSubject {
  readonly name: string;
  readonly type: EffectClass;
  /** With these it does something to every signal. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly parameters: Readonly<Record<string, EffectParameter>>;
  /** Options that are no numbers: of each another value than the default. */
  readonly options?: Readonly<Record<string, unknown>>;
}

const cutoff = { minimum: 10, maximum: (rate: number) => 0.49 * rate, initial: 1000, unlike: 400 };
const q = { minimum: 0.05, maximum: 100, initial: 707 / 1000, unlike: 3 };
const gainDb = { minimum: -60, maximum: 60, initial: 0, unlike: -9 };
const slope = { minimum: 0.05, maximum: 1, initial: 1, unlike: 0.3 };
const linear = (initial: number) => ({ minimum: 0, maximum: 4, initial, unlike: 1.3 });
const unit = (initial: number) => ({ minimum: 0, maximum: 1, initial, unlike: 0.9 });

export const effectSubjects: readonly EffectSubject[] = [
  { name: 'LPFEffectNode', type: LPFEffectNode, params: {}, parameters: { cutoffHz: cutoff, q } },
  { name: 'HPFEffectNode', type: HPFEffectNode, params: {}, parameters: { cutoffHz: cutoff, q } },
  {
    name: 'BPFEffectNode',
    type: BPFEffectNode,
    params: { q: 2 },
    parameters: { cutoffHz: cutoff, q },
    options: { form: 'skirt' },
  },
  {
    name: 'NotchEffectNode',
    type: NotchEffectNode,
    params: {},
    parameters: { cutoffHz: cutoff, q: { ...q, initial: 1 } },
  },
  {
    name: 'PeakEffectNode',
    type: PeakEffectNode,
    params: { gainDb: 9 },
    parameters: { freq: cutoff, q: { ...q, initial: 1 }, gainDb },
  },
  {
    name: 'LowShelfEffectNode',
    type: LowShelfEffectNode,
    params: { gainDb: 9 },
    parameters: { freq: { ...cutoff, initial: 200 }, q: slope, gainDb },
  },
  {
    name: 'HighShelfEffectNode',
    type: HighShelfEffectNode,
    params: { gainDb: 9 },
    parameters: { freq: { ...cutoff, initial: 8000 }, q: slope, gainDb },
  },
  {
    name: 'DelayEffectNode',
    type: DelayEffectNode,
    params: { delaySeconds: 0.01 },
    parameters: {
      delaySeconds: { minimum: 0, maximum: 10, initial: 0.25, unlike: 0.0123 },
      decay: { minimum: 0, maximum: 0.999, initial: 0.4, unlike: 0.8 },
      wet: linear(0.5),
      dry: linear(0.5),
    },
  },
  {
    name: 'SoftClipEffectNode',
    type: SoftClipEffectNode,
    params: {},
    parameters: {
      drive: { minimum: 0.01, maximum: 100, initial: 2, unlike: 5 },
      outputGain: { minimum: 0, maximum: 16, initial: 1, unlike: 0.5 },
    },
    options: { oversample: 2 },
  },
  {
    name: 'CompressorEffectNode',
    type: CompressorEffectNode,
    params: {},
    parameters: {
      thresholdDb: { minimum: -100, maximum: 0, initial: -24, unlike: -12 },
      ratio: { minimum: 1, maximum: 100, initial: 4, unlike: 2 },
      attackMs: { minimum: 0, maximum: 1000, initial: 5, unlike: 20 },
      releaseMs: { minimum: 1, maximum: 5000, initial: 100, unlike: 10 },
      kneeDb: { minimum: 0, maximum: 48, initial: 6, unlike: 40 },
      makeupDb: { minimum: -24, maximum: 48, initial: 0, unlike: 5 },
    },
  },
  {
    name: 'FreeverbEffectNode',
    type: FreeverbEffectNode,
    params: {},
    parameters: {
      roomSize: unit(0.5),
      damping: unit(0.5),
      wet: linear(0.3),
      dry: linear(0.7),
      width: { ...unit(1), unlike: 0.2 },
    },
    options: { freeze: true },
  },
];

/** The greatest value of a parameter at a rate. */
export function maximumOf(parameter: EffectParameter, sampleRate: number): number {
  return typeof parameter.maximum === 'number' ? parameter.maximum : parameter.maximum(sampleRate);
}

/** A sound at rest that leads into an effect, which leads to the endpoint. */
export function soundInto(
  effect: EffectNode,
  samples: Float32Array,
  options: Parameters<typeof soundOf>[2] = {},
): Sound {
  const sound = soundOf(effect.engine, samples, options);
  attachNode(sound, 0, effect, 0);
  return sound;
}
