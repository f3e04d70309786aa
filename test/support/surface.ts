import {
  AudioBuffer,
  attachNode,
  BPFEffectNode,
  chain,
  detachNode,
  type EffectNode,
  Engine,
  engineEndpoint,
  FreeverbEffectNode,
  maResultMessage,
  SoftClipEffectNode,
  Sound,
  SoundGroup,
  StreamSource,
  setNodeOutputVolume,
  setNodeSend,
  soundGroupAsNode,
} from '../../src/index.js';
import { effectSubjects, maximumOf } from './effects.js';
import type { HostName } from './hosts.js';
import { constant, noise } from './signals.js';
import { gameRows, withoutParameters } from './surface-game.js';
import {
  aBuffer,
  aGroup,
  aNode,
  aNodeHere,
  anEngine,
  curve,
  frame,
  gain,
  integer,
  kind,
  level,
  number,
  option,
  options,
  optionsObject,
  pan,
  pitch,
  type Row,
  resampler,
  seconds,
  setter,
  word,
  yesOrNo,
} from './surface-rows.js';
import { synthRows } from './surface-synth.js';

export type { Row };

/** One of every object, on one engine, and what is disposed or of another engine. */
export interface Surface {
  readonly engine: Engine;
  readonly group: SoundGroup;
  readonly sound: Sound;
  readonly buffer: AudioBuffer;
  readonly streams: { readonly own: StreamSource; readonly disposed: StreamSource; readonly foreign: StreamSource };
  /** One of each class, by name; the group leads through all of them. */
  readonly effects: Readonly<Record<string, EffectNode>>;
  readonly disposedEngine: Engine;
  readonly disposedGroup: SoundGroup;
  readonly disposedSound: Sound;
  readonly disposedBuffer: AudioBuffer;
  readonly foreignGroup: SoundGroup;
  dispose(): void;
}

/** A scene that sounds: what a bad call must not change. */
export function openSurface(host: HostName): Surface {
  const engine = new Engine({ host, device: false });
  const other = new Engine({ host, device: false });
  const group = new SoundGroup(engine);
  const buffer = new AudioBuffer(noise(30000, 2, 5), { sampleRate: 44100, channels: 2 });
  const sound = Sound.fromBuffer(engine, buffer, { group, looping: true, pitch: 1.1 });
  const disposedEngine = new Engine({ host, device: false });
  disposedEngine.dispose();
  const disposedGroup = new SoundGroup(engine);
  disposedGroup.dispose();
  const disposedBuffer = new AudioBuffer(constant(10), { sampleRate: 48000, channels: 1 });
  disposedBuffer.dispose();
  const [own, disposed, foreign] = [engine, engine, other].map(
    (owner) => new StreamSource(owner, { sampleRate: 48000, channels: 1, bufferSeconds: 0.1 }),
  );
  const streams = { own, disposed, foreign } as Surface['streams'];
  streams.disposed.dispose();
  const disposedSound = Sound.fromBuffer(engine, buffer);
  disposedSound.dispose();
  const effects = Object.fromEntries(
    effectSubjects.map(({ name, type, params }): [string, EffectNode] => [name, new type(engine, params)]),
  );
  chain(group, Object.values(effects));
  sound.play();
  return {
    engine,
    group,
    sound,
    buffer,
    streams,
    effects,
    disposedEngine,
    disposedGroup,
    disposedSound,
    disposedBuffer,
    foreignGroup: new SoundGroup(other),
    dispose() {
      engine.dispose();
      other.dispose();
      buffer.dispose();
    },
  };
}

