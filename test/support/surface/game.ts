import * as library from '../../../src/index.js';
import {
  type AudioBus,
  AudioBusLayout,
  AudioClip,
  AudioListener2D,
  AudioListener3D,
  AudioPlayer,
  AudioPlayer2D,
  AudioPlayer3D,
  AudioPlaylist,
  type BusEffect,
  Engine,
  EngineBackend,
  EQBand,
  effectFromJSON,
  GainEffect,
  makeBackend,
  ParametricEQ,
  registerBackend,
} from '../../../src/index.js';
import { effectTable } from '../effect-table.mjs';
import type { Expectation } from './bad-values.js';
import type { Row } from './rows.js';

type Call = (value: never) => unknown;

const row = (
  member: string,
  parameter: string,
  expects: Expectation | ((surface: unknown) => Expectation),
  call: Call,
  optional = false,
): Row => ({
  member,
  parameter,
  optional,
  expects: typeof expects === 'function' ? expects : () => expects,
  call: (_, value) => call(value as never),
});
const number = (from: number, to: number, ...allowed: unknown[]): Expectation => ({ is: 'number', from, to, allowed });
const integer = (from: number, to: number): Expectation => ({ is: 'integer', from, to });
const word = (...words: string[]): Expectation => ({ is: 'word', words });
const kind = (name: Extract<Expectation, { is: 'kind' }>['kind'], ...allowed: unknown[]): Expectation => ({
  is: 'kind',
  kind: name,
  allowed,
});
const anObject = kind('object');
const yesOrNo = kind('boolean');
const aName = kind('string');
/** Only one's own classes will do: an object of another is as wrong as a number. */
const anInstance = (...allowed: unknown[]): Expectation => kind('samples', ...allowed);

const seconds = number(0, 20000);
const level = number(-Number.MAX_VALUE, 24, -Infinity);
const anyNumber = number(-Number.MAX_VALUE, Number.MAX_VALUE);
const above0 = number(Number.MIN_VALUE, Number.MAX_VALUE);
const pan = number(-1, 1);
const pitch = number(0.01, 100);
const curve = word('linear', 'exponential', 'equal-power', 'ease-in', 'ease-out', 'ease-in-out');
const frequency = number(10, 94080);

const options = (
  member: string,
  table: Record<string, Expectation>,
  make: (given: never) => unknown,
  name = 'options',
): Row[] => [
  row(member, name, anObject, make, true),
  ...Object.entries(table).map(([parameter, expects]) =>
    row(member, parameter, expects, (value) => make({ [parameter]: value } as never), true),
  ),
];

const setters = (owner: string, table: Record<string, Expectation>, object: () => object): Row[] =>
  Object.entries(table).map(([name, expects]) =>
    row(`${owner}.${name}`, name, expects, (value) => Reflect.set(object(), name, value)),
  );

interface Game {
  readonly backend: EngineBackend;
  readonly clip: AudioClip;
  readonly stream: number;
}

let present: Game | null = null;

/** One backend for all rows; nothing of it is heard by the engine of the surface. */
function game(): Game {
  if (present === null) {
    const backend = new EngineBackend(new Engine({ host: 'wasm', device: false }));
    present = { backend, clip: AudioClip.tone(440), stream: backend.openStream() };
  }
  return present;
}

const bus = (): AudioBus => game().backend.busLayout.getBus('SFX');
const withEffect = (call: (bus: AudioBus, effect: GainEffect) => unknown): unknown => {
  const layout = new AudioBusLayout();
  return call(layout.master, layout.master.addEffect(new GainEffect()));
};

/** What may be set on an effect of the table. */
function expectedOf({ parameters, option, sidechain }: (typeof effectTable)[number]): Record<string, Expectation> {
  const table: Record<string, Expectation> = Object.fromEntries(
    parameters.map((one) => [one.name, one.kind === 'switch' ? yesOrNo : number(one.minimum, one.maximum)]),
  );
  const numbers = option?.values.filter((value) => typeof value === 'number') ?? [];
  // Of 1, 2, 4 only the first two follow one another.
  if (option !== undefined)
    table[option.name] = numbers.length > 0 ? integer(numbers[0]!, numbers[1]!) : word(...option.values.map(String));
  if (sidechain !== undefined) table[sidechain.name] = kind('string', null);
  return table;
}

