import { expect, it } from 'vitest';
import { type Curve, SoundGroup } from '../../src/index.js';
import { toneFrequency } from '../support/analysis.js';
import { curveAt, curves } from '../support/curves.js';
import { forEachHost, openEngine, renderChannel, soundOf, stateOf } from '../support/hosts.js';
import { constant } from '../support/signals.js';

const tolerance = 2e-7;

forEachHost('ramps', (host) => {
  const pairs: [number, number][] = [
    [1, 0.25],
    [0.25, 1],
    [0, 1],
    [1, 0],
    [0.5, 12],
  ];
  for (const curve of curves) {
    it.each(pairs)(`follow the formula of ${curve} from %d to %d, exact to the frame`, (from, to) => {
      const engine = openEngine(host);
      const sound = soundOf(engine, constant(20000), { volume: from });
      sound.play();
      const begin = 1000;
      const length = 4800;
      void sound.ramp('volume', to, { seconds: 0.1, curve, atFrames: begin });
      const out = renderChannel(engine, 7000);
      let worst = { frame: -1, error: -1 };
      for (let frame = 0; frame < 7000; frame++) {
        const t = Math.min(1, Math.max(0, (frame - begin) / length));
        const expected = t === 0 ? from : curveAt(curve, from, to, t);
        const error = Math.abs((out[frame] as number) - expected);
        // A zero end of an exponential counts as 1e-5: the frame at which it begins may be either.
        const excused = curve === 'exponential' && frame === begin && error <= 1.1e-5;
        if (!excused && !(error <= worst.error)) worst = { frame, error };
      }
      expect(worst.error, `at frame ${worst.frame}`).toBeLessThan(tolerance * Math.max(1, from, to));
    });
  }

  it('are straight where no curve is named', () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, constant(20000));
    sound.play();
    void sound.ramp('volume', 0, { seconds: 0.1 });
    expect(renderChannel(engine, 2401)[2400]).toBeCloseTo(0.5, 6);
  });

  it('answer the asked-for value at once and resolve true when it is reached', async () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, constant(20000));
    sound.play();
    const reached = sound.ramp('volume', 0.5, { seconds: 0.1 });
    expect(sound.volume).toBe(0.5);
    engine.readPcmFrames(4799);
    expect(await stateOf(reached)).toBe('pending');
    engine.readPcmFrames(2);
    expect(await stateOf(reached)).toBe(true);
  });

  it('are taken over by a later ramp or set of the same parameter, from the present value', async () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, constant(40000));
    sound.play();
    const first = sound.ramp('volume', 0, { seconds: 0.1 });
    const second = sound.ramp('volume', 1, { seconds: 0.1, atFrames: 2400 });
    const out = renderChannel(engine, 3000);
    expect(out[2400]).toBeCloseTo(0.5, 6);
    expect(out[2999]).toBeCloseTo(0.5 + 0.5 * (599 / 4800), 6);
    expect(await stateOf(first)).toBe(false);
    expect(await stateOf(second)).toBe('pending');
    sound.volume = 0.25;
    const after = renderChannel(engine, 1000);
    expect(after[0]).toBeCloseTo(0.5 + 0.5 * (600 / 4800), 3);
    expect(after[480]).toBe(0.25);
    expect(await stateOf(second)).toBe(false);
  });

  it('of other parameters go on beside each other', async () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, constant(40000));
    sound.play();
    const volume = sound.ramp('volume', 0.5, { seconds: 0.05 });
    const pan = sound.ramp('pan', 1, { seconds: 0.05 });
    const mixed = engine.readPcmFrames(2401);
    expect(mixed[4800]).toBe(0);
    expect(mixed[4801]).toBe(0.5);
    expect([await stateOf(volume), await stateOf(pan)]).toEqual([true, true]);
  });

  it('resolve false when their owner is disposed, also with the engine', async () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, constant(40000));
    const group = new SoundGroup(engine);
    sound.play();
    const one = sound.ramp('volume', 0.5, { seconds: 1 });
    const two = group.ramp('volume', 0.5, { seconds: 1 });
    const three = soundOf(engine, constant(10)).ramp('pan', 1, { seconds: 1 });
    engine.readPcmFrames(100);
    sound.dispose();
    group.dispose();
    engine.readPcmFrames(100);
    expect([await stateOf(one), await stateOf(two), await stateOf(three)]).toEqual([false, false, 'pending']);
    engine.dispose();
    expect(await stateOf(three)).toBe(false);
  });

  it('run on the engine clock also while the sound is at rest', async () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, constant(40000));
    const reached = sound.ramp('volume', 0, { seconds: 0.1 });
    engine.readPcmFrames(2400);
    sound.play();
    expect(renderChannel(engine, 10)[0]).toBeCloseTo(0.5, 6);
    engine.readPcmFrames(2400);
    expect(await stateOf(reached)).toBe(true);
  });

  it('of no length are as quick as a plain set: the smoothing time, or a jump where there is none', async () => {
    for (const [smoothingMs, frames] of [
      [10, 480],
      [0, 0],
    ] as const) {
      const engine = openEngine(host, { smoothingMs });
      const sound = soundOf(engine, constant(40000));
      sound.play();
      const reached = sound.ramp('volume', 0.5, { seconds: 0, atFrames: 100 });
      const out = renderChannel(engine, 1000);
      for (let frame = 0; frame < 1000; frame++)
        expect(out[frame]).toBeCloseTo(
          curveAt('linear', 1, 0.5, frame < 100 ? 0 : frames === 0 ? 1 : Math.min(1, (frame - 100) / frames)),
          6,
        );
      expect(await stateOf(reached)).toBe(true);
    }
  });

  it('move the volume and pan of groups and of the engine', async () => {
    const engine = openEngine(host);
    const group = new SoundGroup(engine);
    soundOf(engine, constant(40000), { group }).play();
    const ends = [group.ramp('volume', 0.5, { seconds: 0.1 }), group.ramp('pan', -1, { seconds: 0.1 })];
    const mixed = engine.readPcmFrames(4802);
    expect(mixed[4800]).toBeCloseTo(0.75, 6);
    expect(mixed[4801]).toBeCloseTo(0.75 * 0.5, 6);
    expect([mixed[9602], mixed[9603]]).toEqual([0.5, 0]);
    expect(await Promise.all(ends)).toEqual([true, true]);
  });

  it('of pitch sweep the frequency as the formula says', () => {
    const curvesOfPitch: Curve[] = ['linear', 'exponential', 'ease-in-out'];
    for (const curve of curvesOfPitch) {
      const engine = openEngine(host);
      const sound = soundOf(engine, constant(200000), { pitch: 1 });
      sound.play();
      void sound.ramp('pitch', 2, { seconds: 1, curve });
      engine.readPcmFrames(48000);
      let expected = 0;
      for (let frame = 0; frame < 48000; frame++) expected += curveAt(curve, 1, 2, frame / 48000);
      // The cursor is the frame that is read next: the whole part.
      expect(Math.abs(sound.cursorFrames + 0.5 - expected)).toBeLessThan(0.5001);
    }
  });

  it('of a group’s pitch reach every sound below', () => {
    const engine = openEngine(host);
    const group = new SoundGroup(engine);
    const source = Float32Array.from({ length: 300000 }, (_, frame) => Math.sin((2 * Math.PI * 300 * frame) / 48000));
    soundOf(engine, source, { group, resampler: 'cubic' }).play();
    void group.ramp('pitch', 1.75, { seconds: 0.2 });
    engine.readPcmFrames(9600);
    expect(toneFrequency(renderChannel(engine, 48000), 48000, 525)).toBeCloseTo(525, 4);
  });
});

