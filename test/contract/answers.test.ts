import { expect, it } from 'vitest';
import { Sound } from '../../src/index.js';
import { bufferOf, forEachHost, openEngine, stateOf } from '../support/hosts.js';
import { Random } from '../support/random.js';
import { counting } from '../support/signals.js';

forEachHost('what a sound says of itself', (host) => {
  it('is at once what the engine says when it has taken the commands', () => {
    for (let seed = 1; seed <= 150; seed++) {
      const random = new Random(seed);
      const engine = openEngine(host, { smoothingMs: random.pick([0, 10]) });
      const length = random.pick([0, 1, 500, 3000]);
      const sound = Sound.fromBuffer(engine, bufferOf(counting(length)), { looping: random.next() < 0.3 });
      const said: string[] = [];
      const answer = () => [sound.playing, sound.paused, sound.atEnd, sound.cursorFrames];
      for (let step = 0; step < 60; step++) {
        for (let count = random.integer(1, 4); count > 0; count--) said.push(say(random, sound));
        const asked = answer();
        engine.readPcmFrames(0);
        expect(asked, `seed ${seed}: ${said.slice(-8).join(', ')}`).toEqual(answer());
        const frames = random.integer(0, 400);
        engine.readPcmFrames(frames);
        said.push(`${frames} frames`);
      }
      engine.dispose();
    }
  });

  it('is told once for every run: its promise is settled, and one event comes', async () => {
    const total = { ended: 0, stopped: 0 };
    for (let seed = 1; seed <= 150; seed++) {
      const random = new Random(seed);
      const engine = openEngine(host);
      const sound = Sound.fromBuffer(engine, bufferOf(counting(random.pick([1, 500, 3000]))));
      const runs = new Set<Promise<string>>();
      const told: string[] = [];
      const said: string[] = [];
      sound.on('end', () => told.push('ended'));
      sound.on('stop', () => told.push('stopped'));
      const soon = () =>
        random.next() < 0.5
          ? {}
          : {
              atFrames: engine.timeFrames + random.integer(0, 800),
              ...(random.next() < 0.3 ? { fadeSeconds: 0.003 } : {}),
            };
      for (let step = 0; step < 40; step++) {
        const timing = soon();
        const [name, run] = random.pick<[string, () => unknown]>([
          ['play', () => runs.add(sound.play(timing).finished)],
          ['play', () => runs.add(sound.play(timing).finished)],
          ['stop', () => sound.stop(timing)],
          ['pause', () => sound.pause()],
          ['resume', () => sound.resume()],
          ['fadeOut', () => void sound.fadeOut(random.between(0, 0.01))],
        ]);
        run();
        const frames = random.pick([0, 1, 100, 700]);
        said.push(`${name} ${JSON.stringify(timing)}, ${frames} frames`);
        engine.readPcmFrames(frames);
      }
      // Everything that waits for its frame, and what is paused, comes to its end.
      engine.readPcmFrames(2000);
      sound.resume();
      engine.readPcmFrames(5000);
      const settled: string[] = [];
      for (const run of runs) settled.push(await stateOf(run));
      expect(settled, `seed ${seed}: ${said.join('; ')}`).not.toContain('pending');
      expect(told, `seed ${seed}: ${said.join('; ')}`).toEqual(settled);
      expect([sound.playing, sound.paused]).toEqual([false, false]);
      for (const how of settled) total[how as keyof typeof total]++;
      engine.dispose();
    }
    expect(Math.min(total.ended, total.stopped)).toBeGreaterThan(200);
  });
});

/** One random command that acts at once; gives its name. */
function say(random: Random, sound: Sound): string {
  const place = random.integer(0, sound.lengthFrames);
  const begin = random.integer(0, Math.max(0, sound.lengthFrames - 1));
  const end = random.integer(begin + 1, Math.max(begin + 1, sound.lengthFrames));
  const commands: [string, () => unknown][] = [
    ['play', () => sound.play()],
    ['stop', () => sound.stop()],
    ['pause', () => sound.pause()],
    ['resume', () => sound.resume()],
    [`seek ${place}`, () => sound.seek(place)],
    [`range ${begin} ${end}`, () => sound.lengthFrames > 0 && sound.setRange(begin, end)],
    ['looping', () => Reflect.set(sound, 'looping', random.next() < 0.5)],
  ];
  const [name, run] = random.pick(commands);
  run();
  return name;
}