type BusEffectClass = new (params?: never) => BusEffect;
const classes: ReadonlyMap<string, unknown> = new Map(Object.entries(library));
const effects: [string, BusEffectClass, Record<string, Expectation>][] = [
  ['GainEffect', GainEffect, { volumeDb: number(-80, 24) }],
  ...effectTable.flatMap((effect): [string, BusEffectClass, Record<string, Expectation>][] =>
    effect.bus === undefined
      ? []
      : [[effect.bus.class, classes.get(effect.bus.class) as BusEffectClass, expectedOf(effect)]],
  ),
];

const band = {
  type: word('peaking', 'lowshelf', 'highshelf'),
  freq: frequency,
  q: number(0.05, 100),
  gainDb: number(-60, 60),
};

const effectRows = effects.flatMap(([name, type, table]): Row[] => {
  const effect = new type();
  return [
    ...options(`${name}.constructor`, { ...table, enabled: yesOrNo }, (given) => new type(given), 'params'),
    ...Object.entries(table).flatMap(([parameter, expects]): Row[] => [
      row(`${name}.${parameter}`, parameter, expects, (value) => Reflect.set(effect, parameter, value)),
      row(
        `${name}.setParams`,
        parameter,
        expects,
        (value) => (effect as GainEffect).setParams({ [parameter]: value } as never),
        true,
      ),
    ]),
    row(`${name}.enabled`, 'enabled', yesOrNo, (value) => Reflect.set(effect, 'enabled', value)),
  ];
});

const playOptions = {
  mode: word('basic', '2d', '3d'),
  volumeDb: level,
  gainDb: level,
  pitch,
  loop: yesOrNo,
  bus: aName,
  fromPosition: number(0, 1),
  pan,
  fadeInSeconds: seconds,
};

const backendRows: readonly Row[] = [
  row('EngineBackend.constructor', 'engine', anInstance(), (value) => new EngineBackend(value)),
  ...options(
    'EngineBackend.constructor',
    { name: aName, strict: yesOrNo, busLayout: anInstance() },
    (given) => new EngineBackend(game().backend.engine, given),
  ),
  row('EngineBackend.playAudio', 'clip', anInstance(), (value) => game().backend.playAudio(value)),
  ...options('EngineBackend.playAudio', playOptions, (given) => game().backend.playAudio(game().clip, given)),
  row(
    'EngineBackend.playAudio',
    'maxDistance',
    above0,
    (value) => game().backend.playAudio(game().clip, { mode: '2d', maxDistance: value }),
    true,
  ),
  row(
    'EngineBackend.playAudio',
    'position',
    kind('array'),
    (value) => game().backend.playAudio(game().clip, { mode: '2d', position: value }),
    true,
  ),
  row('EngineBackend.stopAudio', 'fadeSeconds', seconds, (value) => game().backend.stopAudio(1, value), true),
  row('EngineBackend.updateAudio2d', 'volumeDb', level, (value) => game().backend.updateAudio2d(1, value, 0)),
  row('EngineBackend.updateAudio2d', 'pan', pan, (value) => game().backend.updateAudio2d(1, 0, value)),
  row('EngineBackend.updateAudio3d', 'volumeDb', level, (value) => game().backend.updateAudio3d(1, value, 0, 1)),
  row('EngineBackend.updateAudio3d', 'pan', pan, (value) => game().backend.updateAudio3d(1, 0, value, 1)),
  row('EngineBackend.updateAudio3d', 'pitch', pitch, (value) => game().backend.updateAudio3d(1, 0, 0, value)),
  row('EngineBackend.setPitch', 'pitch', pitch, (value) => game().backend.setPitch(1, value)),
  row('EngineBackend.setPosition', 'x', anyNumber, (value) => game().backend.setPosition(1, value, 0)),
  row('EngineBackend.setPosition', 'y', anyNumber, (value) => game().backend.setPosition(1, 0, value)),
  row('EngineBackend.setPosition', 'z', anyNumber, (value) => game().backend.setPosition(1, 0, 0, value), true),
  ...(['setListenerPosition', 'setListenerVelocity'] as const).flatMap((member) => [
    row(`EngineBackend.${member}`, 'x', anyNumber, (value) => game().backend[member](value, 0)),
    row(`EngineBackend.${member}`, 'y', anyNumber, (value) => game().backend[member](0, value)),
    row(`EngineBackend.${member}`, 'z', anyNumber, (value) => game().backend[member](0, 0, value), true),
  ]),
  ...(['setListenerDirection', 'setListenerWorldUp'] as const).flatMap((member) =>
    (['x', 'y', 'z'] as const).map((axis, index) =>
      row(`EngineBackend.${member}`, axis, anyNumber, (value) =>
        game().backend[member](
          ...([1, 1, 1].map((one, at) => (at === index ? value : one)) as [number, number, number]),
        ),
      ),
    ),
  ),
  ...options(
    'EngineBackend.openStream',
    { volumeDb: level, bus: aName, bufferSeconds: number(0, 600), loop: yesOrNo, clip: anInstance() },
    (given) => game().backend.openStream(given),
  ),
  row('EngineBackend.feedAudioChunk', 'chunk', kind('bytes'), (value) =>
    game().backend.feedAudioChunk(game().stream, value),
  ),
  row('EngineBackend.syncBusLayout', 'layout', anInstance(), (value) => game().backend.syncBusLayout(value)),
  ...options('makeBackend', { name: aName, fallback: yesOrNo, autoBuild: yesOrNo }, (given) => makeBackend(given)),
  row('makeBackend', 'engine', anObject, (value) => makeBackend({ name: 'null', engine: value }), true),
  row('registerBackend', 'name', aName, (value) => registerBackend(value, () => game().backend)),
  row('registerBackend', 'factory', kind('function'), (value) => registerBackend('x', value)),
];

