import { createHash } from 'node:crypto';
import {
  AudioBuffer,
  AudioError,
  attachNode,
  detachNode,
  Engine,
  Sound,
  SoundGroup,
  setNodeOutputVolume,
  setNodeSend,
} from '../../src/index.js';
import type { HostName } from '../support/hosts.js';
import { Random } from '../support/random.js';

/** How long a scene lasts, in frames. */
const sceneFrames = 30_000;

/** One operation and the frame before which it is called. */
interface Step {
  readonly frame: number;
  readonly act: () => void;
}

const curves = ['linear', 'exponential', 'equal-power', 'ease-in', 'ease-out', 'ease-in-out'] as const;

function makeBuffers(random: Random): AudioBuffer[] {
  const noise = (length: number) => Float32Array.from({ length }, () => random.between(-0.4, 0.4));
  return [
    new AudioBuffer(noise(16_000), { sampleRate: 48000, channels: 2 }),
    new AudioBuffer(noise(9_000), { sampleRate: 44100, channels: 1 }),
    new AudioBuffer(
      Int16Array.from({ length: 6_000 }, () => random.integer(-20000, 20000)),
      { sampleRate: 22050, channels: 1 },
    ),
    new AudioBuffer(
      Uint8Array.from({ length: 90 }, () => random.integer(0, 255)),
      { sampleRate: 48000, channels: 1 },
    ),
    new AudioBuffer(
      Int32Array.from({ length: 4_000 }, () => random.integer(-1e9, 1e9)),
      { sampleRate: 96000, channels: 4 },
    ),
  ];
}

function randomStep(
  random: Random,
  sounds: readonly Sound[],
  groups: readonly SoundGroup[],
  engine: Engine,
  frame: number,
): () => void {
  const sound = random.pick(sounds);
  const group = random.pick(groups);
  const atFrames = random.next() < 0.4 ? frame + random.integer(0, 3000) : undefined;
  const when = atFrames === undefined ? {} : { atFrames };
  const seconds = random.between(0, 0.05);
  const curve = random.pick(curves);
  const level = random.between(0, 1.2);
  const side = random.between(-1, 1);
  const speed = random.between(0.4, 2.5);
  const length = sound.lengthFrames;
  const begin = random.integer(0, length - 2);
  const end = random.integer(begin + 1, length);
  const choices: (() => void)[] = [
    () => sound.play({ ...when, fadeSeconds: random.pick([0, seconds]) }),
    () => sound.play(when),
    () => sound.play(),
    () => sound.stop({ ...when, fadeSeconds: random.pick([0, seconds]) }),
    () => sound.pause(),
    () => sound.resume(),
    () => sound.seek(begin),
    () => sound.setLoopRange(begin, end),
    () => {
      sound.looping = random.next() < 0.5;
    },
    () => {
      sound.volume = level;
    },
    () => {
      sound.pan = side;
    },
    () => {
      sound.panLaw = random.pick(['balance', 'equal-power'] as const);
    },
    () => {
      sound.pitch = speed;
    },
    () => void sound.ramp(random.pick(['volume', 'pan'] as const), Math.abs(side), { seconds, curve, ...when }),
    () => void sound.ramp('pitch', speed, { seconds, curve, ...when }),
    () => sound.fade(level, random.between(0, 1), seconds, curve),
    () => void sound.fadeOut(seconds),
    () => void group.ramp('volume', level, { seconds, curve, ...when }),
    () => void group.ramp('pitch', speed, { seconds, curve, ...when }),
    () => {
      group.pan = side;
    },
    () => {
      group.muted = random.next() < 0.3;
    },
    () => (random.next() < 0.3 ? group.pause() : group.resume()),
    () => attachNode(sound, 0, random.next() < 0.5 ? group : engine.endpoint, 0),
    () => setNodeOutputVolume(random.pick([sound, group]), 0, level),
    () => {
      engine.volume = level;
    },
    () => void engine.play(random.pick(buffers(sound)), { pitch: speed, volume: level, pan: side }),
    () => detachNode(sound, 0),
    () => {
      const target = random.pick(groups);
      const sent = random.next() < 0.3 ? 0 : level;
      try {
        setNodeSend(group, target, sent, { seconds, curve });
      } catch (error) {
        // A group cannot be sent to what leads to it.
        if (!(error instanceof AudioError) || error.code !== 'ERR_CYCLE') throw error;
      }
    },
    () => engine.batch(() => [sound.play(), sound.fadeTo(level, { seconds, curve })]),
  ];
  return random.pick(choices);
}

const buffersOf = new WeakMap<Sound, readonly AudioBuffer[]>();
const buffers = (sound: Sound): readonly AudioBuffer[] => buffersOf.get(sound) ?? [];

/** Builds scene number `scene`: nested groups, sounds of every sample format, and operations at random frames. */
function buildScene(scene: number, host: HostName): { engine: Engine; steps: Step[]; dispose(): void } {
  const random = new Random(scene * 7919 + 17);
  const channels = random.pick([2, 2, 2, 1, 6]);
  const engine = new Engine({
    host,
    device: false,
    channels,
    smoothingMs: random.pick([10, 10, 3, 0]),
    resampler: random.pick(['linear', 'cubic', 'sinc', 'sinc-best'] as const),
  });
  const groups = [new SoundGroup(engine)];
  for (let i = 0; i < 5; i += 1) groups.push(new SoundGroup(engine, { parent: random.pick(groups) }));
  const samples = makeBuffers(random);
  const sounds = Array.from({ length: 14 }, () => {
    const sound = Sound.fromBuffer(engine, random.pick(samples), {
      group: random.pick([null, ...groups]),
      looping: random.next() < 0.6,
      pitch: random.pick([1, 1, 1.3]),
    });
    buffersOf.set(sound, samples);
    return sound;
  });
  const frames = Array.from({ length: 160 }, () => random.integer(0, sceneFrames - 1)).sort((a, b) => a - b);
  const steps = frames.map((frame) => {
    // Some steps draw more when they act; they act in the same order however the scene is rendered.
    const act = randomStep(random, sounds, groups, engine, frame);
    return { frame, act };
  });
  return {
    engine,
    steps,
    dispose: () => {
      engine.dispose();
      for (const buffer of samples) buffer.dispose();
    },
  };
}

/** Renders a scene; `nextBlock` says how long each block is at most. The clock must come out right as well. */
export function renderScene(scene: number, host: HostName, nextBlock: () => number): Float32Array {
  const { engine, steps, dispose } = buildScene(scene, host);
  try {
    const output = new Float32Array(sceneFrames * engine.channels);
    let frame = 0;
    const renderTo = (end: number) => {
      while (frame < end) {
        const count = Math.min(nextBlock(), end - frame);
        engine.readPcmFramesInto(output.subarray(frame * engine.channels, (frame + count) * engine.channels));
        frame += count;
      }
    };
    for (const step of steps) {
      renderTo(step.frame);
      step.act();
    }
    renderTo(sceneFrames);
    if (engine.timeFrames !== sceneFrames)
      throw new Error(`The clock says ${engine.timeFrames} after ${sceneFrames} frames`);
    return output;
  } finally {
    dispose();
  }
}

/** One line for all bits of a rendering. */
export function hashOf(samples: Float32Array): string {
  return createHash('sha256')
    .update(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength))
    .digest('hex');
}
