import {
  ADSR,
  AudioSynth,
  BandPass,
  Exponential,
  HighPass,
  LFO,
  Linear,
  LowPass,
  Noise,
  Oscillator,
  SynthPreset,
  synthPresets,
} from '../../../src/index.js';
import type { Expectation } from './bad-values.js';
import type { Row } from './rows.js';

// The synthesiser knows no engine, so its rows need no surface.
type Call = (value: never) => unknown;

const row = (member: string, parameter: string, expects: Expectation, call: Call, optional = false): Row => ({
  member,
  parameter,
  optional,
  expects: () => expects,
  call: (_, value) => call(value as never),
});
const number = (from: number, to: number, ...allowed: unknown[]): Expectation => ({ is: 'number', from, to, allowed });
const integer = (from: number, to: number): Expectation => ({ is: 'integer', from, to });
const word = (...words: string[]): Expectation => ({ is: 'word', words });
const anObject: Expectation = { is: 'kind', kind: 'object' };
const yesOrNo: Expectation = { is: 'kind', kind: 'boolean' };
/** Only one's own classes will do: an object of another is as wrong as a number. */
const data: Expectation = { is: 'kind', kind: 'samples' };

const seconds = number(0, 20000);
const freq = number(0, 96000);
const gain = number(0, 16);
const seed = integer(0, 4294967295);

/** The options object itself, then each option in it. */
const options = (member: string, table: Record<string, Expectation>, make: (given: never) => unknown): Row[] => [
  row(member, 'options', anObject, make, true),
  ...Object.entries(table).map(([parameter, expects]) =>
    row(member, parameter, expects, (value) => make({ [parameter]: value } as never), true),
  ),
];

const phase = number(0, 1);
const edged = { phase, naive: yesOrNo };
const synthOptions = { sampleRate: integer(8000, 192000), channels: integer(1, 8) };
const timing = { atSeconds: seconds };
const curve = { start: gain, end: gain, seconds };
const filter = { cutoffHz: number(10, 94080), q: number(0.05, 100) };

function withVoice<R>(call: (synth: AudioSynth, voice: number) => R): R {
  const synth = new AudioSynth();
  return call(synth, synth.add(Oscillator.square(440), { filter: new LowPass() }));
}

const parameters = { freq, gain, pan: number(-1, 1), duty: number(0.01, 0.99), cutoffHz: filter.cutoffHz, q: filter.q };
const voiceNumber = integer(1, 1);

