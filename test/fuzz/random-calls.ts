import {
  AudioBuffer,
  AudioBusLayout,
  AudioError,
  attachNode,
  chain,
  detachNode,
  Engine,
  Sound,
  SoundGroup,
  StreamSource,
  setNodeOutputVolume,
  setNodeSend,
} from '../../src/index.js';
import { curves } from '../support/curves.js';
import { effectSubjects } from '../support/effects.js';
import type { HostName } from '../support/hosts.js';
import type { Random } from '../support/random.js';
import { noise } from '../support/signals.js';

const words = [
  ...curves,
  'volume',
  'pan',
  'pitch',
  'linear',
  'cubic',
  'sinc',
  'sinc-best',
  'none',
  'inverse',
  'absolute',
  'relative',
  'equal-power',
  's16',
  'f32',
  'master',
  'x',
  '',
];
const optionNames = `seconds curve atFrames fadeSeconds fadeInSeconds group volume pan pitch looping spatial
  resampler position priority sampleRate channels bufferSeconds format parent name keeper sends volumeDb`.split(/\s+/);
const numbers = [
  0,
  1,
  -1,
  0.5,
  2,
  100,
  480,
  4800,
  1e-9,
  1e9,
  -0,
  Number.NaN,
  Infinity,
  -Infinity,
  Number.MAX_VALUE,
  Number.MIN_VALUE,
  2 ** 31,
  2 ** 53,
  48000,
];
/** What takes a program's word for how much to do, and what ends the world. */
const leftOut = new Set([
  'constructor',
  'readPcmFrames',
  'readPcmFramesInto',
  'toWav',
  'getChannelData',
  'useDevice',
  'writable',
]);
const mostOfAKind = 60;
const parameterNames = [
  'volume',
  'pan',
  'pitch',
  ...effectSubjects.flatMap(({ parameters }) => Object.keys(parameters)),
];

/** One engine, everything that is made in it, and calls of all their members with whatever comes. */
export class RandomCalls {
  readonly engine: Engine;
  readonly #random: Random;
  readonly #buffers: AudioBuffer[];
  #things: object[] = [];
  /** What a promise was rejected with that it should not have been. */
  readonly wrong: unknown[] = [];

