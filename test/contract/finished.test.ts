import { expect, it, vi } from 'vitest';
import { Sound, SoundGroup } from '../../src/index.js';
import { bufferOf, forEachHost, openEngine, renderChannel, settle, soundOf, stateOf } from '../support/hosts.js';
import { constant, counting } from '../support/signals.js';

forEachHost('finished', (host) => {
  it('tells how the present run came to its end', async () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, counting(1000));
    sound.play();
    const run = sound.finished;
    engine.readPcmFrames(999);
    expect(await stateOf(run)).toBe('pending');
    engine.readPcmFrames(2);
    expect(await stateOf(run)).toBe('ended');
  });

  it('is a promise of its own for each run', async () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, counting(1000));
    sound.play();
    const first = sound.finished;
    engine.readPcmFrames(500);
    sound.stop();
    engine.readPcmFrames(10);
    expect(await stateOf(first)).toBe('stopped');
    sound.play();
    const second = sound.finished;
    expect(await stateOf(second)).toBe('pending');
    engine.readPcmFrames(600);
    expect(await stateOf(second)).toBe('ended');
    sound.play();
    const third = sound.finished;
    engine.readPcmFrames(10);
    sound.dispose();
    expect(await stateOf(third)).toBe('disposed');
  });

  it('is not settled by the end of an earlier run', async () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, counting(1000));
    sound.play();
    engine.readPcmFrames(500);
    sound.stop();
    sound.play();
    const run = sound.finished;
    engine.readPcmFrames(100);
    expect(await stateOf(run)).toBe('pending');
    expect(sound.playing).toBe(true);
  });

  it('stays open over a pause', async () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, counting(1000));
    sound.play();
    const run = sound.finished;
    engine.readPcmFrames(100);
    sound.pause();
    engine.readPcmFrames(5000);
    expect(await stateOf(run)).toBe('pending');
    sound.resume();
    engine.readPcmFrames(1000);
    expect(await stateOf(run)).toBe('ended');
  });

  it('is the same promise while nothing changes', () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, counting(1000));
    sound.play();
    expect(sound.finished).toBe(sound.finished);
  });

  it('says disposed when the engine or the group goes', async () => {
    const engine = openEngine(host);
    const group = new SoundGroup(engine);
    const inGroup = soundOf(engine, counting(1000), { group });
    const alone = soundOf(engine, counting(1000));
    inGroup.play();
    alone.play();
    const runs = [inGroup.finished, alone.finished];
    engine.readPcmFrames(10);
    group.dispose();
    expect(inGroup.disposed).toBe(true);
    engine.dispose();
    expect(alone.disposed).toBe(true);
    expect(await Promise.all(runs)).toEqual(['disposed', 'disposed']);
  });
});

forEachHost('events', (host) => {
  it('tell the end and the stop of a sound, each once', async () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, counting(1000));
    const ended = vi.fn();
    const stopped = vi.fn();
    const remove = sound.on('end', ended);
    sound.on('stop', stopped);
    sound.play();
    engine.readPcmFrames(2000);
    await settle();
    expect([ended.mock.calls.length, stopped.mock.calls.length]).toEqual([1, 0]);
    sound.play();
    engine.readPcmFrames(10);
    sound.stop();
    engine.readPcmFrames(10);
    await settle();
    expect([ended.mock.calls.length, stopped.mock.calls.length]).toEqual([1, 1]);
    remove();
    remove();
    sound.play();
    engine.readPcmFrames(2000);
    await settle();
    expect(ended).toHaveBeenCalledTimes(1);
  });

  it('let a listener start the sound again, stop another and dispose itself', async () => {
    const engine = openEngine(host);
    const sound = soundOf(engine, counting(100));
    const other = soundOf(engine, constant(100000));
    other.play();
    let rounds = 0;
    sound.on('end', () => {
      rounds++;
      if (rounds < 3) sound.play();
      else {
        other.stop();
        sound.dispose();
      }
    });
    sound.play();
    for (let block = 0; block < 10; block++) {
      engine.readPcmFrames(200);
      await settle();
    }
    expect([rounds, sound.disposed, other.playing]).toEqual([3, true, false]);
  });

  it('are not lost when a listener throws', async () => {
    const engine = openEngine(host);
    const sounds = [soundOf(engine, counting(100)), soundOf(engine, counting(100))] as const;
    const heard = vi.fn();
    const thrown: unknown[] = [];
    const onThrown = (error: unknown) => thrown.push(error);
    const others = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', onThrown);
    try {
      sounds[0].on('end', () => {
        throw new Error('a listener that throws');
      });
      sounds[0].on('end', heard);
      sounds[1].on('end', heard);
      for (const sound of sounds) sound.play();
      try {
        engine.readPcmFrames(200);
      } catch (error) {
        thrown.push(error);
      }
      await settle();
      engine.readPcmFrames(200);
      await settle();
    } finally {
      process.removeListener('uncaughtException', onThrown);
      for (const listener of others) process.on('uncaughtException', listener);
    }
    expect(heard).toHaveBeenCalledTimes(2);
    expect(thrown.map(String)).toEqual(['Error: a listener that throws']);
  });
});

forEachHost('fire and forget', (host) => {
  it('plays and disposes itself at its end', async () => {
    const engine = openEngine(host);
    const buffer = bufferOf(counting(1000));
    const sound = engine.play(buffer, { volume: 0.5, atFrames: 100 });
    expect(sound).toBeInstanceOf(Sound);
    const run = sound.finished;
    const out = renderChannel(engine, 2000);
    expect(out[99]).toBe(0);
    expect(out[100]).toBe((counting(1)[0] as number) / 2);
    expect(['ended', 'disposed']).toContain(await run);
    await settle();
    expect(sound.disposed).toBe(true);
    engine.readPcmFrames(10);
    expect(engine.stats.sounds).toBe(0);
  });

  it('does so a hundred thousand times, with as much memory as a few', async () => {
    const engine = openEngine(host, { maxVoices: 200 });
    const buffer = bufferOf(counting(100));
    for (let round = 0; round < 1000; round++) {
      for (let index = 0; index < 100; index++) engine.play(buffer);
      engine.readPcmFrames(128);
      if (round % 100 === 0) await settle();
    }
    await settle();
    engine.readPcmFrames(128);
    expect(engine.stats.sounds).toBe(0);
  });

  it('fades in', () => {
    const engine = openEngine(host);
    engine.play(bufferOf(constant(10000)), { fadeInSeconds: 0.1 });
    expect(renderChannel(engine, 2401)[2400]).toBeCloseTo(0.5, 5);
  });
});
