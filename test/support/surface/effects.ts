import { effectTable } from '../effect-table.mjs';
import { effectSubjects, maximumOf } from '../effects.js';
import {
  aNodeHere,
  anEngine,
  integer,
  make,
  number,
  option,
  optionsObject,
  type Row,
  seconds,
  word,
  yesOrNo,
} from './rows.js';
import type { Surface } from './surface.js';

const commonRows = effectSubjects.flatMap(({ name, type, parameters }): Row[] => {
  // biome-ignore lint/suspicious/noExplicitAny: the table hands over what the types forbid.
  const effect = (surface: Surface): any => surface.effects[name];
  const declaredIn = (member: string): string => {
    for (let owner = type as { prototype: object; name: string }; ; owner = Object.getPrototypeOf(owner))
      if (Object.hasOwn(owner.prototype, member)) return owner.name;
  };
  const ranges = Object.entries(parameters).map(([parameter, range]): [string, Row['expects']] => [
    parameter,
    number(range.minimum, maximumOf(range, 48000)),
  ]);
  const [first] = Object.keys(parameters) as [string];
  const made = (surface: Surface, given: unknown) => make(type, surface.engine, given);
  return [
    { member: `${name}.constructor`, parameter: 'engine', expects: anEngine, call: (_, value) => make(type, value) },
    { member: `${name}.constructor`, parameter: 'params', optional: true, expects: optionsObject, call: made },
    {
      member: `${declaredIn('setParams')}.setParams`,
      parameter: 'params',
      expects: optionsObject,
      call: (surface, value) => effect(surface).setParams(value),
    },
    ...ranges.flatMap(([parameter, expects]): Row[] => [
      option(`${name}.constructor`, parameter, expects, made),
      option(`${declaredIn('setParams')}.setParams`, parameter, expects, (surface, given) =>
        effect(surface).setParams(given),
      ),
      {
        member: `${declaredIn(parameter)}.${parameter}`,
        parameter,
        expects,
        call: (surface, value) => Reflect.set(effect(surface), parameter, value),
      },
      {
        member: 'EffectNode.ramp',
        parameter: 'target',
        expects,
        call: (surface, value) => effect(surface).ramp(parameter, value, { seconds: 1 }),
      },
    ]),
    {
      member: 'EffectNode.enabled',
      parameter: 'enabled',
      expects: yesOrNo,
      call: (surface, value) => Reflect.set(effect(surface), 'enabled', value),
    },
    {
      member: 'EffectNode.ramp',
      parameter: 'parameter',
      expects: word(...Object.keys(parameters)),
      call: (surface, value) => effect(surface).ramp(value, parameters[first]?.unlike, { seconds: 1 }),
    },
    {
      member: 'EffectNode.ramp',
      parameter: 'options',
      expects: optionsObject,
      call: (surface, value) => effect(surface).ramp(first, parameters[first]?.unlike, value),
    },
    {
      member: 'EffectNode.ramp',
      parameter: 'seconds',
      expects: seconds,
      call: (surface, value) => effect(surface).ramp(first, parameters[first]?.unlike, { seconds: value }),
    },
  ];
});

/** Options and switches: what of an effect is no number that can be moved. */
const optionRows = effectTable.flatMap(({ node, parameters, option: choice }): Row[] => {
  const { type } = effectSubjects.find(({ name }) => name === node)!;
  const switches = parameters.filter(({ kind }) => kind === 'switch');
  const made = (surface: Surface, given: unknown) => make(type, surface.engine, given);
  return [
    ...(choice === undefined ? [] : [option(`${node}.constructor`, choice.name, oneOf(choice.values), made)]),
    ...switches.flatMap(({ name }): Row[] => [
      option(`${node}.constructor`, name, yesOrNo, made),
      {
        member: `${node}.${name}`,
        parameter: name,
        expects: yesOrNo,
        call: ({ effects }, value) => Reflect.set(effects[node] as object, name, value),
      },
    ]),
  ];
});

/** Words, or numbers of which the first two follow one another. */
function oneOf(values: readonly (number | string)[]): Row['expects'] {
  const numbers = values.filter((value) => typeof value === 'number');
  return numbers.length > 0 ? integer(numbers[0]!, numbers[1]!) : word(...values.map(String));
}

const filterRows = ['LPFEffectNode', 'PeakEffectNode'].map(
  (name): Row => ({
    member: `${name === 'LPFEffectNode' ? 'CutoffNode' : 'BandNode'}.frequencyResponse`,
    parameter: 'hz',
    expects: number(0, 24000),
    // biome-ignore lint/suspicious/noExplicitAny: the table hands over what the types forbid.
    call: (surface, value) => (surface.effects[name] as any).frequencyResponse([value]),
  }),
);

/** Effects. */
export const effectRows: readonly Row[] = [
  ...commonRows,
  ...filterRows,
  ...optionRows,
  {
    member: 'CompressorEffectNode.sidechain',
    parameter: 'sidechain',
    expects: aNodeHere(null),
    call: ({ effects }, value) => Reflect.set(effects['CompressorEffectNode'] as object, 'sidechain', value),
  },
];
