import type { Expectation } from './bad-values.js';
import type { Surface } from './surface.js';

/** One parameter of one member: what it expects and a call that hands it a value. */
export interface Row {
  /** `Class.member`, or the name of a function. */
  readonly member: string;
  readonly parameter: string;
  readonly optional?: boolean;
  readonly expects: (surface: Surface) => Expectation;
  // biome-ignore lint/suspicious/noExplicitAny: the point of the table is to hand over what the types forbid.
  readonly call: (surface: Surface, value: any) => unknown;
}

export const number =
  (from: number, to: number, ...allowed: unknown[]) =>
  (): Expectation => ({ is: 'number', from, to, allowed });
export const integer =
  (from: number, to: number, ...allowed: unknown[]) =>
  (): Expectation => ({ is: 'integer', from, to, allowed });
export const word =
  (...words: string[]) =>
  (): Expectation => ({ is: 'word', words });
export type Kind = Extract<Expectation, { is: 'kind' }>['kind'];
export const kind =
  (name: Kind, ...allowed: unknown[]) =>
  (): Expectation => ({ is: 'kind', kind: name, allowed });
export const anEngine = ({ disposedEngine }: Surface): Expectation => ({ is: 'instance', disposed: disposedEngine });
export const aBuffer = ({ disposedBuffer }: Surface): Expectation => ({ is: 'instance', disposed: disposedBuffer });
export const aGroup = ({ disposedGroup, foreignGroup }: Surface): Expectation => ({
  is: 'instance',
  disposed: disposedGroup,
  foreign: foreignGroup,
  allowed: [null],
});
export const aNode =
  (...allowed: unknown[]) =>
  ({ disposedSound }: Surface): Expectation => ({ is: 'instance', disposed: disposedSound, allowed });
export const aNodeHere =
  (...allowed: unknown[]) =>
  ({ disposedGroup, foreignGroup }: Surface): Expectation => ({
    is: 'instance',
    disposed: disposedGroup,
    foreign: foreignGroup,
    allowed,
  });

export const gain = number(0, 16);
export const level = number(-Number.MAX_VALUE, 20 * Math.log10(16), -Infinity);
export const pan = number(-1, 1);
export const pitch = number(0.01, 100);
export const seconds = number(0, 20000);
export const frame = integer(0, Number.MAX_SAFE_INTEGER);
export const curve = word('linear', 'exponential', 'equal-power', 'ease-in', 'ease-out', 'ease-in-out');
export const resampler = word('linear', 'cubic', 'sinc', 'sinc-best');
export const yesOrNo = kind('boolean');

export const setter = (owner: 'engine' | 'group' | 'sound', name: string, expects: Row['expects']): Row => ({
  member: `${{ engine: 'Engine', group: 'SoundGroup', sound: 'Sound' }[owner]}.${name}`,
  parameter: name,
  expects,
  call: (surface, value) => Reflect.set(surface[owner], name, value),
});

export const option = (
  member: string,
  parameter: string,
  expects: Row['expects'],
  make: (surface: Surface, options: Record<string, unknown>) => unknown,
): Row => ({
  member,
  parameter,
  optional: true,
  expects,
  call: (surface, value) => make(surface, { [parameter]: value }),
});

/** The options object itself, then each option in it. */
export const options = (
  member: string,
  table: Record<string, Row['expects']>,
  make: (surface: Surface, options: Record<string, unknown>) => unknown,
): Row[] => [
  {
    member,
    parameter: 'options',
    optional: true,
    expects: optionsObject,
    call: (surface, value) => make(surface, value),
  },
  ...Object.entries(table).map(([parameter, expects]) => option(member, parameter, expects, make)),
];
// An object of any class may carry options, so only values that are no plain objects are refused.
export function optionsObject(): Expectation {
  return { is: 'kind', kind: 'object' };
}

/** `ramp` of a class of owners. */
export const ramps = (owner: 'engine' | 'group' | 'sound', className: string): Row[] => {
  // biome-ignore lint/suspicious/noExplicitAny: the table hands over what the types forbid.
  const ramp = (surface: Surface, ...values: unknown[]) => (surface[owner] as any).ramp(...values);
  const names = owner === 'engine' ? ['volume'] : ['volume', 'pan', 'pitch'];
  const member = `${className}.ramp`;
  return [
    {
      member,
      parameter: 'parameter',
      expects: word(...names),
      call: (surface, value) => ramp(surface, value, 0.5, { seconds: 1 }),
    },
    ...names.map(
      (name): Row => ({
        member,
        parameter: 'target',
        expects: { volume: gain, pan, pitch }[name] as Row['expects'],
        call: (surface, value) => ramp(surface, name, value, { seconds: 1 }),
      }),
    ),
    {
      member,
      parameter: 'options',
      expects: optionsObject,
      call: (surface, value) => ramp(surface, 'volume', 0.5, value),
    },
    {
      member,
      parameter: 'seconds',
      expects: seconds,
      call: (surface, value) => ramp(surface, 'volume', 0.5, { seconds: value }),
    },
    {
      member,
      parameter: 'curve',
      optional: true,
      expects: curve,
      call: (surface, value) => ramp(surface, 'volume', 0.5, { seconds: 1, curve: value }),
    },
    {
      member,
      parameter: 'atFrames',
      optional: true,
      expects: frame,
      call: (surface, value) => ramp(surface, 'volume', 0.5, { seconds: 1, atFrames: value }),
    },
  ];
};

// biome-ignore lint/suspicious/noExplicitAny: called with what the types forbid.
export const make = (type: any, ...values: unknown[]): unknown => {
  const made = new type(...values);
  made.dispose();
  return made;
};

/** The options of a sound. */
export const soundOptions: Record<string, Row['expects']> = {
  group: aGroup,
  volume: gain,
  pan,
  pitch,
  looping: yesOrNo,
  pitchEnabled: yesOrNo,
  resampler,
  spatial: yesOrNo,
  priority: number(-Number.MAX_VALUE, Number.MAX_VALUE),
};
