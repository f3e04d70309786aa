import { expect, it } from 'vitest';
import { forEachHost, openEngine, renderChannel, soundOf, stateOf } from '../support/hosts.js';
import { Random } from '../support/random.js';
import { constant, counting } from '../support/signals.js';

forEachHost('schedules', (host) => {
  it('act exactly at their frame, in whatever order they were given', () => {
    const engine = openEngine(host, { smoothingMs: 0 });
    const random = new Random(7);
    const frames = Array.from({ length: 500 }, () => random.integer(0, 20000));
    for (const atFrames of frames) soundOf(engine, Float32Array.of(1)).play({ atFrames });
    const out = renderChannel(engine, 21000);
    const expected = new Float32Array(21000);
    for (const frame of frames) expected[frame] = (expected[frame] as number) + 1;
    expect(out).toEqual(expected);
  });

  it('in the past act at once', () => {
    const engine = openEngine(host);
    engine.readPcmFrames(1000);
    const sound = soundOf(engine, counting(100));
    sound.play({ atFrames: 5 });
    expect(renderChannel(engine, 100)).toEqual(counting(100));
  });

  it('of the same frame act in the order they were given', () => {
    const engine = openEngine(host, { smoothingMs: 0 });
    const sound = soundOf(engine, constant(10000));
    sound.play();
    for (let index = 0; index < 50; index++) void sound.ramp('volume', index / 64, { seconds: 0, atFrames: 500 });
    const out = renderChannel(engine, 1000);
    expect([out[499], out[500], out[999]]).toEqual([1, 49 / 64, 49 / 64]);
  });

  it('are exact to the frame for starts and stops of a sound again and again', () => {
    const engine = openEngine(host, { smoothingMs: 0 });
    const source = counting(30000);
    const sound = soundOf(engine, source);
    for (let index = 0; index < 20; index++) {
      sound.play({ atFrames: 1000 * index + 100 });
      sound.stop({ atFrames: 1000 * index + 600 });
    }
    const out = renderChannel(engine, 20000);
    for (let frame = 0; frame < 20000; frame++) {
      const within = frame % 1000;
      const heard = within >= 100 && within < 600;
      expect(out[frame]).toBe(heard ? source[Math.floor(frame / 1000) * 500 + within - 100] : 0);
    }
  });

  it('of a sound that is gone by then are dropped without harm', () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, counting(100));
    sound.play({ atFrames: 1000 });
    sound.stop({ atFrames: 1010 });
    void sound.ramp('volume', 0, { seconds: 1, atFrames: 1005 });
    sound.dispose();
    const other = soundOf(engine, constant(5000));
    other.play();
    expect(renderChannel(engine, 3000).every((sample) => sample === 1)).toBe(true);
  });

  it('hold 16,384 commands; one more is refused with a code and changes nothing', async () => {
    const engine = openEngine(host, { smoothingMs: 0 });
    const sound = soundOf(engine, constant(100000));
    sound.play();
    const ramps: Promise<boolean>[] = [];
    const fill = () => {
      for (let index = 0; index < 16384; index++) {
        ramps.push(sound.ramp('volume', 0.5, { seconds: 0, atFrames: 10000 + index }));
        if (index % 4096 === 0) engine.readPcmFrames(1);
      }
    };
    fill();
    const refused: unknown[] = [];
    try {
      void sound.ramp('volume', 0.25, { seconds: 0, atFrames: 50000 }).catch((error: unknown) => refused.push(error));
    } catch (error) {
      refused.push(error);
    }
    expect(await stateOf(Promise.resolve(1))).toBe(1);
    expect(refused).toEqual([expect.objectContaining({ name: 'AudioError', code: 'ERR_SCHEDULE_LIMIT' })]);
    engine.readPcmFrames(30000);
    expect((await Promise.all(ramps)).every((reached) => typeof reached === 'boolean')).toBe(true);
    void sound.ramp('volume', 0.25, { seconds: 0, atFrames: engine.timeFrames + 5 });
    expect(renderChannel(engine, 10)[9]).toBe(0.25);
  });
});
