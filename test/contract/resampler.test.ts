import { expect, it } from 'vitest';
import type { Resampler } from '../../src/index.js';
import { cents, fitTone, toneFrequency } from '../support/analysis.js';
import { forEachHost, openEngine, renderChannel, soundOf } from '../support/hosts.js';
import { sine } from '../support/signals.js';

forEachHost('the resampler', (host) => {
  const sinad = (resampler: Resampler, hz: number) => {
    const engine = openEngine(host);
    soundOf(engine, sine(44100 * 2, 44100, hz, 0.5), { sampleRate: 44100, resampler }).play();
    engine.readPcmFrames(1000);
    return fitTone(renderChannel(engine, 48000), 48000, hz).sinad;
  };

  // `cubic` as targets.md asks; `linear` the same as stock miniaudio's 62 / 34 / 20, rounded down by half a decibel.
  it.each<[Resampler, number, number]>([
    ['linear', 1000, 61.5],
    ['linear', 5000, 33.5],
    ['linear', 10000, 19.5],
    ['cubic', 1000, 105],
    ['cubic', 5000, 54],
    ['cubic', 10000, 30],
  ])('%s keeps a tone of %d Hz at least %d dB above everything else, 44.1 to 48 kHz', (resampler, hz, bound) => {
    expect(sinad(resampler, hz)).toBeGreaterThanOrEqual(bound);
  });

  it.each([0.01, 0.1, 0.333333, 0.9999, 1.0001, 1.0594630943592953, 1.5, 2, Math.PI, 7.77])('is exact in pitch to 0.001 cent at %d', (pitch) => {
    const engine = openEngine(host);
    const source = 600 / pitch;
    soundOf(engine, sine(Math.ceil(100000 * pitch) + 1000, 48000, source), { pitch, resampler: 'cubic' }).play();
    engine.readPcmFrames(1000);
    const hz = toneFrequency(renderChannel(engine, 96000), 48000, 600);
    expect(Math.abs(cents(hz, 600))).toBeLessThan(0.001);
  });

  it('does nothing at all at pitch 1 and the same rate', () => {
    for (const resampler of ['linear', 'cubic'] as const) {
      const engine = openEngine(host);
      const source = sine(1000, 48000, 12345);
      soundOf(engine, source, { resampler }).play();
      expect(renderChannel(engine, 1000)).toEqual(source);
    }
  });

  it('switches between pitch 1 and others without a seam', () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, sine(200000, 48000, 200), { looping: true });
    sound.play();
    const parts: number[] = [];
    for (const pitch of [1, 1.1, 1, 0.9, 1]) {
      sound.pitch = pitch;
      parts.push(...renderChannel(engine, 5000));
    }
    let largestBend = 0;
    for (let index = 2; index < parts.length; index++) {
      const bend = Math.abs((parts[index] as number) - 2 * (parts[index - 1] as number) + (parts[index - 2] as number));
      largestBend = Math.max(largestBend, bend);
    }
    // The second difference of a sine is amplitude * omega^2: 0.00083 at 220 Hz.
    expect(largestBend).toBeLessThan(0.0011);
  });

  it('stays finite and in tune at the ends of the range', () => {
    for (const [pitch, sampleRate] of [
      [0.01, 1000],
      [100, 192000],
      [100, 768000],
    ] as const) {
      const engine = openEngine(host);
      const sound = soundOf(engine, sine(50000, sampleRate, 10), { sampleRate, pitch, looping: true });
      sound.play();
      expect(renderChannel(engine, 10000).every((sample) => Math.abs(sample) < 1.5)).toBe(true);
      expect(sound.playing).toBe(true);
    }
  });
});
