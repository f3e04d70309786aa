import { expect, it } from 'vitest';
import { forEachHost, openEngine, renderChannel, settle, soundOf } from '../support/hosts.js';
import { countedFrame, counting } from '../support/signals.js';

const smoothing = 480;

forEachHost('starting and stopping', (host) => {
  it('plays from the next frame, with its attack as it is', () => {
    const engine = openEngine(host);
    const source = counting(2000);
    const sound = soundOf(engine, source);
    expect([sound.playing, sound.paused, sound.atEnd, sound.cursorFrames]).toEqual([false, false, false, 0]);
    engine.readPcmFrames(100);
    expect(sound.play()).toBe(sound);
    expect(sound.playing).toBe(true);
    expect(renderChannel(engine, 500)).toEqual(source.subarray(0, 500));
    expect(sound.cursorFrames).toBe(500);
    expect(sound.cursorSeconds).toBe(500 / 48000);
    expect(renderChannel(engine, 2000)).toEqual(
      Float32Array.from({ length: 2000 }, (_, index) => source[500 + index] ?? 0),
    );
    expect([sound.playing, sound.atEnd, sound.cursorFrames]).toEqual([false, true, 2000]);
  });

  it.each([
    [1, 0],
    [1, 1],
    [1, 1234],
    [2, 777],
    [0.5, 479],
    [1.37, 500],
  ])('at pitch %d starts exactly at frame %d', (pitch, atFrames) => {
    const source = counting(8000);
    // The four points of `cubic` pass through the samples and leave the edge alone; the wider a resampler, the longer
    // it swings after it.
    for (const [resampler, swing] of [
      ['cubic', 2],
      ['sinc', 32],
    ] as const) {
      const engine = openEngine(host);
      const sound = soundOf(engine, source, { pitch, resampler });
      sound.play({ atFrames });
      const out = renderChannel(engine, 3000);
      expect(out.subarray(0, atFrames).every((sample) => sample === 0)).toBe(true);
      if (resampler === 'cubic') expect(out[atFrames]).toBe(source[0]);
      else expect(out[atFrames]).toBeCloseTo(source[0] as number, 5);
      expect(out[atFrames]).not.toBe(0);
      for (let frame = swing; frame < 1000; frame++) {
        expect(countedFrame(out[atFrames + frame] as number)).toBeCloseTo(frame * pitch, 1);
      }
    }
  });

  it('stops exactly at the frame asked for; without smoothing the edge is hard', () => {
    const engine = openEngine(host, { smoothingMs: 0 });
    const source = counting(4000);
    const sound = soundOf(engine, source);
    sound.play({ atFrames: 100 });
    sound.stop({ atFrames: 1100 });
    const out = renderChannel(engine, 3000);
    expect(out.subarray(100, 1100)).toEqual(source.subarray(0, 1000));
    expect(out.subarray(1100).every((sample) => sample === 0)).toBe(true);
    expect([sound.playing, sound.cursorFrames]).toEqual([false, 1000]);
  });

  it('halts at the frame asked for while a tail as long as the smoothing rings out', () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, counting(4000));
    sound.play();
    sound.stop({ atFrames: 1000 });
    const out = renderChannel(engine, 1001);
    expect([sound.playing, sound.cursorFrames]).toEqual([false, 1000]);
    const tail = renderChannel(engine, 1000);
    expect(out[1000]).not.toBe(0);
    expect(tail[smoothing - 10]).not.toBe(0);
    expect(tail.subarray(smoothing).every((sample) => sample === 0)).toBe(true);
  });

  it('keeps its place when it is stopped and goes on from there', () => {
    const engine = openEngine(host, { smoothingMs: 0 });
    const source = counting(4000);
    const sound = soundOf(engine, source);
    sound.play();
    engine.readPcmFrames(700);
    sound.stop();
    expect(sound.playing).toBe(false);
    engine.readPcmFrames(50);
    expect(sound.cursorFrames).toBe(700);
    sound.play();
    expect(renderChannel(engine, 100)).toEqual(source.subarray(700, 800));
  });

  it('starts over when it is played at its end', () => {
    const engine = openEngine(host, { smoothingMs: 0 });
    const source = counting(100);
    const sound = soundOf(engine, source);
    sound.play();
    engine.readPcmFrames(200);
    expect(sound.atEnd).toBe(true);
    sound.play();
    expect(sound.atEnd).toBe(false);
    expect(renderChannel(engine, 100)).toEqual(source);
  });

  it('plays on when it is played while playing', () => {
    const engine = openEngine(host);
    const source = counting(2000);
    const sound = soundOf(engine, source);
    sound.play();
    engine.readPcmFrames(300);
    sound.play();
    sound.start();
    expect(renderChannel(engine, 300)).toEqual(source.subarray(300, 600));
  });

  it('begins a stop with a fade at the frame asked for and halts at its end', () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, new Float32Array(9600).fill(1));
    sound.play();
    sound.stop({ atFrames: 1000, fadeSeconds: 0.1 });
    const out = renderChannel(engine, 7000);
    expect(out[999]).toBe(1);
    for (const t of [0.25, 0.5, 0.75]) expect(out[1000 + 4800 * t]).toBeCloseTo(1 - t, 3);
    expect(out.subarray(5801).every((sample) => sample === 0)).toBe(true);
    expect([sound.playing, sound.cursorFrames]).toEqual([false, 5800]);
    sound.play();
    expect(
      renderChannel(engine, 1000)
        .subarray(smoothing)
        .every((sample) => sample === 1),
    ).toBe(true);
  });

  it('fades in over the time asked for', () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, new Float32Array(9600).fill(1));
    sound.play({ fadeSeconds: 0.1 });
    const out = renderChannel(engine, 6000);
    for (const t of [0.25, 0.5, 0.75]) expect(out[4800 * t]).toBeCloseTo(t, 3);
    expect(out.subarray(4800).every((sample) => sample === 1)).toBe(true);
  });
});

