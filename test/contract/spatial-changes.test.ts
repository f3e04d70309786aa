import { expect, it } from 'vitest';
import { type Engine, Sound } from '../../src/index.js';
import { largestStep } from '../support/analysis.js';
import { bufferOf, forEachHost, openEngine, renderChannel, soundOf } from '../support/hosts.js';
import { directed, expectLevels, placed, scaled } from '../support/places.js';
import { constant, noise } from '../support/signals.js';

forEachHost('spatial sound', (host) => {
  it('is made by an option, by a switch, and by Engine.play with a position', () => {
    const engine = openEngine(host);
    const buffer = bufferOf(constant(20000));
    const played = engine.play(buffer, { position: [2, 0, 0] });
    expect([played.spatial, played.position]).toEqual([true, [2, 0, 0]]);
    // At once where it is, not on the way there.
    expect(engine.readPcmFrames(1)[1]).toBeCloseTo(directed(1)[1] / 2, 6);
    played.dispose();
    engine.readPcmFrames(480);
    const plain = engine.play(buffer, { position: [2, 0, 0], spatial: false });
    expect([plain.spatial, plain.position]).toEqual([false, [2, 0, 0]]);
    expect(Array.from(engine.readPcmFrames(1))).toEqual([1, 1]);
    plain.spatial = true;
    expectLevels(engine, scaled(directed(1), 0.5));
    plain.spatial = false;
    expectLevels(engine, [1, 1]);
  });

  it('says again to the engine what was asked before its samples came', async () => {
    const engine = openEngine(host);
    const bytes = bufferOf(constant(50000)).toWav('f32');
    const sound = await Sound.load(engine, bytes, { spatial: true, decodeNow: false });
    sound.setPosition(0, 0, -4);
    sound.setCone(0, Math.PI, 0.5);
    sound.rolloff = 0.5;
    sound.play();
    await expect.poll(() => sound.lengthFrames).toBe(50000);
    expectLevels(engine, scaled(directed(0), 0.5 / 2.5));
  });

  it('changes with every one of its settings', () => {
    const change: [string, (sound: Sound, engine: Engine) => void][] = [
      ['spatial', (sound) => Reflect.set(sound, 'spatial', false)],
      ['position', (sound) => sound.setPosition(3, 1, 4)],
      ['direction', (sound) => sound.setDirection(1, 2, 3)],
      ['velocity', (sound) => sound.setVelocity(5, 6, 7)],
      ['positioning', (sound) => Reflect.set(sound, 'positioning', 'relative')],
      ['pinnedListener', (sound) => Reflect.set(sound, 'pinnedListener', 3)],
      ['attenuation', (sound) => Reflect.set(sound, 'attenuation', 'linear')],
      ['rolloff', (sound) => Reflect.set(sound, 'rolloff', 2)],
      ['minDistance', (sound) => Reflect.set(sound, 'minDistance', 2)],
      ['maxDistance', (sound) => Reflect.set(sound, 'maxDistance', 3)],
      ['minGain', (sound) => Reflect.set(sound, 'minGain', 0.9)],
      ['maxGain', (sound) => Reflect.set(sound, 'maxGain', 0.01)],
      ['cone', (sound) => sound.setCone(1, 2, 0.3)],
      ['dopplerFactor', (sound) => Reflect.set(sound, 'dopplerFactor', 0.3)],
      ['directionalAttenuationFactor', (sound) => Reflect.set(sound, 'directionalAttenuationFactor', 0.3)],
      ['listener position', (_, engine) => engine.listener().setPosition(1, 1, 1)],
      ['listener direction', (_, engine) => engine.listener().setDirection(1, 1, 1)],
      ['listener velocity', (_, engine) => engine.listener().setVelocity(1, 2, 3)],
      ['listener world up', (_, engine) => engine.listener().setWorldUp(1, 1, 0)],
      ['listener enabled', (_, engine) => Reflect.set(engine.listener(), 'enabled', false)],
    ];
    const render = (apply?: (sound: Sound, engine: Engine) => void): Float32Array => {
      const engine = openEngine(host);
      const sound = soundOf(engine, noise(48000, 1, 3), { spatial: true, looping: true });
      sound.setPosition(-2, 1, -5);
      sound.setVelocity(1, 0, 10);
      sound.setCone(0.5, 3, 0.5);
      engine.listener(1).setPosition(-1, 0, -4);
      engine.listener(3).setPosition(9, 9, 9);
      engine.listener().setPosition(-1, 0, 0);
      engine.listener().setVelocity(0, 0, -3);
      sound.pinnedListener = 0;
      sound.play();
      engine.readPcmFrames(100);
      apply?.(sound, engine);
      return engine.readPcmFrames(2000);
    };
    const before = render();
    expect(render()).toEqual(before);
    const heard = new Set([Buffer.from(before.buffer).toString('base64')]);
    for (const [name, apply] of change) {
      const bits = Buffer.from(render(apply).buffer).toString('base64');
      expect(heard.has(bits), name).toBe(false);
      heard.add(bits);
    }
  });

  it('costs and says nothing while it is not heard', () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, noise(48000, 2, 8), { channels: 2, pitch: 1.3, looping: true });
    const same = soundOf(openEngine(host), noise(48000, 2, 8), { channels: 2, pitch: 1.3, looping: true });
    sound.setPosition(3, 4, 5);
    sound.setVelocity(30, 40, 50);
    sound.setCone(0, 0, 0);
    engine.listener().setPosition(9, 9, 9);
    sound.play();
    same.play();
    expect(engine.readPcmFrames(1000)).toEqual(same.engine.readPcmFrames(1000));
  });

  it('throws after dispose', () => {
    const engine = openEngine(host);
    const sound = placed(engine, [0, 0, 0]);
    sound.dispose();
    expect(() => sound.setPosition(1, 2, 3)).toThrow(expect.objectContaining({ code: 'ERR_DISPOSED' }));
    expect(() => sound.rolloff).toThrow(expect.objectContaining({ code: 'ERR_DISPOSED' }));
  });
});

