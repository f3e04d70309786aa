import { describe, expect, it } from 'vitest';
import { AudioBuffer, AudioError, type EffectNode, Engine, Sound, SoundGroup } from '../../src/index.js';
import { effectSubjects } from '../support/effects.js';
import { forEachHost, openEngine, renderChannel, soundOf } from '../support/hosts.js';
import { Random } from '../support/random.js';
import { constant, counting } from '../support/signals.js';

const mayBeCalled = new Set(['constructor', 'dispose', 'shutdown', 'disposed']);

/** Every getter, setter and method of a class, as calls on an object of it, with the values a caller would give. */
function callsOn(target: object): [string, () => unknown][] {
  const calls: [string, () => unknown][] = [];
  for (
    let prototype = Object.getPrototypeOf(target);
    prototype !== Object.prototype && prototype !== null;
    prototype = Object.getPrototypeOf(prototype)
  ) {
    for (const name of Object.getOwnPropertyNames(prototype)) {
      if (mayBeCalled.has(name) || name.startsWith('_')) continue;
      const descriptor = Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor;
      if (descriptor.get) calls.push([`get ${name}`, () => Reflect.get(target, name)]);
      if (descriptor.set) calls.push([`set ${name}`, () => Reflect.set(target, name, valueFor(name))]);
      if (typeof descriptor.value === 'function') {
        const method = descriptor.value as (...values: unknown[]) => unknown;
        calls.push([`${name}()`, () => method.apply(target, argumentsFor(name))]);
      }
    }
  }
  return calls;
}

function valueFor(name: string): unknown {
  if (['muted', 'looping', 'spatial', 'enabled'].includes(name)) return true;
  if (name === 'panLaw') return 'balance';
  return 0.5;
}

function argumentsFor(name: string): unknown[] {
  if (name === 'ramp') return ['volume', 0.5, { seconds: 1 }];
  if (name === 'on') return ['end', () => {}];
  if (name === 'fade') return [1, 0.5, 1];
  if (name === 'play' || name === 'stop') return [];
  if (name.startsWith('set')) return [0, 1, 1];
  return [1];
}

/** What a call threw or its promise was rejected with. */
async function failureOf(call: () => unknown): Promise<unknown> {
  try {
    const result = call();
    if (result instanceof Promise) await result;
    return undefined;
  } catch (error) {
    return error;
  }
}

forEachHost('every call after dispose', (host) => {
  const subjects: [string, (engine: Engine) => { dispose(): void; readonly disposed: boolean }][] = [
    ['Sound', (engine) => soundOf(engine, constant(100))],
    ['SoundGroup', (engine) => new SoundGroup(engine)],
    ['AudioBuffer', () => new AudioBuffer(constant(100), { sampleRate: 48000, channels: 1 })],
    ['Engine', (engine) => engine],
    ...effectSubjects.map(({ name, type }): [string, (engine: Engine) => EffectNode] => [
      name,
      (engine) => new type(engine),
    ]),
  ];
  it.each(subjects)('of %s is an AudioError that names the class', async (name, make) => {
    const engine = openEngine(host);
    const subject = make(engine);
    const calls = callsOn(subject);
    expect(calls.length).toBeGreaterThan(6);
    expect(subject.disposed).toBe(false);
    subject.dispose();
    expect(subject.disposed).toBe(true);
    const quiet: string[] = [];
    for (const [call, run] of calls) {
      const failure = await failureOf(run);
      if (failure === undefined) {
        quiet.push(call);
        continue;
      }
      expect(failure, `${name}.${call}`).toBeInstanceOf(AudioError);
      expect(failure, `${name}.${call}`).toMatchObject({
        code: 'ERR_DISPOSED',
        message: expect.stringContaining(name),
      });
    }
    // What says nothing must be something that is still true: the state, what was promised, or a plain fact.
    const allowed = [
      'get state',
      'get ready',
      'get host',
      'get finished',
      'get engine',
      'get group',
      'get parent',
      'get device',
      'on()',
    ];
    expect(quiet.filter((call) => !allowed.includes(call))).toEqual([]);
    subject.dispose();
  });

  it('of a disposed parent: its children are disposed with it', () => {
    const engine = openEngine(host);
    const outer = new SoundGroup(engine);
    const inner = new SoundGroup(engine, { parent: outer });
    const sound = soundOf(engine, constant(100), { group: inner });
    outer.dispose();
    expect([outer.disposed, inner.disposed, sound.disposed]).toEqual([true, true, true]);
    expect(() => new SoundGroup(engine, { parent: outer })).toThrow(expect.objectContaining({ code: 'ERR_DISPOSED' }));
    expect(() => soundOf(engine, constant(10), { group: outer })).toThrow(
      expect.objectContaining({ code: 'ERR_DISPOSED' }),
    );
  });
});