forEachHost('pausing', (host) => {
  it('stands still at the frame and goes on from it', () => {
    const engine = openEngine(host, { smoothingMs: 0 });
    const source = counting(4000);
    const sound = soundOf(engine, source);
    sound.play();
    engine.readPcmFrames(500);
    sound.pause();
    expect([sound.playing, sound.paused]).toEqual([false, true]);
    expect(renderChannel(engine, 500).every((sample) => sample === 0)).toBe(true);
    expect([sound.playing, sound.paused, sound.cursorFrames]).toEqual([false, true, 500]);
    sound.resume();
    expect([sound.playing, sound.paused]).toEqual([true, false]);
    expect(renderChannel(engine, 500)).toEqual(source.subarray(500, 1000));
  });

  it('with smoothing is at the right source frame when it is fully heard again', () => {
    const engine = openEngine(host);
    const source = counting(6000);
    const sound = soundOf(engine, source);
    sound.play();
    engine.readPcmFrames(500);
    sound.pause();
    engine.readPcmFrames(1000);
    expect(sound.cursorFrames).toBe(500);
    sound.resume();
    const out = renderChannel(engine, 1500);
    expect(out.subarray(smoothing)).toEqual(source.subarray(500 + smoothing, 2000));
  });

  it('leaves a sound that does not play alone', () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, counting(1000));
    sound.pause();
    sound.resume();
    engine.readPcmFrames(100);
    expect(sound.playing).toBe(false);
    expect(sound.cursorFrames).toBe(0);
  });

  it('is ended by a play as well', () => {
    const engine = openEngine(host, { smoothingMs: 0 });
    const source = counting(1000);
    const sound = soundOf(engine, source);
    sound.play();
    engine.readPcmFrames(10);
    sound.pause();
    engine.readPcmFrames(10);
    sound.play();
    expect(renderChannel(engine, 10)).toEqual(source.subarray(10, 20));
  });

  it('of a group stops everything below at one frame and lets it go on from there', async () => {
    const { SoundGroup } = await import('../../src/index.js');
    const engine = openEngine(host);
    const outer = new SoundGroup(engine);
    const inner = new SoundGroup(engine, { parent: outer });
    const source = counting(8000);
    const sound = soundOf(engine, source, { group: inner });
    sound.play();
    engine.readPcmFrames(1000);
    outer.pause();
    expect([outer.paused, inner.paused]).toEqual([true, false]);
    engine.readPcmFrames(smoothing);
    const still = sound.cursorFrames;
    expect(still).toBe(1000 + smoothing);
    expect(renderChannel(engine, 2000).every((sample) => sample === 0)).toBe(true);
    expect(sound.cursorFrames).toBe(still);
    outer.resume();
    const out = renderChannel(engine, 2000);
    expect(out.subarray(smoothing)).toEqual(source.subarray(still + smoothing, still + 2000));
    await settle();
    expect(sound.playing).toBe(true);
  });
});

