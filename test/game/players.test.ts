import { expect, it, vi } from 'vitest';
import {
  AudioClip,
  AudioListener2D,
  AudioListener3D,
  AudioPlayer,
  AudioPlayer2D,
  AudioPlayer3D,
  Engine,
  EngineBackend,
} from '../../src/index.js';
import { largestStep, peak, toneFrequency } from '../support/analysis.js';
import { forEachHost, renderChannel, settle, stateOf } from '../support/hosts.js';
import { constantClip, countingClip, openBackend, sineClip } from './game.js';

const gain = (decibels: number): number => (decibels <= -80 ? 0 : 10 ** (decibels / 20));

forEachHost('AudioPlayer', (host) => {
  it('plays, pauses, goes on, ends; positions in seconds of the source', async () => {
    const backend = openBackend(host);
    const player = new AudioPlayer(backend, { stream: countingClip(4800) });
    const finished = vi.fn();
    player.on('finished', finished);
    expect([player.playing, player.paused, player.playbackPosition]).toEqual([false, false, 0]);
    player.play();
    const done = player.finished;
    expect(player.playing).toBe(true);
    expect(renderChannel(backend.engine, 480)[479]).toBe(480 / 65536);
    expect(player.playbackPosition).toBeCloseTo(0.01, 9);
    player.pause();
    expect([player.playing, player.paused]).toEqual([false, true]);
    renderChannel(backend.engine, 4800);
    expect(player.playbackPosition).toBeCloseTo(0.01, 9);
    player.resume();
    renderChannel(backend.engine, 4800);
    expect([player.playing, player.paused]).toEqual([false, false]);
    expect(await done).toBe('ended');
    expect(finished).toHaveBeenCalledTimes(1);
    player.play(0.05);
    expect(renderChannel(backend.engine, 1000)[999]).toBe((2400 + 1000) / 65536);
    player.stop();
    expect(await player.finished).toBe('stopped');
    expect(finished).toHaveBeenCalledTimes(1);
    expect(peak(renderChannel(backend.engine, 1000).subarray(480))).toBe(0);
    expect(() => player.play(1)).toThrowError(RangeError);
    expect(() => player.play(-1)).toThrowError(RangeError);
  });

  it('its properties are live while it plays, and each is heard', () => {
    const backend = openBackend(host);
    const player = new AudioPlayer(backend, { stream: sineClip(10, 1000, 0.5), loop: true });
    backend.busLayout.getBus('UI').volumeDb = -20;
    player.play();
    const level = (): number => {
      renderChannel(backend.engine, 960);
      return peak(renderChannel(backend.engine, 4800));
    };
    expect(level()).toBeCloseTo(0.5, 3);
    player.volumeDb = -6;
    expect(level()).toBeCloseTo(0.5 * gain(-6), 3);
    player.bus = 'UI';
    expect(level()).toBeCloseTo(0.5 * gain(-26), 3);
    player.bus = 'Master';
    player.pan = 1;
    expect(level()).toBe(0);
    player.pan = 0;
    player.volumeDb = 24;
    expect(level()).toBeCloseTo(0.5 * gain(24), 1);
    player.volumeDb = -80;
    expect(level()).toBe(0);
    player.volumeDb = 0;
    player.pitchScale = 1.5;
    renderChannel(backend.engine, 960);
    expect(toneFrequency(renderChannel(backend.engine, 9600), 48000, 1500)).toBeCloseTo(1500, 0);
    player.pitchModulate(0.5);
    renderChannel(backend.engine, 960);
    expect(toneFrequency(renderChannel(backend.engine, 9600), 48000, 750)).toBeCloseTo(750, 0);
    player.pitchModulate(1);
    player.pitchScale = 1;
    player.loop = false;
    renderChannel(backend.engine, 480000);
    expect(player.playing).toBe(false);
  });

  it('what cannot change while it plays says what to do', () => {
    const backend = openBackend(host);
    const player = new AudioPlayer2D(backend, { stream: constantClip(1000) });
    player.play();
    expect(() => {
      player.streamMode = 'streaming';
    }).toThrowError('stop() it first');
    expect(() => {
      player.panning = 'engine';
    }).toThrowError('stop() it first');
    player.stop();
    player.panning = 'engine';
    expect(player.panning).toBe('engine');
  });

  it('fades are exact to the frame, go on from where the gain is, and stop at the end', async () => {
    const backend = openBackend(host);
    const player = new AudioPlayer(backend, { stream: constantClip(1_000_000) });
    const fadedIn = player.fadeIn(0.1);
    const up = renderChannel(backend.engine, 4801);
    for (const frame of [0, 1, 1200, 2400, 4799, 4800]) expect(up[frame]).toBeCloseTo(frame / 4800, 6);
    expect(await fadedIn).toBe(true);
    const half = player.fadeTo(0.5, 0.1, { curve: 'ease-in-out' });
    const down = renderChannel(backend.engine, 4801);
    for (const frame of [0, 1200, 2400, 4800]) {
      const t = frame / 4800;
      expect(down[frame]).toBeCloseTo(1 - 0.5 * (3 * t * t - 2 * t ** 3), 6);
    }
    expect(await half).toBe(true);
    const out = player.fadeOut(0.2);
    const first = renderChannel(backend.engine, 4800);
    expect(first[0]).toBeCloseTo(0.5, 3);
    expect(first[4799]).toBeCloseTo(0.25, 3);
    // A new fade takes over from the present gain, and the stop is called off.
    const back = player.fadeIn(0.1);
    const again = renderChannel(backend.engine, 4801);
    expect(again[0]).toBeCloseTo(0.25, 3);
    expect(again[2400]).toBeCloseTo(0.625, 3);
    expect(await out).toBe(false);
    expect(await back).toBe(true);
    renderChannel(backend.engine, 9600);
    expect(player.playing).toBe(true);
    const last = player.fadeOut(0.1, { curve: 'exponential' });
    renderChannel(backend.engine, 4800);
    expect(await last).toBe(true);
    expect(player.playing).toBe(false);
    expect(await player.finished).toBe('stopped');
    expect(await player.fadeOut(1)).toBe(true);
    expect(await player.fadeTo(1, 1)).toBe(false);
    player.play();
    expect(renderChannel(backend.engine, 1)[0]).toBe(1);
  });

  it('a crossfade begins in both at the same frame and keeps the power within 0.1 dB', async () => {
    const backend = openBackend(host);
    // Left and right, so that both gains can be read.
    const first = new AudioPlayer(backend, { stream: constantClip(1_000_000), pan: -1 });
    const second = new AudioPlayer(backend, { stream: constantClip(1_000_000), pan: 1 });
    first.play();
    backend.engine.readPcmFrames(1000);
    const done = first.crossfade(second, 0.5);
    const mixed = backend.engine.readPcmFrames(24001);
    for (let frame = 0; frame <= 24000; frame += 1) {
      const [left, right] = [mixed[2 * frame]!, mixed[2 * frame + 1]!];
      expect(Math.abs(10 * Math.log10(left * left + right * right))).toBeLessThan(0.1);
      if (frame % 4000 === 0) expect(right).toBeCloseTo(Math.sin((Math.PI * frame) / 48000), 5);
    }
    expect(await done).toBe(true);
    expect([first.playing, second.playing]).toEqual([false, true]);
    const back = second.crossfade(first, 0.25, { curve: 'linear' });
    const linear = backend.engine.readPcmFrames(12001);
    for (const frame of [0, 3000, 9000, 12000]) {
      expect(linear[2 * frame]).toBeCloseTo(frame / 12000, 5);
      expect(linear[2 * frame + 1]).toBeCloseTo(1 - frame / 12000, 5);
    }
    expect(await back).toBe(true);
    const other = new AudioPlayer(new EngineBackend(new Engine({ host, device: false })), { stream: constantClip(10) });
    await expect(first.crossfade(other, 1)).rejects.toMatchObject({ code: 'ERR_WRONG_ENGINE' });
    other.backend.shutdown();
  });

  it('polyphony: of more than are allowed the oldest gives way', () => {
    const backend = openBackend(host);
    const player = new AudioPlayer(backend, { stream: constantClip(100000, 0.125), maxPolyphony: 3 });
    const level = (): number => {
      renderChannel(backend.engine, 480);
      return renderChannel(backend.engine, 1)[0]!;
    };
    for (const [count, expected] of [
      [1, 0.125],
      [2, 0.25],
      [3, 0.375],
      [4, 0.375],
    ] as const) {
      player.play();
      expect(level(), `${count}`).toBeCloseTo(expected, 6);
    }
    player.maxPolyphony = 1;
    expect(level()).toBeCloseTo(0.125, 6);
    expect(backend.engine.stats.sounds).toBe(1);
    player.play(1);
    expect(player.playbackPosition).toBeCloseTo(1, 3);
  });

  it('random ranges give each play its own speed and level', () => {
    const backend = openBackend(host);
    const numbers = [0, 1, 0.5, 0.25];
    const player = new AudioPlayer(backend, {
      stream: constantClip(48000),
      volumeRangeDb: [-12, -6],
      pitchRange: [0.5, 2],
      random: () => numbers.shift() ?? 0,
    });
    player.play();
    renderChannel(backend.engine, 4800);
    expect(renderChannel(backend.engine, 1)[0]).toBeCloseTo(gain(-12), 5);
    expect(player.playbackPosition).toBeCloseTo((4801 * 2) / 48000, 5);
    player.play();
    renderChannel(backend.engine, 4800);
    expect(renderChannel(backend.engine, 1)[0]).toBeCloseTo(gain(-9), 5);
    expect(player.playbackPosition).toBeCloseTo((4801 * 0.875) / 48000, 4);
  });

  it('autoplay; a stream that cannot be opened is told', async () => {
    const backend = openBackend(host);
    const player = new AudioPlayer(backend, { stream: constantClip(1000), autoplay: true });
    await settle();
    expect(player.playing).toBe(true);
    const broken = new AudioPlayer(backend, { stream: AudioClip.fromPath('/nowhere.wav'), autoplay: true });
    const told = vi.fn();
    broken.on('streamOpenFailed', told);
    await settle();
    expect(told).toHaveBeenCalledWith(expect.objectContaining({ code: 'ERR_FILE_NOT_FOUND' }));
    broken.play();
    expect(told).toHaveBeenCalledTimes(2);
    const silent = new AudioPlayer(backend, { stream: AudioClip.fromPath('/nowhere.wav') });
    expect(() => silent.play()).toThrowError(expect.objectContaining({ code: 'ERR_FILE_NOT_FOUND' }));
    expect(() => new AudioPlayer(backend).play()).toThrowError('set its stream first');
  });

  it('dispose ends it with a fade, settles its promise, and later calls are errors', async () => {
    const backend = openBackend(host);
    const player = new AudioPlayer(backend, { stream: constantClip(100000) });
    player.play();
    renderChannel(backend.engine, 1000);
    const { finished } = player;
    player.dispose();
    player.dispose();
    expect(largestStep(renderChannel(backend.engine, 1000))).toBeLessThan(1 / 480 + 1e-3);
    expect(await finished).toBe('disposed');
    expect(() => player.play()).toThrowError(expect.objectContaining({ code: 'ERR_DISPOSED' }));
    const orphan = new AudioPlayer(backend, { stream: constantClip(100) });
    const pending = orphan.finished;
    backend.shutdown();
    expect(() => orphan.play()).toThrowError(expect.objectContaining({ code: 'ERR_DISPOSED' }));
    orphan.dispose();
    expect(await stateOf(pending)).toBe('disposed');
  });

  it('refuses wrong values', () => {
    const backend = openBackend(host);
    const player = new AudioPlayer3D(backend);
    const bad: [string, unknown][] = [
      ['volumeDb', 25],
      ['pitchScale', 0],
      ['pan', 2],
      ['bus', 'Nowhere'],
      ['loop', 1],
      ['maxPolyphony', 0],
      ['streamMode', 'disk'],
      ['stream', {}],
      ['pitchRange', [2, 1]],
      ['volumeRangeDb', [0]],
      ['maxDistance', 0],
      ['attenuation', 5],
      ['dopplerScale', -1],
      ['panning', 'no'],
      ['distanceModel', 'cubic'],
    ];
    for (const [name, value] of bad) {
      const before: unknown = Reflect.get(player, name);
      expect(() => Reflect.set(player, name, value), name).toThrow();
      expect(Reflect.get(player, name)).toEqual(before);
      expect(() => new AudioPlayer3D(backend, { [name]: value } as never), name).toThrow();
    }
    expect(() => player.fadeTo(17, 1)).toThrowError(RangeError);
    expect(() => player.fadeIn(-1)).toThrowError(RangeError);
    expect(() => player.fadeOut(1, { curve: 'x' as never })).toThrowError(RangeError);
    expect(() => player.pitchModulate(0)).toThrowError(RangeError);
    expect(() => new AudioPlayer({} as never)).toThrowError(TypeError);
    expect(() => new AudioPlayer({ name: 'x', playAudio() {} } as never)).toThrowError(
      expect.objectContaining({ code: 'ERR_UNSUPPORTED_HOST' }),
    );
  });
});