const soundOptions: Record<string, Row['expects']> = {
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

const ramps = (owner: 'engine' | 'group' | 'sound', className: string): Row[] => {
  // biome-ignore lint/suspicious/noExplicitAny: the three owners have different parameters; the table hands over what the types forbid.
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

// biome-ignore lint/suspicious/noExplicitAny: constructors and static functions are called here with what their types forbid.
const make = (type: any, ...values: unknown[]): unknown => {
  const made = new type(...values);
  made.dispose();
  return made;
};

const listenerVectors = ['setPosition', 'setDirection', 'setVelocity', 'setWorldUp'] as const;

/** Setters, `setParams`, options of the constructor and ramps of one class of effects. */
const effectRows = effectSubjects.flatMap(({ name, type, parameters }): Row[] => {
  // biome-ignore lint/suspicious/noExplicitAny: the classes have different members; the table hands over what the types forbid.
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

const filterRows = ['LPFEffectNode', 'PeakEffectNode'].map(
  (name): Row => ({
    member: `${name === 'LPFEffectNode' ? 'CutoffNode' : 'BandNode'}.frequencyResponse`,
    parameter: 'hz',
    expects: number(0, 24000),
    // biome-ignore lint/suspicious/noExplicitAny: the table hands over what the types forbid.
    call: (surface, value) => (surface.effects[name] as any).frequencyResponse([value]),
  }),
);

/** Every parameter of every function of the public surface. */
export const surfaceRows: readonly Row[] = [
  {
    member: 'maResultMessage',
    parameter: 'code',
    expects: number(-Number.MAX_VALUE, Number.MAX_VALUE),
    call: (_, value) => maResultMessage(value),
  },

  ...options(
    'Engine.constructor',
    {
      sampleRate: integer(8000, 192000),
      channels: integer(1, 8),
      host: word('auto', 'native', 'wasm'),
      smoothingMs: number(0, 1000),
      resampler,
      maxVoices: integer(1, 65535),
    },
    (_, given) =>
      make(
        Engine,
        typeof given === 'object' && given !== null && !Array.isArray(given) ? { device: false, ...given } : given,
      ),
  ),
  {
    member: 'Engine.constructor',
    parameter: 'device',
    optional: true,
    expects: kind('object', true),
    call: (_, value) => make(Engine, { device: value }),
  },
  setter('engine', 'volume', gain),
  setter('engine', 'volumeDb', level),
  {
    member: 'Engine.readPcmFrames',
    parameter: 'frameCount',
    expects: integer(0, 2 ** 28),
    call: ({ engine }, value) => engine.readPcmFrames(value),
  },
  {
    member: 'Engine.readPcmFramesInto',
    parameter: 'target',
    expects: kind('samples'),
    call: ({ engine }, value) => engine.readPcmFramesInto(value),
  },
  {
    member: 'Engine.listener',
    parameter: 'index',
    optional: true,
    expects: integer(0, 3),
    call: ({ engine }, value) => engine.listener(value),
  },
  { member: 'Engine.play', parameter: 'source', expects: aBuffer, call: ({ engine }, value) => engine.play(value) },
  ...options(
    'Engine.play',
    { ...soundOptions, atFrames: frame, fadeInSeconds: seconds, position: kind('array') },
    ({ engine, buffer }, given) => engine.play(buffer, given),
  ),
  {
    member: 'Engine.on',
    parameter: 'event',
    expects: word('device-lost', 'device-changed', 'state', 'warning'),
    call: ({ engine }, value) => engine.on(value, () => {}),
  },
  {
    member: 'Engine.on',
    parameter: 'listener',
    expects: kind('function'),
    call: ({ engine }, value) => engine.on('state', value),
  },
  {
    member: 'Engine.useDevice',
    parameter: 'options',
    expects: optionsObject,
    call: ({ engine }, value) => engine.useDevice(value),
  },
  ...Object.entries({
    id: kind('string'),
    backend: word('pulseaudio', 'alsa', 'jack', 'null'),
    periodFrames: integer(16, 65536),
    recover: yesOrNo,
  }).map(
    ([parameter, expects]): Row =>
      option('Engine.useDevice', parameter, expects, ({ engine }, given) => engine.useDevice(given)),
  ),
  ...ramps('engine', 'Engine'),

  ...listenerVectors.flatMap((name) =>
    [0, 1, 2].map(
      (axis): Row => ({
        member: `Listener.${name}`,
        parameter: ['x', 'y', 'z'][axis] as string,
        expects: number(-Number.MAX_VALUE, Number.MAX_VALUE),
        call: ({ engine }, value) => {
          const vector = [1, 1, 1];
          vector[axis] = value;
          return engine.listener()[name](...(vector as [number, number, number]));
        },
      }),
    ),
  ),
  {
    member: 'Listener.enabled',
    parameter: 'enabled',
    expects: yesOrNo,
    call: ({ engine }, value) => Reflect.set(engine.listener(), 'enabled', value),
  },

  { member: 'engineEndpoint', parameter: 'engine', expects: anEngine, call: (_, value) => engineEndpoint(value) },
  {
    member: 'soundGroupAsNode',
    parameter: 'group',
    expects: ({ disposedGroup }) => ({ is: 'instance', disposed: disposedGroup }),
    call: (_, value) => soundGroupAsNode(value),
  },
  {
    member: 'attachNode',
    parameter: 'src',
    expects: aNode(null),
    call: ({ group }, value) => attachNode(value, 0, group, 0),
  },
  {
    member: 'attachNode',
    parameter: 'srcBus',
    expects: integer(0, 255),
    call: ({ sound, group }, value) => attachNode(sound, value, group, 0),
  },
  {
    member: 'attachNode',
    parameter: 'dst',
    expects: aNodeHere(null),
    call: ({ sound }, value) => attachNode(sound, 0, value, 0),
  },
  {
    member: 'attachNode',
    parameter: 'dstBus',
    expects: integer(0, 255),
    call: ({ sound, group }, value) => attachNode(sound, 0, group, value),
  },
  { member: 'detachNode', parameter: 'src', expects: aNode(), call: (_, value) => detachNode(value, 0) },
  {
    member: 'detachNode',
    parameter: 'srcBus',
    expects: integer(0, 255),
    call: ({ sound }, value) => detachNode(sound, value),
  },
  {
    member: 'setNodeOutputVolume',
    parameter: 'node',
    expects: aNode(),
    call: (_, value) => setNodeOutputVolume(value, 0, 0.1),
  },
  {
    member: 'setNodeOutputVolume',
    parameter: 'bus',
    expects: integer(0, 255),
    call: ({ sound }, value) => setNodeOutputVolume(sound, value, 0.1),
  },
  {
    member: 'setNodeOutputVolume',
    parameter: 'gain',
    expects: gain,
    call: ({ sound }, value) => setNodeOutputVolume(sound, 0, value),
  },
  { member: 'chain', parameter: 'source', expects: aNode(), call: (_, value) => chain(value, []) },
  { member: 'chain', parameter: 'effects', expects: kind('array'), call: ({ sound }, value) => chain(sound, value) },
  {
    member: 'chain',
    parameter: 'destination',
    optional: true,
    expects: aNodeHere(),
    call: ({ sound }, value) => chain(sound, [], value),
  },

  {
    member: 'SoundGroup.constructor',
    parameter: 'engine',
    expects: anEngine,
    call: (_, value) => make(SoundGroup, value),
  },
  ...options('SoundGroup.constructor', { parent: aGroup, name: kind('string') }, ({ engine }, given) =>
    make(SoundGroup, engine, given),
  ),
  setter('group', 'volume', gain),
  setter('group', 'volumeDb', level),
  setter('group', 'pan', pan),
  setter('group', 'pitch', pitch),
  setter('group', 'muted', yesOrNo),
  ...ramps('group', 'SoundGroup'),

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
      expects: integer(101, 30000),
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
  ...['rolloff', 'minDistance', 'maxDistance', 'dopplerFactor'].map((name) =>
    setter('sound', name, number(0, 3.4028234663852886e38)),
  ),
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
  {
    member: 'Engine.batch',
    parameter: 'work',
    expects: kind('function'),
    call: ({ engine }, value) => engine.batch(value),
  },
  {
    member: 'setNodeSend',
    parameter: 'node',
    expects: aNode(),
    call: ({ group }, value) => setNodeSend(value, group, 1),
  },
  {
    member: 'setNodeSend',
    parameter: 'destination',
    expects: aNodeHere(),
    call: ({ group }, value) => setNodeSend(group, value, 1),
  },
  {
    member: 'setNodeSend',
    parameter: 'gain',
    expects: gain,
    call: ({ group, engine }, value) => setNodeSend(group, engine.endpoint, value),
  },
  ...options('setNodeSend', { seconds, curve }, ({ group, engine }, given) =>
    setNodeSend(group, engine.endpoint, 1, given),
  ),
  {
    member: 'CompressorEffectNode.sidechain',
    parameter: 'sidechain',
    expects: aNodeHere(null),
    call: ({ effects }, value) => Reflect.set(effects['CompressorEffectNode'] as object, 'sidechain', value),
  },
  ...synthRows,
  ...gameRows,

  ...effectRows,
  ...filterRows,
  option('BPFEffectNode.constructor', 'form', word('peak', 'skirt'), ({ engine }, given) =>
    make(BPFEffectNode, engine, given),
  ),
  {
    member: 'SoftClipEffectNode.constructor',
    parameter: 'oversample',
    optional: true,
    expects: integer(1, 2),
    call: ({ engine }, value) => make(SoftClipEffectNode, engine, { oversample: value }),
  },
  option('FreeverbEffectNode.constructor', 'freeze', yesOrNo, ({ engine }, given) =>
    make(FreeverbEffectNode, engine, given),
  ),
  {
    member: 'FreeverbEffectNode.freeze',
    parameter: 'freeze',
    expects: yesOrNo,
    call: ({ effects }, value) => Reflect.set(effects['FreeverbEffectNode'] as object, 'freeze', value),
  },
];

function callRange(sound: Sound, name: string, start: unknown, end: unknown): unknown {
  return Reflect.apply(Reflect.get(sound, name) as (start: unknown, end: unknown) => unknown, sound, [start, end]);
}

export { withoutParameters };