forEachHost('fades', (host) => {
  it('are a gain of their own beside the volume', () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, constant(40000), { volume: 0.5 });
    sound.play();
    engine.readPcmFrames(10);
    sound.fade(1, 0.5, 0.1);
    const out = renderChannel(engine, 6000);
    expect(out[2400]).toBeCloseTo(0.375, 5);
    expect(out[5000]).toBe(0.25);
    expect(sound.volume).toBe(0.5);
    sound.volume = 1;
    expect(renderChannel(engine, 1000)[900]).toBe(0.5);
  });

  it.each(curves)('follow the formula of %s', (curve) => {
    const engine = openEngine(host);
    const sound = soundOf(engine, constant(40000));
    sound.play();
    engine.readPcmFrames(10);
    sound.fade(1, 0.125, 0.1, curve);
    const out = renderChannel(engine, 5000);
    for (let frame = 0; frame < 5000; frame += 7)
      expect(out[frame]).toBeCloseTo(curveAt(curve, 1, 0.125, Math.min(1, frame / 4800)), 6);
  });

  it('out stop at their end, and the next play starts at full', async () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, constant(40000));
    sound.play();
    engine.readPcmFrames(100);
    const out = sound.fadeOut(0.1);
    const finished = sound.finished;
    const heard = renderChannel(engine, 4801);
    expect(heard[2400]).toBeCloseTo(0.5, 5);
    expect(await stateOf(out)).toBe(true);
    expect(await finished).toBe('stopped');
    expect([sound.playing, sound.cursorFrames]).toEqual([false, 4900]);
    sound.play();
    expect(renderChannel(engine, 1000)[999]).toBe(1);
  });

  it('out that are taken over by a play resolve false, and the sound goes on at full', async () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, constant(400000));
    sound.play();
    engine.readPcmFrames(100);
    const out = sound.fadeOut(0.1);
    engine.readPcmFrames(2400);
    sound.play();
    const after = renderChannel(engine, 6000);
    expect(after[5999]).toBe(1);
    expect(sound.playing).toBe(true);
    expect(await stateOf(out)).toBe(false);
  });

  it('out of a sound that is paused or waits stop it at once, and the next play starts at full', async () => {
    const engine = openEngine(host);
    const waiting = soundOf(engine, constant(40000)).play({ atFrames: 5000 });
    const paused = soundOf(engine, constant(40000)).play();
    paused.fade(1, 0.25, 0);
    engine.readPcmFrames(1000);
    paused.pause();
    engine.readPcmFrames(1000);
    for (const sound of [waiting, paused]) {
      const { finished } = sound;
      expect(await sound.fadeOut(0.1)).toBe(true);
      expect([sound.playing, sound.paused]).toEqual([false, false]);
      engine.readPcmFrames(10000);
      expect(await stateOf(finished)).toBe('stopped');
    }
    expect([waiting.cursorFrames, paused.cursorFrames]).toEqual([0, 1000]);
    paused.play();
    expect(renderChannel(engine, 1000)[999]).toBe(1);
  });

  it('in rise from silence', () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, constant(40000));
    sound.play();
    sound.fadeIn(0.1);
    const out = renderChannel(engine, 5000);
    expect(out[0]).toBe(0);
    expect(out[2400]).toBeCloseTo(0.5, 5);
    expect(out[4900]).toBe(1);
  });
});
