import { describe, expect, it } from 'vitest';
import { gaps, largestStep, peak, soundingRange } from '../support/analysis.js';
import { mayPlay } from './chromium.js';
import { digitIn, digitOf, digitStreams } from './page/digits.js';
import { lateMilliseconds, setUpBrowser, unpacked } from './pages.js';
import { pageKinds } from './server.js';

const { open } = setUpBrowser(mayPlay);

/** The frame of a recording at which a stream begins: from there on 100 digits are its first. */
function beginningOf(recorded: Float32Array, stream: number): number {
  const isThere = (at: number) => {
    for (let frame = 0; frame < 100; frame += 1)
      if (digitIn(recorded[at + frame]!, stream) !== digitOf(stream, frame)) return false;
    return true;
  };
  for (let at = 0; at < recorded.length - 100; at += 1) if (isThere(at)) return at;
  return -1;
}

/**
 * The frame up to which a recording has all of a stream, each once and in order, where the stream begins at `begin`.
 * Looks from the stream's frame `from` on.
 */
function framesInOrder(recorded: Float32Array, stream: number, begin: number, from = 0): number {
  let frame = from;
  while (begin + frame < recorded.length && digitIn(recorded[begin + frame]!, stream) === digitOf(stream, frame))
    frame += 1;
  return frame;
}

