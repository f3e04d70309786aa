import { expect, it } from 'vitest';
import {
  attachNode,
  chain,
  engineEndpoint,
  SoundGroup,
  setNodeOutputVolume,
  soundGroupAsNode,
} from '../../src/index.js';
import { toneFrequency } from '../support/analysis.js';
import { bufferOf, forEachHost, openEngine, renderChannel, soundOf } from '../support/hosts.js';
import { channelOf, constant, counting, samplesOf } from '../support/signals.js';

/** What the balance law gives each side of a stereo signal. */
const balance = (pan: number): [number, number] => [pan > 0 ? 1 - pan : 1, pan < 0 ? 1 + pan : 1];

forEachHost('volume', (host) => {
  it('multiplies exactly, from the first frame of a sound that was at rest', () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, constant(1000));
    sound.volume = 0.375;
    sound.play();
    expect(renderChannel(engine, 500).every((sample) => sample === 0.375)).toBe(true);
    expect(sound.volume).toBe(0.375);
  });

  it('is not clipped', () => {
    const engine = openEngine(host);
    soundOf(engine, constant(1000), { volume: 16 }).play();
    engine.volume = 16;
    expect(renderChannel(engine, 1000)[990]).toBe(256);
  });

  it.each([
    [0, 1],
    [20 * Math.log10(2), 2],
    [-20, 0.1],
    [-Infinity, 0],
  ])('of %d dB is a gain of %d', (decibels, gain) => {
    const engine = openEngine(host);
    const sound = soundOf(engine, constant(100));
    const group = new SoundGroup(engine);
    for (const owner of [sound, group, engine]) {
      owner.volumeDb = decibels;
      expect(owner.volume).toBeCloseTo(gain, 12);
      expect(owner.volumeDb).toBeCloseTo(decibels, 9);
      owner.volume = gain;
      expect(owner.volumeDb).toBeCloseTo(decibels, 9);
    }
  });

  it('multiplies down any number of groups, the engine and the output bus', () => {
    const engine = openEngine(host);
    let parent: SoundGroup | null = null;
    let expected = 1;
    for (let depth = 0; depth < 12; depth++) {
      const group: SoundGroup = new SoundGroup(engine, { parent });
      group.volume = 0.75 + depth / 16;
      expected *= group.volume;
      parent = group;
    }
    setNodeOutputVolume(soundGroupAsNode(parent as SoundGroup), 0, 0.5);
    engine.volume = 1.25;
    const sound = soundOf(engine, constant(2000), { group: parent, volume: 0.8 });
    setNodeOutputVolume(sound, 0, 0.6);
    sound.play();
    const out = renderChannel(engine, 2000);
    expect(out[1500]).toBeCloseTo(expected * 0.5 * 1.25 * 0.8 * 0.6, 5);
  });

  it('of sounds is a sum', () => {
    const engine = openEngine(host);
    for (const volume of [0.5, 0.25, 0.125]) soundOf(engine, constant(100), { volume }).play();
    expect(renderChannel(engine, 100).every((sample) => sample === 0.875)).toBe(true);
  });
});

forEachHost('pan', (host) => {
  it.each([-1, -0.75, -0.25, 0, 0.5, 1])('of %d is a balance', (pan) => {
    const engine = openEngine(host);
    const stereo = samplesOf(1000, 2, (_, channel) => (channel === 0 ? 0.5 : 0.25));
    soundOf(engine, stereo, { channels: 2, pan }).play();
    const mixed = engine.readPcmFrames(1000);
    const [left, right] = balance(pan);
    expect(mixed[1990]).toBe(0.5 * left);
    expect(mixed[1991]).toBe(0.25 * right);
  });

  it('of a mono sound is the same balance of the sound in both channels', () => {
    const engine = openEngine(host);
    soundOf(engine, constant(1000), { pan: 0.25 }).play();
    const mixed = engine.readPcmFrames(1000);
    expect([mixed[1990], mixed[1991]]).toEqual([0.75, 1]);
  });

  it('of groups multiplies channel by channel with the one of the sound', () => {
    const engine = openEngine(host);
    const outer = new SoundGroup(engine);
    const inner = new SoundGroup(engine, { parent: outer });
    outer.pan = -0.5;
    inner.pan = 0.25;
    soundOf(engine, constant(1000), { group: inner, pan: -0.125 }).play();
    const mixed = engine.readPcmFrames(1000);
    expect(mixed[1990]).toBeCloseTo(0.75, 6);
    expect(mixed[1991]).toBeCloseTo(0.5 * 0.875, 6);
  });

  it('by equal power keeps the power the same', () => {
    for (const pan of [-1, -0.6, 0, 0.3, 1]) {
      const engine = openEngine(host);
      const sound = soundOf(engine, constant(1000), { pan });
      sound.panLaw = 'equal-power';
      expect(sound.panLaw).toBe('equal-power');
      sound.play();
      const mixed = engine.readPcmFrames(1000);
      const [left, right] = [mixed[1990] as number, mixed[1991] as number];
      const angle = ((pan + 1) * Math.PI) / 4;
      expect(Math.atan2(right, left)).toBeCloseTo(angle, 6);
      const centre = Math.hypot(left, right);
      expect([1, Math.SQRT2].some((power) => Math.abs(centre - power) < 1e-6)).toBe(true);
    }
  });
});

