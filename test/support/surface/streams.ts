import { Sound, StreamSource } from '../../../src/index.js';
import type { Expectation } from './bad-values.js';
import type { Row } from './rows.js';
import type { Surface } from './surface.js';

const number = (from: number, to: number) => (): Expectation => ({ is: 'number', from, to });
const integer = (from: number, to: number) => (): Expectation => ({ is: 'integer', from, to });
const word =
  (...words: string[]) =>
  (): Expectation => ({ is: 'word', words });
const anObject = (): Expectation => ({ is: 'kind', kind: 'object' });
/** Nothing that a table could hand over is one. */
const aDataSource = (): Expectation => ({ is: 'kind', kind: 'signal' });
const anEngine = ({ disposedEngine }: Surface): Expectation => ({ is: 'instance', disposed: disposedEngine });
const aStream = ({ streams }: Surface): Expectation => ({
  is: 'instance',
  disposed: streams.disposed,
  foreign: streams.foreign,
});
const aGroup = ({ disposedGroup, foreignGroup }: Surface): Expectation => ({
  is: 'instance',
  disposed: disposedGroup,
  foreign: foreignGroup,
  allowed: [null],
});

// biome-ignore lint/suspicious/noExplicitAny: the point of the table is to hand over what the types forbid.
type Make = (surface: Surface, given: any) => unknown;

/** The options object itself, then each option in it. */
const options = (member: string, table: Record<string, Row['expects']>, make: Make): Row[] => [
  { member, parameter: 'options', optional: true, expects: anObject, call: make },
  ...Object.entries(table).map(
    ([parameter, expects]): Row => ({
      member,
      parameter,
      optional: true,
      expects,
      call: (surface, value) => make(surface, { [parameter]: value }),
    }),
  ),
];

const soundOptions: Record<string, Row['expects']> = {
  group: aGroup,
  volume: number(0, 16),
  pan: number(-1, 1),
  resampler: word('linear', 'cubic', 'sinc', 'sinc-best'),
  spatial: () => ({ is: 'kind', kind: 'boolean' }),
  priority: number(-Number.MAX_VALUE, Number.MAX_VALUE),
};
const shape = { sampleRate: 48000, channels: 1 };
const streamOptions: Record<string, Row['expects']> = {
  sampleRate: integer(1000, 768000),
  channels: integer(1, 8),
  bufferSeconds: number(0, 600),
  format: word('s16', 'f32', 'u8', 's24', 's32'),
};

function make(engine: unknown, given: unknown): unknown {
  const made = new StreamSource(engine as never, given as never);
  made.dispose();
  return made;
}

/** Every parameter of every function that has to do with streams. */
export const streamRows: readonly Row[] = [
  {
    member: 'StreamSource.constructor',
    parameter: 'engine',
    expects: anEngine,
    call: (_, value) => make(value, shape),
  },
  {
    member: 'StreamSource.constructor',
    parameter: 'options',
    expects: anObject,
    call: ({ engine }, value) => make(engine, value),
  },
  ...Object.entries(streamOptions).map(
    ([parameter, expects]): Row => ({
      member: 'StreamSource.constructor',
      parameter,
      optional: !Object.hasOwn(shape, parameter),
      expects,
      call: ({ engine }, value) => make(engine, { ...shape, [parameter]: value }),
    }),
  ),
  {
    member: 'StreamSource.write',
    parameter: 'chunk',
    expects: () => ({ is: 'kind', kind: 'bytes' }),
    call: ({ streams }, value) => streams.own.write(value),
  },
  {
    member: 'StreamSource.drained',
    parameter: 'frames',
    optional: true,
    expects: integer(1, 4800),
    call: ({ streams }, value) => streams.own.drained(value),
  },
  {
    member: 'Sound.fromStream',
    parameter: 'engine',
    expects: anEngine,
    call: ({ streams }, value) => Sound.fromStream(value, streams.own),
  },
  {
    member: 'Sound.fromStream',
    parameter: 'stream',
    expects: aStream,
    call: ({ engine }, value) => Sound.fromStream(engine, value),
  },
  ...options('Sound.fromStream', soundOptions, ({ engine, streams }, given) =>
    Sound.fromStream(engine, streams.own, given),
  ),
  {
    member: 'Sound.fromDataSource',
    parameter: 'engine',
    expects: anEngine,
    call: ({ buffer }, value) => Sound.fromDataSource(value, buffer.dataSource),
  },
  {
    member: 'Sound.fromDataSource',
    parameter: 'source',
    expects: aDataSource,
    call: ({ engine }, value) => Sound.fromDataSource(engine, value),
  },
  ...options('Sound.fromDataSource', soundOptions, ({ engine, buffer }, given) =>
    Sound.fromDataSource(engine, buffer.dataSource, given),
  ),
];
