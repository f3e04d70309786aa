import {
  AudioBuffer,
  attachNode,
  type Curve,
  detachNode,
  Engine,
  Sound,
  SoundGroup,
  StreamSource,
  setNodeOutputVolume,
} from '../../src/index.js';
import { curves } from './curves.js';
import type { HostName } from './hosts.js';
import { Random } from './random.js';
import { constant, counting, noise } from './signals.js';

const sceneFrames = 12000;

interface World {
  readonly engine: Engine;
  readonly random: Random;
  readonly buffers: readonly AudioBuffer[];
  readonly sounds: Sound[];
  readonly groups: SoundGroup[];
  readonly streams: readonly StreamSource[];
}

function makeBuffers(): AudioBuffer[] {
  const whole = Int16Array.from(noise(3000, 2, 4, 30000));
  const bytes = Uint8Array.from(noise(2000, 1, 6, 120), (sample) => sample + 128);
  return [
    new AudioBuffer(noise(4000, 1, 1), { sampleRate: 48000, channels: 1 }),
    new AudioBuffer(noise(5000, 2, 2), { sampleRate: 44100, channels: 2 }),
    new AudioBuffer(noise(600, 3, 3), { sampleRate: 22050, channels: 3 }),
    new AudioBuffer(whole, { sampleRate: 32000, channels: 2 }),
    new AudioBuffer(bytes, { sampleRate: 48000, channels: 1 }),
    new AudioBuffer(counting(7), { sampleRate: 48000, channels: 1 }),
    new AudioBuffer(constant(9000, 2, 0.25), { sampleRate: 96000, channels: 2 }),
    new AudioBuffer(new Float32Array(0), { sampleRate: 48000, channels: 1 }),
  ];
}

/** Streams of formats whose every bit pattern is a sample. */
function makeStreams(engine: Engine): StreamSource[] {
  return [
    new StreamSource(engine, { sampleRate: 48000, channels: 2, bufferSeconds: 0.1 }),
    new StreamSource(engine, { sampleRate: 44100, channels: 1, format: 's24', bufferSeconds: 0.03 }),
    new StreamSource(engine, { sampleRate: 16000, channels: 1, format: 'u8', bufferSeconds: 0.2 }),
  ];
}

const gainOf = (random: Random): number => (random.next() < 0.2 ? 0 : random.between(0, 1.5));
const pitchOf = (random: Random): number => random.pick([1, 1, 0.5, 2, 0.01, 3.7, 1.0000001, random.between(0.2, 3)]);
const curveOf = (random: Random): Curve => random.pick(curves);

