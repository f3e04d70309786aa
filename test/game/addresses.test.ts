import { expect, it, vi } from 'vitest';
import { AudioClip, AudioPlayer } from '../../src/index.js';
import { peak } from '../support/analysis.js';
import { forEachHost, renderChannel, settle } from '../support/hosts.js';
import { constantClip, openBackend } from './game.js';

forEachHost('AudioPlayer with clips of addresses', (host) => {
  /** An address that holds a constant. */
  const address = (frames: number, value: number): AudioClip =>
    AudioClip.fromUrl(
      `data:audio/wav;base64,${Buffer.from(constantClip(frames, value).buffer.toWav('f32')).toString('base64')}`,
    );

  const loaded = async ({ stream }: AudioPlayer): Promise<void> => {
    await (stream as AudioClip).load();
    await settle();
  };

  it('fades and crossfades wait for a clip of an address, which begins in silence', async () => {
    const backend = openBackend(host);
    const first = new AudioPlayer(backend, { stream: address(100000, 0.5) });
    const fadedIn = first.fadeIn(0.1);
    await loaded(first);
    const up = renderChannel(backend.engine, 4801);
    for (const frame of [0, 1200, 4800]) expect(up[frame]).toBeCloseTo((0.5 * frame) / 4800, 5);
    expect(await fadedIn).toBe(true);
    const second = new AudioPlayer(backend, { stream: address(100000, 0.25) });
    const crossed = first.crossfade(second, 0.1, { curve: 'linear' });
    // What plays goes on until the other is there.
    expect(renderChannel(backend.engine, 480)[479]).toBe(0.5);
    await loaded(second);
    const over = renderChannel(backend.engine, 4801);
    for (const frame of [0, 1200, 4800]) expect(over[frame]).toBeCloseTo(0.5 - (0.25 * frame) / 4800, 5);
    expect(await crossed).toBe(true);
    const stopped = new AudioPlayer(backend, { stream: address(100, 1) });
    const never = stopped.fadeIn(1);
    stopped.stop();
    expect(await never).toBe(false);
    const broken = new AudioPlayer(backend, { stream: AudioClip.fromUrl('data:audio/wav;base64,AAAA') });
    const told = vi.fn();
    broken.on('streamOpenFailed', told);
    expect(await second.crossfade(broken, 1)).toBe(false);
    expect(told).toHaveBeenCalledTimes(1);
    expect(second.playing).toBe(true);
  });

  it('what is paused before it is loaded stands still when it is; what begins beyond its end is told', async () => {
    const backend = openBackend(host);
    const player = new AudioPlayer(backend, { stream: address(1000, 0.5) });
    player.play();
    player.pause();
    expect([player.playing, player.paused]).toEqual([false, true]);
    await loaded(player);
    expect([player.playing, player.paused]).toEqual([false, true]);
    expect(peak(renderChannel(backend.engine, 2000).subarray(480))).toBe(0);
    player.resume();
    expect(peak(renderChannel(backend.engine, 960))).toBe(0.5);
    const beyond = new AudioPlayer(backend, { stream: address(1000, 0.5) });
    const told = vi.fn();
    beyond.on('streamOpenFailed', told);
    beyond.play(9);
    await vi.waitFor(() =>
      expect(told).toHaveBeenCalledWith(
        expect.objectContaining({ code: 'ERR_WRONG_STATE', cause: expect.any(RangeError) }),
      ),
    );
  });

  it('a clip of an address plays when it is loaded, unless it was stopped', async () => {
    const backend = openBackend(host);
    const player = new AudioPlayer(backend, { stream: address(1000, 0.5) });
    const stopped = new AudioPlayer(backend, { stream: address(1000, 0.5) });
    player.play();
    stopped.play();
    expect(player.playing).toBe(true);
    stopped.stop();
    await Promise.all([loaded(player), loaded(stopped)]);
    expect(renderChannel(backend.engine, 10)[5]).toBe(0.5);
    const failing = new AudioPlayer(backend, { stream: AudioClip.fromUrl('data:audio/wav;base64,AAAA') });
    const told = vi.fn();
    failing.on('streamOpenFailed', told);
    failing.play();
    await vi.waitFor(() => expect(told).toHaveBeenCalled());
    expect(failing.playing).toBe(false);
  });
});
