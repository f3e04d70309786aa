import { describe, expect, it } from 'vitest';
import { attachNode, DelayEffectNode, EffectNode, Engine, FreeverbEffectNode, LPFEffectNode } from '../../src/index.js';
import { largestStep, peak, rms } from '../support/analysis.js';
import { type EffectSubject, effectSubjects, maximumOf, soundInto } from '../support/effects.js';
import { forEachHost, openEngine, renderChannel, settle, soundOf, stateOf } from '../support/hosts.js';
import { Random } from '../support/random.js';
import { channelOf, constant, noise, samplesOf } from '../support/signals.js';

const subjects = effectSubjects.map((subject): [string, EffectSubject] => [subject.name, subject]);

/** Below -500 dB a sample is 0: when a filter's state is flushed depends on the engine's clock. */
const heard = (samples: Float32Array) => samples.map((sample) => (Math.abs(sample) < 1e-25 ? 0 : sample));

/**
 * Noise through an effect, with a parameter that differs. Ends soon after the noise: the grid on which effects fall
 * asleep does not begin with it.
 */
function through(
  engine: Engine,
  { type, params }: EffectSubject,
  changes: Record<string, unknown> = {},
  frames = 6200,
): Float32Array {
  const effect = new type(engine, { ...params, ...changes });
  const sound = soundInto(effect, noise(6000, 2, 3), { channels: 2 });
  sound.play();
  const out = heard(engine.readPcmFrames(frames));
  sound.dispose();
  effect.dispose();
  engine.readPcmFrames(3000);
  return out;
}

const equal = (first: Float32Array, second: Float32Array) =>
  Buffer.compare(Buffer.from(first.buffer), Buffer.from(second.buffer)) === 0;

