import * as library from '../../src/index.js';
import { attachNode, type EffectNode, type Engine, type Sound } from '../../src/index.js';
import { effectTable } from './effect-table.mjs';
import { soundOf } from './hosts.js';

/** One parameter of an effect: its range and default, and another value that is heard to differ. */
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

/**
 * What was promised of each effect, so written down once more: its ranges and defaults. `params` and `unlike` are
 * chosen so that they are heard; of an effect that is not here they follow from the table.
 */
const promised: readonly Omit<EffectSubject, 'type'>[] = [
  { name: 'LPFEffectNode', params: {}, parameters: { cutoffHz: cutoff, q } },
  { name: 'HPFEffectNode', params: {}, parameters: { cutoffHz: cutoff, q } },
  {
    name: 'BPFEffectNode',
    params: { q: 2 },
    parameters: { cutoffHz: cutoff, q },
    options: { form: 'skirt' },
  },
  {
    name: 'NotchEffectNode',
    params: {},
    parameters: { cutoffHz: cutoff, q: { ...q, initial: 1 } },
  },
  {
    name: 'PeakEffectNode',
    params: { gainDb: 9 },
    parameters: { freq: cutoff, q: { ...q, initial: 1 }, gainDb },
  },
  {
    name: 'LowShelfEffectNode',
    params: { gainDb: 9 },
    parameters: { freq: { ...cutoff, initial: 200 }, q: slope, gainDb },
  },
  {
    name: 'HighShelfEffectNode',
    params: { gainDb: 9 },
    parameters: { freq: { ...cutoff, initial: 8000 }, q: slope, gainDb },
  },
  {
    name: 'DelayEffectNode',
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
    params: {},
    parameters: {
      drive: { minimum: 0.01, maximum: 100, initial: 2, unlike: 5 },
      outputGain: { minimum: 0, maximum: 16, initial: 1, unlike: 0.5 },
    },
    options: { oversample: 2 },
  },
  {
    name: 'CompressorEffectNode',
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

/** A row of the table as it is read here. */
interface TableRow {
  readonly kind: string;
  readonly name: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly maximumOfRate?: number;
  readonly initial: number;
}

function parameterOf({ minimum, maximum, maximumOfRate, initial }: TableRow): EffectParameter {
  return {
    minimum,
    maximum: maximumOfRate === undefined ? maximum : (rate) => maximumOfRate * rate,
    initial,
    unlike: initial < (minimum + maximum) / 2 ? initial + (maximum - initial) / 4 : initial - (initial - minimum) / 4,
  };
}

/** The options of an effect that are no numbers, each with another value than the default. */
function optionsOf({ parameters, option }: (typeof effectTable)[number]): Record<string, unknown> {
  const switches = parameters.filter(({ kind }) => kind === 'switch');
  const others = Object.fromEntries(switches.map(({ name, initial }) => [name, initial === 0]));
  if (option === undefined) return others;
  const values: readonly unknown[] = option.values;
  return { ...others, [option.name]: values.find((value) => value !== option.initial) };
}

const classes: ReadonlyMap<string, unknown> = new Map(Object.entries(library));

/** Every effect of the table. */
export const effectSubjects: readonly EffectSubject[] = effectTable.map((effect) => {
  const name: string = effect.node;
  const numbers: readonly TableRow[] = effect.parameters.filter(({ kind }) => kind === 'number');
  return {
    name,
    params: effect.example,
    parameters: Object.fromEntries(numbers.map((row) => [row.name, parameterOf(row)])),
    options: optionsOf(effect),
    ...promised.find((one) => one.name === name),
    type: classes.get(name) as EffectClass,
  };
});

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