forEachHost('players with a place', (host) => {
  const heard = (backend: EngineBackend): [number, number] => {
    backend.engine.readPcmFrames(960);
    const [left, right] = backend.engine.readPcmFrames(1);
    return [left!, right!];
  };

  it.each([
    ['2D', 2000],
    ['3D', 100],
  ] as const)('%s: 80 (d / max)^attenuation dB less, pan by dx / max, silence from max on', (kind, max) => {
    const backend = openBackend(host);
    const player =
      kind === '2D'
        ? new AudioPlayer2D(backend, { stream: constantClip(3_000_000) })
        : new AudioPlayer3D(backend, { stream: constantClip(3_000_000) });
    const move = (x: number, y: number): void =>
      player instanceof AudioPlayer2D ? player.setPosition(x, y) : player.setPosition(x, y, 0);
    expect(player.bus).toBe('SFX');
    player.play();
    for (const attenuation of [0.1, 1, 2.5, 4]) {
      player.attenuation = attenuation;
      for (const [x, y] of [
        [0, 0],
        [0.3, 0.4],
        [-0.6, 0],
        [0.8, -0.1],
      ] as const) {
        move(x * max, y * max);
        const level = gain(-80 * Math.hypot(x, y) ** attenuation);
        const [left, right] = heard(backend);
        expect(left).toBeCloseTo(level * Math.min(1, 1 - x), 4);
        expect(right).toBeCloseTo(level * Math.min(1, 1 + x), 4);
      }
    }
    move(max, 0);
    expect(heard(backend)).toEqual([0, 0]);
    player.attenuation = 1;
    player.maxDistance = 2 * max;
    const [left, right] = heard(backend);
    expect(right).toBeCloseTo(gain(-40), 5);
    expect(left).toBeCloseTo(gain(-40) / 2, 5);
  });

  it('are heard from the listener that is current', () => {
    const backend = openBackend(host);
    const player = new AudioPlayer2D(backend, { stream: constantClip(3_000_000), position: [1000, 0] });
    player.play();
    const [here, there] = [new AudioListener2D(backend), new AudioListener2D(backend)];
    there.setPosition(1000, 500);
    expect(heard(backend)[1]).toBeCloseTo(gain(-40), 5);
    there.makeCurrent();
    expect([there.current, here.current]).toEqual([true, false]);
    expect(heard(backend)[1]).toBeCloseTo(gain(-20), 5);
    here.setPosition(1000, 0);
    expect(heard(backend)[1]).toBeCloseTo(gain(-20), 5);
    here.makeCurrent();
    expect(heard(backend)[1]).toBeCloseTo(1, 5);
    here.setPosition(1000, 1000);
    expect(heard(backend)[1]).toBeCloseTo(gain(-40), 5);
  });

  it('a listener in space turns what is on which side', () => {
    const backend = openBackend(host);
    const player = new AudioPlayer3D(backend, { stream: constantClip(3_000_000), position: [50, 0, 0] });
    const listener = new AudioListener3D(backend);
    listener.makeCurrent();
    player.play();
    const [left, right] = heard(backend);
    expect(right).toBeGreaterThan(left);
    listener.setDirection(0, 0, 1);
    expect(heard(backend)).toEqual([right, left]);
    listener.setDirection(1, 0, 0);
    const [ahead, alike] = heard(backend);
    expect(ahead).toBeCloseTo(alike, 6);
  });

  it('doppler by both velocities, scaled', () => {
    const backend = openBackend(host);
    const player = new AudioPlayer3D(backend, { stream: sineClip(20, 1000), position: [0, 0, -10], loop: true });
    const listener = new AudioListener3D(backend);
    listener.makeCurrent();
    player.setVelocity(0, 0, 34.33);
    player.play();
    const pitch = (expected: number): number => {
      renderChannel(backend.engine, 960);
      return toneFrequency(renderChannel(backend.engine, 9600), 48000, expected);
    };
    expect(pitch(1000)).toBeCloseTo(1000, 1);
    player.dopplerScale = 1;
    expect(pitch(1000 / 0.9)).toBeCloseTo(1000 / 0.9, 0);
    player.dopplerScale = 2;
    expect(pitch(1250)).toBeCloseTo(1250, 0);
    player.dopplerScale = 1;
    player.setVelocity(0, 0, 0);
    listener.setVelocity(0, 0, 34.33);
    expect(pitch(900)).toBeCloseTo(900, 0);
    listener.setVelocity(0, 0, -1e6);
    expect(pitch(1950)).toBeCloseTo(1950, 0);
    player.setPosition(0, 0, 0);
    expect(pitch(1000)).toBeCloseTo(1000, 0);
    player.setPosition(0, 0, -10);
    backend.setListenerVelocity(0, 0, 34.33);
    expect(pitch(900)).toBeCloseTo(900, 0);
  });

  it("the engine's panning and models are there too", () => {
    const backend = openBackend(host);
    const player = new AudioPlayer2D(backend, {
      stream: constantClip(3_000_000),
      panning: 'engine',
      position: [200, 0],
    });
    player.play();
    const [left, right] = heard(backend);
    expect(right / left).toBeCloseTo(Math.sqrt(1.8 / 0.2), 2);
    expect(Math.hypot(left, right)).toBeCloseTo(gain(-8), 4);
    player.setPosition(-200, 0);
    expect(heard(backend)[0]).toBeCloseTo(right, 5);
    player.dispose();
    const space = new AudioPlayer3D(backend, {
      stream: constantClip(3_000_000),
      distanceModel: 'inverse',
      position: [0, 0, -4],
    });
    backend.engine.readPcmFrames(960);
    space.play();
    const [ahead] = heard(backend);
    expect(ahead).toBeCloseTo(Math.SQRT1_2 / 4, 4);
    space.setPosition(0, 0, -8);
    expect(heard(backend)[0]).toBeCloseTo(Math.SQRT1_2 / 8, 4);
    space.attenuation = 2;
    expect(heard(backend)[0]).toBeCloseTo(Math.SQRT1_2 / 15, 4);
    space.setPosition(0, 0, -101);
    expect(heard(backend)[0]).toBe(0);
  });
});
