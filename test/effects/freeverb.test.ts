import { expect, it } from 'vitest';
import { FreeverbEffectNode, type FreeverbParams } from '../../src/index.js';
import { decibels, largestDifference, peak, rms } from '../support/analysis.js';
import { soundInto } from '../support/effects.js';
import { forEachHost, openEngine } from '../support/hosts.js';
import { channelOf, noise, samplesOf } from '../support/signals.js';

const combLengths = [1116, 1188, 1277, 1356, 1422, 1491, 1557, 1617];
const allPassLengths = [556, 441, 341, 225];

/** Jezar's algorithm, line by line as it is published, in doubles. */
function jezar(
  input: Float32Array,
  frames: number,
  sampleRate: number,
  params: Omit<FreeverbParams, 'freeze'>,
): Float64Array {
  const scaled = (length: number) => Math.round((length * sampleRate) / 44100);
  const spread = scaled(23);
  const lines = (lengths: number[], extra: number) =>
    lengths.map((length) => ({ buffer: new Float64Array(scaled(length) + extra), index: 0, store: 0 }));
  const sides = [0, spread].map((extra) => ({
    combs: lines(combLengths, extra),
    allPasses: lines(allPassLengths, extra),
  }));
  const feedback = params.roomSize * 0.28 + 0.7;
  const damp1 = params.damping * 0.4;
  const out = new Float64Array(frames * 2);
  for (let n = 0; n < frames; n++) {
    const left = input[2 * n] ?? 0;
    const right = input[2 * n + 1] ?? 0;
    const wets = sides.map(({ combs, allPasses }) => {
      let sum = 0;
      for (const comb of combs) {
        const output = comb.buffer[comb.index] as number;
        comb.store = output * (1 - damp1) + comb.store * damp1;
        comb.buffer[comb.index] = (left + right) * 0.015 + comb.store * feedback;
        comb.index = (comb.index + 1) % comb.buffer.length;
        sum += output;
      }
      for (const pass of allPasses) {
        const buffered = pass.buffer[pass.index] as number;
        pass.buffer[pass.index] = sum + buffered * 0.5;
        pass.index = (pass.index + 1) % pass.buffer.length;
        sum = buffered - sum;
      }
      return sum;
    }) as [number, number];
    const wet = params.wet * 3;
    const [same, other] = [wet * (params.width / 2 + 0.5), wet * ((1 - params.width) / 2)];
    out[2 * n] = wets[0] * same + wets[1] * other + left * params.dry;
    out[2 * n + 1] = wets[1] * same + wets[0] * other + right * params.dry;
  }
  return out;
}

/** Pink noise by summing octaves of held random values. */
function pink(frames: number, channels: number): Float32Array {
  const rows = Array.from({ length: 12 }, (_, row) =>
    noise(Math.ceil(frames / 2 ** row) + 1, channels, 40 + row, 0.15),
  );
  return samplesOf(frames, channels, (frame, channel) =>
    rows.reduce((sum, row, index) => sum + (row[(frame >> index) * channels + channel] as number), 0),
  );
}

