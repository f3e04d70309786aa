import { describe, expect, it } from 'vitest';
import * as library from '../../src/index.js';
import { Engine } from '../../src/index.js';
import { hashOf } from '../scenes/scene.js';
import { gaps, largestStep, peak, toneFrequency } from '../support/analysis.js';
import { mayPlay } from './chromium.js';
import { perform as performNatively, programFrames } from './page/program.js';
import { lateMilliseconds, setUpBrowser, unpacked } from './pages.js';
import { pageKinds } from './server.js';

const { open } = setUpBrowser(mayPlay);

/** Largest step of a 440 Hz tone of amplitude 0.5 at 48 kHz. */
const toneStep = 0.5 * 2 * Math.sin((Math.PI * 440) / 48000);

/**
 * Callbacks of 10 ms that Chromium counts as missed where other programs have both cores for a moment; a worklet that
 * stands for 300 ms misses 28.
 */
const stallsOfTheMachine = 8;

/** Asserts that from its first sound on a recording is one uninterrupted tone of 440 Hz and amplitude 0.5. */
function expectSteadyTone(recorded: Float32Array, leastFrames: number): void {
  const first = recorded.findIndex((sample) => sample !== 0);
  expect(first).toBeGreaterThanOrEqual(0);
  const sounding = recorded.subarray(Math.max(0, first - 1));
  expect(sounding.length).toBeGreaterThan(leastFrames);
  expect(gaps(sounding.subarray(64), 1e-3, 4)).toEqual([]);
  expect(largestStep(sounding)).toBeLessThan(toneStep * 1.001);
  expect(Math.abs(toneFrequency(sounding, 48000, 440) - 440)).toBeLessThan(0.001);
  expect(peak(sounding)).toBeCloseTo(0.5, 3);
}

