import { expect, it } from 'vitest';
import { CompressorEffectNode, type CompressorParams } from '../../src/index.js';
import { decibels } from '../support/analysis.js';
import { soundInto } from '../support/effects.js';
import { forEachHost, type HostName, openEngine, renderChannel } from '../support/hosts.js';
import { channelOf, constant, samplesOf } from '../support/signals.js';

const gain = (level: number) => 10 ** (level / 20);

/** The level that a constant of so many dB comes out with. */
function settled(host: HostName, level: number, params: Partial<CompressorParams>): number {
  const engine = openEngine(host);
  soundInto(new CompressorEffectNode(engine, { attackMs: 1, ...params }), constant(3000, 1, gain(level))).play();
  const out = decibels(renderChannel(engine, 3000).at(-1) as number);
  engine.dispose();
  return out;
}

/** The static curve of Giannoulis, Massberg and Reiss, equation 4. */
function curve(
  x: number,
  { thresholdDb: T, ratio: R, kneeDb: W }: { thresholdDb: number; ratio: number; kneeDb: number },
): number {
  if (2 * (x - T) < -W) return x;
  if (2 * Math.abs(x - T) <= W && W > 0) return x + ((1 / R - 1) * (x - T + W / 2) ** 2) / (2 * W);
  return T + (x - T) / R;
}

forEachHost('a compressor', (host) => {
  it('has the figures that are written down for it', () => {
    const written = { thresholdDb: -24, ratio: 4 };
    expect(settled(host, -12, { ...written, kneeDb: 0 })).toBeCloseTo(-21, 4);
    expect(settled(host, -24, { ...written, kneeDb: 12 })).toBeCloseTo(-24 - 1.125, 4);
    expect(settled(host, -60, { ...written, kneeDb: 0, makeupDb: 7 })).toBeCloseTo(-53, 4);
  });

  it.each([
    { thresholdDb: -24, ratio: 4, kneeDb: 6 },
    { thresholdDb: -40, ratio: 20, kneeDb: 48 },
    { thresholdDb: -10, ratio: 1.5, kneeDb: 0 },
    { thresholdDb: -30, ratio: 1, kneeDb: 12 },
    { thresholdDb: 0, ratio: 100, kneeDb: 10 },
  ])('follows the curve with threshold $thresholdDb, ratio $ratio, knee $kneeDb', (params) => {
    for (let level = -70; level <= 12; level += 2.5)
      expect(settled(host, level, params), `${level} dB in`).toBeCloseTo(curve(level, params), 4);
  });

  it('bends without a jump or a break anywhere', () => {
    const params = { thresholdDb: -24, ratio: 8, kneeDb: 12 };
    const step = 0.25;
    const levels = Array.from({ length: 120 }, (_, index) => settled(host, -40 + step * index, params));
    for (let index = 2; index < levels.length; index++) {
      const [first, second, third] = levels.slice(index - 2, index + 1) as [number, number, number];
      const slope = (third - second) / step;
      expect(slope).toBeGreaterThan(1 / 8 - 0.01);
      expect(slope).toBeLessThan(1.001);
      expect(Math.abs(third - 2 * second + first) / step).toBeLessThan(0.04);
    }
  });

  it.each([1, 5, 50])('takes away 63.2 %% after the attack of %d ms, and begins at once', (attackMs) => {
    const engine = openEngine(host);
    const effect = new CompressorEffectNode(engine, {
      thresholdDb: -20,
      ratio: 2,
      kneeDb: 0,
      attackMs,
      releaseMs: 100,
    });
    soundInto(effect, constant(30000)).play();
    const out = renderChannel(engine, 30000);
    const frames = attackMs * 48;
    expect(-decibels(out[frames - 1] as number)).toBeCloseTo(10 * (1 - Math.exp(-1)), 3);
    expect(-decibels(out[0] as number)).toBeCloseTo(10 * (1 - Math.exp(-1 / frames)), 3);
    expect(-decibels(out.at(-1) as number)).toBeCloseTo(10, 3);
  });

  it('turns down at once with an attack of 0', () => {
    const engine = openEngine(host);
    soundInto(
      new CompressorEffectNode(engine, { thresholdDb: -20, ratio: 2, kneeDb: 0, attackMs: 0 }),
      constant(100),
    ).play();
    expect(decibels(renderChannel(engine, 100)[0] as number)).toBeCloseTo(-10, 4);
  });

  it.each([1, 100, 1000])('lets go of 63.2 %% after the release of %d ms', (releaseMs) => {
    const engine = openEngine(host);
    const effect = new CompressorEffectNode(engine, { thresholdDb: -20, ratio: 2, kneeDb: 0, attackMs: 0, releaseMs });
    // Loud, then below the threshold.
    soundInto(
      effect,
      samplesOf(100000, 1, (frame) => (frame < 100 ? 1 : gain(-40))),
    ).play();
    const out = renderChannel(engine, 100 + releaseMs * 48);
    expect(-40 - decibels(out.at(-1) as number)).toBeCloseTo(10 * Math.exp(-1), 2);
  });

  it('goes by the loudest channel, and gives all the same gain', () => {
    const engine = openEngine(host, { channels: 4 });
    const effect = new CompressorEffectNode(engine, { thresholdDb: -20, ratio: 4, kneeDb: 0, attackMs: 0 });
    const levels = [0.01, -1, 0.5, 0.2];
    soundInto(
      effect,
      samplesOf(1000, 4, (_, channel) => levels[channel] as number),
      { channels: 4 },
    ).play();
    const out = engine.readPcmFrames(1000);
    for (const [channel, level] of levels.entries())
      expect(channelOf(out, channel, 4)[900]).toBeCloseTo(level * gain(-15), 5);
  });

  it('tells what it takes away', () => {
    const engine = openEngine(host);
    const effect = new CompressorEffectNode(engine, {
      thresholdDb: -20,
      ratio: 2,
      kneeDb: 0,
      attackMs: 5,
      makeupDb: 3,
      releaseMs: 10,
    });
    expect(effect.reductionDb).toBe(0);
    const sound = soundInto(effect, constant(48000));
    sound.play();
    engine.readPcmFrames(240);
    expect(effect.reductionDb).toBeCloseTo(10 * (1 - Math.exp(-1)), 3);
    engine.readPcmFrames(20000);
    expect(effect.reductionDb).toBeCloseTo(10, 3);
    effect.enabled = false;
    engine.readPcmFrames(1000);
    expect(effect.reductionDb).toBe(0);
    effect.enabled = true;
    engine.readPcmFrames(5000);
    expect(effect.reductionDb).toBeCloseTo(10, 3);
    sound.stop();
    engine.readPcmFrames(20000);
    expect(effect.reductionDb).toBeLessThan(0.001);
  });

  it('remembers how far it has turned down through a pause that is shorter than its release', () => {
    const engine = openEngine(host);
    const effect = new CompressorEffectNode(engine, {
      thresholdDb: -20,
      ratio: 2,
      kneeDb: 0,
      attackMs: 0,
      releaseMs: 1000,
    });
    const sound = soundInto(effect, constant(100));
    sound.play();
    engine.readPcmFrames(100 + 24000);
    expect(effect.reductionDb).toBeCloseTo(10 * Math.exp(-0.5), 2);
  });
});