forEachHost('a freeverb', (host) => {
  it.each([
    { roomSize: 0.5, damping: 0.5, wet: 0.3, dry: 0.7, width: 1 },
    { roomSize: 1, damping: 0, wet: 1, dry: 0, width: 0.3 },
    { roomSize: 0, damping: 1, wet: 4, dry: 1, width: 0 },
  ])('of room $roomSize, damping $damping, width $width is Jezar’s, sample by sample', (params) => {
    for (const sampleRate of [44100, 48000, 96000, 8000]) {
      const engine = openEngine(host, { sampleRate });
      const input = noise(500, 2, 12);
      soundInto(new FreeverbEffectNode(engine, params), input, { channels: 2 }).play();
      const frames = Math.round(sampleRate / 5);
      const out = engine.readPcmFrames(frames);
      expect(peak(out.subarray(2000))).toBeGreaterThan(0.001);
      expect(largestDifference(out, jezar(input, frames, sampleRate, params))).toBeLessThan(1e-6);
      engine.dispose();
    }
  });

  it('passes its input exactly with dry 1 and wet 0', () => {
    const engine = openEngine(host);
    const input = noise(5000, 2, 3);
    soundInto(new FreeverbEffectNode(engine, { dry: 1, wet: 0 }), input, { channels: 2 }).play();
    expect(engine.readPcmFrames(5000)).toEqual(input);
  });

  it('dies away as its tail says', () => {
    for (const roomSize of [0, 0.5, 1]) {
      const engine = openEngine(host);
      const effect = new FreeverbEffectNode(engine, { roomSize, damping: 0, wet: 1, dry: 0 });
      soundInto(effect, noise(4800, 2, 3), { channels: 2 }).play();
      engine.readPcmFrames(4800);
      const first = rms(engine.readPcmFrames(4800));
      engine.readPcmFrames(effect.tailFrames - 9600);
      const last = decibels(rms(engine.readPcmFrames(4800)) / first);
      expect(last).toBeLessThan(-50);
      expect(last).toBeGreaterThan(-110);
      engine.dispose();
    }
  });

  it('is wide or narrow as asked', () => {
    const correlation = (width: number) => {
      const engine = openEngine(host);
      soundInto(new FreeverbEffectNode(engine, { width, wet: 1, dry: 0 }), noise(20000, 1, 3)).play();
      engine.readPcmFrames(5000);
      const out = engine.readPcmFrames(10000);
      engine.dispose();
      const [left, right] = [channelOf(out, 0, 2), channelOf(out, 1, 2)];
      return (
        left.reduce((sum, sample, n) => sum + sample * (right[n] as number), 0) / left.length / rms(left) / rms(right)
      );
    };
    expect(correlation(0)).toBeCloseTo(1, 6);
    expect(Math.abs(correlation(1))).toBeLessThan(0.2);
    expect(correlation(0.5)).toBeGreaterThan(0.4);
  });

  it('at full wet keeps pink noise within 9 dB up to a room of 0.85', () => {
    for (const roomSize of [0, 0.25, 0.5, 0.85]) {
      const engine = openEngine(host);
      const input = pink(240000, 2);
      soundInto(new FreeverbEffectNode(engine, { wet: 1, dry: 0, roomSize }), input, { channels: 2 }).play();
      engine.readPcmFrames(100000);
      const change = decibels(rms(engine.readPcmFrames(100000)) / rms(input.subarray(200000, 400000)));
      expect(Math.abs(change), `room ${roomSize}`).toBeLessThan(9);
      engine.dispose();
    }
  });

  it('that is frozen holds its level for 60 s and takes nothing in; then it dies away', () => {
    const engine = openEngine(host);
    const effect = new FreeverbEffectNode(engine, { wet: 1, dry: 0 });
    soundInto(effect, noise(9600, 2, 3), { channels: 2 }).play();
    engine.readPcmFrames(9600);
    effect.freeze = true;
    engine.readPcmFrames(9600);
    const first = rms(engine.readPcmFrames(24000));
    expect(first).toBeGreaterThan(0.01);
    const more = soundInto(effect, noise(96000, 2, 9), { channels: 2 });
    more.play();
    for (let second = 0; second < 60; second++)
      expect(Math.abs(decibels(rms(engine.readPcmFrames(48000)) / first)), `after ${second} s`).toBeLessThan(1);
    effect.freeze = false;
    engine.readPcmFrames(effect.tailFrames * 3 + 10000);
    expect(peak(engine.readPcmFrames(1000))).toBe(0);
  });

  it('of one channel is the left half; of six, three pairs', () => {
    const params = { wet: 1, dry: 0.5, roomSize: 0.8 };
    const input = noise(3000, 1, 8);
    const mono = openEngine(host, { channels: 1 });
    soundInto(new FreeverbEffectNode(mono, params), input).play();
    const left = mono.readPcmFrames(8000);
    const stereo = openEngine(host);
    soundInto(new FreeverbEffectNode(stereo, params), input).play();
    const both = stereo.readPcmFrames(8000);
    expect(left).toEqual(channelOf(both, 0, 2));
    const six = openEngine(host, { channels: 6 });
    soundInto(
      new FreeverbEffectNode(six, params),
      samplesOf(3000, 6, (frame, channel) => (channel === 2 || channel === 3 ? (input[frame] as number) : 0)),
      { channels: 6 },
    ).play();
    const many = six.readPcmFrames(8000);
    for (const channel of [0, 1, 4, 5]) expect(peak(channelOf(many, channel, 6))).toBe(0);
    for (const channel of [2, 3]) expect(channelOf(many, channel, 6)).toEqual(channelOf(both, channel - 2, 2));
  });

  it('keeps its tail when a parameter changes, and nothing gets through unprocessed', () => {
    const engine = openEngine(host);
    const effect = new FreeverbEffectNode(engine, { wet: 1, dry: 0, roomSize: 0.9 });
    soundInto(effect, noise(9600, 2, 3), { channels: 2 }).play();
    engine.readPcmFrames(9600);
    const before = rms(engine.readPcmFrames(480));
    effect.setParams({ damping: 0.6, width: 0.9, wet: 0.95 });
    const after = engine.readPcmFrames(4800);
    expect(Math.abs(decibels(rms(after) / before))).toBeLessThan(3);
  });
});
