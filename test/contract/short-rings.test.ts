import { expect, it } from 'vitest';
import { Sound, StreamSource } from '../../src/index.js';
import { forEachHost, openEngine, renderChannel } from '../support/hosts.js';
import { constant, countedFrame, counting, sine } from '../support/signals.js';

forEachHost('a short ring', (host) => {
  it.each(['linear', 'cubic', 'sinc', 'sinc-best'] as const)(
    'plays through a ring that is shorter than its interpolator sees (%s)',
    (resampler) => {
      const engine = openEngine(host, { resampler });
      const stream = new StreamSource(engine, { sampleRate: 44100, channels: 1, format: 'f32', bufferSeconds: 0 });
      const sound = Sound.fromStream(engine, stream);
      const samples = sine(2000, 44100, 300);
      sound.play();
      let written = 0;
      const heard: number[] = [];
      for (let round = 0; round < 4000 && written < samples.length; round++) {
        written += stream.write(samples.subarray(written, written + 1));
        heard.push(...renderChannel(engine, 1));
      }
      expect(written).toBe(2000);
      expect(sound.cursorFrames).toBeGreaterThan(1800);
      expect(heard.some((sample) => Math.abs(sample) > 0.5)).toBe(true);
    },
  );

  it('drops what is buffered as often as it is told, also while nobody listens', () => {
    const engine = openEngine(host);
    const stream = new StreamSource(engine, {
      sampleRate: 48000,
      channels: 1,
      format: 'f32',
      bufferSeconds: 4096 / 48000,
    });
    const sound = Sound.fromStream(engine, stream).play();
    for (const rounds of [0, 3, 10]) {
      for (let round = 0; round < rounds; round++) {
        expect(stream.write(constant(5000, 1, -1))).toBe(4096);
        stream.reset();
      }
      expect(stream.write(counting(5000))).toBe(4096);
      const heard = renderChannel(engine, 4096);
      expect(countedFrame(heard[4000] as number), `after ${rounds}`).toBe(4000);
      expect([stream.availableReadFrames, sound.cursorFrames % 4096]).toEqual([0, 0]);
    }
  });
});