const layoutRows: readonly Row[] = [
  ...(['getBus', 'hasBus', 'removeBus'] as const).map((member) =>
    row(`AudioBusLayout.${member}`, 'name', aName, (value) => new AudioBusLayout()[member](value)),
  ),
  row('AudioBusLayout.addBus', 'name', aName, (value) => new AudioBusLayout().addBus(value)),
  ...options('AudioBusLayout.addBus', { volumeDb: level, sendTo: aName }, (given) =>
    new AudioBusLayout().addBus('New', given),
  ),
  row('AudioBusLayout.fromJSON', 'layout', kind('object', 'seven'), (value) => AudioBusLayout.fromJSON(value)),
  row('AudioBusLayout.blendTo', 'layout', kind('object', 'seven'), (value) => new AudioBusLayout().blendTo(value, 1)),
  row('AudioBusLayout.blendTo', 'seconds', seconds, (value) =>
    new AudioBusLayout().blendTo(new AudioBusLayout().snapshot(), value),
  ),
  ...setters('AudioBus', { volumeDb: level, mute: yesOrNo, solo: yesOrNo, sendTo: aName }, bus),
  row('AudioBus.send', 'other', aName, (value) => bus().send(value)),
  row('AudioBus.send', 'gainDb', level, (value) => bus().send('UI', value), true),
  row('AudioBus.removeSend', 'other', aName, (value) => bus().removeSend(value)),
  row('AudioBus.addEffect', 'effect', anInstance(), (value) => bus().addEffect(value)),
  row('AudioBus.addEffect', 'index', integer(0, 0), (value) => bus().addEffect(new GainEffect(), value), true),
  row('AudioBus.removeEffect', 'effect', anInstance(), (value) => bus().removeEffect(value)),
  row('AudioBus.moveEffect', 'effect', anInstance(), (value) => bus().moveEffect(value, 0)),
  row('AudioBus.moveEffect', 'index', integer(0, 0), (value) =>
    withEffect((master, effect) => master.moveEffect(effect, value)),
  ),
  ...effectRows,
  row('BusEffect.setParams', 'params', anObject, (value) => new GainEffect().setParams(value), true),
  row('BusEffect.enabled', 'enabled', yesOrNo, (value) => Reflect.set(new GainEffect(), 'enabled', value)),
  row('effectFromJSON', 'effect', kind('object'), (value) => effectFromJSON(value)),
  row('EQBand.fieldsOf', 'type', word('peaking', 'lowshelf', 'highshelf'), (value) => EQBand.fieldsOf(value)),
  ...options('EQBand.constructor', band, (given) => new EQBand(given), 'params'),
  ...setters('EQBand', band, () => new EQBand()),
  ...Object.entries(band).map(([name, expects]) =>
    row('EQBand.setParams', name, expects, (value) => new EQBand().setParams({ [name]: value } as never), true),
  ),
  ...options(
    'ParametricEQ.constructor',
    { bands: kind('array'), enabled: yesOrNo },
    (given) => new ParametricEQ(given),
    'params',
  ),
  row(
    'ParametricEQ.setParams',
    'bands',
    kind('array'),
    (value) => new ParametricEQ().setParams({ bands: value } as never),
    true,
  ),
  row(
    'ParametricEQ.setParams',
    'enabled',
    yesOrNo,
    (value) => new ParametricEQ().setParams({ enabled: value } as never),
    true,
  ),
  ...setters('ParametricEQ', { bands: kind('array'), enabled: yesOrNo }, () => new ParametricEQ()),
];

