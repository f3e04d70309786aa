import { expect, it } from 'vitest';
import { SoftClipEffectNode } from '../../src/index.js';
import { decibels, fitTone, rms } from '../support/analysis.js';
import { soundInto } from '../support/effects.js';
import { forEachHost, openEngine, renderChannel } from '../support/hosts.js';
import { constant, samplesOf, sine } from '../support/signals.js';

/**
 * How loud the loudest alias of 5 kHz is beside the tone itself, in dB. All aliases of it lie on odd multiples of 1
 * kHz.
 */
function aliasLevel(samples: Float32Array): number {
  const fundamental = fitTone(samples, 48000, 5000).amplitude;
  let most = 0;
  for (let hz = 1000; hz < 24000; hz += 1000)
    if (hz !== 5000 && hz !== 15000) most = Math.max(most, fitTone(samples, 48000, hz).amplitude);
  return decibels(most / fundamental);
}

forEachHost('a soft clipper', (host) => {
  it.each([0.01, 0.5, 2, 8, 100])('of drive %d is its formula to the last bit of float32', (drive) => {
    const engine = openEngine(host);
    const effect = new SoftClipEffectNode(engine, { drive, outputGain: 1.5 });
    const input = samplesOf(4001, 1, (frame) => (frame - 2000) / 800);
    soundInto(effect, input).play();
    const out = renderChannel(engine, 4001);
    for (let n = 0; n < input.length; n++) {
      const expected = (1.5 * Math.tanh(drive * (input[n] as number))) / Math.tanh(drive);
      expect(Math.abs((out[n] as number) - expected)).toBeLessThanOrEqual(Math.abs(expected) * 1e-7 + 1e-30);
    }
  });

  it('leaves 1 at 1', () => {
    for (const drive of [0.01, 1, 100]) {
      const engine = openEngine(host);
      soundInto(new SoftClipEffectNode(engine, { drive }), constant(100)).play();
      expect(renderChannel(engine, 100)[50]).toBe(1);
    }
  });

  it.each([
    [1, -15, -17],
    [2, -45, -80],
    [4, -70, -140],
  ] as const)('with oversampling %d leaves aliases below %d dB at drive 8 and 5 kHz', (oversample, below, above) => {
    const engine = openEngine(host);
    const effect = new SoftClipEffectNode(engine, { drive: 8, oversample });
    soundInto(effect, sine(20000, 48000, 5000)).play();
    engine.readPcmFrames(4800);
    const level = aliasLevel(renderChannel(engine, 9600));
    expect(level).toBeLessThan(below);
    expect(level).toBeGreaterThan(above);
  });

  it.each([
    [1, 0],
    [2, 36],
    [4, 42],
  ] as const)('with oversampling %d is %d frames late, as it says', (oversample, latency) => {
    const engine = openEngine(host);
    const effect = new SoftClipEffectNode(engine, { drive: 0.01, oversample });
    expect([effect.latencyFrames, effect.oversample]).toEqual([latency, oversample]);
    soundInto(effect, Float32Array.of(0, 0, 0, 0.01, 0)).play();
    const out = renderChannel(engine, 200);
    let loudest = 0;
    for (let n = 0; n < 200; n++) if (Math.abs(out[n] as number) > Math.abs(out[loudest] as number)) loudest = n;
    expect(loudest).toBe(3 + latency);
    // Linear-phase: the same on both sides.
    for (let k = 1; k <= latency - 4; k++) expect(out[3 + latency + k]).toBeCloseTo(out[3 + latency - k] as number, 8);
    for (let n = 4 + latency + effect.tailFrames; n < 200; n++) expect(out[n]).toBe(0);
  });

  it.each([2, 4] as const)('with oversampling %d leaves quiet tones as they are, to 18 kHz', (oversample) => {
    const engine = openEngine(host);
    for (const hz of [100, 1000, 5000, 10000, 15000, 18000]) {
      const effect = new SoftClipEffectNode(engine, { drive: 0.01, oversample });
      const sound = soundInto(effect, sine(6000, 48000, hz, 0.1));
      sound.play();
      engine.readPcmFrames(1000);
      const { amplitude } = fitTone(renderChannel(engine, 4800), 48000, hz);
      expect(Math.abs(decibels(amplitude / 0.1)), `${hz} Hz`).toBeLessThan(0.05);
      sound.dispose();
      effect.dispose();
      engine.readPcmFrames(3000);
    }
  });

  it('with oversampling bends as the formula does', () => {
    for (const oversample of [2, 4] as const) {
      const engine = openEngine(host);
      soundInto(new SoftClipEffectNode(engine, { drive: 3, oversample }), sine(20000, 48000, 50)).play();
      engine.readPcmFrames(4800 + (oversample === 4 ? 42 : 36));
      const out = renderChannel(engine, 4800);
      const expected = sine(4800, 48000, 50).map((x) => Math.tanh(3 * x) / Math.tanh(3));
      expect(rms(out.map((sample, n) => sample - (expected[n] as number)))).toBeLessThan(1e-4);
    }
  });

  it('refuses another factor, and to change it', () => {
    const engine = openEngine(host);
    for (const oversample of [0, 3, 8, 1.5, Number.NaN])
      expect(() => new SoftClipEffectNode(engine, { oversample: oversample as 1 })).toThrow(RangeError);
    expect(() => new SoftClipEffectNode(engine, { oversample: '2' as unknown as 2 })).toThrow(TypeError);
    const effect = new SoftClipEffectNode(engine, { oversample: 2 });
    expect(() => effect.setParams({ drive: 5, oversample: 4 })).toThrow('as it was made with');
    expect(effect.drive).toBe(2);
    effect.setParams({ drive: 5, oversample: 2 });
    expect(effect.drive).toBe(5);
  });
});
