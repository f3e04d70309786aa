import { expect, it } from 'vitest';
import { AudioBusLayout, AudioPlayer, GainEffect } from '../../src/index.js';
import { largestStep, peak } from '../support/analysis.js';
import { forEachHost, renderChannel } from '../support/hosts.js';
import { constantClip, openBackend, sineClip } from './game.js';

const gain = (decibels: number): number => 10 ** (decibels / 20);

/** The largest step of a sine of 0.5 at 440 Hz by itself, and what a change within 10 ms may add. */
const ownStep = 0.5 * 2 * Math.sin((Math.PI * 440) / 48000);
const stepBound = (loudness: number): number => loudness * ownStep + (loudness * 0.5) / 480 + 1e-3;

forEachHost('buses on an engine', (host) => {
  it('multiply their levels along the way', () => {
    const backend = openBackend(host);
    const layout = backend.busLayout;
    layout.addBus('Drums', { sendTo: 'Music', volumeDb: -6 });
    layout.getBus('Music').volumeDb = -4;
    layout.master.volumeDb = 3;
    backend.playAudio(constantClip(20000), { bus: 'Drums' });
    expect(renderChannel(backend.engine, 1000)[999]).toBeCloseTo(gain(-7), 5);
    layout.getBus('Music').volumeDb = -80;
    renderChannel(backend.engine, 480);
    expect(peak(renderChannel(backend.engine, 100))).toBe(0);
    layout.getBus('Music').volumeDb = 24;
    renderChannel(backend.engine, 480);
    expect(renderChannel(backend.engine, 10)[0]).toBeCloseTo(gain(24 - 6 + 3), 4);
  });

  it('solo and mute are what the truth table says, heard', () => {
    const backend = openBackend(host);
    const layout = backend.busLayout;
    layout.addBus('Drums', { sendTo: 'Music' });
    const values: Record<string, number> = {
      Master: 1 / 2,
      Music: 1 / 4,
      SFX: 1 / 8,
      Voice: 1 / 16,
      UI: 1 / 32,
      Drums: 1 / 64,
    };
    for (const [bus, value] of Object.entries(values)) backend.playAudio(constantClip(400000, value), { bus });
    const heard = (): string[] => {
      renderChannel(backend.engine, 480);
      const sum = renderChannel(backend.engine, 1)[0]!;
      return Object.keys(values).filter((bus) => Math.floor(sum / values[bus]! + 1e-6) % 2 === 1);
    };
    const all = Object.keys(values);
    expect(heard()).toEqual(all);
    for (const bus of layout.buses) {
      bus.solo = true;
      const way: Record<string, string[]> = {
        Master: all,
        Music: ['Master', 'Music', 'Drums'],
        Drums: ['Master', 'Music', 'Drums'],
      };
      expect(heard(), `solo of ${bus.name}`).toEqual(way[bus.name] ?? ['Master', bus.name]);
      bus.mute = true;
      const muted: Record<string, string[]> = { Master: [], Music: ['Master'], Drums: ['Master', 'Music'] };
      expect(heard(), `mute beats solo of ${bus.name}`).toEqual(muted[bus.name] ?? ['Master']);
      bus.solo = false;
      bus.mute = false;
    }
    expect(heard()).toEqual(all);
  });

  it('effects before and after one another: a gain is heard in its place, and gone when it is gone', () => {
    const backend = openBackend(host);
    const bus = backend.busLayout.getBus('SFX');
    backend.playAudio(constantClip(100000), { bus: 'SFX' });
    const level = (): number => {
      renderChannel(backend.engine, 960);
      return renderChannel(backend.engine, 1)[0]!;
    };
    const effect = bus.addEffect(new GainEffect({ volumeDb: -6 }));
    expect(level()).toBeCloseTo(gain(-6), 5);
    const other = bus.addEffect(new GainEffect({ volumeDb: -3 }), 0);
    expect(level()).toBeCloseTo(gain(-9), 5);
    effect.enabled = false;
    expect(level()).toBeCloseTo(gain(-3), 5);
    effect.enabled = true;
    effect.volumeDb = -80;
    expect(level()).toBe(0);
    bus.removeEffect(effect);
    expect(level()).toBeCloseTo(gain(-3), 5);
    bus.removeEffect(other);
    expect(level()).toBe(1);
  });

  it('every change under a tone stays below the bound of a step', () => {
    const backend = openBackend(host);
    const layout = backend.busLayout;
    const music = layout.getBus('Music');
    layout.addBus('Stems', { sendTo: 'Music' });
    backend.playAudio(sineClip(30, 440), { bus: 'Stems' });
    renderChannel(backend.engine, 1000);
    const effects = [
      new GainEffect({ volumeDb: -2 }),
      new GainEffect({ volumeDb: -1 }),
      new GainEffect({ volumeDb: -3 }),
    ];
    let ended = false;
    const changes: [string, () => unknown][] = [
      ['level', () => (music.volumeDb = -20)],
      ['level back', () => (music.volumeDb = 0)],
      ['mute', () => (music.mute = true)],
      ['unmute', () => (music.mute = false)],
      ['solo of another', () => (layout.getBus('UI').solo = true)],
      ['solo off', () => (layout.getBus('UI').solo = false)],
      ['effect added', () => music.addEffect(effects[0]!)],
      ['second effect', () => music.addEffect(effects[1]!)],
      ['third effect in front', () => music.addEffect(effects[2]!, 0)],
      ['order', () => music.moveEffect(effects[2]!, 2)],
      ['order back', () => music.moveEffect(effects[2]!, 0)],
      ['disabled', () => (effects[1]!.enabled = false)],
      ['parameter', () => (effects[0]!.volumeDb = -12)],
      ['effect removed', () => music.removeEffect(effects[0]!)],
      ['re-routed', () => (layout.getBus('Stems').sendTo = 'UI')],
      ['back', () => (layout.getBus('Stems').sendTo = 'Music')],
      ['a send', () => layout.getBus('Stems').send('UI', -6)],
      ['its level', () => layout.getBus('Stems').send('UI', -20)],
      ['no send', () => layout.getBus('Stems').removeSend('UI')],
      ['bus removed', () => layout.removeBus('Music')],
      ['bus removed that plays', () => layout.removeBus('Stems')],
      ['another layout', () => backend.syncBusLayout(new AudioBusLayout())],
      ['that layout changed', () => (backend.busLayout.master.volumeDb = -6)],
      ['over', () => (ended = true)],
    ];
    for (const [name, change] of changes) {
      change();
      const heard = renderChannel(backend.engine, 4800);
      // A send adds to what is heard anyway.
      expect(largestStep(heard), name).toBeLessThan(
        stepBound(name === 'a send' || name === 'its level' || name === 'no send' ? 1.5 : 1),
      );
      if (name !== 'mute' && name !== 'solo of another') expect(peak(heard.subarray(2400)), name).toBeGreaterThan(0.03);
    }
    expect(ended).toBe(true);
  });

  it('a bus that is removed ends nothing that plays, and its level counts no more', () => {
    const backend = openBackend(host);
    const layout = backend.busLayout;
    layout.getBus('SFX').volumeDb = -6;
    layout.getBus('SFX').addEffect(new GainEffect({ volumeDb: -6 }));
    const id = backend.playAudio(constantClip(50000), { bus: 'SFX' });
    renderChannel(backend.engine, 1000);
    layout.removeBus('SFX');
    renderChannel(backend.engine, 1000);
    expect(backend.isChannelActive(id)).toBe(true);
    expect(renderChannel(backend.engine, 1)[0]).toBeCloseTo(1, 5);
    expect(() => backend.playAudio(constantClip(5), { bus: 'SFX' })).toThrowError(
      expect.objectContaining({ code: 'ERR_UNKNOWN_BUS' }),
    );
  });

  it('buses come and go ten thousand times without running out', () => {
    const backend = openBackend(host);
    const layout = backend.busLayout;
    for (let round = 0; round < 10000; round += 1) {
      layout.addBus('Passing');
      layout.getBus('Passing').addEffect(new GainEffect());
      if (round % 100 === 0) backend.playAudio(constantClip(30), { bus: 'Passing' });
      layout.removeBus('Passing');
      if (round % 10 === 0) backend.engine.readPcmFrames(64);
    }
    expect(layout.buses).toHaveLength(5);
  });

  it('a send adds to another bus, with its level, behind the volume', () => {
    const backend = openBackend(host);
    const layout = backend.busLayout;
    layout.addBus('Hall');
    layout.getBus('Hall').addEffect(new GainEffect({ volumeDb: -6 }));
    layout.getBus('Voice').send('Hall', -4);
    backend.playAudio(constantClip(100000), { bus: 'Voice' });
    const level = (): number => {
      renderChannel(backend.engine, 960);
      return renderChannel(backend.engine, 1)[0]!;
    };
    expect(level()).toBeCloseTo(1 + gain(-10), 5);
    layout.getBus('Voice').volumeDb = -20;
    expect(level()).toBeCloseTo(gain(-20) * (1 + gain(-10)), 5);
    layout.getBus('Voice').volumeDb = 0;
    layout.getBus('Hall').mute = true;
    expect(level()).toBeCloseTo(1, 5);
    layout.getBus('Hall').mute = false;
    layout.getBus('Voice').send(layout.getBus('Hall'), 6);
    expect(level()).toBeCloseTo(1 + gain(0), 5);
    layout.removeBus('Hall');
    expect(level()).toBeCloseTo(1, 5);
  });

  it('a whole layout is taken over: the difference is applied, what plays goes on', () => {
    const backend = openBackend(host);
    const id = backend.playAudio(constantClip(200000), { bus: 'Music' });
    const next = AudioBusLayout.fromJSON({
      version: 1,
      buses: [
        { name: 'Master', volumeDb: -1 },
        { name: 'Music', sendTo: 'Low', volumeDb: -2, sends: [{ to: 'High', gainDb: -3 }] },
        { name: 'Low' },
        { name: 'High' },
      ],
    });
    backend.syncBusLayout(next);
    renderChannel(backend.engine, 2000);
    expect(renderChannel(backend.engine, 1)[0]).toBeCloseTo(gain(-3) * (1 + gain(-3)), 5);
    // The way back turned round: what was a target leads to what led to it.
    backend.syncBusLayout(
      AudioBusLayout.fromJSON({
        version: 1,
        buses: [
          { name: 'Master' },
          { name: 'Low', sendTo: 'Music' },
          { name: 'Music' },
          { name: 'High', sends: [{ to: 'Music', gainDb: 0 }] },
        ],
      }),
    );
    renderChannel(backend.engine, 2000);
    expect(renderChannel(backend.engine, 1)[0]).toBeCloseTo(1, 5);
    expect(backend.isChannelActive(id)).toBe(true);
    next.master.volumeDb = -60;
    renderChannel(backend.engine, 2000);
    expect(renderChannel(backend.engine, 1)[0]).toBeCloseTo(1, 5);
    expect(() => backend.syncBusLayout({} as never)).toThrowError(TypeError);
  });

  it('a snapshot is blended evenly in dB over two seconds', async () => {
    const backend = openBackend(host);
    const layout = backend.busLayout;
    const music = layout.getBus('Music');
    const effect = music.addEffect(new GainEffect({ volumeDb: -6 }));
    backend.playAudio(constantClip(300000), { bus: 'Music' });
    renderChannel(backend.engine, 1000);
    music.volumeDb = -30;
    effect.volumeDb = -20;
    const quiet = layout.snapshot();
    music.volumeDb = 0;
    effect.volumeDb = 0;
    renderChannel(backend.engine, 1000);
    const reached = layout.blendTo(quiet, 2);
    expect(music.volumeDb).toBe(-30);
    const heard = renderChannel(backend.engine, 96001);
    for (const frame of [0, 9600, 48000, 90000, 96000])
      expect(20 * Math.log10(heard[frame]!)).toBeCloseTo((-50 * frame) / 96000, 2);
    expect(await reached).toBe(true);
    // A later change takes over.
    const again = layout.blendTo({ ...quiet, buses: quiet.buses.map((bus) => ({ ...bus, volumeDb: 0 })) }, 2);
    renderChannel(backend.engine, 1000);
    music.volumeDb = -10;
    renderChannel(backend.engine, 100000);
    expect(await again).toBe(false);
    await expect(async () => layout.blendTo(quiet, -1)).rejects.toThrowError(RangeError);
    await expect(async () => layout.blendTo({ version: 1, buses: [] }, 1)).rejects.toThrowError(RangeError);
  });

  it('what an engine cannot make leaves the data as it was', () => {
    const backend = openBackend(host);
    const layout = backend.busLayout;
    const voice = layout.getBus('Voice');
    for (let hall = 0; hall < 9; hall += 1) layout.addBus(`Hall ${hall}`);
    for (let hall = 0; hall < 8; hall += 1) voice.send(`Hall ${hall}`, -20);
    expect(() => voice.send('Hall 8', -20)).toThrowError(expect.objectContaining({ code: 'ERR_NODE_LIMIT' }));
    expect(voice.sends.size).toBe(8);
    voice.removeSend('Hall 0');
    voice.send('Hall 8', 0);
    backend.playAudio(constantClip(100000), { bus: 'Voice' });
    renderChannel(backend.engine, 960);
    expect(renderChannel(backend.engine, 1)[0]).toBeCloseTo(1 + 7 * gain(-20) + 1, 4);
  });

  it('are data again when their engine is gone, and can be heard in another', () => {
    const [first, second] = [openBackend(host), openBackend(host)];
    const layout = first.busLayout;
    const player = new AudioPlayer(first, { stream: constantClip(1000) });
    player.play();
    second.syncBusLayout(layout);
    first.engine.dispose();
    layout.master.volumeDb = -6;
    layout.getBus('SFX').addEffect(new GainEffect({ volumeDb: -4 }));
    layout.addBus('Late');
    player.volumeDb = -3;
    expect([player.playing, player.volumeDb]).toEqual([false, -3]);
    second.playAudio(constantClip(2000), { bus: 'SFX' });
    renderChannel(second.engine, 960);
    expect(renderChannel(second.engine, 1)[0]).toBeCloseTo(gain(-10), 5);
    expect(layout.master.meter().peak[0]).toBeGreaterThan(0);
  });

  it('have meters', () => {
    const backend = openBackend(host);
    const layout = backend.busLayout;
    layout.getBus('SFX').volumeDb = -6;
    backend.playAudio(constantClip(10000, 0.5), { bus: 'SFX' });
    renderChannel(backend.engine, 1000);
    layout.getBus('SFX').meter();
    renderChannel(backend.engine, 1000);
    const { peak: peaks, rms } = layout.getBus('SFX').meter();
    expect(peaks[0]).toBeCloseTo(0.5 * gain(-6), 5);
    expect(rms[1]).toBeCloseTo(0.5 * gain(-6), 5);
    expect(layout.getBus('UI').meter().peak).toEqual([0, 0]);
    expect(new AudioBusLayout().master.meter()).toEqual({ peak: [], rms: [] });
  });
});