const playerSettings = {
  stream: anInstance(null),
  volumeDb: level,
  pitchScale: pitch,
  pan,
  bus: aName,
  loop: yesOrNo,
  streamMode: word('memory', 'streaming'),
  maxPolyphony: integer(1, 1024),
  pitchRange: kind('array'),
  volumeRangeDb: kind('array'),
};
const placeSettings = {
  maxDistance: above0,
  attenuation: number(0.1, 4),
  dopplerScale: number(0, 20),
  panning: word('linear', 'engine'),
};
const models = word('decibel', 'inverse', 'linear', 'exponential', 'none');

const players: [string, new (backend: never, options?: never) => AudioPlayer, Record<string, Expectation>][] = [
  ['AudioPlayer', AudioPlayer, {}],
  ['PlacedPlayer', AudioPlayer3D, placeSettings],
  ['AudioPlayer2D', AudioPlayer2D, placeSettings],
  ['AudioPlayer3D', AudioPlayer3D, { ...placeSettings, distanceModel: models }],
];

const playerRows = players.flatMap(([name, type, more]): Row[] => {
  let kept: AudioPlayer | null = null;
  const player = (): AudioPlayer => {
    kept ??= new type(game().backend as never, { stream: game().clip } as never);
    return kept;
  };
  const table = { ...playerSettings, ...more };
  return [
    row(`${name}.constructor`, 'backend', anInstance(), (value) => new type(value)),
    ...options(
      `${name}.constructor`,
      { ...table, autoplay: yesOrNo, random: kind('function') },
      (given) => new type(game().backend as never, given),
    ),
    ...setters(name, table, player),
    row(`${name}.pitchModulate`, 'scale', pitch, (value) => player().pitchModulate(value)),
    row(`${name}.play`, 'fromSeconds', number(0, Number.MAX_VALUE), (value) => player().play(value), true),
    row(`${name}.on`, 'event', word('finished', 'streamOpenFailed'), (value) =>
      player().on(value as 'finished', () => {}),
    ),
    row(`${name}.on`, 'listener', kind('function'), (value) => player().on('finished', value)),
    ...(['fadeIn', 'fadeOut'] as const).flatMap((member) => [
      row(`${name}.${member}`, 'seconds', seconds, (value) => player()[member](value)),
      ...options(`${name}.${member}`, { curve }, (given) => player()[member](1, given)),
    ]),
    row(`${name}.fadeTo`, 'gain', number(0, 16), (value) => player().fadeTo(value, 1)),
    row(`${name}.fadeTo`, 'seconds', seconds, (value) => player().fadeTo(1, value)),
    ...options(`${name}.fadeTo`, { curve }, (given) => player().fadeTo(1, 1, given)),
    row(`${name}.crossfade`, 'other', anInstance(), (value) => player().crossfade(value, 1)),
    row(`${name}.crossfade`, 'seconds', seconds, (value) => player().crossfade(player(), value)),
    ...options(`${name}.crossfade`, { curve }, (given) => player().crossfade(player(), 1, given)),
  ];
});

