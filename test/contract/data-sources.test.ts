import { expect, it } from 'vitest';
import { AudioBuffer, Sound, StreamSource } from '../../src/index.js';
import { forEachHost, openEngine, renderChannel } from '../support/hosts.js';
import { constant } from '../support/signals.js';

forEachHost('the data source', (host) => {
  it('of a buffer and of a stream is played by fromDataSource', () => {
    const engine = openEngine(host);
    const buffer = new AudioBuffer(constant(100), { sampleRate: 48000, channels: 1 });
    const stream = new StreamSource(engine, { sampleRate: 48000, channels: 1, format: 'f32' });
    expect(buffer.dataSource).toBe(buffer.dataSource);
    expect(stream.dataSource).toBe(stream.dataSource);
    const first = Sound.fromDataSource(engine, buffer.dataSource, { pitch: 1, volume: 0.5 }).play();
    const second = Sound.fromDataSource(engine, stream.dataSource, { volume: 0.25 }).play();
    stream.write(constant(100));
    expect(renderChannel(engine, 1)[0]).toBe(0.75);
    expect([first.lengthFrames, second.lengthFrames]).toEqual([100, Number.NaN]);
    expect(() => Sound.fromDataSource(engine, stream.dataSource, { pitch: 2 })).toThrow(
      expect.objectContaining({ code: 'ERR_PITCH_DISABLED' }),
    );
    const { dataSource } = buffer;
    buffer.dispose();
    expect(() => Sound.fromDataSource(engine, dataSource)).toThrow(expect.objectContaining({ code: 'ERR_DISPOSED' }));
  });
});