/** One random operation of the public surface. What it may refuse (a cycle, a limit) is part of the scene. */
function operate(world: World): void {
  const { engine, random, buffers, sounds, groups, streams } = world;
  const stream = random.pick(streams);
  const sound = sounds.length > 0 ? random.pick(sounds) : undefined;
  const group = groups.length > 0 ? random.pick(groups) : undefined;
  const soon = () => engine.timeFrames + random.integer(-50, 1500);
  const timing = () =>
    random.next() < 0.5
      ? {}
      : { atFrames: Math.max(0, soon()), ...(random.next() < 0.5 ? { fadeSeconds: random.between(0, 0.03) } : {}) };
  const moving = () => ({
    seconds: random.pick([0, 0.001, random.between(0, 0.1)]),
    curve: curveOf(random),
    ...(random.next() < 0.5 ? { atFrames: Math.max(0, soon()) } : {}),
  });
  const choices: (() => unknown)[] = [
    () => {
      const made = Sound.fromBuffer(engine, random.pick(buffers), {
        group: random.next() < 0.6 ? (group ?? null) : null,
        looping: random.next() < 0.4,
        resampler: random.pick(['linear', 'cubic', 'sinc', 'sinc-best']),
        pitch: pitchOf(random),
        spatial: random.next() < 0.3,
      });
      sounds.push(made);
      made.play(timing());
    },
    () =>
      sounds.push(
        Sound.fromStream(engine, stream, {
          group: random.next() < 0.5 ? (group ?? null) : null,
          resampler: random.pick(['linear', 'cubic', 'sinc']),
        }).play(),
      ),
    () => stream.write(random.bytes(random.integer(0, 4000))),
    () => stream.write(random.bytes(random.integer(0, 4000))),
    () => (random.next() < 0.3 ? stream.end() : random.next() < 0.3 && stream.reset()),
    () =>
      engine.play(random.pick(buffers), {
        group: group ?? null,
        volume: gainOf(random),
        pan: random.between(-1, 1),
        pitch: pitchOf(random),
      }),
    () =>
      groups.length < 8 &&
      groups.push(new SoundGroup(engine, { parent: random.next() < 0.6 ? (group ?? null) : null })),
    () => sound?.play(timing()),
    () => sound?.stop(timing()),
    () => sound?.pause(),
    () => sound?.resume(),
    () => sound?.seek(random.integer(0, sound.lengthFrames)),
    () => sound && sound.lengthFrames > 1 && range(random, sound, 'setRange'),
    () => sound && sound.lengthFrames > 1 && range(random, sound, 'setLoopRange'),
    () => sound && Reflect.set(sound, 'looping', random.next() < 0.6),
    () => sound && Reflect.set(sound, 'volume', gainOf(random)),
    () => sound && Reflect.set(sound, 'pan', random.between(-1, 1)),
    () => sound && Reflect.set(sound, 'panLaw', random.pick(['balance', 'equal-power'])),
    () => sound && Reflect.set(sound, 'pitch', pitchOf(random)),
    () => sound?.fade(gainOf(random), gainOf(random), random.between(0, 0.05), curveOf(random)),
    () => sound?.fadeOut(random.between(0, 0.03)),
    () => sound?.ramp('volume', gainOf(random), moving()),
    () => sound?.ramp('pitch', pitchOf(random), moving()),
    () => sound?.ramp('pan', random.between(-1, 1), moving()),
    () => sound && setNodeOutputVolume(sound, 0, gainOf(random)),
    () => sound && attachNode(sound, 0, random.next() < 0.8 ? (group ?? null) : engine.endpoint, 0),
    () => sound && random.next() < 0.3 && detachNode(sound, 0),
    () => group && Reflect.set(group, 'volume', gainOf(random)),
    () => group && Reflect.set(group, 'pan', random.between(-1, 1)),
    () => group && Reflect.set(group, 'pitch', pitchOf(random)),
    () => group && Reflect.set(group, 'muted', random.next() < 0.5),
    () => group?.ramp('volume', gainOf(random), moving()),
    () => group?.ramp('pitch', pitchOf(random), moving()),
    () => group?.pause(),
    () => group?.resume(),
    () => group && attachNode(group, 0, random.next() < 0.7 ? random.pick(groups) : engine.endpoint, 0),
    () => group && setNodeOutputVolume(group, 0, gainOf(random)),
    () => engine.ramp('volume', gainOf(random), moving()),
    () => sound && random.next() < 0.5 && sound.dispose(),
    () => group && random.next() < 0.2 && group.dispose(),
    () => sound?.setPosition(...place(random)),
    () => sound?.setPosition(...place(random)),
    () => sound && changePlace(random, sound),
    () => engine.listener(random.integer(0, 3)).setPosition(...place(random)),
    () => engine.listener().setDirection(...place(random, 0.5)),
    () => Reflect.set(engine.listener(random.integer(1, 3)), 'enabled', random.next() < 0.5),
  ];
  random.pick(choices)();
  world.sounds.splice(0, world.sounds.length, ...world.sounds.filter((one) => !one.disposed));
  world.groups.splice(0, world.groups.length, ...world.groups.filter((one) => !one.disposed));
}

