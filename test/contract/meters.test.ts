import { expect, it } from 'vitest';
import { SoundGroup } from '../../src/index.js';
import { forEachHost, openEngine, soundOf } from '../support/hosts.js';
import { constant, samplesOf, sine } from '../support/signals.js';

forEachHost('meters', (host) => {
  it('measure peak and RMS of each channel since the last call', () => {
    const engine = openEngine(host);
    const group = new SoundGroup(engine);
    const source = samplesOf(
      96000,
      2,
      (frame, channel) => (channel === 0 ? 0.5 : 0.25) * Math.sin((2 * Math.PI * 1000 * frame) / 48000),
    );
    const sound = soundOf(engine, source, { channels: 2, group });
    sound.play();
    engine.readPcmFrames(4800);
    for (const meter of [group.meter(), engine.meter()]) {
      expect(meter.peak).toHaveLength(2);
      expect(meter.rms).toHaveLength(2);
      expect(meter.peak[0]).toBeCloseTo(0.5, 6);
      expect(meter.peak[1]).toBeCloseTo(0.25, 6);
      expect(meter.rms[0]).toBeCloseTo(0.5 / Math.SQRT2, 6);
      expect(meter.rms[1]).toBeCloseTo(0.25 / Math.SQRT2, 6);
    }
    sound.volume = 0.5;
    engine.readPcmFrames(480);
    engine.meter();
    engine.readPcmFrames(4800);
    expect(engine.meter().rms[0]).toBeCloseTo(0.25 / Math.SQRT2, 6);
    expect(engine.meter().rms[0]).toBe(0);
  });

  it('start the peak anew with every call', () => {
    const engine = openEngine(host);
    const source = sine(48000, 48000, 1000, 0.125);
    source[100] = 0.9;
    soundOf(engine, source).play();
    engine.readPcmFrames(480);
    expect(engine.meter().peak[0]).toBeCloseTo(0.9, 6);
    engine.readPcmFrames(480);
    expect(engine.meter().peak[0]).toBeCloseTo(0.125, 6);
    engine.readPcmFrames(480);
    expect(engine.meter().peak[0]).toBeCloseTo(0.125, 6);
  });

  it('measure after the volume, and of the groups each its own', () => {
    const engine = openEngine(host);
    const outer = new SoundGroup(engine);
    const inner = new SoundGroup(engine, { parent: outer });
    inner.volume = 0.5;
    outer.volume = 0.25;
    engine.volume = 2;
    soundOf(engine, constant(48000), { group: inner }).play();
    engine.readPcmFrames(1000);
    const levels = [inner, outer, engine].map((owner) => {
      owner.meter();
      engine.readPcmFrames(1000);
      return owner.meter().rms[0];
    });
    expect(levels[0]).toBeCloseTo(0.5, 6);
    expect(levels[1]).toBeCloseTo(0.125, 6);
    expect(levels[2]).toBeCloseTo(0.25, 6);
  });

  it('begin at nothing for a group that comes after another one', () => {
    const engine = openEngine(host);
    for (let round = 0; round < 40; round++) {
      const group = new SoundGroup(engine);
      soundOf(engine, constant(4800), { group }).play();
      engine.readPcmFrames(1000);
      expect(group.meter()).toEqual({ peak: [1, 1], rms: [1, 1] });
      group.dispose();
      engine.readPcmFrames(1000);
    }
  });

  it('say zero while nothing was rendered', () => {
    const engine = openEngine(host);
    expect(engine.meter()).toEqual({ peak: [0, 0], rms: [0, 0] });
    engine.readPcmFrames(100);
    expect(engine.meter()).toEqual({ peak: [0, 0], rms: [0, 0] });
  });

  it('are beside counts of what is going on', () => {
    const engine = openEngine(host);
    const sounds = [1, 2, 3].map(() => soundOf(engine, constant(48000)));
    for (const sound of sounds.slice(0, 2)) sound.play();
    engine.readPcmFrames(100);
    const {
      framesRendered,
      sounds: existing,
      voices,
      activeVoices,
      renderLoad,
      underruns,
      pendingCommands,
    } = engine.stats;
    expect({ framesRendered, existing, voices, activeVoices, underruns, pendingCommands }).toEqual({
      framesRendered: 100,
      existing: 3,
      voices: 2,
      activeVoices: 2,
      underruns: 0,
      pendingCommands: 0,
    });
    expect(renderLoad).toBeGreaterThanOrEqual(0);
    expect(renderLoad).toBeLessThanOrEqual(1);
    sounds[0]?.pause();
    expect(engine.stats.pendingCommands).toBe(1);
    engine.readPcmFrames(1000);
    expect([engine.stats.activeVoices, engine.stats.pendingCommands]).toEqual([1, 0]);
  });
});