  constructor(host: HostName, random: Random) {
    this.#random = random;
    this.engine = new Engine({
      host,
      device: false,
      channels: random.pick([1, 2, 2, 6]),
      smoothingMs: random.pick([0, 10]),
      maxVoices: random.pick([4, 64, 1024]),
    });
    const odd = noise(500, 1, 3);
    odd.fill(Number.NaN, 100, 200);
    odd.fill(Infinity, 200, 300);
    this.#buffers = [
      new AudioBuffer(noise(4000, 2, 1), { sampleRate: 44100, channels: 2 }),
      new AudioBuffer(odd, { sampleRate: 48000, channels: 1 }),
      new AudioBuffer(new Float32Array(0), { sampleRate: 8000, channels: 1 }),
    ];
    this.#things.push(this.engine, this.engine.listener(), new AudioBusLayout(), ...this.#buffers);
  }

  /**
   * One call. Throws what a call may not be answered with: anything but a value, a wrong argument in words, or a coded
   * error.
   */
  call(): void {
    const random = this.#random;
    if (random.next() < 0.15) this.#attempt(() => this.#make());
    else if (random.next() < 0.1) this.#attempt(() => this.#wire());
    else this.#attempt(() => this.#useMember(random.pick(this.#things)));
    if (this.#things.length > mostOfAKind) this.#letGo();
  }

  /** Closes everything. */
  close(): void {
    this.engine.dispose();
    for (const buffer of this.#buffers) buffer.dispose();
  }

  #attempt(work: () => unknown): void {
    try {
      const result = work();
      if (result instanceof Promise) result.catch((error: unknown) => this.#judge(error));
    } catch (error) {
      this.#judge(error);
    }
  }

  #judge(error: unknown): void {
    if (
      error instanceof AudioError
        ? error.code !== 'ERR_INTERNAL'
        : error instanceof RangeError || (error instanceof TypeError && error.message.startsWith('Expected'))
    )
      return;
    this.wrong.push(error);
  }

  /** Any value, more often one that may be right. */
  #value(): unknown {
    const random = this.#random;
    const kinds: (() => unknown)[] = [
      () => random.next(),
      () => random.next(),
      () => random.between(-20, 20),
      () => random.integer(0, 5000),
      () => random.pick(numbers),
      () => random.pick(words),
      () => random.pick(words),
      () => random.pick([true, false, null, undefined]),
      () => random.pick(this.#things),
      () => this.#options(),
      () => this.#options(),
      () =>
        random.pick([
          new Int16Array(300),
          new Float32Array(64).fill(Number.NaN),
          random.bytes(random.integer(0, 900)),
          new ArrayBuffer(10),
          [1, 2, 3],
          () => {},
          7n,
          Symbol('x'),
        ]),
    ];
    return random.pick(kinds)();
  }

  #options(): Record<string, unknown> {
    const random = this.#random;
    const options: Record<string, unknown> = random.next() < 0.5 ? { seconds: random.next() / 10 } : {};
    for (let count = random.integer(0, 2); count > 0; count--)
      options[random.pick(optionNames)] = random.next() < 0.7 ? random.next() : this.#value();
    return options;
  }

  #make(): void {
    const random = this.#random;
    const { engine } = this;
    const buffer = random.pick(this.#buffers);
    const given = this.#options() as never;
    const kinds: (() => object)[] = [
      () => Sound.fromBuffer(engine, buffer, { looping: random.next() < 0.5, spatial: random.next() < 0.4 }).play(),
      () => Sound.fromBuffer(engine, buffer, given),
      () => engine.play(buffer, given),
      () => new SoundGroup(engine),
      () => new SoundGroup(engine, given),
      () => new (random.pick(effectSubjects).type)(engine, given),
      () => new (random.pick(effectSubjects).type)(engine),
      () =>
        new StreamSource(engine, {
          sampleRate: random.pick([8000, 48000]),
          channels: random.integer(1, 3),
          bufferSeconds: random.next() / 5,
          format: random.pick(['s16', 'f32', 'u8']),
        }),
      () => Sound.fromStream(engine, random.pick(this.#things) as never, given).play(),
    ];
    this.#things.push(random.pick(kinds)());
  }

  /** The graph's functions, mostly with nodes. */
  #wire(): unknown {
    const random = this.#random;
    const node = () => (random.next() < 0.9 ? random.pick(this.#things) : this.#value()) as never;
    const bus = () => (random.next() < 0.9 ? 0 : this.#value()) as never;
    const calls: (() => unknown)[] = [
      () => attachNode(node(), bus(), node(), bus()),
      () => attachNode(node(), bus(), node(), bus()),
      () => detachNode(node(), bus()),
      () => setNodeOutputVolume(node(), bus(), this.#value() as never),
      () => setNodeSend(node(), node(), this.#value() as never, this.#options() as never),
      () => chain(node(), [node(), node()], node()),
    ];
    return random.pick(calls)();
  }

  #useMember(thing: object): unknown {
    const random = this.#random;
    const members = membersOf(thing);
    const [name, { get, set, value }] = random.pick(members);
    // Disposing takes away what the other calls need, so it is rarer than its share.
    if (
      /^(dispose|shutdown|Symbol)/.test(name) &&
      (thing === this.engine || this.#buffers.includes(thing as AudioBuffer) || random.next() < 0.8)
    )
      return undefined;
    if (set !== undefined && random.next() < 0.7) return set.call(thing, this.#value());
    if (get !== undefined) return get.call(thing);
    const known =
      name === 'ramp' && random.next() < 0.6
        ? [random.pick(parameterNames), random.next(), { seconds: random.next() / 10 }]
        : undefined;
    return (value as (...values: unknown[]) => unknown).apply(
      thing,
      known ??
        Array.from({ length: random.integer(0, Math.max(3, (value as { length: number }).length)) }, () =>
          this.#value(),
        ),
    );
  }

  #letGo(): void {
    const kept = 6;
    const index = this.#random.integer(kept, this.#things.length - 1);
    const [thing] = this.#things.splice(index, 1) as [{ dispose?(): void }];
    if (this.#random.next() < 0.7) thing.dispose?.();
  }
}

const known = new Map<object, [string, PropertyDescriptor][]>();

/** Everything that a thing's classes have, under its name. */
function membersOf(thing: object): [string, PropertyDescriptor][] {
  const prototype = Object.getPrototypeOf(thing) as object;
  const found = known.get(prototype) ?? [];
  if (found.length > 0) return found;
  for (let line = prototype; line !== Object.prototype && line !== null; line = Object.getPrototypeOf(line)) {
    for (const key of Reflect.ownKeys(line)) {
      if (!leftOut.has(String(key)))
        found.push([String(key), Object.getOwnPropertyDescriptor(line, key) as PropertyDescriptor]);
    }
  }
  known.set(prototype, found);
  return found;
}