forEachHost('steps of spatial sound', (host) => {
  const changes: [string, (sound: Sound, engine: Engine) => void][] = [
    ['a step to the other side', (sound) => sound.setPosition(-1, 0, 0)],
    ['a leap across the listener', (sound) => sound.setPosition(-1000, 0, 0)],
    ['a leap away', (sound) => sound.setPosition(1e30, 0, 0)],
    ['the switch', (sound) => Reflect.set(sound, 'spatial', false)],
    ['a cone', (sound) => sound.setCone(0.1, 0.2, 0)],
    ['a model', (sound) => Reflect.set(sound, 'attenuation', 'none')],
    ['a rolloff', (sound) => Reflect.set(sound, 'rolloff', 100)],
    ['a minDistance', (sound) => Reflect.set(sound, 'minDistance', 1e20)],
    ['a maxDistance', (sound) => Object.assign(sound, { attenuation: 'linear', maxDistance: 2 })],
    ['a maxGain', (sound) => Reflect.set(sound, 'maxGain', 0)],
    ['a direction turned off', (sound) => Reflect.set(sound, 'directionalAttenuationFactor', 0)],
    ['relative positioning', (sound) => Reflect.set(sound, 'positioning', 'relative')],
    ['a velocity', (sound) => sound.setVelocity(-300, 0, 0)],
    ['another listener', (_, engine) => engine.listener(1).setPosition(1.9, 0, 0)],
    ['a listener that turns round', (_, engine) => engine.listener().setDirection(0, 0, 1)],
    ['a listener gone deaf', (_, engine) => Reflect.set(engine.listener(), 'enabled', false)],
    ['a stop', (sound) => sound.stop()],
  ];

  it.each(changes)('of %s stay below 0.003', (_, apply) => {
    const engine = openEngine(host);
    engine.listener().setPosition(0.5, 0, 0);
    const sound = placed(engine, [1.8, 0, 0]);
    engine.readPcmFrames(1013);
    const out = [...engine.readPcmFrames(100)];
    apply(sound, engine);
    out.push(...engine.readPcmFrames(2000));
    for (const channel of [0, 1]) {
      expect(largestStep(out.filter((_, index) => index % 2 === channel)), `channel ${channel}`).toBeLessThanOrEqual(
        0.003,
      );
    }
  });

  it('of a listener who turns 0.3 rad every 480 frames stay below 0.0005', () => {
    const engine = openEngine(host);
    placed(engine, [0, 0, -1]);
    engine.readPcmFrames(1000);
    const out: number[] = [];
    for (let turn = 0; turn < 60; turn++) {
      engine.listener().setDirection(Math.sin(turn * 0.3), 0, -Math.cos(turn * 0.3));
      out.push(...engine.readPcmFrames(480));
    }
    const left = out.filter((_, index) => index % 2 === 0);
    expect(Math.max(...left) - Math.min(...left)).toBeGreaterThan(0.6);
    for (const channel of [0, 1])
      expect(largestStep(out.filter((_, index) => index % 2 === channel))).toBeLessThanOrEqual(0.0005);
  });

  it('of a source that flies through the listener stay small', () => {
    const engine = openEngine(host);
    const sound = placed(engine, [-2, 0, 0]);
    engine.readPcmFrames(1000);
    const out: number[] = [];
    for (let x = -2; x <= 2; x += 0.1) {
      sound.setPosition(x, 0, 0);
      out.push(...renderChannel(engine, 480));
    }
    expect(largestStep(out)).toBeLessThanOrEqual(0.0005);
    expect(Math.max(...out)).toBeLessThanOrEqual(0.95);
  });
});
