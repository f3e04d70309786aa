import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { AudioBuffer, AudioClip, AudioPlayer, AudioPlaylist } from '../../src/index.js';
import { fitTone } from '../support/analysis.js';
import { forEachHost, renderChannel, settle } from '../support/hosts.js';
import { counting, sine } from '../support/signals.js';
import { clipOf, constantClip, openBackend } from './game.js';

forEachHost('a playlist', (host) => {
  /** A long signal cut into clips of these lengths. */
  const cut = (samples: Float32Array, lengths: readonly number[], rate = 48000): AudioClip[] => {
    let at = 0;
    return lengths.map((length) => {
      at += length;
      return clipOf(samples.slice(at - length, at), rate);
    });
  };

  /**
   * A clip of another kind than the others, of no length: it keeps the rest from being one buffer, so that they are put
   * on the clock one by one.
   */
  const stranger = (): AudioClip => AudioClip.fromPcm(new Float32Array(0), { sampleRate: 48000, channels: 2 });

  it.each([
    ['as one buffer', false],
    ['on the clock', true],
  ])('plays its clips one after the other without a frame of gap, however the time is cut (%s)', (_name, apart) => {
    const whole = counting(30000);
    for (const block of [30000, 999, 64]) {
      const backend = openBackend(host);
      const clips = cut(whole, [5000, 1, 12345, 300, 12354]);
      const player = new AudioPlayer(backend, {
        stream: new AudioPlaylist(apart ? [...clips.slice(0, 2), stranger(), ...clips.slice(2)] : clips),
      });
      player.play();
      const heard: number[] = [];
      while (heard.length < 30000) heard.push(...renderChannel(backend.engine, Math.min(block, 30000 - heard.length)));
      expect(Float32Array.from(heard)).toEqual(whole);
      expect(player.playing).toBe(false);
    }
  });

  it('at another rate than the engine no frame is missing: a tone goes on in phase', () => {
    const backend = openBackend(host);
    const whole = sine(44100 * 2, 44100, 447.3, 0.5);
    const player = new AudioPlayer(backend, {
      stream: new AudioPlaylist(cut(whole, [10000, 22100, 33000, 23100], 44100)),
    });
    player.play();
    const heard = renderChannel(backend.engine, 90000);
    const fit = fitTone(heard, 48000, 447.3);
    expect(fit.amplitude).toBeCloseTo(0.5, 4);
    // The interpolator is all that is left.
    expect(fit.largestResidual).toBeLessThan(1e-3);
  });

  it.each([
    ['as one buffer', false],
    ['on the clock', true],
  ])('stays gapless over pauses and changes of speed (%s)', (_name, apart) => {
    // Of all interpolators this one reaches least far beyond the end of a clip.
    const backend = openBackend(host, { resampler: 'cubic' });
    const whole = counting(60000);
    const clips = cut(whole, [10000, 20000, 30000]);
    const player = new AudioPlayer(backend, { stream: new AudioPlaylist(apart ? [...clips, stranger()] : clips) });
    player.play();
    renderChannel(backend.engine, 9000);
    player.pause();
    expect(player.paused).toBe(true);
    renderChannel(backend.engine, 5000);
    player.resume();
    const heard = renderChannel(backend.engine, 20000);
    for (const frame of [600, 999, 1000, 1001, 15000]) expect(heard[frame]).toBe((9000 + frame + 1) / 65536);
    player.pitchScale = 2;
    const fast = renderChannel(backend.engine, 5000);
    // The speed rises over 10 ms; then each frame is two of the source, also across the seam. Put on the clock, the
    // seam may lie between two frames: then one of them is half the end of a clip, and the next clip begins a frame
    // off.
    const seams = Array.from({ length: 4399 }, (_, index) => index + 600).filter(
      (frame) => Math.abs((fast[frame + 1]! - fast[frame]!) * 65536 - 2) > 0.6,
    );
    expect(seams.length).toBeLessThanOrEqual(apart ? 2 : 0);
    expect((fast[4999]! - fast[600]!) * 65536).toBeCloseTo(2 * 4399, -1);
    expect(Math.max(...fast)).toBeGreaterThan(36000 / 65536);
  });

  it('intro, then the loop over and over', () => {
    const backend = openBackend(host);
    const player = new AudioPlayer(backend, {
      stream: new AudioPlaylist([constantClip(1000, 0.25), constantClip(500, 0.5)], { mode: 'intro-loop' }),
    });
    player.play();
    const heard = renderChannel(backend.engine, 10000);
    expect(heard.every((sample, frame) => sample === (frame < 1000 ? 0.25 : 0.5))).toBe(true);
    for (let round = 0; round < 200; round += 1)
      expect(new Set(renderChannel(backend.engine, 1024))).toEqual(new Set([0.5]));
    player.stop();
    renderChannel(backend.engine, 480);
    expect(renderChannel(backend.engine, 100).every((sample) => sample === 0)).toBe(true);
  });

  it('a list begins again if it shall; a shuffle is another order each round, the same for the same seed', () => {
    const order = (seed: number): number[] => {
      const list = new AudioPlaylist(
        Array.from({ length: 5 }, () => constantClip(10)),
        { mode: 'shuffle', loop: true, seed },
      );
      const iterator = list.order();
      return Array.from({ length: 50 }, () => iterator.next().value as number);
    };
    expect(order(7)).toEqual(order(7));
    expect(order(7)).not.toEqual(order(8));
    for (let round = 0; round < 10; round += 1)
      expect([...order(7).slice(5 * round, 5 * round + 5)].sort()).toEqual([0, 1, 2, 3, 4]);
    const orders = order(3);
    for (let at = 1; at < 50; at += 1) expect(orders[at]).not.toBe(orders[at - 1]);
    const backend = openBackend(host);
    const player = new AudioPlayer(backend, {
      stream: new AudioPlaylist([constantClip(100, 0.25), constantClip(100, 0.5)], { loop: true }),
    });
    player.play();
    const heard = renderChannel(backend.engine, 1000);
    expect(heard.every((sample, frame) => sample === (Math.floor(frame / 100) % 2 === 0 ? 0.25 : 0.5))).toBe(true);
  });

  it('picks one at each play, never one twice in a row; the same ones for the same seed', () => {
    const values = [1 / 2, 1 / 4, 1 / 8, 1 / 16];
    const heard = (seed: number, plays: number): number[] => {
      const backend = openBackend(host);
      const list = new AudioPlaylist(
        values.map((value) => constantClip(100, value)),
        { mode: 'pick', seed },
      );
      const player = new AudioPlayer(backend, { stream: list });
      return Array.from({ length: plays }, () => {
        player.play();
        const [first] = renderChannel(backend.engine, 120);
        expect(player.playing).toBe(false);
        return first!;
      });
    };
    const picks = heard(1, 60);
    expect(new Set(picks)).toEqual(new Set(values));
    for (let play = 1; play < picks.length; play += 1) expect(picks[play]).not.toBe(picks[play - 1]);
    expect(heard(1, 60)).toEqual(picks);
    expect(heard(2, 60)).not.toEqual(picks);
    const backend = openBackend(host);
    const alone = new AudioPlayer(backend, {
      stream: new AudioPlaylist([constantClip(100)], { mode: 'pick' }),
      loop: true,
    });
    alone.play();
    expect(renderChannel(backend.engine, 1000)[999]).toBe(1);
  });

  it('fades go on from clip to clip; level, bus and pan are live', async () => {
    const backend = openBackend(host);
    const player = new AudioPlayer(backend, {
      stream: new AudioPlaylist([constantClip(1000), constantClip(1000), constantClip(100000)]),
    });
    const faded = player.fadeIn(0.1);
    const heard = renderChannel(backend.engine, 4801);
    for (const frame of [0, 500, 1500, 3000, 4800]) expect(heard[frame]).toBeCloseTo(frame / 4800, 5);
    expect(await faded).toBe(true);
    player.volumeDb = -6;
    backend.busLayout.getBus('Music').volumeDb = -6;
    player.bus = 'Music';
    renderChannel(backend.engine, 960);
    expect(renderChannel(backend.engine, 1)[0]).toBeCloseTo(10 ** (-12 / 20), 5);
    player.pan = 1;
    renderChannel(backend.engine, 960);
    expect(renderChannel(backend.engine, 1)[0]).toBe(0);
    const out = player.fadeOut(0.05);
    renderChannel(backend.engine, 2400);
    expect(await out).toBe(true);
    expect(player.playing).toBe(false);
  });

  it('ends once, and tells so', async () => {
    const backend = openBackend(host);
    const player = new AudioPlayer(backend, {
      stream: new AudioPlaylist([constantClip(100), AudioClip.empty(), constantClip(100)]),
    });
    let ends = 0;
    player.on('finished', () => {
      ends += 1;
    });
    player.play();
    const done = player.finished;
    renderChannel(backend.engine, 199);
    expect(ends).toBe(0);
    renderChannel(backend.engine, 10);
    await settle();
    expect(ends).toBe(1);
    expect(await done).toBe('ended');
    renderChannel(backend.engine, 1);
    expect(backend.engine.stats.sounds).toBe(0);
  });

  it('of recordings in one format after another is gapless: the whole is the sum of the lengths', async () => {
    const lena = (name: string): Uint8Array =>
      readFileSync(new URL(`../../node_modules/audio-lena/lena.${name}`, import.meta.url));
    const { hostInfo } = await import('../../src/index.js');
    for (const format of hostInfo().formats) {
      const clip = await AudioClip.load(lena(format));
      const decoded = clip.buffer.getChannelData(0);
      const parts = cut(decoded, [200000, decoded.length - 200000], clip.sampleRate);
      for (const pitchScale of [1, 1.37]) {
        const play = (stream: AudioPlaylist | AudioClip): Float32Array => {
          const backend = openBackend(host, { sampleRate: clip.sampleRate });
          const player = new AudioPlayer(backend, { stream, pitchScale });
          player.play();
          return renderChannel(backend.engine, decoded.length);
        };
        expect(
          Buffer.compare(Buffer.from(play(new AudioPlaylist(parts)).buffer), Buffer.from(play(clip).buffer)),
          `${format} at ${pitchScale}`,
        ).toBe(0);
      }
    }
  });

  it('refuses what is none', () => {
    expect(() => new AudioPlaylist([])).toThrowError(RangeError);
    expect(() => new AudioPlaylist([constantClip(1)], { mode: 'intro-loop' })).toThrowError(RangeError);
    expect(() => new AudioPlaylist([{} as never])).toThrowError('clips[0]');
    expect(() => new AudioPlaylist({} as never)).toThrowError(TypeError);
    expect(() => new AudioPlaylist([constantClip(1)], { mode: 'random' as never })).toThrowError(RangeError);
    expect(() => new AudioPlaylist([constantClip(1)], { seed: Number.NaN })).toThrowError(RangeError);
    expect(() => new AudioPlaylist([constantClip(1)], { loop: 1 as never })).toThrowError(TypeError);
    expect(
      new AudioPlaylist([new AudioBuffer(new Float32Array(1), { sampleRate: 48000, channels: 1 })]).clips,
    ).toHaveLength(1);
  });
});