forEachHost('seeking and ranges', (host) => {
  it('goes to a source frame, at rest and while playing', () => {
    const engine = openEngine(host, { smoothingMs: 0 });
    const source = counting(4000);
    const sound = soundOf(engine, source);
    sound.seek(1500);
    expect(sound.cursorFrames).toBe(1500);
    sound.play();
    expect(renderChannel(engine, 100)).toEqual(source.subarray(1500, 1600));
    sound.seek(20);
    expect(sound.cursorFrames).toBe(20);
    expect(renderChannel(engine, 100)).toEqual(source.subarray(20, 120));
    sound.seekSeconds(0.05);
    expect(renderChannel(engine, 100)).toEqual(source.subarray(2400, 2500));
    expect(sound.cursorSeconds).toBe(2500 / 48000);
  });

  it('seeks in frames of the source, not of the engine', () => {
    const engine = openEngine(host, { smoothingMs: 0 });
    const sound = soundOf(engine, counting(24000), { sampleRate: 24000 });
    expect(sound.lengthFrames).toBe(24000);
    expect(sound.lengthSeconds).toBe(1);
    sound.seekSeconds(0.5);
    expect(sound.cursorFrames).toBe(12000);
    sound.play();
    engine.readPcmFrames(4800);
    expect(sound.cursorFrames).toBe(14400);
  });

  it('cross-fades a seek while playing and is right afterwards', () => {
    const engine = openEngine(host);
    const source = counting(9000);
    const sound = soundOf(engine, source);
    sound.play();
    engine.readPcmFrames(1000);
    sound.seek(5000);
    const out = renderChannel(engine, 1000);
    expect(out.subarray(smoothing)).toEqual(source.subarray(5000 + smoothing, 6000));
  });

  it('plays a range and ends at its end', async () => {
    const engine = openEngine(host);
    const source = counting(4000);
    const sound = soundOf(engine, source);
    sound.setRange(1000, 1200);
    sound.play();
    const out = renderChannel(engine, 400);
    expect(out.subarray(0, 200)).toEqual(source.subarray(1000, 1200));
    expect(out.subarray(200).every((sample) => sample === 0)).toBe(true);
    expect(await sound.finished).toBe('ended');
    expect(sound.atEnd).toBe(true);
  });

  it('plays to the end of the source with an infinite range', async () => {
    const engine = openEngine(host);
    const source = counting(4000);
    const sound = soundOf(engine, source);
    sound.setRange(3900, Infinity);
    sound.setLoopRange(3950, Infinity);
    sound.looping = true;
    sound.play();
    const out = renderChannel(engine, 150);
    expect(out.subarray(0, 100)).toEqual(source.subarray(3900, 4000));
    expect(out.subarray(100, 150)).toEqual(source.subarray(3950, 4000));
  });

  it('loops a range without a seam', () => {
    const engine = openEngine(host);
    const source = counting(4000);
    const sound = soundOf(engine, source, { looping: true });
    sound.setLoopRange(100, 350);
    sound.play();
    const out = renderChannel(engine, 2000);
    for (let frame = 0; frame < 2000; frame++) {
      const expected = frame < 350 ? frame : 100 + ((frame - 100) % 250);
      expect(out[frame]).toBe(source[expected]);
    }
    expect(sound.playing).toBe(true);
  });

  it('loops the whole sound, also pitched, as if it went on for ever', () => {
    const engine = openEngine(host);
    const period = 480;
    const source = Float32Array.from({ length: period * 3 }, (_, frame) => Math.sin((2 * Math.PI * frame) / period));
    const sound = soundOf(engine, source, { looping: true, pitch: 1.5, resampler: 'cubic' });
    sound.play();
    const out = renderChannel(engine, 12000);
    for (let frame = 0; frame < 12000; frame++) {
      expect(Math.abs((out[frame] as number) - Math.sin((2 * Math.PI * frame * 1.5) / period))).toBeLessThan(
        frame < 16 ? 0.01 : 1e-5,
      );
    }
  });

  it('stops looping at the end of the round it is in', async () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, counting(1000), { looping: true });
    sound.play();
    engine.readPcmFrames(2500);
    expect(sound.cursorFrames).toBe(500);
    sound.looping = false;
    expect(sound.looping).toBe(false);
    engine.readPcmFrames(501);
    expect(await sound.finished).toBe('ended');
    expect(sound.playing).toBe(false);
  });

  it('of an empty buffer is at its end at once', async () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, new Float32Array(0));
    expect(sound.lengthFrames).toBe(0);
    sound.play();
    expect(renderChannel(engine, 10).every((sample) => sample === 0)).toBe(true);
    expect(await sound.finished).toBe('ended');
  });
});
