import { describe, expect, it } from 'vitest';
import { AudioBuffer, AudioClip, type ChannelId, type EngineBackend } from '../../src/index.js';
import { forEachHost, renderChannel } from '../support/hosts.js';
import { constantClip, countingClip, openBackend, sineClip } from './game.js';

const gain = (decibels: number): number => (decibels <= -80 ? 0 : 10 ** (decibels / 20));

forEachHost('playAudio', (host) => {
  it('plays from the first frame, at its level and pan, and is gone at its end', () => {
    const backend = openBackend(host);
    const id = backend.playAudio(countingClip(1000), { volumeDb: -6, gainDb: -4, pan: -1 });
    expect(backend.isChannelActive(id)).toBe(true);
    const mixed = backend.engine.readPcmFrames(1100);
    for (const frame of [0, 1, 500, 999]) expect(mixed[2 * frame]).toBeCloseTo(((frame + 1) / 65536) * gain(-10), 7);
    expect(mixed[2 * 500 + 1]).toBe(0);
    expect(mixed[2 * 1000]).toBe(0);
    expect(backend.isChannelActive(id)).toBe(false);
    backend.engine.readPcmFrames(1);
    expect(backend.engine.stats.sounds).toBe(0);
  });

  it('every option is heard', () => {
    const base = { volumeDb: 0 };
    const render = (options: object, then?: (backend: EngineBackend, id: ChannelId) => void): Float32Array => {
      const backend = openBackend(host);
      backend.busLayout.getBus('UI').volumeDb = -20;
      backend.busLayout.getBus('SFX').volumeDb = 0;
      const id = backend.playAudio(sineClip(0.1, 440), { ...base, ...options });
      then?.(backend, id);
      return backend.engine.readPcmFrames(9600);
    };
    const plain = render({});
    const variants: Record<string, object> = {
      volumeDb: { volumeDb: -3 },
      gainDb: { gainDb: -3 },
      pitch: { pitch: 1.5 },
      loop: { loop: true },
      bus: { bus: 'UI' },
      fromPosition: { fromPosition: 0.05 },
      pan: { pan: 0.5 },
      fadeInSeconds: { fadeInSeconds: 0.02 },
      mode: { mode: '2d', position: [1000, 0] },
    };
    for (const [name, options] of Object.entries(variants)) expect(render(options), name).not.toEqual(plain);
    expect(render({ mode: '2d', position: [1000, 0], maxDistance: 1500 })).not.toEqual(
      render({ mode: '2d', position: [1000, 0] }),
    );
    expect(render({ mode: '3d', position: [10, 0, 0] })).not.toEqual(render({ mode: '3d', position: [20, 0, 0] }));
  });

  it('positions are right with pitch, pause and loop', () => {
    const backend = openBackend(host);
    const id = backend.playAudio(constantClip(48000), { pitch: 2, loop: true, fromPosition: 0.25 });
    renderChannel(backend.engine, 12000);
    expect(backend.getPlaybackPosition(id)).toBeCloseTo(0.75, 4);
    renderChannel(backend.engine, 12000);
    expect(backend.getPlaybackPosition(id)).toBeCloseTo(0.25, 4);
    backend.pauseAudio(id);
    renderChannel(backend.engine, 30000);
    expect(backend.getPlaybackPosition(id)).toBeCloseTo(0.25, 4);
    expect(backend.isChannelActive(id)).toBe(true);
    backend.resumeAudio(id);
    backend.setPitch(id, 0.5);
    renderChannel(backend.engine, 24000);
    // The speed falls from 2 to 0.5 over 480 frames.
    expect(backend.getPlaybackPosition(id)).toBeCloseTo(0.5 + (480 * 0.75) / 48000, 4);
    backend.stopAudio(id);
    expect(backend.getPlaybackPosition(id)).toBeNaN();
  });

  it.each([
    ['2d', 2000],
    ['3d', 100],
  ] as const)('%s: level and pan by the law, from where the listener is', (mode, max) => {
    const backend = openBackend(host);
    const id = backend.playAudio(constantClip(1_000_000), { mode, position: [0, 0, 0] });
    const heard = (): [number, number] => {
      backend.engine.readPcmFrames(480);
      const [left, right] = backend.engine.readPcmFrames(1);
      return [left!, right!];
    };
    expect(heard()).toEqual([1, 1]);
    for (const part of [0.1, -0.25, 0.5, -0.75, 0.99]) {
      backend.setPosition(id, part * max, 0, 0);
      const [left, right] = heard();
      expect(left).toBeCloseTo(gain(-80 * Math.abs(part)) * Math.min(1, 1 - part), 5);
      expect(right).toBeCloseTo(gain(-80 * Math.abs(part)) * Math.min(1, 1 + part), 5);
    }
    backend.setPosition(id, 1.01 * max, 0, 0);
    expect(heard()).toEqual([0, 0]);
    backend.setListenerPosition(1.01 * max, 0.25 * max, 0);
    expect(heard()[0]).toBeCloseTo(gain(-20), 5);
    backend.updateAudio2d(id, -12, 0.5);
    expect(heard()[0]).toBeCloseTo(gain(-12) * 0.5, 5);
    if (mode === '3d') {
      // Looking the other way, what was on the right is on the left.
      backend.setListenerPosition(0, 0, 0);
      backend.updateAudio3d(id, 0, 0, 1);
      backend.setPosition(id, 50, 0, 0);
      const [left, right] = heard();
      backend.setListenerDirection(0, 0, 1);
      const [turnedLeft, turnedRight] = heard();
      expect([turnedLeft, turnedRight]).toEqual([right, left]);
      backend.setListenerWorldUp(0, -1, 0);
      expect(heard()).toEqual([left, right]);
    }
  });

  it('a stale id: stop does nothing, active is false, the rest says so in strict mode', () => {
    for (const strict of [false, true]) {
      const backend = openBackend(host, { strict });
      const id = backend.playAudio(constantClip(10));
      renderChannel(backend.engine, 20);
      const next = backend.playAudio(constantClip(1000));
      expect(next).not.toBe(id);
      backend.stopAudio(id);
      expect(backend.isChannelActive(id)).toBe(false);
      expect(backend.isChannelActive(12345)).toBe(false);
      for (const call of [
        () => backend.pauseAudio(id),
        () => backend.resumeAudio(id),
        () => backend.setPitch(id, 1),
        () => backend.setPosition(id, 0, 0),
        () => backend.updateAudio2d(id, 0, 0),
        () => backend.updateAudio3d(id, 0, 0, 1),
        () => backend.getPlaybackPosition(id),
      ]) {
        if (strict) expect(call).toThrowError(expect.objectContaining({ code: 'ERR_STALE_ID' }));
        else expect(call).not.toThrow();
      }
      expect(backend.isChannelActive(next)).toBe(true);
      expect(renderChannel(backend.engine, 1)[0]).toBe(1);
    }
  });

  it('stops with a fade, which is heard to its end', () => {
    const backend = openBackend(host);
    const id = backend.playAudio(constantClip(100000));
    renderChannel(backend.engine, 1000);
    backend.stopAudio(id, 0.1);
    const heard = renderChannel(backend.engine, 4801);
    expect(heard[2400]).toBeCloseTo(0.5, 3);
    expect(heard[4800]).toBe(0);
    expect(backend.isChannelActive(id)).toBe(false);
  });

  it('wrong arguments change nothing', () => {
    const backend = openBackend(host, { strict: true });
    const clip = constantClip(1000);
    const bad: [object, ErrorConstructor | RangeErrorConstructor][] = [
      [{ mode: '4d' }, RangeError],
      [{ volumeDb: 25 }, RangeError],
      [{ volumeDb: Number.NaN }, RangeError],
      [{ gainDb: 'x' }, TypeError],
      [{ pitch: 0 }, RangeError],
      [{ loop: 1 }, TypeError],
      [{ pan: -1.1 }, RangeError],
      [{ fadeInSeconds: -1 }, RangeError],
      [{ fromPosition: 99 }, RangeError],
      [{ mode: '2d', position: [1] }, TypeError],
      [{ mode: '2d', position: [1, Number.NaN] }, RangeError],
      [{ mode: '3d', maxDistance: 0 }, RangeError],
      [{ bus: 7 }, TypeError],
    ];
    for (const [options, kind] of bad)
      expect(() => backend.playAudio(clip, options as never), JSON.stringify(options)).toThrowError(kind);
    expect(() => backend.playAudio(clip, { bus: 'Nowhere' })).toThrowError(
      expect.objectContaining({ code: 'ERR_UNKNOWN_BUS' }),
    );
    expect(() => backend.playAudio({} as never)).toThrowError(TypeError);
    expect(() => backend.stopAudio('1' as never)).toThrowError(TypeError);
    expect(() => backend.setListenerDirection(0, 0, 0)).toThrowError(RangeError);
    expect(() => backend.setListenerPosition(Number.NaN, 0)).toThrowError(RangeError);
    backend.engine.readPcmFrames(10);
    expect(backend.engine.stats.sounds).toBe(0);
  });

  it('a clip of a file that is not there fails, and nothing of it is left', () => {
    const backend = openBackend(host);
    expect(() => backend.playAudio(AudioClip.fromPath('/nowhere.wav'))).toThrowError(
      expect.objectContaining({ code: 'ERR_FILE_NOT_FOUND' }),
    );
    backend.engine.readPcmFrames(10);
    expect(backend.engine.stats.sounds).toBe(0);
  });

  it('after shutdown every call is an error, shutdown is not', () => {
    const backend = openBackend(host);
    const id = backend.playAudio(constantClip(1000));
    backend.shutdown();
    backend.shutdown();
    expect(backend.disposed).toBe(true);
    for (const call of [
      () => backend.playAudio(constantClip(10)),
      () => backend.stopAudio(id),
      () => backend.isChannelActive(id),
      () => backend.setListenerPosition(0, 0),
    ]) {
      expect(call).toThrowError(expect.objectContaining({ code: 'ERR_DISPOSED' }));
    }
    expect(backend.engine.disposed).toBe(true);
  });

  it('beyond maxVoices it is ERR_VOICE_LIMIT, and nothing else is disturbed', () => {
    const backend = openBackend(host, { maxVoices: 4 });
    const ids = Array.from({ length: 4 }, () => backend.playAudio(constantClip(1000, 0.125)));
    expect(() => backend.playAudio(constantClip(1000))).toThrowError(
      expect.objectContaining({ code: 'ERR_VOICE_LIMIT' }),
    );
    expect(renderChannel(backend.engine, 1)[0]).toBe(0.5);
    backend.stopAudio(ids[0]!);
    backend.playAudio(constantClip(1000));
  });
});

