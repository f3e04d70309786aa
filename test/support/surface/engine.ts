import {
  attachNode,
  chain,
  detachNode,
  Engine,
  engineEndpoint,
  maResultMessage,
  SoundGroup,
  setNodeOutputVolume,
  setNodeSend,
  soundGroupAsNode,
} from '../../../src/index.js';
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
  make,
  number,
  option,
  options,
  optionsObject,
  pan,
  pitch,
  type Row,
  ramps,
  resampler,
  seconds,
  setter,
  soundOptions,
  word,
  yesOrNo,
} from './rows.js';

const listenerVectors = ['setPosition', 'setDirection', 'setVelocity', 'setWorldUp'] as const;

/** Engines, listeners, groups, and the functions that lead one node to another. */
export const engineRows: readonly Row[] = [
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
];
