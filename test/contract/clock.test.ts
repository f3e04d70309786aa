import { expect, it } from 'vitest';
import { forEachHost, openEngine, soundOf } from '../support/hosts.js';
import { Random } from '../support/random.js';
import { noise } from '../support/signals.js';

forEachHost('the engine clock', (host) => {
  it('counts every rendered frame, also with nothing attached', () => {
    const engine = openEngine(host, { sampleRate: 44100 });
    expect(engine.timeFrames).toBe(0);
    engine.readPcmFrames(441);
    expect(engine.timeFrames).toBe(441);
    expect(engine.timeSeconds).toBe(0.01);
    engine.readPcmFrames(1);
    expect(engine.timeFrames).toBe(442);
    expect(engine.stats.framesRendered).toBe(442);
  });

  it('always gives the full count, silent where nothing plays', () => {
    const engine = openEngine(host, { channels: 3 });
    const mixed = engine.readPcmFrames(1000);
    expect(mixed).toBeInstanceOf(Float32Array);
    expect(mixed.length).toBe(3000);
    expect(mixed.every((sample) => sample === 0)).toBe(true);
    expect(engine.readPcmFrames(0).length).toBe(0);
  });

  it('writes whole frames into an array of the caller and leaves the rest of it alone', () => {
    const engine = openEngine(host);
    soundOf(engine, noise(1000, 1, 1)).play();
    const target = new Float32Array(101).fill(7);
    expect(engine.readPcmFramesInto(target)).toBe(50);
    expect(target[100]).toBe(7);
    expect(target.subarray(0, 100).every((sample) => Math.abs(sample) <= 0.5)).toBe(true);
    expect(engine.timeFrames).toBe(50);
  });

  it('gives frames that are the caller’s own: a later read does not change them', () => {
    const engine = openEngine(host);
    soundOf(engine, noise(1000, 1, 2)).play();
    const first = engine.readPcmFrames(100);
    const copy = first.slice();
    engine.readPcmFrames(100);
    expect(first).toEqual(copy);
  });

  it.each([8000, 11025, 44100, 48000, 96000, 192000])('runs at %d Hz', (sampleRate) => {
    const engine = openEngine(host, { sampleRate });
    expect(engine.sampleRate).toBe(sampleRate);
    engine.readPcmFrames(sampleRate);
    expect(engine.timeSeconds).toBe(1);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('runs with %d channels', (channels) => {
    const engine = openEngine(host, { channels });
    expect(engine.channels).toBe(channels);
    soundOf(engine, noise(200, channels, 3), { channels }).play();
    expect(engine.readPcmFrames(200)).toEqual(noise(200, channels, 3));
  });

  it('renders the same bits however the time is cut', () => {
    const frames = 9000;
    const render = (cut: () => number) => {
      const engine = openEngine(host);
      for (let index = 0; index < 8; index++) {
        const sound = soundOf(engine, noise(5000, 2, index), {
          channels: 2,
          sampleRate: 30000 + 4000 * index,
          volume: 0.2 + index / 10,
          pan: index / 8,
        });
        sound.pitch = 0.5 + index / 5;
        sound.looping = index % 2 === 0;
        sound.play({ atFrames: index * 411 });
        void sound.ramp('volume', 1 / (index + 1), {
          seconds: 0.05,
          curve: 'ease-in-out',
          atFrames: 1000 + index * 97,
        });
        void sound.ramp('pitch', 1 + index / 9, { seconds: 0.07, curve: 'exponential', atFrames: 900 + index * 131 });
        sound.stop({ atFrames: 6000 + index * 77, fadeSeconds: 0.01 });
      }
      const out = new Float32Array(frames * 2);
      for (let at = 0; at < frames; ) {
        const count = Math.min(cut(), frames - at);
        out.set(engine.readPcmFrames(count), at * 2);
        at += count;
      }
      return out;
    };
    const whole = render(() => frames);
    expect(whole.some((sample) => sample !== 0)).toBe(true);
    const random = new Random(4);
    for (const cut of [() => 1, () => 64, () => 127, () => 480, () => 4096, () => random.integer(1, 700)]) {
      expect(Buffer.compare(Buffer.from(render(cut).buffer), Buffer.from(whole.buffer))).toBe(0);
    }
  });
});