forEachHost('mute', (host) => {
  it('silences a group with everything below and lets it be heard again', () => {
    const engine = openEngine(host);
    const outer = new SoundGroup(engine);
    const inner = new SoundGroup(engine, { parent: outer });
    const sound = soundOf(engine, constant(100000), { group: inner });
    sound.play();
    soundOf(engine, constant(100000), { volume: 0.25 }).play();
    expect(renderChannel(engine, 100)[99]).toBe(1.25);
    outer.muted = true;
    expect([outer.muted, inner.muted, outer.volume]).toEqual([true, false, 1]);
    engine.readPcmFrames(480);
    expect(renderChannel(engine, 100).every((sample) => sample === 0.25)).toBe(true);
    const heard = sound.cursorFrames;
    engine.readPcmFrames(100);
    expect(sound.cursorFrames).toBe(heard + 100);
    outer.muted = false;
    engine.readPcmFrames(480);
    expect(renderChannel(engine, 100).every((sample) => sample === 1.25)).toBe(true);
  });
});

forEachHost('pitch', (host) => {
  it('of groups multiplies with the one of the sound', () => {
    const engine = openEngine(host);
    const outer = new SoundGroup(engine);
    const inner = new SoundGroup(engine, { parent: outer });
    outer.pitch = 1.5;
    inner.pitch = 0.8;
    const source = samplesOf(96000, 1, (frame) => Math.sin((2 * Math.PI * 500 * frame) / 48000));
    soundOf(engine, source, { group: inner, pitch: 1.1, resampler: 'cubic' }).play();
    const out = renderChannel(engine, 48000);
    expect(toneFrequency(out, 48000, 660)).toBeCloseTo(500 * 1.5 * 0.8 * 1.1, 4);
  });

  it('moves the cursor by exactly its factor', () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, counting(60000), { pitch: 1.25 });
    sound.play();
    engine.readPcmFrames(40000);
    expect(sound.cursorFrames).toBeCloseTo(50000, 6);
  });

  it('is refused by a sound made without it', () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, counting(60000), { pitchEnabled: false });
    expect(() => {
      sound.pitch = 2;
    }).toThrow(expect.objectContaining({ code: 'ERR_PITCH_DISABLED' }));
    sound.play();
    expect(renderChannel(engine, 100)).toEqual(counting(100));
  });
});

