import { expect, it } from 'vitest';
import { AudioBuffer, Sound } from '../../src/index.js';
import { bufferOf, forEachHost, openEngine, renderChannel, settle, soundOf } from '../support/hosts.js';
import { constant, counting, noise } from '../support/signals.js';
import { readWav } from '../support/wav.js';

forEachHost('sample formats', (host) => {
  const play = (samples: Float32Array | Int16Array | Uint8Array | Int32Array) => {
    const engine = openEngine(host);
    Sound.fromBuffer(engine, bufferOf(samples)).play();
    return Array.from(renderChannel(engine, samples.length));
  };

  it('of 16 bits are x / 32768', () => {
    expect(play(Int16Array.of(-32768, -1, 0, 1, 16384, 32767))).toEqual([
      -1,
      -1 / 32768,
      0,
      1 / 32768,
      0.5,
      32767 / 32768,
    ]);
  });

  it('of 8 bits are (x - 128) / 128', () => {
    expect(play(Uint8Array.of(0, 64, 127, 128, 255))).toEqual([-1, -0.5, -1 / 128, 0, 127 / 128]);
  });

  it('of 32 bits are x / 2147483648', () => {
    expect(play(Int32Array.of(-2147483648, -1073741824, 0, 1 << 20, 1073741824))).toEqual([-1, -0.5, 0, 2 ** -11, 0.5]);
  });

  it('of floats are what they are, beyond 1 too', () => {
    expect(play(Float32Array.of(-3, 0.5, 100))).toEqual([-3, 0.5, 100]);
  });

  it.each(['copied', 'shared', 'transferred'])('that are not finite play as 0: %s', (way) => {
    const engine = openEngine(host, { smoothingMs: 0 });
    const values = [0.25, Number.NaN, 0.5, Infinity, -0.5, -Infinity, 0.125];
    const memory = way === 'shared' ? new SharedArrayBuffer(values.length * 4) : new ArrayBuffer(values.length * 4);
    const samples = new Float32Array(memory);
    samples.set(values);
    const buffer = new AudioBuffer(samples, { sampleRate: 48000, channels: 1, transfer: way === 'transferred' });
    const sound = Sound.fromBuffer(engine, buffer);
    sound.play();
    const expected = [0.25, 0, 0.5, 0, -0.5, 0, 0.125];
    expect(Array.from(renderChannel(engine, 7))).toEqual(expected);
    sound.pitch = 0.5;
    sound.play();
    expect(renderChannel(engine, 14).every(Number.isFinite)).toBe(true);
    expect(renderChannel(engine, 10).every((sample) => sample === 0)).toBe(true);
    buffer.dispose();
  });
});

forEachHost('the three ways of memory', (host) => {
  it('copies plain samples: later writes are not heard', () => {
    const engine = openEngine(host);
    const samples = constant(1000);
    const buffer = bufferOf(samples);
    expect(buffer.shared).toBe(false);
    Sound.fromBuffer(engine, buffer).play();
    samples.fill(0.5);
    expect(renderChannel(engine, 100).every((sample) => sample === 1)).toBe(true);
  });

  it('takes an array buffer over', () => {
    const engine = openEngine(host);
    const samples = counting(1000);
    const buffer = new AudioBuffer(samples, { sampleRate: 48000, channels: 1, transfer: true });
    expect(samples.length).toBe(0);
    expect(buffer.lengthFrames).toBe(1000);
    Sound.fromBuffer(engine, buffer).play();
    expect(renderChannel(engine, 1000)).toEqual(counting(1000));
    buffer.dispose();
  });

  it('takes only the part that the view shows', () => {
    const engine = openEngine(host);
    for (const memory of [new ArrayBuffer(400), new SharedArrayBuffer(400)]) {
      for (const transfer of [false, true]) {
        if (transfer && memory instanceof SharedArrayBuffer) continue;
        const source = memory.slice(0);
        new Float32Array(source).set(counting(100));
        const buffer = new AudioBuffer(new Float32Array(source, 40, 20), { sampleRate: 48000, channels: 2, transfer });
        expect([buffer.lengthFrames, buffer.channels]).toEqual([10, 2]);
        expect(buffer.getChannelData(1)).toEqual(
          Float32Array.from({ length: 10 }, (_, frame) => counting(100)[10 + frame * 2 + 1] as number),
        );
        buffer.dispose();
      }
    }
    engine.readPcmFrames(1);
  });

  it('uses shared memory in place on the native host; WebAssembly copies it with the first sound', () => {
    const engine = openEngine(host);
    const samples = new Float32Array(new SharedArrayBuffer(4000));
    samples.fill(1);
    const buffer = new AudioBuffer(samples, { sampleRate: 48000, channels: 1 });
    expect(buffer.shared).toBe(true);
    Sound.fromBuffer(engine, buffer).play();
    expect(renderChannel(engine, 100)[99]).toBe(1);
    samples.fill(0.5);
    expect(renderChannel(engine, 100)[99]).toBe(host === 'native' ? 0.5 : 1);
    buffer.dispose();
  });

  it('keeps shared memory where it is, and refuses memory that is gone', () => {
    const gone = new Float32Array(10);
    structuredClone(gone.buffer, { transfer: [gone.buffer] });
    expect(
      new AudioBuffer(new Float32Array(new SharedArrayBuffer(40)), { sampleRate: 48000, channels: 1 }).lengthFrames,
    ).toBe(10);
    for (const transfer of [false, true]) {
      expect(() => new AudioBuffer(gone, { sampleRate: 48000, channels: 1, transfer })).toThrow(TypeError);
      expect(() => new AudioBuffer(gone, { sampleRate: 48000, channels: 1, transfer })).toThrow(
        /^Expected .* for samples but received/,
      );
    }
  });
});