forEachHost('every effect', (host) => {
  it.each(subjects)(
    '%s has the ranges and defaults of its table, and refuses in words',
    (name, { type, parameters }) => {
      for (const sampleRate of [8000, 48000, 192000]) {
        const engine = openEngine(host, { sampleRate });
        const effect = new type(engine) as unknown as Record<string, unknown> & { setParams(params: object): void };
        for (const [parameter, range] of Object.entries(parameters)) {
          const maximum = maximumOf(range, sampleRate);
          expect(effect[parameter], `${name}.${parameter}`).toBe(Math.min(range.initial, maximum));
          for (const good of [range.minimum, maximum, (range.minimum + maximum) / 2]) {
            effect[parameter] = good;
            expect(effect[parameter]).toBe(good);
            effect.setParams({ [parameter]: good });
            new type(engine, { [parameter]: good }).dispose();
          }
          for (const bad of [range.minimum - 1e-4, maximum * 1.000001 + 1e-6, Number.NaN, Infinity]) {
            const refusal = new RegExp(`^Expected a number from ${range.minimum} to .+ for ${parameter} but received `);
            for (const call of [
              () => new type(engine, { [parameter]: bad }),
              () => effect.setParams({ [parameter]: bad }),
              () => Reflect.set(effect, parameter, bad),
            ]) {
              expect(call).toThrow(RangeError);
              expect(call).toThrow(refusal);
            }
          }
          expect(() => Reflect.set(effect, parameter, '1')).toThrow(TypeError);
        }
        engine.dispose();
      }
    },
  );

  it.each(subjects)(
    '%s: each parameter changes what is heard, at construction, set, and in setParams',
    (name, subject) => {
      const engine = openEngine(host);
      const plain = through(engine, subject);
      expect(peak(plain)).toBeGreaterThan(0.01);
      expect(equal(plain, through(engine, subject))).toBe(true);
      for (const [parameter, { unlike }] of Object.entries(subject.parameters)) {
        expect(equal(plain, through(engine, subject, { [parameter]: unlike })), `${name} ${parameter}`).toBe(false);
        for (const way of ['setter', 'setParams']) {
          const effect = new subject.type(engine, subject.params) as EffectNode & { setParams(params: object): void };
          const sound = soundInto(effect, noise(6000, 2, 3), { channels: 2 });
          if (way === 'setter') Reflect.set(effect, parameter, unlike);
          else effect.setParams({ [parameter]: unlike });
          sound.play();
          const changed = heard(engine.readPcmFrames(6200));
          sound.dispose();
          effect.dispose();
          engine.readPcmFrames(3000);
          expect(
            equal(changed, through(engine, subject, { [parameter]: unlike })),
            `${name} ${parameter} by ${way}`,
          ).toBe(true);
        }
      }
      for (const [option, value] of Object.entries(subject.options ?? {}))
        expect(equal(plain, through(engine, subject, { [option]: value })), option).toBe(false);
    },
  );

  it.each(subjects)('%s.setParams sets all or none', (_, { type, parameters }) => {
    const engine = openEngine(host);
    const effect = new type(engine) as EffectNode & { setParams(params: object): void };
    const names = Object.keys(parameters);
    const before = names.map((name) => Reflect.get(effect, name));
    const [first, ...rest] = names as [string, ...string[]];
    for (const bad of rest) {
      expect(() =>
        effect.setParams({ [first]: (parameters[first] as { unlike: number }).unlike, [bad]: -1e9 }),
      ).toThrow(RangeError);
      expect(names.map((name) => Reflect.get(effect, name))).toEqual(before);
    }
    effect.setParams(Object.fromEntries(names.map((name) => [name, (parameters[name] as { unlike: number }).unlike])));
    expect(names.map((name) => Reflect.get(effect, name))).toEqual(
      names.map((name) => (parameters[name] as { unlike: number }).unlike),
    );
    for (const nothing of [undefined, null, 5, 'x'])
      expect(() => effect.setParams(nothing as unknown as object)).toThrow(TypeError);
    effect.setParams({});
  });

  it.each(subjects)('%s moves every parameter over time, without a step', async (name, subject) => {
    const engine = openEngine(host);
    for (const [parameter, range] of Object.entries(subject.parameters)) {
      const effect = new subject.type(engine, subject.params);
      // A slow wave: what the effect does to it changes smoothly, and so must the output.
      const sound = soundInto(
        effect,
        samplesOf(48000, 1, (frame) => 0.5 * Math.cos(frame / 2000)),
      );
      sound.play();
      engine.readPcmFrames(4000);
      const steady = largestStep(renderChannel(engine, 4000));
      const moved = effect.ramp(parameter, range.unlike, { seconds: 0.1, curve: 'ease-in-out' });
      const back = effect.ramp(parameter, range.initial, { seconds: 0.05, atFrames: engine.timeFrames + 4800 });
      const out = renderChannel(engine, 9600);
      expect(largestStep(out), `${name} ${parameter}`).toBeLessThan(steady + 0.004);
      expect(out.every(Number.isFinite)).toBe(true);
      expect(await moved).toBe(true);
      expect(await back).toBe(true);
      expect(Reflect.get(effect, parameter)).toBe(range.initial);
      // A tape that is pulled through in 10 ms is heard at many times its speed: no bound tells that from a step.
      if (parameter !== 'delaySeconds') {
        for (const value of [range.unlike, range.initial]) {
          Reflect.set(effect, parameter, value);
          expect(largestStep(renderChannel(engine, 2000)), `${name} ${parameter} set`).toBeLessThan(steady + 0.004);
        }
      }
      sound.dispose();
      effect.dispose();
      engine.readPcmFrames(2000);
    }
    const effect = new subject.type(engine);
    expect(() => effect.ramp('freeze', 1, { seconds: 1 })).toThrow(RangeError);
    expect(() => effect.ramp('volume', 1, { seconds: 1 })).toThrow('for parameter');
    const [first] = Object.keys(subject.parameters) as [string];
    expect(() => effect.ramp(first, -1e9, { seconds: 1 })).toThrow('for target');
    const pending = effect.ramp(first, (subject.parameters[first] as { unlike: number }).unlike, { seconds: 1 });
    expect(await stateOf(pending)).toBe('pending');
    effect.dispose();
    expect(await pending).toBe(false);
  });

  it.each(subjects)('%s gives the same bits for any block size', (name, subject) => {
    const render = (cut: () => number) => {
      const engine = openEngine(host);
      const effect = new subject.type(engine, subject.params);
      const sound = soundInto(effect, noise(3000, 2, 9), { channels: 2 });
      sound.play({ atFrames: 101 });
      const random = new Random(4);
      for (const [index, [parameter, { unlike }]] of Object.entries(subject.parameters).entries()) {
        void effect.ramp(parameter, unlike, { seconds: random.between(0, 0.05), atFrames: 200 + 300 * index });
      }
      sound.stop({ atFrames: 2600 });
      const out = new Float32Array(30000 * 2);
      for (let done = 0; done < 30000; ) {
        const count = Math.min(cut(), 30000 - done);
        out.set(engine.readPcmFrames(count), done * 2);
        done += count;
      }
      engine.dispose();
      return out;
    };
    const expected = render(() => 30000);
    const random = new Random(8);
    for (const size of [1, 64, 127, 480, 4096])
      expect(
        equal(
          render(() => size),
          expected,
        ),
        `${name} in blocks of ${size}`,
      ).toBe(true);
    expect(
      equal(
        render(() => random.integer(1, 900)),
        expected,
      ),
      `${name} in random blocks`,
    ).toBe(true);
  });

  it.each(subjects)('%s works on any number of channels and at any rate', (name, subject) => {
    for (const sampleRate of [8000, 44100, 192000]) {
      for (const channels of [1, 2, 3, 6, 8]) {
        const engine = openEngine(host, { sampleRate, channels });
        const effect = new subject.type(engine, subject.params);
        const samples = samplesOf(
          4000,
          channels,
          (frame, channel) => 0.25 * Math.sin((frame * (channel + 1) * 800) / sampleRate),
        );
        soundInto(effect, samples, { channels }).play();
        const out = engine.readPcmFrames(4000);
        for (let channel = 0; channel < channels; channel++) {
          const one = channelOf(out, channel, channels);
          const level = rms(one.subarray(2000));
          expect(level, `${name}, ${channels} channels at ${sampleRate} Hz, channel ${channel}`).toBeGreaterThan(
            0.0005,
          );
          expect(level).toBeLessThan(2);
        }
        // No channel hears another, except in the reverberation's pairs and through the compressor's common level.
        if (name !== 'FreeverbEffectNode' && name !== 'CompressorEffectNode' && channels > 1) {
          const alone = openEngine(host, { sampleRate, channels });
          const same = new subject.type(alone, subject.params);
          const last = samples.map((sample, index) => (index % channels === channels - 1 ? sample : 0));
          soundInto(same, last, { channels }).play();
          const heardAlone = channelOf(alone.readPcmFrames(4000), channels - 1, channels);
          expect(
            equal(heardAlone, channelOf(out, channels - 1, channels)),
            `${name}: last of ${channels} channels`,
          ).toBe(true);
          alone.dispose();
        }
        engine.dispose();
      }
    }
  });

  it.each(subjects)('%s survives infinity and NaN in its input, and heals', (name, subject) => {
    const engine = openEngine(host);
    const effect = new subject.type(engine, subject.params);
    // Two sounds whose sum overflows in float32, and a third that makes NaN of it.
    const huge = [1, 1, -1].map((sign) => soundInto(effect, constant(200, 1, sign * 3e38), { volume: 16 }));
    for (const sound of huge) sound.play();
    const during = engine.readPcmFrames(400);
    expect(during.every(Number.isFinite)).toBe(true);
    for (const sound of huge) sound.dispose();
    engine.readPcmFrames(2000);
    const sound = soundInto(effect, noise(6000, 2, 3), { channels: 2 });
    sound.play();
    const after = engine.readPcmFrames(6000);
    expect(after.every(Number.isFinite), name).toBe(true);
    const fresh = new subject.type(engine, subject.params);
    effect.dispose();
    engine.readPcmFrames(3000);
    soundInto(fresh, noise(6000, 2, 3), { channels: 2 }).play();
    const expected = engine.readPcmFrames(6000);
    expect(Math.abs(rms(after) / rms(expected) - 1), name).toBeLessThan(0.02);
  });

  it.each(subjects)(
    '%s is switched off and on without a step, and passes its input exactly while it is off',
    (name, subject) => {
      const engine = openEngine(host);
      const effect = new subject.type(engine, subject.params);
      soundInto(effect, constant(100000, 1, 0.5)).play();
      engine.readPcmFrames(30000);
      effect.enabled = false;
      expect(effect.enabled).toBe(false);
      const off = renderChannel(engine, 2000);
      expect(largestStep(off), `${name} off`).toBeLessThan(0.003);
      expect(off.subarray(600).every((sample) => sample === 0.5)).toBe(true);
      effect.enabled = true;
      const on = renderChannel(engine, 2000);
      expect(largestStep(on), `${name} on`).toBeLessThan(0.003);
      if (
        name !== 'LPFEffectNode' &&
        name !== 'NotchEffectNode' &&
        name !== 'PeakEffectNode' &&
        name !== 'HighShelfEffectNode'
      ) {
        expect(
          on.subarray(600).some((sample) => Math.abs(sample - 0.5) > 0.01),
          name,
        ).toBe(true);
      }
      effect.enabled = false;
      effect.enabled = true;
      effect.enabled = false;
      expect(largestStep(renderChannel(engine, 2000))).toBeLessThan(0.003);
      expect(() => Reflect.set(effect, 'enabled', 1)).toThrow(TypeError);
    },
  );

  it.each(subjects)('%s.reset forgets what sounded, without a step', (name, subject) => {
    const engine = openEngine(host);
    const effect = new subject.type(engine, subject.params);
    const sound = soundInto(effect, constant(100000, 1, 0.5));
    sound.play();
    engine.readPcmFrames(20000);
    for (let round = 0; round < 3; round++) {
      effect.reset();
      const out = renderChannel(engine, round === 1 ? 100 : 1500);
      // An echo of a start is a start: only the delay repeats what it heard.
      expect(largestStep(out), `${name} ${round}`).toBeLessThan(0.004);
    }
    engine.readPcmFrames(20000);
    sound.stop();
    engine.readPcmFrames(700);
    effect.reset();
    engine.readPcmFrames(1500);
    expect(peak(engine.readPcmFrames(20000)), name).toBeLessThan(1e-9);
  });

  it.each(subjects)(
    '%s ends: after its tail it is exactly silent, and below -60 dB when it says so',
    (name, subject) => {
      const engine = openEngine(host);
      const effect = new subject.type(engine, subject.params);
      const sound = soundInto(
        effect,
        samplesOf(2000, 1, (frame) => Math.sin(frame / 20)),
      );
      sound.play();
      const loud = engine.readPcmFrames(2000);
      const { tailFrames } = effect;
      expect(tailFrames).toBeGreaterThanOrEqual(0);
      expect(tailFrames).toBeLessThan(200000);
      if (tailFrames > 0) {
        const tail = engine.readPcmFrames(tailFrames);
        if (tailFrames > 2) expect(peak(tail), name).toBeGreaterThan(0);
      }
      expect(peak(engine.readPcmFrames(1000)), name).toBeLessThan(Math.max(1, peak(loud)) * 1e-3);
      const rest = renderChannel(engine, tailFrames * 4 + 100000);
      expect(peak(engine.readPcmFrames(8192)), name).toBe(0);
      // What it held when it fell asleep was below -120 dB.
      let asleep = rest.length;
      while (asleep > 0 && rest[asleep - 1] === 0) asleep -= 1;
      expect(peak(rest.subarray(Math.max(0, asleep - 4096), asleep)), name).toBeLessThan(1e-6);
      // And it wakes as if it were new.
      const fresh = through(engine, subject);
      soundInto(effect, noise(6000, 2, 3), { channels: 2 }).play();
      expect(equal(heard(engine.readPcmFrames(6200)), fresh), name).toBe(true);
    },
  );

  it.each(subjects)('%s taken out never mutes what went through it', (name, subject) => {
    const engine = openEngine(host);
    const effect = new subject.type(engine, subject.params);
    soundInto(effect, constant(100000, 1, 0.5)).play();
    engine.readPcmFrames(30000);
    const before = renderChannel(engine, 10)[9] as number;
    effect.dispose();
    effect.dispose();
    expect(effect.disposed).toBe(true);
    const out = renderChannel(engine, 3000);
    expect(Math.abs((out[0] as number) - before)).toBeLessThan(0.005);
    expect(largestStep(out), name).toBeLessThan(0.003);
    expect(out.subarray(1000).every((sample) => sample === 0.5)).toBe(true);
  });

  it.each(subjects)('%s closes with its engine, in either order', (_, { type, params }) => {
    const engine = new Engine({ host, device: false });
    const [first, second] = [new type(engine, params), new type(engine, params)];
    attachNode(first, 0, second, 0);
    second.dispose();
    engine.dispose();
    expect([first.disposed, second.disposed]).toEqual([true, true]);
    first.dispose();
    expect(() => first.enabled).toThrow(
      expect.objectContaining({ code: 'ERR_DISPOSED', message: expect.stringContaining(type.name) }),
    );
    expect(() => new type(engine)).toThrow(expect.objectContaining({ code: 'ERR_DISPOSED' }));
    expect(() => new type({} as Engine)).toThrow(TypeError);
  });

  it('that nobody refers to goes on', async () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, constant(100000));
    (() => {
      const filter = new LPFEffectNode(engine);
      attachNode(sound, 0, filter, 0);
    })();
    sound.play();
    for (let round = 0; round < 5; round++) {
      (globalThis.gc as () => void)();
      await settle();
      expect(renderChannel(engine, 2000).at(-1)).toBeCloseTo(1, 5);
    }
  });
});