const place = (random: Random, least = 0): [number, number, number] => [
  random.between(-4, 4),
  random.between(-1, 1),
  least + random.between(0, 4),
];

/** Changes one of the settings of spatial sound. */
function changePlace(random: Random, sound: Sound): void {
  const changes: (() => unknown)[] = [
    () => Reflect.set(sound, 'spatial', random.next() < 0.7),
    () => sound.setVelocity(random.between(-400, 400), 0, random.between(-40, 40)),
    () => sound.setDirection(...place(random, 0.5)),
    () => sound.setCone(random.between(0, 3), random.between(3, 6), random.between(0, 1)),
    () => Reflect.set(sound, 'positioning', random.pick(['absolute', 'relative'])),
    () => Reflect.set(sound, 'attenuation', random.pick(['none', 'inverse', 'linear', 'exponential'])),
    () => Reflect.set(sound, 'pinnedListener', random.pick([null, 0, 1, 2, 3])),
    () => Reflect.set(sound, 'rolloff', random.between(0, 3)),
    () => Reflect.set(sound, 'minDistance', random.between(0, 3)),
    () => Reflect.set(sound, 'maxDistance', random.between(0, 10)),
    () => Reflect.set(sound, 'directionalAttenuationFactor', random.next()),
    () => Reflect.set(sound, 'dopplerFactor', random.between(0, 2)),
  ];
  random.pick(changes)();
}

function range(random: Random, sound: Sound, name: 'setRange' | 'setLoopRange'): void {
  const start = random.integer(0, sound.lengthFrames - 1);
  sound[name](start, random.integer(start + 1, sound.lengthFrames));
}

/** What came of a scene: the mix, and what the sounds said of themselves at its end. */
export interface SceneResult {
  readonly samples: Float32Array;
  readonly told: string;
}

/**
 * Plays a scene of random operations at random frames. The same seed gives the same scene; `cut` says how many frames
 * are rendered at a time between two operations, and must make no difference.
 */
export function playScene(host: HostName, seed: number, cut: () => number): SceneResult {
  const random = new Random(seed);
  const channels = random.pick([2, 2, 2, 1, 4, 6]);
  const engine = new Engine({
    host,
    device: false,
    channels,
    smoothingMs: random.pick([10, 10, 2, 0]),
    sampleRate: random.pick([48000, 44100]),
  });
  const world: World = {
    engine,
    random,
    buffers: makeBuffers(),
    sounds: [],
    groups: [new SoundGroup(engine)],
    streams: makeStreams(engine),
  };
  const samples = new Float32Array(sceneFrames * channels);
  const told: unknown[] = [];
  const first = Sound.fromBuffer(engine, world.buffers[1] as AudioBuffer, { looping: true, volume: 0.5 });
  world.sounds.push(first.play());
  const attempt = () => {
    try {
      operate(world);
    } catch (error) {
      told.push((error as { code?: string }).code ?? String(error));
    }
  };
  for (let at = 0; at < sceneFrames; ) {
    for (let count = random.integer(0, 6); count > 0; count--) attempt();
    const next = Math.min(sceneFrames, at + random.integer(1, 900));
    while (at < next) {
      const count = Math.min(cut(), next - at);
      samples.set(engine.readPcmFrames(count), at * channels);
      at += count;
    }
  }
  told.push(
    engine.timeFrames,
    ...world.streams.map((stream) => [stream.availableReadFrames, stream.underruns]),
    ...world.sounds.map((sound) => [sound.playing, sound.paused, sound.atEnd, sound.cursorFrames]),
  );
  // Sums of squares are rounded block by block: equal to within a rounding, not bit by bit.
  for (const { peak, rms } of [engine, ...world.groups].map((owner) => owner.meter()))
    told.push(
      peak,
      rms.map((level) => level.toPrecision(3)),
    );
  engine.dispose();
  for (const buffer of world.buffers) buffer.dispose();
  return { samples, told: JSON.stringify(told) };
}