forEachHost('disposing', (host) => {
  it('works in every order, while playing and at rest, and again', () => {
    const random = new Random(11);
    for (let round = 0; round < 60; round++) {
      const engine = new Engine({ host, device: false });
      const outer = new SoundGroup(engine);
      const inner = new SoundGroup(engine, { parent: outer });
      const buffer = new AudioBuffer(counting(1000), { sampleRate: 48000, channels: 1 });
      const sounds = [
        Sound.fromBuffer(engine, buffer, { group: inner }),
        Sound.fromBuffer(engine, buffer, { group: outer }),
        Sound.fromBuffer(engine, buffer),
      ];
      for (const sound of sounds) if (random.next() < 0.7) sound.play({ atFrames: random.integer(0, 50) });
      const things = [engine, outer, inner, buffer, ...sounds];
      while (things.length > 0) {
        if (!engine.disposed && random.next() < 0.5) engine.readPcmFrames(random.integer(1, 300));
        const [thing] = things.splice(random.integer(0, things.length - 1), 1);
        if (random.next() < 0.5) thing?.dispose();
        else thing?.shutdown();
        thing?.dispose();
        expect(thing?.disposed).toBe(true);
      }
    }
  });

  it('by `using` happens at the end of the scope', () => {
    let kept: { engine: Engine; sound: Sound; group: SoundGroup; buffer: AudioBuffer } | undefined;
    {
      using engine = new Engine({ host, device: false });
      using group = new SoundGroup(engine);
      using buffer = new AudioBuffer(constant(10), { sampleRate: 48000, channels: 1 });
      using sound = Sound.fromBuffer(engine, buffer, { group });
      sound.play();
      kept = { engine, sound, group, buffer };
      expect(engine.disposed).toBe(false);
    }
    expect(Object.values(kept).map((thing) => thing.disposed)).toEqual([true, true, true, true]);
  });

  it('of one engine leaves the others alone', () => {
    const first = openEngine(host);
    const second = openEngine(host);
    const sound = soundOf(second, counting(1000));
    sound.play();
    first.dispose();
    expect(renderChannel(second, 100)).toEqual(counting(100));
  });

  it('gives the memory back', async () => {
    const round = () => {
      const engine = new Engine({ host, device: false });
      const group = new SoundGroup(engine);
      for (let index = 0; index < 20; index++) {
        const buffer = new AudioBuffer(constant(20000), { sampleRate: 48000, channels: 1 });
        Sound.fromBuffer(engine, buffer, { group }).play();
        buffer.dispose();
      }
      engine.readPcmFrames(2000);
      engine.dispose();
    };
    const collect = globalThis.gc as () => void;
    expect(collect).toBeTypeOf('function');
    // Memory of WebAssembly goes back when the collector has told its owner, some turns later: the least of several
    // looks counts.
    const measure = async () => {
      for (let index = 0; index < 20; index++) round();
      let least = Infinity;
      for (let look = 0; look < 8; look++) {
        collect();
        await new Promise((resolve) => setImmediate(resolve));
        least = Math.min(least, process.memoryUsage().rss);
      }
      return least;
    };
    await measure();
    await measure();
    const before = await measure();
    for (let index = 0; index < 4; index++) await measure();
    const grown = (await measure()) - before;
    // 100 engines with 4 MB each and 160 MB of samples came and went.
    expect(grown).toBeLessThan(60e6);
  });
});

describe('an engine', () => {
  it('tells its state, and that it is closed', () => {
    const states: string[] = [];
    const engine = new Engine({ device: false });
    engine.on('state', (state) => states.push(state));
    expect(engine.state).toBe('running');
    engine.dispose();
    expect(engine.state).toBe('closed');
    expect(states).toEqual(['closed']);
  });
});