describe.each(pageKinds)('on an %s page', (kind) => {
  it('ten streams that timers feed beside a busy page: every frame is heard once, in order', async () => {
    const page = await open(kind);
    const told = await page.evaluate(async (streams) => {
      const { recorder, stop } = await openRecorder(6);
      const engine = new lib.Engine({ device: { destination: recorder } });
      const feeds = Array.from({ length: streams }, (_, stream) => {
        const source = new lib.StreamSource(engine, {
          sampleRate: 48000,
          channels: 1,
          format: 'f32',
          bufferSeconds: 2.5,
        });
        lib.Sound.fromStream(engine, source).play({ atFrames: 4800 });
        return { source, stream, written: 0 };
      });
      let wrongCounts = 0;
      let refused = 0;
      const feed = (each: (typeof feeds)[number]): void => {
        const { source, stream, written } = each;
        const free = source.availableWriteFrames;
        const offered = Math.floor(Math.random() * 19_200);
        const taken = source.write(digitSamples(stream, written, offered));
        if (taken < offered) refused += 1;
        // Time goes on between the questions, but only in one direction.
        if (taken < Math.min(free, offered) || source.availableReadFrames > source.bufferSizeFrames) wrongCounts += 1;
        each.written += taken;
      };
      for (const each of feeds) while (each.source.availableWriteFrames > 0) feed(each);
      await engine.ready;
      const timers = feeds.map((each, index) => setInterval(() => feed(each), 11 + 3 * index));
      let garbage: number[][] = [];
      const busy = setInterval(() => {
        garbage = Array.from({ length: 2000 }, () => new Array<number>(100).fill(garbage.length));
        block(50);
      }, 90);
      await wait(5000);
      for (const timer of [...timers, busy]) clearInterval(timer);
      const { samples, jumps } = await stop();
      const underruns = feeds.map(({ source }) => source.underruns);
      engine.dispose();
      return { recorded: packed(samples), jumps, underruns, wrongCounts, refused };
    }, digitStreams);
    expect(told).toMatchObject({ jumps: 0, wrongCounts: 0, underruns: Array.from({ length: digitStreams }, () => 0) });
    expect(told.refused).toBeGreaterThan(10);
    const recorded = unpacked(told.recorded);
    const begin = beginningOf(recorded, 0);
    expect(begin).toBeGreaterThan(0);
    expect(recorded.length - begin).toBeGreaterThan(3 * 48000);
    const whole = Array.from({ length: digitStreams }, () => recorded.length - begin);
    expect(whole.map((_, stream) => framesInOrder(recorded, stream, begin))).toEqual(whole);
  });

  it('a stream that runs empty dies away, is silent, is counted, and goes on without a step', async () => {
    const page = await open(kind);
    const told = await page.evaluate(async () => {
      const { recorder, stop } = await openRecorder(5);
      const engine = new lib.Engine({ smoothingMs: 10, device: { destination: recorder } });
      const source = new lib.StreamSource(engine, { sampleRate: 48000, channels: 1, format: 'f32', bufferSeconds: 1 });
      const sound = lib.Sound.fromStream(engine, source);
      const part = (first: number) =>
        Float32Array.from(
          { length: 12_100 },
          (_, frame) => 0.5 * Math.cos((2 * Math.PI * 440 * (first + frame)) / 48000),
        );
      source.write(part(0));
      sound.play();
      await engine.ready;
      while (source.underruns === 0) await wait(5);
      await wait(200);
      const dry = {
        counted: [source.underruns, engine.stats.streamUnderruns],
        playing: sound.playing,
        cursor: sound.cursorFrames,
        left: source.availableReadFrames,
      };
      source.write(part(12_100));
      source.end();
      const end = await sound.finished;
      const cursor = sound.cursorFrames;
      await wait(100);
      const { samples } = await stop();
      const counted = [source.underruns, engine.stats.streamUnderruns];
      engine.dispose();
      return { recorded: packed(samples), dry, end, cursor, counted };
    });
    expect(told.dry).toEqual({ counted: [1, 1], playing: true, cursor: 12_100, left: 0 });
    expect(told).toMatchObject({ end: 'ended', cursor: 24_200, counted: [1, 1] });
    const recorded = unpacked(told.recorded);
    const first = recorded.findIndex((sample) => sample !== 0);
    const expected = (frame: number) => Math.fround(0.5 * Math.cos((2 * Math.PI * 440 * frame) / 48000));
    for (let frame = 0; frame < 12_100; frame += 1) expect(recorded[first + frame]).toBe(expected(frame));
    // A step of the tone, and one of 0.5 over the smoothing time.
    expect(largestStep(recorded.subarray(first, first + 24_200))).toBeLessThan(0.0289 + 0.5 / 480);
    const silence = gaps(recorded.subarray(first), 1e-9, 4800);
    expect(silence[0]!.start).toBe(12_100 + 480);
    // It rises from nothing, and ends with the frame that was written last.
    const { last } = soundingRange(recorded);
    for (let back = 0; back < 11_000; back += 1) expect(recorded[last - back]).toBe(expected(24_199 - back));
  });

  it('a writable and drained() take nothing before there is room, and lose nothing', async () => {
    const page = await open(kind);
    const told = await page.evaluate(async () => {
      const { recorder, stop } = await openRecorder(6);
      const engine = new lib.Engine({ device: { destination: recorder } });
      const source = new lib.StreamSource(engine, { sampleRate: 48000, channels: 1, format: 'f32', bufferSeconds: 1 });
      const sound = lib.Sound.fromStream(engine, source);
      const total = 3 * 48000;
      let offered = 0;
      let mostAhead = 0;
      const samples = new ReadableStream<Uint8Array>({
        pull(controller) {
          mostAhead = Math.max(mostAhead, offered - sound.cursorFrames);
          const count = Math.min(total - offered, Math.floor(1 + Math.random() * 3000));
          const bytes = new Uint8Array(digitSamples(9, offered, count).buffer);
          offered += count;
          // Chunks end within a frame.
          const cut = Math.floor(Math.random() * bytes.length);
          controller.enqueue(bytes.slice(0, cut));
          controller.enqueue(bytes.slice(cut));
          if (offered === total) controller.close();
        },
      });
      const piped = samples.pipeTo(source.writable());
      sound.play();
      await engine.ready;
      await piped;
      // Nobody else writes from here on, so the room that was waited for is still there.
      const room = [100, 24_000, 40_000].map(async (frames) => {
        await source.drained(frames);
        return { frames, free: source.availableWriteFrames };
      });
      const end = await sound.finished;
      const drained = await Promise.all(room);
      await wait(50);
      const recorded = packed((await stop()).samples);
      const { underruns } = source;
      engine.dispose();
      return { recorded, end, mostAhead, drained, underruns, total };
    });
    expect(told).toMatchObject({ end: 'ended', underruns: 0 });
    // What fits, what the pipe holds, and one chunk.
    expect(told.mostAhead).toBeLessThan(48_000 + 4 * 3000);
    for (const { frames, free } of told.drained) expect(free).toBeGreaterThanOrEqual(frames);
    const recorded = unpacked(told.recorded);
    const begin = beginningOf(recorded, 9);
    expect(framesInOrder(recorded, 9, begin)).toBeGreaterThanOrEqual(told.total);
    expect(peak(recorded.subarray(begin + told.total))).toBe(0);
  });

  it('much that is written at once makes no quantum late, and all of it is heard', async () => {
    const page = await open(kind);
    const told = await page.evaluate(async () => {
      const { recorder, stop } = await openRecorder(5);
      const engine = new lib.Engine({ device: { destination: recorder } });
      const frames = 60 * 48000;
      const make = () =>
        new lib.StreamSource(engine, { sampleRate: 48000, channels: 1, format: 'f32', bufferSeconds: 60 });
      const heard = make();
      lib.Sound.fromStream(engine, heard).play();
      await engine.ready;
      heard.write(digitSamples(0, 0, frames));
      // And as much again, several times, that nobody plays.
      for (let count = 0; count < 4; count += 1) make().write(new Float32Array(frames));
      const counts = [
        heard.availableReadFrames > 59 * 48000,
        heard.availableWriteFrames + heard.availableReadFrames <= frames,
      ];
      await wait(3000);
      const { samples, jumps, latenessMilliseconds } = await stop();
      const { underruns } = heard;
      engine.dispose();
      return { recorded: packed(samples), counts, jumps, latenessMilliseconds, underruns };
    });
    expect(told).toMatchObject({ counts: [true, true], jumps: 0, underruns: 0 });
    expect(told.latenessMilliseconds).toBeLessThan(lateMilliseconds);
    const recorded = unpacked(told.recorded);
    const begin = beginningOf(recorded, 0);
    expect(recorded.length - begin).toBeGreaterThan(2 * 48000);
    expect(framesInOrder(recorded, 0, begin)).toBe(recorded.length - begin);
  });

  it('all that is written before ready is there with the first frame', async () => {
    const page = await open(kind);
    const told = await page.evaluate(async () => {
      const frames = 20 * 48000;
      const context = new OfflineAudioContext({ numberOfChannels: 1, length: frames + 4800, sampleRate: 48000 });
      const engine = new lib.Engine({ channels: 1, device: { context } });
      const sources = Array.from({ length: 3 }, (_, stream) => {
        const source = new lib.StreamSource(engine, {
          sampleRate: 48000,
          channels: 1,
          format: 'f32',
          bufferSeconds: 20,
        });
        // What is dropped is not heard, and does not count.
        for (let round = 0; round < 2 * stream; round += 1) {
          source.write(new Float32Array(frames).fill(0.9));
          source.reset();
        }
        const taken = source.write(digitSamples(stream, 0, frames + 1));
        source.end();
        lib.Sound.fromStream(engine, source).play();
        return taken;
      });
      await engine.ready;
      const rendered = (await context.startRendering()).getChannelData(0);
      engine.dispose();
      return { sources, frames, recorded: packed(rendered) };
    });
    expect(told.sources).toEqual([told.frames, told.frames, told.frames]);
    const recorded = unpacked(told.recorded);
    // Where something was dropped it rises, over the smoothing time.
    for (const stream of [0, 1, 2])
      expect(framesInOrder(recorded, stream, 0, 4800)).toBeGreaterThanOrEqual(told.frames);
    expect(peak(recorded.subarray(told.frames))).toBe(0);
  });

  it.each(['before', 'after'])(
    'a synthesiser attached %s the engine is ready is heard as it was written, though the page is blocked',
    async (when) => {
      const page = await open(kind);
      const told = await page.evaluate(async (order) => {
        const scene = () => {
          const synth = new lib.AudioSynth({ sampleRate: 48000, channels: 1 });
          const lead = synth.add(lib.Oscillator.saw(220), {
            gain: 0.3,
            filter: new lib.LowPass({ cutoffHz: 900, q: 3 }),
          });
          for (let note = 1; note < 10; note += 1)
            synth.setParam(lead, 'freq', 220 + 20 * note, { atSeconds: note / 5 });
          synth.add(lib.Noise.pink({ seed: 4 }), { gain: 0.2 });
          return synth;
        };
        const { recorder, stop } = await openRecorder(4);
        const engine = new lib.Engine({ channels: 1, device: { destination: recorder } });
        if (order === 'after') await engine.ready;
        // Less than the page is blocked for, and enough for a worker that shares a processor with it.
        const attachment = scene().attachTo(engine, { chunkSeconds: 0.2 });
        const threaded = await attachment.ready;
        await engine.ready;
        await wait(200);
        block(1500);
        await wait(300);
        const { underruns } = attachment;
        const recorded = packed((await stop()).samples);
        const baked = packed(scene().bake({ seconds: 4 }).getChannelData(0));
        engine.dispose();
        return { threaded, underruns, recorded, baked };
      }, when);
      expect(told).toMatchObject({ threaded: true, underruns: 0 });
      const recorded = unpacked(told.recorded);
      const baked = unpacked(told.baked);
      const heard = recorded.subarray(recorded.findIndex((sample) => sample !== 0));
      const from = baked.findIndex((sample) => sample !== 0);
      expect(heard.length).toBeGreaterThan(48_000);
      expect(heard.findIndex((sample, frame) => sample !== baked[from + frame])).toBe(-1);
    },
  );
});
