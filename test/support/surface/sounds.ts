import { AudioBuffer, Sound } from '../../../src/index.js';
import { constant } from '../signals.js';
import {
  aBuffer,
  anEngine,
  curve,
  frame,
  gain,
  integer,
  kind,
  level,
  make,
  number,
  option,
  options,
  optionsObject,
  pan,
  pitch,
  type Row,
  ramps,
  seconds,
  setter,
  soundOptions,
  word,
  yesOrNo,
} from './rows.js';

/** Buffers and sounds. */
export const soundRows: readonly Row[] = [
  {
    member: 'AudioBuffer.constructor',
    parameter: 'samples',
    expects: kind('samples'),
    call: (_, value) => make(AudioBuffer, value, { sampleRate: 48000, channels: 1 }),
  },
  {
    member: 'AudioBuffer.constructor',
    parameter: 'options',
    expects: optionsObject,
    call: (_, value) => make(AudioBuffer, constant(4), value),
  },
  {
    member: 'AudioBuffer.constructor',
    parameter: 'sampleRate',
    expects: integer(1000, 768000),
    call: (_, value) => make(AudioBuffer, constant(4), { sampleRate: value, channels: 1 }),
  },
  {
    member: 'AudioBuffer.constructor',
    parameter: 'channels',
    expects: integer(1, 8),
    call: (_, value) => make(AudioBuffer, constant(4), { sampleRate: 48000, channels: value }),
  },
  option('AudioBuffer.constructor', 'transfer', yesOrNo, (_, given) =>
    make(AudioBuffer, constant(4), { sampleRate: 48000, channels: 1, ...given }),
  ),
  {
    member: 'AudioBuffer.decode',
    parameter: 'bytes',
    expects: kind('bytes'),
    call: (_, value) => AudioBuffer.decode(value),
  },
  ...options('AudioBuffer.decode', { sampleRate: integer(8000, 192000) }, (_, given) =>
    AudioBuffer.decode(new Uint8Array(4), given),
  ),
  {
    member: 'AudioBuffer.load',
    parameter: 'pathOrUrl',
    expects: kind('path'),
    call: (_, value) => AudioBuffer.load(value),
  },
  ...options(
    'AudioBuffer.load',
    { sampleRate: integer(8000, 192000), onProgress: kind('function'), signal: kind('signal') },
    (_, given) => AudioBuffer.load('absent.wav', given),
  ),
  {
    member: 'AudioBuffer.fromFile',
    parameter: 'path',
    expects: kind('path'),
    call: (_, value) => AudioBuffer.fromFile(value),
  },
  {
    member: 'AudioBuffer.getChannelData',
    parameter: 'channel',
    expects: integer(0, 1),
    call: ({ buffer }, value) => buffer.getChannelData(value),
  },
  {
    member: 'AudioBuffer.toWav',
    parameter: 'format',
    optional: true,
    expects: word('s16', 's24', 'f32'),
    call: ({ buffer }, value) => buffer.toWav(value),
  },

  {
    member: 'Sound.fromBuffer',
    parameter: 'engine',
    expects: anEngine,
    call: ({ buffer }, value) => Sound.fromBuffer(value, buffer),
  },
  {
    member: 'Sound.fromBuffer',
    parameter: 'buffer',
    expects: aBuffer,
    call: ({ engine }, value) => Sound.fromBuffer(engine, value),
  },
  ...options('Sound.fromBuffer', soundOptions, ({ engine, buffer }, given) => Sound.fromBuffer(engine, buffer, given)),
  {
    member: 'Sound.fromFile',
    parameter: 'engine',
    expects: anEngine,
    call: (_, value) => Sound.fromFile(value, 'absent.wav'),
  },
  {
    member: 'Sound.fromFile',
    parameter: 'path',
    expects: kind('path'),
    call: ({ engine }, value) => Sound.fromFile(engine, value),
  },
  ...options('Sound.fromFile', { ...soundOptions, decodeNow: yesOrNo, stream: yesOrNo }, ({ engine }, given) =>
    Sound.fromFile(engine, 'absent.wav', given),
  ),
  { member: 'Sound.load', parameter: 'engine', expects: anEngine, call: (_, value) => Sound.load(value, 'absent.wav') },
  {
    member: 'Sound.load',
    parameter: 'source',
    expects: kind('path'),
    call: ({ engine }, value) => Sound.load(engine, value),
  },
  ...options(
    'Sound.load',
    { ...soundOptions, stream: yesOrNo, onProgress: kind('function'), signal: kind('signal') },
    ({ engine }, given) => Sound.load(engine, 'absent.wav', given),
  ),
  ...options('Sound.play', { atFrames: frame, fadeSeconds: seconds }, ({ sound }, given) => sound.play(given)),
  ...options('Sound.stop', { atFrames: frame, fadeSeconds: seconds }, ({ sound }, given) => sound.stop(given)),
  {
    member: 'Sound.seek',
    parameter: 'frames',
    expects: integer(0, 30000),
    call: ({ sound }, value) => sound.seek(value),
  },
  {
    member: 'Sound.seekSeconds',
    parameter: 'seconds',
    expects: number(0, 30000 / 44100),
    call: ({ sound }, value) => sound.seekSeconds(value),
  },
  ...['setLoopRange', 'setRange'].flatMap((name): Row[] => [
    {
      member: `Sound.${name}`,
      parameter: 'startFrames',
      expects: integer(0, 29999),
      call: ({ sound }, value) => callRange(sound, name, value, 30000),
    },
    {
      member: `Sound.${name}`,
      parameter: 'endFrames',
      expects: integer(101, 30000, Infinity),
      call: ({ sound }, value) => callRange(sound, name, 100, value),
    },
  ]),
  setter('sound', 'looping', yesOrNo),
  setter('sound', 'volume', gain),
  setter('sound', 'volumeDb', level),
  setter('sound', 'pan', pan),
  setter('sound', 'panLaw', word('balance', 'equal-power')),
  setter('sound', 'pitch', pitch),
  { member: 'Sound.fade', parameter: 'from', expects: gain, call: ({ sound }, value) => sound.fade(value, 1, 1) },
  { member: 'Sound.fade', parameter: 'to', expects: gain, call: ({ sound }, value) => sound.fade(1, value, 1) },
  { member: 'Sound.fade', parameter: 'seconds', expects: seconds, call: ({ sound }, value) => sound.fade(1, 1, value) },
  {
    member: 'Sound.fade',
    parameter: 'curve',
    optional: true,
    expects: curve,
    call: ({ sound }, value) => sound.fade(1, 1, 1, value),
  },
  { member: 'Sound.fadeIn', parameter: 'seconds', expects: seconds, call: ({ sound }, value) => sound.fadeIn(value) },
  { member: 'Sound.fadeOut', parameter: 'seconds', expects: seconds, call: ({ sound }, value) => sound.fadeOut(value) },
  ...ramps('sound', 'Sound'),
  setter('sound', 'spatial', yesOrNo),
  ...(['setPosition', 'setDirection', 'setVelocity'] as const).flatMap((name) =>
    [0, 1, 2].map(
      (axis): Row => ({
        member: `Sound.${name}`,
        parameter: ['x', 'y', 'z'][axis] as string,
        expects: number(-Number.MAX_VALUE, Number.MAX_VALUE),
        call: ({ sound }, value) => {
          const vector = [1, 1, 1];
          vector[axis] = value;
          return sound[name](...(vector as [number, number, number]));
        },
      }),
    ),
  ),
  setter('sound', 'positioning', word('absolute', 'relative')),
  setter('sound', 'pinnedListener', integer(0, 3, null)),
  setter('sound', 'attenuation', word('none', 'inverse', 'linear', 'exponential')),
  ...['rolloff', 'minDistance', 'maxDistance'].map((name) => setter('sound', name, number(0, Infinity))),
  setter('sound', 'dopplerFactor', number(0, Number.MAX_VALUE)),
  setter('sound', 'minGain', gain),
  setter('sound', 'maxGain', gain),
  setter('sound', 'directionalAttenuationFactor', number(0, 1)),
  {
    member: 'Sound.setCone',
    parameter: 'innerRadians',
    expects: number(0, 2 * Math.PI),
    call: ({ sound }, value) => sound.setCone(value, 2 * Math.PI, 1),
  },
  {
    member: 'Sound.setCone',
    parameter: 'outerRadians',
    expects: number(1, 2 * Math.PI),
    call: ({ sound }, value) => sound.setCone(1, value, 1),
  },
  {
    member: 'Sound.setCone',
    parameter: 'outerGain',
    expects: gain,
    call: ({ sound }, value) => sound.setCone(1, 2, value),
  },
  {
    member: 'Sound.on',
    parameter: 'event',
    expects: word('end', 'stop', 'error'),
    call: ({ sound }, value) => sound.on(value, () => {}),
  },
  {
    member: 'Sound.on',
    parameter: 'listener',
    expects: kind('function'),
    call: ({ sound }, value) => sound.on('end', value),
  },
  {
    member: 'Sound.fadeTo',
    parameter: 'gain',
    expects: gain,
    call: ({ sound }, value) => sound.fadeTo(value, { seconds: 1 }),
  },
  {
    member: 'Sound.fadeTo',
    parameter: 'options',
    expects: optionsObject,
    call: ({ sound }, value) => sound.fadeTo(1, value),
  },
  {
    member: 'Sound.fadeTo',
    parameter: 'seconds',
    expects: seconds,
    call: ({ sound }, value) => sound.fadeTo(1, { seconds: value }),
  },
  {
    member: 'Sound.fadeOut',
    parameter: 'curve',
    optional: true,
    expects: curve,
    call: ({ sound }, value) => sound.fadeOut(1, value),
  },
];

function callRange(sound: Sound, name: string, start: unknown, end: unknown): unknown {
  return Reflect.apply(Reflect.get(sound, name) as (start: unknown, end: unknown) => unknown, sound, [start, end]);
}
