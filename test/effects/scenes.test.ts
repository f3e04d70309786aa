import { expect, it } from 'vitest';
import { AudioBuffer, attachNode, type EffectNode, Engine, type NodeLike, Sound, SoundGroup } from '../../src/index.js';
import { curves } from '../support/curves.js';
import { effectSubjects, maximumOf } from '../support/effects.js';
import { type HostName, hosts } from '../support/hosts.js';
import { Random } from '../support/random.js';
import { noise } from '../support/signals.js';

const frames = 24000;

interface World {
  readonly engine: Engine;
  readonly random: Random;
  readonly buffer: AudioBuffer;
  readonly group: SoundGroup;
  readonly sounds: Sound[];
  readonly effects: { readonly node: EffectNode; readonly subject: (typeof effectSubjects)[number] }[];
}

/** One random operation on sounds, routes and effects. A cycle is refused, which is part of the scene. */
function operate({ engine, random, buffer, group, sounds, effects }: World): void {
  const source = (): NodeLike => random.pick<NodeLike>([...sounds, ...effects.map(({ node }) => node), group]);
  const target = (): NodeLike => random.pick<NodeLike>([...effects.map(({ node }) => node), group, engine.endpoint]);
  const soon = () => engine.timeFrames + random.integer(0, 1500);
  const choice = random.integer(0, 11);
  const one = effects.length > 0 ? random.pick(effects) : undefined;
  if (choice === 0 && effects.length < 14) {
    const subject = random.pick(effectSubjects);
    const given = { ...subject.params, ...(random.next() < 0.5 ? subject.options : {}) };
    effects.push({ node: new subject.type(engine, given), subject });
  } else if (choice === 1) {
    sounds.push(
      Sound.fromBuffer(engine, buffer, { looping: random.next() < 0.3, pitch: random.between(0.5, 2) }).play({
        atFrames: soon(),
      }),
    );
  } else if (choice === 2) sounds.splice(random.integer(0, sounds.length - 1), 1)[0]?.dispose();
  else if (choice < 6) attachNode(source(), 0, target(), 0);
  else if (one !== undefined && choice < 9) {
    const [name, range] = random.pick(Object.entries(one.subject.parameters));
    const value =
      random.next() < 0.7 ? range.unlike : random.between(range.minimum, maximumOf(range, engine.sampleRate));
    if (random.next() < 0.4) Reflect.set(one.node, name, value);
    else
      void one.node.ramp(name, value, {
        seconds: random.between(0, 0.1),
        curve: random.pick(curves),
        atFrames: soon(),
      });
  } else if (one !== undefined && choice === 9) one.node.enabled = random.next() < 0.6;
  else if (one !== undefined && choice === 10) one.node.reset();
  else if (one !== undefined && random.next() < 0.4) {
    one.node.dispose();
    effects.splice(effects.indexOf(one), 1);
  } else if (random.next() < 0.5) group.pause();
  else group.resume();
}

function play(host: HostName, seed: number, cut: () => number): Float32Array {
  const random = new Random(seed);
  const channels = random.pick([2, 2, 2, 1, 3]);
  const engine = new Engine({
    host,
    device: false,
    channels,
    smoothingMs: random.pick([10, 10, 3, 0]),
    sampleRate: random.pick([48000, 44100]),
  });
  const buffer = new AudioBuffer(noise(5000, 2, 3, 0.3), { sampleRate: 48000, channels: 2 });
  const world: World = { engine, random, buffer, group: new SoundGroup(engine), sounds: [], effects: [] };
  const out = new Float32Array(frames * channels);
  for (let at = 0; at < frames; ) {
    for (let count = random.integer(0, 8); count > 0; count--) {
      try {
        operate(world);
      } catch (error) {
        expect((error as { code?: string }).code).toBe('ERR_CYCLE');
      }
    }
    const next = Math.min(frames, at + random.integer(1, 900));
    while (at < next) {
      const count = Math.min(cut(), next - at);
      out.set(engine.readPcmFrames(count), at * channels);
      at += count;
    }
  }
  engine.dispose();
  buffer.dispose();
  return out;
}

it.each(Array.from({ length: 25 }, (_, index) => index + 1))(
  'scene %d of random effects gives the same bits on both hosts, however the time is cut',
  (seed) => {
    const random = new Random(seed);
    const whole = play('native', seed, () => 4096);
    expect(whole.every(Number.isFinite)).toBe(true);
    expect(whole.some((sample) => sample !== 0)).toBe(true);
    for (const host of hosts) {
      for (const cut of [() => 64, () => 127, () => random.integer(1, 300), () => 4096]) {
        const other = play(host, seed, cut);
        const same = Buffer.compare(Buffer.from(other.buffer), Buffer.from(whole.buffer)) === 0;
        expect({ host, first: same ? -1 : other.findIndex((sample, index) => sample !== whole[index]) }).toEqual({
          host,
          first: -1,
        });
      }
    }
  },
);