forEachHost('routes', (host) => {
  it('lead a sound to another group', () => {
    const engine = openEngine(host, { smoothingMs: 0 });
    const quiet = new SoundGroup(engine);
    const loud = new SoundGroup(engine);
    quiet.volume = 0.125;
    const sound = soundOf(engine, constant(10000), { group: loud });
    sound.play();
    expect(renderChannel(engine, 10)[9]).toBe(1);
    attachNode(sound, 0, quiet, 0);
    expect(renderChannel(engine, 10)[9]).toBe(0.125);
    attachNode(sound, 0, engineEndpoint(engine), 0);
    expect(renderChannel(engine, 10)[9]).toBe(1);
    attachNode(sound.handle, 0, null, 0);
    expect(renderChannel(engine, 10)[9]).toBe(0);
    expect(sound.playing).toBe(true);
    attachNode(null, 0, quiet, 0);
    attachNode(sound, 0, quiet.handle, 0);
    attachNode(quiet, 0, loud, 0);
    loud.volume = 0.5;
    expect(renderChannel(engine, 10)[9]).toBe(0.0625);
    const remove = chain(
      sound,
      [],
      engine.endpoint === engineEndpoint(engine) ? engine.endpoint : engineEndpoint(engine),
    );
    expect(renderChannel(engine, 10)[9]).toBe(1);
    remove();
  });

  it('refuse a cycle, a bus that is not there and another engine’s node, and stay as they were', () => {
    const engine = openEngine(host);
    const other = openEngine(host);
    const outer = new SoundGroup(engine);
    const inner = new SoundGroup(engine, { parent: outer });
    const foreign = new SoundGroup(other);
    soundOf(engine, constant(10000), { group: inner, volume: 0.5 }).play();
    const refused = (
      code: string,
      source: SoundGroup,
      sourceBus: number,
      destination: SoundGroup,
      destinationBus: number,
    ) =>
      expect(() => attachNode(source, sourceBus, destination, destinationBus)).toThrow(
        expect.objectContaining({ name: 'AudioError', code }),
      );
    refused('ERR_CYCLE', outer, 0, inner, 0);
    refused('ERR_CYCLE', outer, 0, outer, 0);
    refused('ERR_NO_SUCH_BUS', inner, 1, outer, 0);
    refused('ERR_NO_SUCH_BUS', inner, 0, outer, 1);
    refused('ERR_WRONG_ENGINE', inner, 0, foreign, 0);
    refused('ERR_WRONG_ENGINE', foreign, 0, inner, 0);
    expect(() => attachNode(engine.endpoint, 0, outer, 0)).toThrow(expect.objectContaining({ name: 'AudioError' }));
    expect(() => new SoundGroup(engine, { parent: foreign })).toThrow(
      expect.objectContaining({ code: 'ERR_WRONG_ENGINE' }),
    );
    expect(() => soundOf(engine, constant(10), { group: foreign })).toThrow(
      expect.objectContaining({ code: 'ERR_WRONG_ENGINE' }),
    );
    expect(renderChannel(engine, 1000).every((sample) => sample === 0.5)).toBe(true);
  });

  it('may be changed a thousand times within a block', () => {
    const engine = openEngine(host, { smoothingMs: 0 });
    const groups = Array.from({ length: 10 }, () => new SoundGroup(engine));
    const sound = soundOf(engine, constant(10000));
    sound.play();
    for (let change = 0; change < 1000; change++) attachNode(sound, 0, groups[change % 10] as SoundGroup, 0);
    expect(renderChannel(engine, 10).every((sample) => sample === 1)).toBe(true);
  });
});

forEachHost('channels', (host) => {
  const play = (sourceChannels: number, channels: number) => {
    const engine = openEngine(host, { channels });
    const source = samplesOf(100, sourceChannels, (_, channel) => 2 ** -(channel + 1));
    soundOf(engine, source, { channels: sourceChannels }).play();
    const mixed = engine.readPcmFrames(100);
    return Array.from({ length: channels }, (_, channel) => channelOf(mixed, channel, channels)[50] as number);
  };

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('are passed through when the sound has as many as the engine: %d', (channels) => {
    expect(play(channels, channels)).toEqual(Array.from({ length: channels }, (_, channel) => 2 ** -(channel + 1)));
  });

  it('of a mono sound go to both sides of a stereo engine', () => {
    expect(play(1, 2)).toEqual([0.5, 0.5]);
  });

  it('of a stereo sound are averaged by a mono engine', () => {
    expect(play(2, 1)).toEqual([0.375]);
  });

  it('of any count play on an engine of any count, heard and finite', () => {
    for (let from = 1; from <= 8; from++) {
      for (let to = 1; to <= 8; to++) {
        const levels = play(from, to);
        expect(levels.every(Number.isFinite), `${from} to ${to}: ${levels}`).toBe(true);
        expect(
          levels.reduce((sum, level) => sum + level, 0),
          `${from} to ${to}: ${levels}`,
        ).toBeGreaterThan(0.1);
      }
    }
  });

  it('more than eight are refused', () => {
    expect(() => bufferOf(new Float32Array(9), 48000, 9)).toThrow(RangeError);
  });
});
