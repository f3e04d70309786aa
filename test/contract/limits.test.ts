import { expect, it } from 'vitest';
import { Sound, SoundGroup } from '../../src/index.js';
import { bufferOf, forEachHost, openEngine, renderChannel, soundOf } from '../support/hosts.js';
import { constant, counting } from '../support/signals.js';

const coded = (code: string) => expect.objectContaining({ name: 'AudioError', code });

forEachHost('limits', (host) => {
  it('let maxVoices sounds play; one more is refused and nothing else is disturbed', () => {
    const engine = openEngine(host, { maxVoices: 4 });
    const buffer = bufferOf(constant(1000, 1, 0.125));
    const sounds = Array.from({ length: 6 }, () => Sound.fromBuffer(engine, buffer));
    for (const sound of sounds.slice(0, 4)) sound.play();
    const fifth = sounds[4] as Sound;
    expect(() => fifth.play()).toThrow(coded('ERR_VOICE_LIMIT'));
    expect(fifth.playing).toBe(false);
    expect(() => engine.play(buffer)).toThrow(coded('ERR_VOICE_LIMIT'));
    expect(renderChannel(engine, 100).every((sample) => sample === 0.5)).toBe(true);
    sounds[0]?.stop();
    fifth.play();
    engine.readPcmFrames(1000);
    for (const sound of sounds.slice(1, 5)) sound.play();
    engine.readPcmFrames(10);
    expect(engine.stats.voices).toBe(4);
  });

  it('give the place of an ended sound to the next', () => {
    const engine = openEngine(host, { maxVoices: 1 });
    const buffer = bufferOf(counting(10));
    for (let round = 0; round < 50; round++) {
      const sound = Sound.fromBuffer(engine, buffer);
      sound.play();
      engine.readPcmFrames(20);
      if (round % 2 === 0) sound.dispose();
    }
    expect(engine.stats.sounds).toBe(25);
  });

  it('hold 65,535 sounds at rest, refuse one more, and take one again when one is gone', () => {
    const engine = openEngine(host);
    const buffer = bufferOf(counting(10));
    const sounds = Array.from({ length: 65535 }, () => Sound.fromBuffer(engine, buffer));
    expect(() => Sound.fromBuffer(engine, buffer)).toThrow(coded('ERR_SOUND_LIMIT'));
    expect(() => engine.play(buffer)).toThrow(coded('ERR_SOUND_LIMIT'));
    sounds[65534]?.play();
    expect(renderChannel(engine, 10)).toEqual(counting(10));
    expect(engine.stats.sounds).toBe(65535);
    sounds[3]?.dispose();
    engine.readPcmFrames(10);
    Sound.fromBuffer(engine, buffer).play();
    expect(renderChannel(engine, 10)).toEqual(counting(10));
    expect(() => Sound.fromBuffer(engine, buffer)).toThrow(coded('ERR_SOUND_LIMIT'));
    engine.dispose();
    expect(sounds.every((sound) => sound.disposed)).toBe(true);
  });

  it('hold 4,095 groups beside the endpoint, refuse one more, and take one again when one is gone', () => {
    const engine = openEngine(host);
    const groups: SoundGroup[] = [];
    for (let index = 0; index < 4095; index++)
      groups.push(new SoundGroup(engine, { parent: groups[index - 1 - (index % 7)] ?? null }));
    expect(() => new SoundGroup(engine)).toThrow(coded('ERR_NODE_LIMIT'));
    const last = groups[4094] as SoundGroup;
    soundOf(engine, constant(10000), { group: last }).play();
    engine.readPcmFrames(10);
    expect(renderChannel(engine, 10)[9]).toBe(1);
    last.dispose();
    engine.readPcmFrames(2000);
    expect(new SoundGroup(engine).disposed).toBe(false);
  });

  it('do not wear an engine out: more sounds, groups and buffers than an id has numbers come and go', () => {
    const engine = openEngine(host);
    const buffer = bufferOf(counting(10));
    for (let round = 0; round < 70; round++) {
      const sounds = Array.from({ length: 1000 }, () => Sound.fromBuffer(engine, buffer));
      const group = new SoundGroup(engine);
      for (const sound of sounds) sound.dispose();
      group.dispose();
      engine.readPcmFrames(1);
    }
    engine.readPcmFrames(1000);
    expect(engine.stats.sounds).toBe(0);
    Sound.fromBuffer(engine, buffer).play();
    expect(renderChannel(engine, 10)).toEqual(counting(10));
  });
});

forEachHost('a ring that nobody drains', (host) => {
  it('loses nothing: after a million writes the last values are heard, in the order of other commands', () => {
    const engine = openEngine(host, { smoothingMs: 0 });
    const sounds = Array.from({ length: 10 }, () => soundOf(engine, constant(1000), { volume: 0 }));
    for (let write = 0; write < 1_000_000; write++) {
      const sound = sounds[write % 10] as Sound;
      if (write % 5000 === 0) sound.play();
      sound.volume = (write % 4096) / 65536;
      if (write % 7000 === 0) sound.seek(write % 1000);
    }
    let expected = 0;
    for (let index = 0; index < 10; index++) {
      (sounds[index] as Sound).volume = (index + 1) / 64;
      (sounds[index] as Sound).play();
      expected += (index + 1) / 64;
    }
    expect(renderChannel(engine, 1)[0]).toBe(expected);
    expect(engine.stats.pendingCommands).toBe(0);
  });

  it('loses no sound that is made and freed meanwhile', () => {
    const engine = openEngine(host);
    const buffer = bufferOf(counting(10));
    for (let round = 0; round < 30000; round++) Sound.fromBuffer(engine, buffer).dispose();
    engine.readPcmFrames(1);
    engine.readPcmFrames(1);
    expect(engine.stats.sounds).toBe(0);
  });
});