/** Every parameter of every function of the synthesiser. */
export const synthRows: readonly Row[] = [
  ...(['sine', 'square', 'saw', 'triangle'] as const).flatMap((wave) => [
    row(`Oscillator.${wave}`, 'freq', freq, (value) => Oscillator[wave](value)),
    ...options(
      `Oscillator.${wave}`,
      wave === 'sine' ? { phase } : wave === 'square' ? { ...edged, duty: parameters.duty } : edged,
      (given) => Oscillator[wave](1, given),
    ),
  ]),
  ...(['white', 'pink', 'brown'] as const).flatMap((color) =>
    options(`Noise.${color}`, { seed }, (given) => Noise[color](given)),
  ),
  ...options(
    'ADSR.constructor',
    { attack: seconds, decay: seconds, sustain: number(0, 1), release: seconds, curve: word('linear', 'exponential') },
    (given) => new ADSR(given),
  ),
  ...options('Linear.constructor', curve, (given) => new Linear(given)),
  ...options('Exponential.constructor', { ...curve, power: number(0.01, 100) }, (given) => new Exponential(given)),
  ...[LowPass, HighPass, BandPass].flatMap((type) =>
    options(`${type.name}.constructor`, filter, (given) => new type(given)),
  ),
  ...options(
    'LFO.constructor',
    { rateHz: number(0.001, 1000), depth: number(0, 120), wave: word('sine', 'triangle', 'square', 'saw'), phase },
    (given) => new LFO(given),
  ),

  ...options('AudioSynth.constructor', synthOptions, (given) => new AudioSynth(given)),
  row('AudioSynth.add', 'source', data, (value) => new AudioSynth().add(value)),
  ...options(
    'AudioSynth.add',
    {
      gain,
      pan: parameters.pan,
      envelope: data,
      filter: data,
      startSeconds: number(0, 20000, Infinity),
      durationSeconds: seconds,
      modulation: anObject,
      fm: anObject,
      ring: anObject,
      audible: yesOrNo,
    },
    (given) => new AudioSynth().add(Oscillator.sine(1), given),
  ),
  ...Object.keys(parameters).map((name) =>
    row(
      'AudioSynth.add',
      `modulation.${name}`,
      data,
      (value) =>
        withVoice((synth) => synth.add(Oscillator.square(1), { filter: new LowPass(), modulation: { [name]: value } })),
      true,
    ),
  ),
  row('AudioSynth.add', 'fm.voice', voiceNumber, (value) =>
    withVoice((synth) => synth.add(Oscillator.sine(1), { fm: { voice: value } })),
  ),
  row(
    'AudioSynth.add',
    'fm.depthHz',
    freq,
    (value) => withVoice((synth, voice) => synth.add(Oscillator.sine(1), { fm: { voice, depthHz: value } })),
    true,
  ),
  row('AudioSynth.add', 'ring.voice', voiceNumber, (value) =>
    withVoice((synth) => synth.add(Oscillator.sine(1), { ring: { voice: value } })),
  ),
  row(
    'AudioSynth.add',
    'ring.depth',
    number(0, 1),
    (value) => withVoice((synth, voice) => synth.add(Oscillator.sine(1), { ring: { voice, depth: value } })),
    true,
  ),
  row('AudioSynth.remove', 'voice', voiceNumber, (value) => withVoice((synth) => synth.remove(value))),
  ...(['noteOn', 'noteOff'] as const).flatMap((name) => [
    row(`AudioSynth.${name}`, 'voice', voiceNumber, (value) => withVoice((synth) => synth[name](value))),
    ...options(`AudioSynth.${name}`, timing, (given) => withVoice((synth, voice) => synth[name](voice, given))),
  ]),
  row('AudioSynth.setParam', 'voice', voiceNumber, (value) => withVoice((synth) => synth.setParam(value, 'gain', 1))),
  row('AudioSynth.setParam', 'parameter', word(...Object.keys(parameters)), (value) =>
    withVoice((synth, voice) => synth.setParam(voice, value, 1)),
  ),
  ...Object.entries(parameters).map(([name, expects]) =>
    row('AudioSynth.setParam', name, expects, (value) =>
      withVoice((synth, voice) => synth.setParam(voice, name as 'gain', value)),
    ),
  ),
  ...options('AudioSynth.setParam', timing, (given) =>
    withVoice((synth, voice) => synth.setParam(voice, 'gain', 1, given)),
  ),
  ...options('AudioSynth.bake', { ...synthOptions, seconds }, (given) => new AudioSynth().bake(given)),
  row('AudioSynth.renderChunk', 'frames', integer(0, 2 ** 24), (value) => new AudioSynth().renderChunk(value)),

  row('AudioSynth.attachTo', 'target', data, (value) => new AudioSynth().attachTo(value)),
  {
    member: 'AudioSynth.attachTo',
    parameter: 'options',
    optional: true,
    expects: () => anObject,
    call: ({ group }, value) => new AudioSynth().attachTo(group, value),
  },
  {
    member: 'AudioSynth.attachTo',
    parameter: 'chunkSeconds',
    optional: true,
    expects: () => number(0.005, 10),
    call: ({ group }, value) => new AudioSynth().attachTo(group, { chunkSeconds: value }),
  },

  row('SynthPreset.constructor', 'name', { is: 'kind', kind: 'string' }, (value) => new SynthPreset(value, [])),
  row(
    'SynthPreset.constructor',
    'voices',
    { is: 'kind', kind: 'array', allowed: [] },
    (value) => new SynthPreset('none', value),
  ),
  row('SynthPreset.addTo', 'synth', data, (value) => synthPresets.coin.addTo(value)),
  ...options('SynthPreset.addTo', { ...timing, gain }, (given) => synthPresets.coin.addTo(new AudioSynth(), given)),
  ...options('SynthPreset.bake', synthOptions, (given) => synthPresets.coin.bake(given)),
  row('SynthPreset.mutate', 'seed', seed, (value) => synthPresets.coin.mutate(value)),
];