describe('playAudio with 500 live voices', () => {
  it('costs as much as beside a few, and finished channels are reaped', () => {
    const long = new AudioBuffer(new Float32Array(480000), { sampleRate: 48000, channels: 1 });
    const short = new AudioBuffer(new Float32Array(64), { sampleRate: 48000, channels: 1 });
    const open = (voices: number) => {
      const backend = openBackend('native');
      for (let voice = 0; voice < voices; voice += 1) backend.playAudio(long, { bus: 'SFX' });
      return { backend, costs: [] as number[] };
    };
    const [few, many] = [open(5), open(500)];
    const block = new Float32Array(128 * 2);
    // In turns, so that both meet the same machine.
    for (let round = 0; round < 200; round += 1) {
      for (const { backend, costs } of [few, many]) {
        const began = performance.now();
        for (let call = 0; call < 100; call += 1) backend.playAudio(short, { bus: 'SFX' });
        costs.push(performance.now() - began);
        backend.engine.readPcmFramesInto(block);
        backend.engine.readPcmFramesInto(block);
      }
    }
    expect(many.backend.engine.stats.sounds).toBe(500);
    // Without the rounds in which the machine did something else; a page's clock is too coarse for a single one.
    const costOf = ({ costs }: typeof few) =>
      costs
        .sort((a, b) => a - b)
        .slice(0, 150)
        .reduce((sum, cost) => sum + cost);
    expect(costOf(many)).toBeLessThan(10 * costOf(few));
  });
});