describe('both hosts', () => {
  it.each(subjects)('%s has the same bits', (_, subject) => {
    const [native, wasm] = (['native', 'wasm'] as const).map((host) => {
      const engine = openEngine(host);
      return Object.entries(subject.parameters).map(([parameter, { unlike }]) =>
        through(engine, subject, { [parameter]: unlike }, 40000),
      );
    }) as [Float32Array[], Float32Array[]];
    expect(native.length).toBeGreaterThan(1);
    for (const [index, samples] of native.entries()) expect(equal(samples, wasm[index] as Float32Array)).toBe(true);
  });
});

describe('EffectNode', () => {
  it('is abstract, from JavaScript too', () => {
    const engine = openEngine('wasm');
    const Base = EffectNode as unknown as new (...values: unknown[]) => EffectNode;
    class Foreign extends Base {
      readonly tailFrames = 0;
    }
    expect(() => new Base(engine)).toThrow(TypeError);
    expect(() => new Base()).toThrow('EffectNode is abstract');
    expect(() => new Foreign(engine)).toThrow(TypeError);
    expect(() => new Foreign(engine, {})).toThrow('abstract');
    for (const type of [
      Object.getPrototypeOf(LPFEffectNode),
      Object.getPrototypeOf(effectSubjects[4]?.type as object),
    ]) {
      expect(() => new type(engine)).toThrow(TypeError);
    }
    class Mine extends LPFEffectNode {}
    expect(new Mine(engine, { q: 2 }).q).toBe(2);
  });

  it('tells what it is', () => {
    const engine = openEngine('wasm');
    const reverb = new FreeverbEffectNode(engine);
    expect(reverb.engine).toBe(engine);
    expect(reverb.latencyFrames).toBe(0);
    expect(reverb.enabled).toBe(true);
    reverb.freeze = true;
    expect([reverb.freeze, reverb.tailFrames]).toEqual([true, Infinity]);
    expect(() => Reflect.set(reverb, 'freeze', 1)).toThrow('true or false');
    const delay = new DelayEffectNode(engine, { wet: 0 });
    expect(delay.tailFrames).toBe(0);
    reverb.shutdown();
    reverb[Symbol.dispose]();
    expect(reverb.disposed).toBe(true);
  });
});
