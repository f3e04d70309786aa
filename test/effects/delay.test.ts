import { expect, it } from 'vitest';
import { DelayEffectNode } from '../../src/index.js';
import { fitTone, largestStep, peak, toneFrequency } from '../support/analysis.js';
import { soundInto } from '../support/effects.js';
import { forEachHost, openEngine, renderChannel } from '../support/hosts.js';
import { constant, noise, sine } from '../support/signals.js';

/** The formula, sample by sample: y = dry x + wet d, the line takes x + decay d. */
function echoes(
  input: Float32Array,
  frames: number,
  { delay, decay, wet, dry }: { delay: number; decay: number; wet: number; dry: number },
): Float64Array {
  const line = new Float64Array(frames);
  return Float64Array.from({ length: frames }, (_, n) => {
    const x = input[n] ?? 0;
    const d = n >= delay ? (line[n - delay] as number) : 0;
    line[n] = x + decay * d;
    return dry * x + wet * d;
  });
}

forEachHost('a delay', (host) => {
  it.each([
    [0, 1],
    [1 / 96000, 1],
    [1 / 48000, 1],
    [2 / 48000, 2],
    [0.01, 480],
    [0.1, 4800],
    [0.3, 14400],
    [1.5, 72000],
    [10, 480000],
  ])('of %d s puts its echoes %d frames apart, at the levels of the formula', (delaySeconds, delay) => {
    const engine = openEngine(host);
    const effect = new DelayEffectNode(engine, { delaySeconds, decay: 0.7, wet: 0.9, dry: 0.8 });
    const input = noise(300, 1, 2);
    soundInto(effect, input).play();
    const frames = 3 * delay + 700;
    const out = renderChannel(engine, frames);
    const expected = echoes(input, frames, { delay, decay: 0.7, wet: 0.9, dry: 0.8 });
    let most = 0;
    for (let n = 0; n < frames; n++) most = Math.max(most, Math.abs((out[n] as number) - (expected[n] as number)));
    expect(most).toBeLessThan(1e-6);
    expect(peak(out.subarray(delay, delay + 300))).toBeGreaterThan(0.1);
  });

  it.each([100.5, 37.25, 1.5, 2.75, 480.001])('of %d frames lies between them', (frames) => {
    const engine = openEngine(host);
    const effect = new DelayEffectNode(engine, { delaySeconds: frames / 48000, decay: 0, wet: 1, dry: 0 });
    soundInto(effect, sine(6000, 48000, 1000)).play();
    const out = renderChannel(engine, 6000).subarray(1000);
    const { phase, amplitude } = fitTone(out, 48000, 1000);
    const expected = (2 * Math.PI * 1000 * (1000 - frames)) / 48000;
    expect(amplitude).toBeCloseTo(1, frames < 2 ? 2 : 3);
    expect(Math.cos(phase - expected)).toBeGreaterThan(1 - 1e-6);
  });

  it('is the input with wet 0, all echoes without the input with dry 0, and the first echo with decay 0', () => {
    const engine = openEngine(host);
    const input = noise(1000, 1, 5);
    const play = (params: object) => {
      const effect = new DelayEffectNode(engine, { delaySeconds: 0.001, ...params });
      const sound = soundInto(effect, input);
      sound.play();
      const out = renderChannel(engine, 1000);
      sound.dispose();
      effect.dispose();
      engine.readPcmFrames(2000);
      return out;
    };
    expect(play({ dry: 1, wet: 0 })).toEqual(input);
    expect(play({ dry: 0, wet: 1, decay: 0 }).subarray(48)).toEqual(input.subarray(0, 952));
    expect(peak(play({ dry: 0, wet: 1 }))).toBeGreaterThan(0.1);
    expect(play({ dry: 1, wet: 1, decay: 0 })[10]).toBe(input[10]);
  });

  it('glides like a tape: while the time grows at a rate r, echoes sound at 1 - r of their pitch', () => {
    const engine = openEngine(host);
    const effect = new DelayEffectNode(engine, { delaySeconds: 0.1, decay: 0, wet: 1, dry: 0 });
    soundInto(effect, sine(200000, 48000, 1000)).play();
    engine.readPcmFrames(20000);
    void effect.ramp('delaySeconds', 0.35, { seconds: 1 });
    const growing = renderChannel(engine, 48000);
    expect(toneFrequency(growing.subarray(2000, 46000), 48000, 750)).toBeCloseTo(750, 2);
    const shrinking = effect.ramp('delaySeconds', 0.05, { seconds: 0.5 });
    void shrinking;
    const faster = renderChannel(engine, 24000);
    expect(toneFrequency(faster.subarray(2000, 22000), 48000, 1600)).toBeCloseTo(1600, 2);
    expect(largestStep([...growing, ...faster])).toBeLessThan(0.22);
  });

  it('never grows, at its greatest decay and between frames', () => {
    const engine = openEngine(host);
    const effect = new DelayEffectNode(engine, { delaySeconds: 10.5 / 48000, decay: 0.999, wet: 1, dry: 0 });
    soundInto(effect, noise(2000, 1, 6)).play();
    let before = Infinity;
    engine.readPcmFrames(2000);
    for (let second = 0; second < 5; second++) {
      const now = peak(engine.readPcmFrames(48000));
      expect(now).toBeLessThanOrEqual(before);
      before = now;
    }
  });

  it('refuses a time below 0 or above 10 s', () => {
    const engine = openEngine(host);
    for (const delaySeconds of [-1, 10.001, 1e6, Number.NaN])
      expect(() => new DelayEffectNode(engine, { delaySeconds })).toThrow(RangeError);
  });

  it('gives its memory back', () => {
    const engine = openEngine(host);
    const collect = globalThis.gc as () => void;
    const round = () => {
      for (let index = 0; index < 40; index++) {
        const effect = new DelayEffectNode(engine, { delaySeconds: 10 });
        soundInto(effect, constant(100)).play();
        engine.readPcmFrames(100);
        effect.dispose();
        engine.readPcmFrames(2000);
      }
      collect();
      return process.memoryUsage().rss;
    };
    round();
    const before = round();
    // 200 lines of 7.7 MB.
    for (let index = 0; index < 5; index++) round();
    expect(round() - before).toBeLessThan(100e6);
  });
});