describe.each(pageKinds)('on an %s page', (kind) => {
  it('a sound is heard as its samples are, and everything about it is told', async () => {
    const page = await open(kind);
    const told = await page.evaluate(async () => {
      const { context, recorder, stop } = await openRecorder(3);
      const engine = new lib.Engine({ device: { destination: recorder } });
      const sound = lib.Sound.fromBuffer(engine, tone());
      sound.play();
      await engine.ready;
      await wait(500);
      const during = {
        state: engine.state,
        host: engine.host,
        seconds: engine.timeSeconds,
        cursor: sound.cursorFrames / 48000,
        playing: sound.playing,
        meter: engine.meter(),
        stats: engine.stats,
        backend: engine.device?.backend,
      };
      const end = await sound.finished;
      const after = { playing: sound.playing, atEnd: sound.atEnd, cursor: sound.cursorFrames };
      await wait(50);
      const { samples, jumps, latenessMilliseconds } = await stop();
      const kinds = { isolated: lib.hostInfo().crossOriginIsolated, chosen: lib.hostInfo().chosen };
      engine.dispose();
      return {
        during,
        end,
        after,
        jumps,
        latenessMilliseconds,
        recorded: packed(samples),
        contextState: context.state,
        kinds,
      };
    });
    expect(told.during).toMatchObject({ state: 'running', host: 'worklet', playing: true, backend: 'webaudio' });
    expect(told.during.seconds).toBeGreaterThan(0.3);
    // On a plain page both come with one message; shared memory goes on between two readings.
    expect(Math.abs(told.during.cursor - told.during.seconds)).toBeLessThan(kind === 'plain' ? 1e-9 : 0.05);
    expect(told.during.meter.peak[0]).toBeCloseTo(0.5, 3);
    expect(told.during.meter.rms[1]).toBeCloseTo(Math.SQRT1_2 / 2, 2);
    expect(told.during.stats).toMatchObject({ sounds: 1, voices: 1, activeVoices: 1, pendingCommands: 0 });
    expect(told.end).toBe('ended');
    expect(told.after).toEqual({ playing: false, atEnd: true, cursor: 48000 });
    expect(told.kinds).toEqual({ isolated: kind === 'isolated', chosen: 'worklet' });
    expect(told.contextState).toBe('running');
    expect(told.jumps).toBe(0);
    // Sample by sample what was put in: the first sample of a sine is 0, the second is not.
    const recorded = unpacked(told.recorded);
    const first = recorded.findIndex((sample) => sample !== 0) - 1;
    const expected = Float32Array.from(
      { length: 48000 },
      (_, frame) => 0.5 * Math.sin((2 * Math.PI * 440 * frame) / 48000),
    );
    expect(hashOf(recorded.slice(first, first + 48000))).toBe(hashOf(expected));
    expect(peak(recorded.subarray(first + 48000))).toBe(0);
  });

  it('commands that are given before anything is loaded act in order', async () => {
    const page = await open(kind);
    const told = await page.evaluate(async () => {
      const engine = new lib.Engine();
      const before = { state: engine.state, time: engine.timeFrames };
      const group = new lib.SoundGroup(engine);
      const sound = lib.Sound.fromBuffer(engine, tone(440, 4), { group });
      sound.volume = 0.2;
      sound.play();
      sound.volume = 0.5;
      group.volume = 0.5;
      sound.pause();
      sound.resume();
      const asked = { playing: sound.playing, paused: sound.paused, volume: sound.volume };
      const other = lib.Sound.fromBuffer(engine, tone(440, 4));
      other.play();
      other.stop();
      const stopped = await Promise.race([other.finished, engine.ready.then(() => wait(1000))]);
      const same = (await engine.ready) === engine;
      engine.meter();
      await wait(300);
      const meter = engine.meter();
      engine.dispose();
      return { before, asked, stopped, same, peak: meter.peak[0], state: engine.state };
    });
    expect(told.before).toEqual({ state: 'starting', time: 0 });
    expect(told.asked).toEqual({ playing: true, paused: false, volume: 0.5 });
    expect(told.stopped).toBe('stopped');
    expect(told.same).toBe(true);
    expect(told.peak).toBeCloseTo(0.5 * 0.5 * 0.5, 3);
    expect(told.state).toBe('closed');
  });

  it('a program gives the same bits as natively', async () => {
    const native = new Engine({ device: false, host: 'native' });
    performNatively(library, native);
    const expected = native.readPcmFrames(programFrames);
    native.dispose();
    expect(peak(expected)).toBeGreaterThan(0.2);

    const page = await open(kind);
    const told = await page.evaluate(async (length) => {
      const context = new OfflineAudioContext({ numberOfChannels: 2, length, sampleRate: 48000 });
      const engine = new lib.Engine({ device: { context } });
      perform(lib, engine);
      await engine.ready;
      const before = engine.state;
      const states: string[] = [];
      engine.on('state', (state) => states.push(state));
      const rendered = await context.startRendering();
      const mixed = new Float32Array(length * 2);
      for (let channel = 0; channel < 2; channel += 1) {
        const data = rendered.getChannelData(channel);
        for (let frame = 0; frame < length; frame += 1) mixed[frame * 2 + channel] = data[frame]!;
      }
      await wait(50);
      return { before, states, hash: await digest(mixed) };
    }, programFrames);
    expect(told.before).toBe('suspended');
    expect(told.states.at(-1)).toBe('stopped');
    expect(told.hash).toBe(hashOf(expected));
  });

  it('a page that is blocked for a second stops neither sound nor clock', async () => {
    const page = await open(kind);
    const told = await page.evaluate(async () => {
      const { recorder, stop } = await openRecorder(4);
      const engine = new lib.Engine({ device: { destination: recorder } });
      lib.Sound.fromBuffer(engine, tone(440, 1), { looping: true }).play();
      await engine.ready;
      await wait(200);
      const [before, began] = [engine.timeFrames, performance.now()];
      block(1000);
      await wait(100);
      const passed = engine.timeFrames - before;
      const elapsed = ((performance.now() - began) / 1000) * 48_000;
      const { samples, jumps, latenessMilliseconds } = await stop();
      engine.dispose();
      return { passed, elapsed, jumps, latenessMilliseconds, recorded: packed(samples) };
    });
    expect(told.jumps).toBe(0);
    expect(told.latenessMilliseconds).toBeLessThan(lateMilliseconds);
    expect(told.passed).toBeGreaterThan(44_000);
    expect(told.passed).toBeLessThan(told.elapsed + 24_000);
    expectSteadyTone(unpacked(told.recorded), 50_000);
  });

  it('100 MB of samples and a page that stands for a second make no quantum of 100 voices late', async () => {
    const page = await open(kind);
    const told = await page.evaluate(async () => {
      const { context, recorder, stop } = await openRecorder(10);
      const engine = new lib.Engine({ device: { destination: recorder } });
      const part = tone(440, 1, 0.005);
      const group = new lib.SoundGroup(engine);
      for (let voice = 0; voice < 100; voice += 1)
        lib.Sound.fromBuffer(engine, part, { looping: true, group, volume: 1 }).play({ atFrames: 9600 });
      await engine.ready;
      await wait(700);
      const big = new lib.AudioBuffer(new Float32Array(25_000_000), { sampleRate: 48000, channels: 1 });
      const sound = lib.Sound.fromBuffer(engine, big);
      sound.play();
      const before = engine.timeFrames;
      // A hundred megabytes of objects, some of which live long enough to be moved.
      let kept: object[][] = [];
      for (let round = 0; round < 100; round += 1) {
        kept = [...kept.slice(-9), Array.from({ length: 20_000 }, (_, index) => ({ index, round }))];
        if (round % 20 === 0) await wait(1);
      }
      const cursorBeforeBlock = sound.cursorFrames;
      block(1000);
      // The clock of another sound goes on meanwhile, and commands are heard.
      const small = lib.Sound.fromBuffer(engine, tone(440, 0.1, 0), {});
      small.play();
      const smallEnd = await small.finished;
      while (sound.cursorFrames === 0) await wait(5);
      await wait(300);
      const passed = engine.timeFrames - before;
      const { samples, jumps, latenessMilliseconds } = await stop();
      const { underruns } = engine.stats;
      const statistics = (context as { playbackStats?: { underrunEvents?: number } }).playbackStats;
      const heard = sound.cursorFrames > 0;
      engine.dispose();
      return {
        smallEnd,
        heard,
        cursorBeforeBlock,
        passed,
        jumps,
        latenessMilliseconds,
        underruns,
        events: statistics?.underrunEvents,
        recorded: packed(samples),
      };
    });
    // On a plain page the samples were still on their way.
    if (kind === 'plain') expect(told.cursorBeforeBlock).toBe(0);
    expect(told.heard).toBe(true);
    expect(told.passed).toBeGreaterThan(48_000);
    expect(told.smallEnd).toBe('ended');
    expect(told.jumps).toBe(0);
    expect(told.latenessMilliseconds).toBeLessThan(lateMilliseconds);
    expect(told.underruns).toBe(0);
    expect(told.events).toBeLessThan(stallsOfTheMachine);
    expectSteadyTone(unpacked(told.recorded), 40_000);
  });

  it('a flood of commands loses nothing, before the worklet runs and after', async () => {
    const page = await open(kind);
    const told = await page.evaluate(async () => {
      const engine = new lib.Engine();
      const sound = lib.Sound.fromBuffer(engine, tone(440, 1));
      // More than a ring holds; of the last few, each would be heard if the order were another.
      for (let count = 0; count < 40_000; count += 1) sound.seek(count % 1000);
      sound.seek(12_345);
      await engine.ready;
      await wait(300);
      const cursor = sound.cursorFrames;
      const click = tone(1000, 0.005, 0.1);
      let ended = 0;
      for (let wave = 0; wave < 10; wave += 1) {
        const sounds = Array.from({ length: 1000 }, () => engine.play(click));
        const results = await Promise.all(sounds.map((each) => each.finished));
        ended += results.filter((result) => result === 'ended').length;
      }
      for (let count = 0; count < 200_000; count += 1) sound.volume = (count % 100) / 100;
      sound.volume = 0.25;
      sound.play();
      await wait(400);
      engine.meter();
      await wait(200);
      const peak = engine.meter().peak[0];
      const { sounds, pendingCommands } = engine.stats;
      engine.dispose();
      return { cursor, ended, peak, sounds, pendingCommands };
    });
    expect(told).toMatchObject({ cursor: 12_345, ended: 10_000, sounds: 1, pendingCommands: 0 });
    expect(told.peak).toBeCloseTo(0.125, 3);
  });

  it('meters miss no peak, however seldom they are read', async () => {
    const page = await open(kind);
    const told = await page.evaluate(async () => {
      const engine = new lib.Engine();
      const group = new lib.SoundGroup(engine);
      const click = new lib.AudioBuffer(Float32Array.of(0.75), { sampleRate: 48000, channels: 1 });
      await engine.ready;
      group.meter();
      const peaks: number[] = [];
      for (let round = 0; round < 12; round += 1) {
        engine.play(click, { group });
        await wait(40 + 7 * round);
        peaks.push(group.meter().peak[0]!);
      }
      await wait(60);
      group.meter();
      await wait(60);
      const silent = group.meter().peak[0];
      engine.dispose();
      return { peaks, silent };
    });
    expect(told.peaks).toEqual(Array.from({ length: 12 }, () => 0.75));
    expect(told.silent).toBe(0);
  });

  it('the recorder sees a worklet that is late', async () => {
    const page = await open(kind);
    const told = await page.evaluate(async () => {
      const { context, stop, blockWorklet } = await openRecorder(3);
      await wait(600);
      blockWorklet(300);
      await wait(1600);
      const { latenessMilliseconds } = await stop();
      return {
        latenessMilliseconds,
        events: (context as { playbackStats?: { underrunEvents?: number } }).playbackStats?.underrunEvents,
      };
    });
    expect(told.latenessMilliseconds).toBeGreaterThan(lateMilliseconds);
    expect(told.events).toBeGreaterThan(stallsOfTheMachine);
  });
});
