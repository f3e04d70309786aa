import { AudioBuffer, attachNode, Engine, Sound, SoundGroup, setNodeOutputVolume } from '../../src/index.js';
import type { HostName } from './hosts.js';
import { Random } from './random.js';

const sourceFrames = 200_000;
/** The first frames are the hard attack of what plays first. */
const attackFrames = 2000;

/**
 * Random changes of sounds and groups that play a constant: whatever is changed, the largest step of the mix is what
 * was not smoothed.
 */
export function largestStepOfRandomChanges(host: HostName, seed: number): number {
  const random = new Random(seed);
  const engine = new Engine({ host, device: false });
  const buffer = new AudioBuffer(new Float32Array(sourceFrames).fill(1), { sampleRate: 48000, channels: 1 });
  const groups = [new SoundGroup(engine)];
  for (let index = 0; index < 3; index++) groups.push(new SoundGroup(engine, { parent: random.pick(groups) }));
  const sounds: Sound[] = [];
  // Beginning in the middle: a start from the beginning is meant to be hard.
  const add = () => {
    const sound = Sound.fromBuffer(engine, buffer, {
      looping: true,
      group: random.next() < 0.7 ? random.pick(groups) : null,
      volume: 0.25,
    });
    sound.seek(random.integer(500, sourceFrames / 2));
    sounds.push(sound.play());
  };
  add();
  add();
  engine.readPcmFrames(attackFrames);
  let last: number | undefined;
  let worst = 0;
  for (let count = 0; count < 60; count++) {
    change(random, engine, sounds, groups, add);
    const mixed = engine.readPcmFrames(random.integer(1, 600));
    for (let index = 0; index < mixed.length; index += 2) {
      const sample = mixed[index] as number;
      if (last !== undefined) worst = Math.max(worst, Math.abs(sample - last));
      last = sample;
    }
  }
  engine.dispose();
  buffer.dispose();
  return worst;
}

function change(random: Random, engine: Engine, sounds: Sound[], groups: readonly SoundGroup[], add: () => void): void {
  const sound = random.pick(sounds);
  const group = random.pick(groups);
  const gain = random.next();
  const side = random.between(-1, 1);
  const changes: (() => unknown)[] = [
    () => sounds.length < 6 && add(),
    () => sound.play(random.next() < 0.5 ? {} : { fadeSeconds: 0.01 }),
    () => sound.stop(random.next() < 0.5 ? {} : { fadeSeconds: 0.02 }),
    () => sound.pause(),
    () => sound.resume(),
    () => sound.seek(random.integer(1, sourceFrames / 2)),
    () => Reflect.set(sound, 'volume', gain / 4),
    () => Reflect.set(sound, 'pan', side),
    () => Reflect.set(sound, 'panLaw', random.pick(['balance', 'equal-power'])),
    () => Reflect.set(sound, 'pitch', random.pick([1, 0.5, 1.3])),
    () => sound.fade(gain, random.next(), 0.03),
    () => sound.fadeIn(0.02),
    () => sound.fadeOut(0.02),
    () => sound.ramp('volume', gain / 4, { seconds: 0.02 }),
    () => setNodeOutputVolume(sound, 0, gain),
    () => attachNode(sound, 0, random.pick([group, engine.endpoint, null]), 0),
    () => Reflect.set(group, 'volume', gain),
    () => Reflect.set(group, 'pan', side),
    () => Reflect.set(group, 'pitch', random.pick([1, 0.7])),
    () => Reflect.set(group, 'muted', random.next() < 0.5),
    () => group.pause(),
    () => group.resume(),
    () => setNodeOutputVolume(group, 0, gain),
    () => Reflect.set(engine, 'volume', gain),
    () => reroute(random, engine, group, groups),
    () => sounds.length > 1 && sounds.splice(sounds.indexOf(sound), 1)[0]?.dispose(),
  ];
  random.pick(changes)();
}

/** Leads a group somewhere else, unless that would be a cycle. */
function reroute(random: Random, engine: Engine, group: SoundGroup, groups: readonly SoundGroup[]): void {
  try {
    attachNode(group, 0, random.pick([random.pick(groups), engine.endpoint, null]), 0);
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_CYCLE') throw error;
  }
}
