import { chain, type EffectNode, type Engine, type FrequencyResponse, type NodeLike } from '../index.js';
import { commandEffects as kinds } from './effect-kinds.js';
import { usageFailure } from './failure.js';

/** An effect as it is written: `reverb:wet=0.4,roomSize=0.8`. */
export interface EffectWords {
  readonly kind: EffectKind;
  readonly params: Readonly<Record<string, number | boolean | string>>;
}

type AnyParams = Record<string, unknown>;

/** The short names of the effects. */
export type EffectKind = keyof typeof kinds;

/** All of them. */
export const effectKinds = Object.keys(kinds) as EffectKind[];

/** Reads `kind` or `kind:name=value,name=value`. Throws a usage failure that names what there is. */
export function parseEffect(text: string): EffectWords {
  const [name = '', rest] = splitOnce(text, ':');
  const kind = effectKinds.find((known) => known === name);
  if (kind === undefined) throw usageFailure(`Unknown effect "${name}"; known effects: ${effectKinds.join(', ')}`);
  const params: Record<string, number | boolean | string> = {};
  for (const pair of rest === undefined || rest === '' ? [] : rest.split(',')) {
    const [key = '', word] = splitOnce(pair, '=');
    if (!kinds[kind].names.includes(key as never))
      throw usageFailure(`Unknown parameter "${key}" of ${kind}; its parameters: ${kinds[kind].names.join(', ')}`);
    if (word === undefined || word.trim() === '')
      throw usageFailure(`"${pair}" of ${kind} has no value: write ${key}=VALUE`);
    params[key] = plainValue(word);
  }
  return { kind, params };
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function plainValue(word: string): number | boolean | string {
  if (word === 'true' || word === 'false') return word === 'true';
  const number = Number(word);
  return Number.isNaN(number) ? word : number;
}

/** For commander: collects `--effect` given several times. */
export function collectEffects(text: string, before: readonly EffectWords[] | undefined): EffectWords[] {
  return [...(before ?? []), parseEffect(text)];
}

/** Makes an effect. Throws a RangeError or TypeError for a value that it does not take. */
export function makeEffect(engine: Engine, { kind, params }: EffectWords): EffectNode {
  const type = kinds[kind].type as new (engine: Engine, params: AnyParams) => EffectNode;
  return new type(engine, { ...params });
}

/** Leads `source` through effects in their order and then to `destination` (default: the engine). */
export function routeThrough(
  engine: Engine,
  source: NodeLike,
  effects: readonly EffectWords[],
  destination?: NodeLike,
): void {
  if (effects.length === 0) return;
  chain(
    source,
    effects.map((words) => makeEffect(engine, words)),
    destination,
  );
}

/** An effect whose effect on tones is a formula. */
export type ResponsiveEffect = EffectNode & { frequencyResponse(hz: ArrayLike<number>): FrequencyResponse };

/** True for the filters. */
export function hasResponse(effect: EffectNode): effect is ResponsiveEffect {
  return 'frequencyResponse' in effect;
}