forEachHost('a buffer', (host) => {
  it('plays in several engines at once', () => {
    const buffer = bufferOf(counting(100));
    const engines = [openEngine(host), openEngine(host), openEngine(host === 'native' ? 'wasm' : 'native')];
    for (const engine of engines) Sound.fromBuffer(engine, buffer).play();
    for (const engine of engines) expect(renderChannel(engine, 100)).toEqual(counting(100));
  });

  it('plays in several sounds at once, each at its own place and speed', () => {
    const engine = openEngine(host, { resampler: 'linear' });
    const buffer = bufferOf(counting(4000));
    const sounds = [1, 2, 0.5].map((pitch) => Sound.fromBuffer(engine, buffer, { pitch }));
    for (const [index, sound] of sounds.entries()) sound.play({ atFrames: 100 * index });
    const out = renderChannel(engine, 1000);
    expect(sounds.map((sound) => sound.cursorFrames)).toEqual([1000, 1800, 400]);
    const one = counting(4000);
    for (const frame of [50, 150, 400, 998]) {
      const places = [frame, 2 * (frame - 100), (frame - 200) / 2];
      const expected = places.reduce((sum, place) => sum + (one[place] ?? 0), 0);
      expect(out[frame]).toBeCloseTo(expected, 5);
    }
  });

  it('may be disposed while sounds play it: they finish first', async () => {
    const engine = openEngine(host);
    const buffer = bufferOf(counting(1000));
    const sound = Sound.fromBuffer(engine, buffer);
    sound.play();
    engine.readPcmFrames(100);
    buffer.dispose();
    expect(buffer.disposed).toBe(true);
    expect(() => Sound.fromBuffer(engine, buffer)).toThrow(expect.objectContaining({ code: 'ERR_DISPOSED' }));
    expect(renderChannel(engine, 900)).toEqual(counting(1000).subarray(100));
    engine.readPcmFrames(1);
    expect(await sound.finished).toBe('ended');
  });

  it('tells what it holds', () => {
    const buffer = bufferOf(noise(4410, 2, 9), 44100, 2);
    expect([buffer.sampleRate, buffer.channels, buffer.lengthFrames, buffer.durationSeconds]).toEqual([
      44100, 2, 4410, 0.1,
    ]);
    expect(buffer.getChannelData(1)[7]).toBe(noise(4410, 2, 9)[15]);
    expect(() => buffer.getChannelData(2)).toThrow(RangeError);
  });

  it('plays at the engine’s rate whatever its own is', async () => {
    const engine = openEngine(host);
    for (const sampleRate of [8000, 44100, 96000, 192000]) {
      const sound = soundOf(engine, new Float32Array(sampleRate / 10).fill(1), { sampleRate });
      sound.play();
      engine.readPcmFrames(4799);
      await settle();
      expect(sound.atEnd, `${sampleRate} Hz after 4799 frames`).toBe(false);
      engine.readPcmFrames(3);
      await settle();
      expect(sound.atEnd, `${sampleRate} Hz after 4802 frames`).toBe(true);
    }
  });

  it.each([
    ['f32', 32, 3, 0],
    ['s16', 16, 1, 0.5 / 32768],
    ['s24', 24, 1, 0.5 / 8388608],
  ] as const)('writes WAV as %s and reads it again', async (format, bits, kind, tolerance) => {
    for (const channels of [1, 2, 6]) {
      const samples = noise(1000, channels, channels);
      samples[0] = 0.9999;
      samples[1] = -1;
      const bytes = bufferOf(samples, 44100, channels).toWav(format);
      const file = readWav(bytes);
      expect([file.sampleRate, file.channels, file.bitsPerSample, file.kind]).toEqual([44100, channels, bits, kind]);
      const again = await AudioBuffer.decode(bytes);
      expect([again.sampleRate, again.channels, again.lengthFrames]).toEqual([44100, channels, 1000]);
      for (let channel = 0; channel < channels; channel++) {
        const data = again.getChannelData(channel);
        for (let frame = 0; frame < 1000; frame++) {
          const original = samples[frame * channels + channel] as number;
          expect(Math.abs((file.samples[frame * channels + channel] as number) - original)).toBeLessThanOrEqual(
            tolerance * 1.001,
          );
          expect(Math.abs((data[frame] as number) - original)).toBeLessThanOrEqual(tolerance * 1.001);
        }
      }
      again.dispose();
    }
  });

  it('clamps in whole-number WAV and keeps floats as they are', () => {
    const buffer = bufferOf(Float32Array.of(2, -2, 1, 0.5));
    expect(Array.from(readWav(buffer.toWav('s16')).samples)).toEqual([32767 / 32768, -1, 32767 / 32768, 0.5]);
    expect(Array.from(readWav(buffer.toWav('f32')).samples)).toEqual([2, -2, 1, 0.5]);
    expect(readWav(buffer.toWav()).samples.length).toBe(4);
  });
});