const axes = (owner: string, members: readonly string[], count: 2 | 3, object: () => object): Row[] =>
  members.flatMap((member) =>
    ['x', 'y', 'z']
      .slice(0, count)
      .map((axis, index) =>
        row(`${owner}.${member}`, axis, anyNumber, (value) =>
          Reflect.apply(
            Reflect.get(object(), member) as () => unknown,
            object(),
            [1, 1, 1].map((one, at) => (at === index ? value : one)).slice(0, count) as never,
          ),
        ),
      ),
  );

/** Every parameter of every function of the game layer. */
export const gameRows: readonly Row[] = [
  row('AudioClip.constructor', 'source', kind('path'), (value) => new AudioClip(value)),
  row('AudioClip.fromPath', 'path', kind('path'), (value) => AudioClip.fromPath(value)),
  row('AudioClip.fromUrl', 'url', kind('path'), (value) => AudioClip.fromUrl(value)),
  row('AudioClip.fromBytes', 'bytes', kind('bytes'), (value) => AudioClip.fromBytes(value)),
  row('AudioClip.fromPcm', 'samples', kind('samples'), (value) =>
    AudioClip.fromPcm(value, { sampleRate: 48000, channels: 1 }),
  ),
  row('AudioClip.fromPcm', 'options', anObject, (value) => AudioClip.fromPcm(new Float32Array(2), value)),
  row('AudioClip.fromPcm', 'sampleRate', integer(1000, 768000), (value) =>
    AudioClip.fromPcm(new Float32Array(2), { sampleRate: value, channels: 1 }),
  ),
  row('AudioClip.fromPcm', 'channels', integer(1, 8), (value) =>
    AudioClip.fromPcm(new Float32Array(2), { sampleRate: 48000, channels: value }),
  ),
  row('AudioClip.slice', 'fromSeconds', number(0, 1), (value) => game().clip.slice(value)),
  row('AudioClip.slice', 'seconds', number(0, 20000), (value) => game().clip.slice(0, value), true),
  row('AudioClip.tone', 'hz', number(0, 384000), (value) => AudioClip.tone(value)),
  ...options(
    'AudioClip.tone',
    {
      seconds: number(0, 3600),
      amplitude: number(0, 16),
      sampleRate: integer(1000, 768000),
      fadeSeconds: number(0, 3600),
    },
    (given) => AudioClip.tone(440, given),
  ),
  row('AudioClip.load', 'source', kind('path'), async (value) => AudioClip.load(value)),
  ...options('AudioClip.load', { onProgress: kind('function'), signal: kind('signal') }, (given) =>
    new AudioClip(new Uint8Array(4)).load(given),
  ),
  row('AudioPlaylist.constructor', 'clips', kind('array'), (value) => new AudioPlaylist(value)),
  ...options(
    'AudioPlaylist.constructor',
    { mode: word('sequence', 'shuffle', 'intro-loop', 'pick'), loop: yesOrNo, seed: anyNumber },
    (given) => new AudioPlaylist([game().clip, game().clip], given),
  ),
  ...layoutRows,
  ...backendRows,
  ...playerRows,
  row('AudioListener2D.constructor', 'backend', anInstance(), (value) => new AudioListener2D(value)),
  row('AudioListener3D.constructor', 'backend', anInstance(), (value) => new AudioListener3D(value)),
  ...axes('AudioListener2D', ['setPosition', 'setVelocity'], 2, () => new AudioListener2D(game().backend)),
  ...axes(
    'AudioListener3D',
    ['setPosition', 'setVelocity', 'setDirection', 'setWorldUp'],
    3,
    () => new AudioListener3D(game().backend),
  ),
  ...axes('AudioPlayer2D', ['setPosition', 'setVelocity'], 2, () => new AudioPlayer2D(game().backend)),
  ...axes('AudioPlayer3D', ['setPosition', 'setVelocity'], 3, () => new AudioPlayer3D(game().backend)),
];
