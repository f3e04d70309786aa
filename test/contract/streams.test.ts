import { expect, it } from 'vitest';
import { AudioBuffer, Sound, SoundGroup, StreamSource, type StreamSourceOptions } from '../../src/index.js';
import { largestDifference, largestStep } from '../support/analysis.js';
import { forEachHost, type HostName, openEngine, renderChannel, settle, stateOf } from '../support/hosts.js';
import { Random } from '../support/random.js';
import { constant, countedFrame, counting, noise, sine } from '../support/signals.js';

function openStream(host: HostName, options: Partial<StreamSourceOptions> = {}, engineOptions = {}) {
  const engine = openEngine(host, engineOptions);
  const stream = new StreamSource(engine, { sampleRate: engine.sampleRate, channels: 1, format: 'f32', ...options });
  const sound = Sound.fromStream(engine, stream);
  return { engine, stream, sound };
}

forEachHost('a stream', (host) => {
  it.each([
    ['s16', Int16Array.of(-32768, -1, 0, 1, 32767), (value: number) => value / 32768],
    ['u8', Uint8Array.of(0, 127, 128, 129, 255), (value: number) => (value - 128) / 128],
    [
      's32',
      Int32Array.of(-2147483648, -65536, 0, 65536, 2147483647),
      (value: number) => Math.fround(value) / 2147483648,
    ],
    ['f32', Float32Array.of(-1, -0.25, 0, 0.25, 1.5), (value: number) => value],
  ] as const)('of %s plays its samples by the formula, as an array and as bytes', (format, samples, formula) => {
    const { engine, stream, sound } = openStream(host, { format, channels: 1 });
    const bytes = new Uint8Array(samples.buffer.slice(0));
    expect(stream.write(samples)).toBe(5);
    for (const chunk of [bytes, bytes.buffer, new DataView(bytes.buffer), Buffer.from(bytes)])
      expect(stream.write(chunk)).toBe(5);
    sound.play();
    const expected = Array.from(samples, formula);
    expect(Array.from(renderChannel(engine, 25))).toEqual(Array.from({ length: 5 }, () => expected).flat());
  });

  it('of s24 takes three bytes a sample', () => {
    const { engine, stream, sound } = openStream(host, { format: 's24', channels: 2 });
    const values = [-8388608, 8388607, -1, 1, 0x123456, -0x123456];
    const bytes = Uint8Array.from(values.flatMap((value) => [value & 255, (value >> 8) & 255, (value >> 16) & 255]));
    expect(stream.write(bytes)).toBe(3);
    sound.play();
    expect(Array.from(engine.readPcmFrames(3))).toEqual(values.map((value) => value / 8388608));
  });

  it('plays NaN and infinity as 0', () => {
    const { engine, stream, sound } = openStream(host);
    stream.write(Float32Array.of(0.5, Number.NaN, Infinity, -Infinity, 0.25));
    sound.play();
    expect(Array.from(renderChannel(engine, 5))).toEqual([0.5, 0, 0, 0, 0.25]);
  });

  it('trims a partial frame, takes no more than fits, and says what it holds', () => {
    const { engine, stream, sound } = openStream(host, { channels: 2, format: 's16', bufferSeconds: 0.001 });
    expect([stream.bufferSizeFrames, stream.availableWriteFrames, stream.availableReadFrames]).toEqual([48, 48, 0]);
    expect([stream.format, stream.sampleRate, stream.channels]).toEqual(['s16', 48000, 2]);
    expect(stream.write(new Uint8Array(7))).toBe(1);
    expect(stream.write(new Int16Array(3))).toBe(1);
    expect(stream.write(new Uint8Array(3))).toBe(0);
    expect([stream.availableWriteFrames, stream.availableReadFrames]).toEqual([46, 2]);
    expect(stream.write(new Int16Array(1000))).toBe(46);
    expect(stream.write(new Int16Array(1000))).toBe(0);
    sound.play();
    engine.readPcmFrames(10);
    expect([stream.availableWriteFrames, stream.availableReadFrames, sound.cursorFrames]).toEqual([10, 38, 10]);
  });

  it('has room for one frame at least', () => {
    const { stream } = openStream(host, { bufferSeconds: 0 });
    expect(stream.bufferSizeFrames).toBe(1);
    expect(stream.write(constant(5))).toBe(1);
  });

  it('plays every frame once and in order, however it is written and read', () => {
    const { engine, stream, sound } = openStream(host, { bufferSeconds: 0.05 });
    const random = new Random(7);
    const source = counting(60000);
    const heard: number[] = [];
    let written = 0;
    sound.play();
    while (heard.length < source.length) {
      written += stream.write(source.subarray(written, written + random.integer(0, 2500)));
      const count = Math.min(random.integer(1, 900), stream.availableReadFrames);
      heard.push(...renderChannel(engine, count));
    }
    expect(heard.map(countedFrame).every((frame, index) => frame === index)).toBe(true);
    expect(stream.underruns).toBe(0);
  });

  it.each(['linear', 'cubic', 'sinc', 'sinc-best'] as const)(
    'at another rate gives the bits of a buffer at that rate (%s), piece by piece',
    (resampler) => {
      const engine = openEngine(host, { resampler });
      const samples = noise(9000, 2, 3);
      const stream = new StreamSource(engine, { sampleRate: 44100, channels: 2, format: 'f32', bufferSeconds: 0.02 });
      const played = Sound.fromBuffer(engine, new AudioBuffer(samples, { sampleRate: 44100, channels: 2 })).play();
      const expected = engine.readPcmFrames(9900);
      played.dispose();
      engine.readPcmFrames(1000);
      const sound = Sound.fromStream(engine, stream).play();
      const got = new Float32Array(expected.length);
      const random = new Random(5);
      let written = 0;
      for (let frame = 0; frame < 9900; ) {
        if (written < 9000) written += stream.write(samples.subarray(written * 2));
        if (written === 9000) stream.end();
        const count = Math.min(random.integer(1, 700), 9900 - frame);
        got.set(engine.readPcmFrames(count), frame * 2);
        frame += count;
      }
      expect(largestDifference(got, expected)).toBe(0);
      expect([sound.atEnd, sound.playing, stream.underruns]).toEqual([true, false, 0]);
    },
  );

  it('that runs empty makes no step, is silent, counts once, and comes back without a step', () => {
    const { engine, stream, sound } = openStream(host, {}, { smoothingMs: 10 });
    stream.write(constant(1000));
    sound.play();
    const first = renderChannel(engine, 3000);
    expect(first[0]).toBe(1);
    expect(Array.from(first.subarray(0, 1000)).every((sample) => sample === 1)).toBe(true);
    expect(largestStep(first)).toBeLessThan(0.0022);
    expect(Array.from(first.subarray(1480)).every((sample) => sample === 0)).toBe(true);
    expect(Array.from(first.subarray(1000, 1480)).every((sample) => sample > 0)).toBe(true);
    expect([stream.underruns, sound.playing, sound.cursorFrames, engine.stats.streamUnderruns]).toEqual([
      1,
      true,
      1000,
      1,
    ]);
    stream.write(constant(1000));
    const second = renderChannel(engine, 900);
    expect(second[0]).toBe(0);
    expect(largestStep(second)).toBeLessThan(0.0022);
    expect(second[899]).toBe(1);
    expect(stream.underruns).toBe(1);
    renderChannel(engine, 200);
    expect([stream.underruns, sound.cursorFrames]).toEqual([2, 2000]);
  });

  it('that runs empty again and again in the middle of its rise makes no step', () => {
    const { engine, stream, sound } = openStream(host);
    const random = new Random(11);
    sound.play();
    stream.write(constant(600));
    let before = 1;
    let largest = 0;
    for (let round = 0; round < 300; round++) {
      stream.write(constant(random.integer(0, 300)));
      const heard = renderChannel(engine, random.integer(1, 400));
      for (const sample of heard) {
        largest = Math.max(largest, Math.abs(sample - before));
        before = sample;
      }
    }
    expect(stream.underruns).toBeGreaterThan(20);
    expect(largest).toBeLessThan(0.0043);
  });

  it('may be played before anything is written: then it begins with its first frame, hard', () => {
    const { engine, stream, sound } = openStream(host);
    sound.play();
    expect(renderChannel(engine, 500).every((sample) => sample === 0)).toBe(true);
    stream.write(constant(100));
    expect(renderChannel(engine, 1)[0]).toBe(1);
    expect(stream.underruns).toBe(0);
  });

  it('plays out what is buffered at its end and ends at the exact frame', async () => {
    const { engine, stream, sound } = openStream(host);
    stream.write(constant(700));
    stream.end();
    let ends = 0;
    sound.on('end', () => ends++);
    const { finished } = sound.play();
    const heard = renderChannel(engine, 1000);
    expect(heard.lastIndexOf(1)).toBe(699);
    expect(heard.subarray(700).every((sample) => sample === 0)).toBe(true);
    expect(await stateOf(finished)).toBe('ended');
    expect([sound.atEnd, sound.playing, ends, stream.underruns]).toEqual([true, false, 1, 0]);
    expect(() => stream.write(constant(1))).toThrow(expect.objectContaining({ code: 'ERR_WRONG_STATE' }));
  });

  it('ends also when end() is said while it is dry, after its tail', async () => {
    const { engine, stream, sound } = openStream(host);
    stream.write(constant(100));
    const { finished } = sound.play();
    const first = renderChannel(engine, 300);
    stream.end();
    const second = renderChannel(engine, 1000);
    expect(largestStep([...first, ...second])).toBeLessThan(0.0022);
    expect(await stateOf(finished)).toBe('ended');
    expect(sound.atEnd).toBe(true);
  });

  it('drops what is buffered on reset, without a step, and takes frames again, also after the end', async () => {
    const { engine, stream, sound } = openStream(host);
    stream.write(constant(4000));
    sound.play();
    const first = renderChannel(engine, 1000);
    stream.reset();
    expect([stream.availableReadFrames, stream.availableWriteFrames]).toEqual([0, stream.bufferSizeFrames]);
    const second = renderChannel(engine, 1000);
    expect(largestStep([...first, ...second])).toBeLessThan(0.0022);
    expect(second[999]).toBe(0);
    stream.write(constant(4000, 1, -1));
    const third = renderChannel(engine, 1000);
    stream.reset();
    stream.write(constant(4000, 1, 1));
    const fourth = renderChannel(engine, 1000);
    expect(largestStep([...second, ...third, ...fourth])).toBeLessThan(0.0043);
    expect([third[999], fourth[999]]).toEqual([-1, 1]);
    stream.end();
    renderChannel(engine, 4000);
    expect(sound.atEnd).toBe(true);
    stream.reset();
    stream.write(constant(2000, 1, 0.5));
    sound.play();
    expect(renderChannel(engine, 1000)[999]).toBe(0.5);
    expect(sound.atEnd).toBe(false);
  });

  it('stands still while it is paused or stopped: no frame is lost, no step is heard', () => {
    const { engine, stream, sound } = openStream(host, { bufferSeconds: 2 });
    stream.write(counting(60000));
    sound.play();
    let heard = [...renderChannel(engine, 1000)];
    sound.pause();
    heard.push(...renderChannel(engine, 2000));
    expect([sound.paused, sound.cursorFrames, stream.availableReadFrames]).toEqual([true, 1000, 59000]);
    expect(heard[2999]).toBe(0);
    sound.resume();
    heard.push(...renderChannel(engine, 1000));
    expect(countedFrame(heard.at(-1) as number)).toBe(1999);
    sound.stop();
    heard.push(...renderChannel(engine, 1000));
    expect([sound.playing, sound.cursorFrames]).toEqual([false, 2000]);
    sound.play();
    heard.push(...renderChannel(engine, 1000));
    expect(countedFrame(heard.at(-1) as number)).toBe(2999);
    expect(largestStep(heard)).toBeLessThan(0.0022);
    expect(stream.underruns).toBe(0);
    heard = [];
  });

  it('makes no step when it is paused, stopped or disposed just as it runs dry', () => {
    for (const action of ['pause', 'stop', 'dispose'] as const) {
      for (const after of [990, 1000, 1001, 1200]) {
        const { engine, stream, sound } = openStream(host);
        stream.write(constant(1000));
        sound.play();
        const first = renderChannel(engine, after);
        sound[action]();
        const second = renderChannel(engine, 1000);
        expect(largestStep([...first, ...second]), `${action} after ${after}`).toBeLessThan(0.0022);
        expect(second[999]).toBe(0);
      }
    }
  });

  it('resolves drained() when there is room', async () => {
    const { engine, stream, sound } = openStream(host, { bufferSeconds: 0.1 });
    await stream.drained();
    stream.write(constant(10000));
    const half = stream.drained();
    const all = stream.drained(4800);
    expect(await stateOf(half)).toBe('pending');
    sound.play();
    engine.readPcmFrames(2399);
    expect(await stateOf(half)).toBe('pending');
    engine.readPcmFrames(1);
    expect(await stateOf(half)).toBe(undefined);
    expect(await stateOf(all)).toBe('pending');
    stream.reset();
    expect(await stateOf(all)).toBe(undefined);
    stream.write(constant(10000));
    const lost = stream.drained();
    lost.catch(() => {});
    stream.dispose();
    await expect(lost).rejects.toMatchObject({ code: 'ERR_DISPOSED' });
  });

  it('is a WritableStream with backpressure, and carries partial frames from chunk to chunk', async () => {
    const { engine, stream, sound } = openStream(host, { channels: 2, format: 's16', bufferSeconds: 0.02 });
    const samples = Int16Array.from({ length: 40000 }, (_, index) => (index >> 1) - 10000);
    const bytes = new Uint8Array(samples.buffer);
    const random = new Random(3);
    let offset = 0;
    const source = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (offset >= bytes.length) return controller.close();
        const size = random.integer(1, 3000);
        controller.enqueue(bytes.slice(offset, offset + size));
        offset += size;
      },
    });
    const piped = source.pipeTo(stream.writable());
    sound.play();
    const heard: number[] = [];
    while (!sound.atEnd && heard.length < 100000) {
      await settle();
      if (stream.availableReadFrames > 0 || offset >= bytes.length)
        heard.push(...renderChannel(engine, Math.max(1, stream.availableReadFrames)));
      expect(offset).toBeLessThan(heard.length * 4 + 960 * 4 + 9001);
    }
    await piped;
    expect(heard.slice(0, 20000).every((sample, frame) => sample * 32768 === frame - 10000)).toBe(true);
    expect(stream.underruns).toBe(0);
  });

  it('ends when the writer aborts, and errors the writer when it is disposed', async () => {
    const { engine, stream, sound } = openStream(host);
    const writer = stream.writable().getWriter();
    await writer.write(constant(1000));
    sound.play();
    engine.readPcmFrames(100);
    await writer.abort(new Error('no more'));
    engine.readPcmFrames(1000);
    expect(sound.atEnd).toBe(true);
    stream.reset();
    const second = stream.writable().getWriter();
    const writing = second.write(constant(100000));
    second.closed.catch(() => {});
    await settle();
    stream.dispose();
    await expect(writing).rejects.toMatchObject({ code: 'ERR_DISPOSED' });
  });

  it('plays what is buffered when it is disposed, then its sound is at the end', async () => {
    const { engine, stream, sound } = openStream(host);
    stream.write(constant(1000));
    const { finished } = sound.play();
    engine.readPcmFrames(10);
    stream.dispose();
    expect(() => stream.write(constant(1))).toThrow(expect.objectContaining({ code: 'ERR_DISPOSED' }));
    expect(() => stream.availableReadFrames).toThrow(expect.objectContaining({ code: 'ERR_DISPOSED' }));
    const heard = renderChannel(engine, 2000);
    expect(heard.lastIndexOf(1)).toBe(989);
    expect(await stateOf(finished)).toBe('ended');
    sound.dispose();
    engine.readPcmFrames(10);
    expect(engine.stats.sounds).toBe(0);
  });

  it('refuses a second sound, another engine, and what has no meaning for it', () => {
    const { engine, stream, sound } = openStream(host);
    const code = (call: () => unknown) => {
      try {
        call();
        return 'nothing';
      } catch (error) {
        return (error as { code?: string }).code;
      }
    };
    expect(code(() => Sound.fromStream(engine, stream))).toBe('ERR_STREAM_TAKEN');
    expect(code(() => Sound.fromStream(openEngine(host), stream))).toBe('ERR_WRONG_ENGINE');
    // biome-ignore lint/suspicious/noExplicitAny: what the types leave out is refused in words.
    const withOptions = (options: any) => code(() => Sound.fromStream(engine, stream, options));
    expect(withOptions({ pitch: 2 })).toBe('ERR_PITCH_DISABLED');
    expect(withOptions({ pitchEnabled: true })).toBe('ERR_PITCH_DISABLED');
    expect(withOptions({ looping: true })).toBe('ERR_LIVE_STREAM');
    expect(() => {
      sound.pitch = 2;
    }).toThrow(/live stream/);
    expect(code(() => sound.ramp('pitch', 2, { seconds: 1 }))).toBe('ERR_PITCH_DISABLED');
    expect(code(() => sound.seek(0))).toBe('ERR_LIVE_STREAM');
    expect(code(() => sound.seekSeconds(0))).toBe('ERR_LIVE_STREAM');
    expect(code(() => sound.setRange(0, 1))).toBe('ERR_LIVE_STREAM');
    expect(code(() => sound.setLoopRange(0, 1))).toBe('ERR_LIVE_STREAM');
    expect(code(() => Reflect.set(sound, 'looping', true))).toBe('ERR_LIVE_STREAM');
    sound.looping = false;
    expect([
      sound.pitch,
      sound.looping,
      sound.lengthFrames,
      sound.lengthSeconds,
      sound.cursorFrames,
      sound.cursorSeconds,
    ]).toEqual([1, false, Number.NaN, Number.NaN, 0, 0]);
    const warnings: unknown[] = [];
    engine.on('warning', (warning) => warnings.push(warning));
    engine.readPcmFrames(100);
    expect(warnings).toEqual([]);
    sound.dispose();
    const again = Sound.fromStream(engine, stream);
    stream.write(constant(100));
    again.play();
    expect(renderChannel(engine, 1)[0]).toBe(1);
  });

  it('goes on with the next sound where the last one left it', () => {
    const { engine, stream, sound } = openStream(host);
    stream.write(counting(20000));
    sound.play();
    engine.readPcmFrames(777);
    sound.dispose();
    const next = Sound.fromStream(engine, stream).play();
    const heard = renderChannel(engine, 1000);
    expect(countedFrame(heard[999] as number)).toBe(1776);
    expect(next.cursorFrames).toBe(1777);
  });

  it('keeps its own pace under the pitch of a group', () => {
    const engine = openEngine(host);
    const stream = new StreamSource(engine, { sampleRate: 48000, channels: 1, format: 'f32' });
    const sound = Sound.fromStream(engine, stream, { group: new SoundGroup(engine) });
    if (sound.group) sound.group.pitch = 2;
    stream.write(counting(5000));
    sound.play();
    expect(countedFrame(renderChannel(engine, 100)[99] as number)).toBe(99);
  });

  it('is heard the same whatever the blocks', () => {
    const take = (cut: () => number) => {
      const { engine, stream, sound } = openStream(
        host,
        { sampleRate: 44100, bufferSeconds: 0.1 },
        { resampler: 'cubic' },
      );
      const random = new Random(17);
      const samples = sine(60000, 44100, 400);
      const heard: number[] = [];
      let written = 0;
      sound.play();
      for (let round = 0; round < 60; round++) {
        written += stream.write(samples.subarray(written, written + random.integer(0, 900)));
        if (round % 13 === 5) sound.pause();
        if (round % 13 === 9) sound.resume();
        if (round % 29 === 20) stream.reset();
        for (let left = random.integer(1, 900); left > 0; ) {
          const count = Math.min(left, cut());
          heard.push(...renderChannel(engine, count));
          left -= count;
        }
      }
      return heard;
    };
    const random = new Random(23);
    const whole = take(() => 4096);
    expect(whole.some((sample) => sample !== 0)).toBe(true);
    for (const cut of [() => 1, () => 127, () => random.integer(1, 700)]) expect(take(cut)).toEqual(whole);
  });
});
