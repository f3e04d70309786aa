import { describe, expect, it } from 'vitest';
import { AudioBuffer, Engine, Sound, SoundGroup } from '../../src/index.js';
import { forEachHost, openEngine, renderChannel, soundOf } from '../support/hosts.js';
import { constant, counting } from '../support/signals.js';

const coded = (code: string) => expect.objectContaining({ name: 'AudioError', code });

forEachHost('what does not fit together', (host) => {
  it('is refused for ranges: the end comes after the start and lies within the sound', () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, counting(100));
    for (const name of ['setRange', 'setLoopRange'] as const) {
      for (const [start, end] of [
        [50, 50],
        [50, 49],
        [0, 101],
        [100, 101],
      ] as const) {
        expect(() => sound[name](start, end), `${name}(${start}, ${end})`).toThrow(RangeError);
      }
      sound[name](0, 100);
      sound[name](99, 100);
    }
    sound.setRange(0, 100);
    sound.setLoopRange(0, 100);
    sound.play();
    expect(renderChannel(engine, 100)).toEqual(counting(100));
  });

  it('is refused for places: a seek goes up to the end', () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, counting(100));
    sound.seek(100);
    expect(() => sound.seek(101)).toThrow(RangeError);
    expect(() => sound.seekSeconds(101 / 48000)).toThrow(RangeError);
    expect(sound.cursorFrames).toBe(100);
  });

  it('is refused for samples that are no whole frames', () => {
    expect(() => new AudioBuffer(constant(7), { sampleRate: 48000, channels: 2 })).toThrow(RangeError);
    expect(() => new AudioBuffer(constant(7), { sampleRate: 48000, channels: 2 })).toThrow(/7/);
  });

  it('is refused for vectors without a direction', () => {
    const engine = openEngine(host);
    const listener = engine.listener();
    expect(engine.listener(0)).toBe(listener);
    expect(engine.listener(3)).not.toBe(listener);
    expect(() => listener.setDirection(0, 0, 0)).toThrow(RangeError);
    expect(() => listener.setWorldUp(0, 0, 0)).toThrow(RangeError);
    listener.setPosition(0, 0, 0);
    listener.setVelocity(0, 0, 0);
  });

  it('is refused for an engine without a device', async () => {
    const engine = openEngine(host);
    await expect(engine.useDevice({ backend: 'null' })).rejects.toEqual(coded('ERR_WRONG_STATE'));
    await engine.start();
    await engine.stop();
    expect(engine.state).toBe('running');
    expect(engine.readPcmFrames(10).length).toBe(20);
  });

  it('is refused for constructors that are not for programs', () => {
    expect(() => Reflect.construct(Sound, [])).toThrow(TypeError);
    expect(() => Reflect.construct(Sound, [openEngine(host)])).toThrow(TypeError);
    expect(() => Reflect.construct(SoundGroup, [])).toThrow(TypeError);
  });

  it('ignores unknown options, and takes undefined for the default', () => {
    const options = { volume: undefined, pan: undefined, group: null, whatever: 1 } as object;
    const engine = openEngine(host, { smoothingMs: undefined, whatever: 1 } as object);
    const sound = soundOf(engine, counting(100), options);
    sound.play({ atFrames: undefined, fadeSeconds: undefined } as object);
    expect(renderChannel(engine, 100)).toEqual(counting(100));
  });
});

describe('an engine on a device', () => {
  it('cannot be pulled', async () => {
    const engine = new Engine({ device: { backend: 'null' } });
    try {
      await engine.ready;
      expect(() => engine.readPcmFrames(10)).toThrow(coded('ERR_WRONG_STATE'));
      expect(() => engine.readPcmFramesInto(new Float32Array(10))).toThrow(coded('ERR_WRONG_STATE'));
    } finally {
      engine.dispose();
    }
    expect(() => engine.readPcmFrames(10)).toThrow(coded('ERR_DISPOSED'));
  });
});
