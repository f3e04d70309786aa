import { describe, expect, it } from 'vitest';
import { expectCleanEnd, promptMalloc, runWithEngine } from '../support/programs.js';

const collect = `
  const collect = async () => {
    for (let round = 0; round < 5; round++) {
      gc();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const { readdirSync } = await import('node:fs');
  const descriptors = () => readdirSync('/proc/self/fd').length;
  const threadCount = () => readdirSync('/proc/self/task').length;
  const resident = () => process.memoryUsage().rss / 1e6;
`;
const flags = ['--expose-gc'];

describe('garbage collection', () => {
  it('never silences what is heard: sounds, groups and buffers that nobody holds play on', async () => {
    const result = await runWithEngine(
      `${collect}
      const engine = new Engine({ device: false });
      (() => {
        const group = new SoundGroup(engine);
        for (let index = 0; index < 10; index++)
          Sound.fromBuffer(
            engine,
            new AudioBuffer(new Float32Array(48000).fill(0.0625), { sampleRate: 48000, channels: 1 }),
            { group, looping: true },
          ).play();
      })();
      engine.readPcmFrames(1000);
      await collect();
      for (let round = 0; round < 50; round++) new Float32Array(1e6).fill(9);
      await collect();
      console.log([...new Set(engine.readPcmFrames(96000))].join());`,
      { flags },
    );
    expectCleanEnd(result);
    expect(result.stdout).toBe('0.625\n');
  });

  it('does not free samples in shared memory that are being played in place', async () => {
    const result = await runWithEngine(
      `${collect}
      const engine = await open();
      (() => {
        for (let index = 0; index < 20; index++) {
          const memory = new Float32Array(new SharedArrayBuffer(4 * 480000));
          memory.fill(0.01);
          const buffer = new AudioBuffer(memory, { sampleRate: 48000, channels: 1 });
          Sound.fromBuffer(engine, buffer, { looping: true }).play();
          if (index % 2) buffer.dispose();
        }
      })();
      for (let round = 0; round < 10; round++) {
        await collect();
        new Float32Array(new SharedArrayBuffer(4 * 480000 * 5)).fill(9);
      }
      const { peak } = engine.meter();
      console.log(peak[0].toFixed(3), engine.stats.activeVoices);`,
      { flags },
    );
    expectCleanEnd(result);
    expect(result.stdout).toBe('0.200 20\n');
  });

  it('of a device engine that was not disposed complains once, and breaks nothing', async () => {
    const result = await runWithEngine(
      `${collect}
      await (async () => {
        for (let index = 0; index < 3; index++) Sound.fromBuffer(await open(), tone(1), { looping: true }).play();
      })();
      await collect();
      await new Promise((resolve) => setTimeout(resolve, 300));
      await collect();
      console.log('over');`,
      { flags },
    );
    expect([result.code, result.signal, result.stdout]).toEqual([0, null, 'over\n']);
    const complaints = result.stderr.split('ERR_NOT_DISPOSED').length - 1;
    expect(complaints).toBe(1);
  });

  it('gives back what disposed engines held: threads, descriptors and memory', async () => {
    const result = await runWithEngine(
      `${collect}
      const round = async () => {
        const engine = await open();
        const group = new SoundGroup(engine);
        for (let index = 0; index < 10; index++) Sound.fromBuffer(engine, tone(1), { group }).play();
        await new Promise((resolve) => setTimeout(resolve, 20));
        engine.dispose();
      };
      for (let index = 0; index < 25; index++) await round();
      await collect();
      await new Promise((resolve) => setTimeout(resolve, 300));
      const before = [descriptors(), threadCount(), resident()];
      for (let index = 0; index < 50; index++) await round();
      await collect();
      await new Promise((resolve) => setTimeout(resolve, 300));
      // What is left for ever ends here too, and is counted.
      for (let tries = 0; tries < 500 && (descriptors() > before[0] || threadCount() > before[1]); tries++)
        await collect();
      const after = [descriptors(), threadCount(), resident()];
      console.log(JSON.stringify(after.map((value, index) => value - before[index])));`,
      { flags, env: promptMalloc },
    );
    expectCleanEnd(result);
    const [fileDescriptors, threads, megabytes] = JSON.parse(result.stdout) as [number, number, number];
    expect(fileDescriptors).toBeLessThanOrEqual(0);
    expect(threads).toBeLessThanOrEqual(0);
    // 50 engines with 4 MB each and 96 MB of samples came and went.
    expect(megabytes).toBeLessThan(60);
  });

  it('finds the samples of sounds that came and went', async () => {
    const result = await runWithEngine(
      `${collect}
      for (const host of ['native', 'wasm']) {
        const engine = new Engine({ host, device: false });
        const round = async () => {
          for (let index = 0; index < 50; index++) {
            const buffer = new AudioBuffer(new Float32Array(480000), { sampleRate: 48000, channels: 1 });
            const sound = Sound.fromBuffer(engine, buffer).play();
            engine.readPcmFrames(10);
            buffer.dispose();
            sound.dispose();
            engine.readPcmFrames(1000);
          }
          await collect();
        };
        await round();
        const before = resident();
        for (let index = 0; index < 5; index++) await round();
        console.log(resident() - before < 80);
        engine.dispose();
      }`,
      { flags },
    );
    expectCleanEnd(result);
    expect(result.stdout).toBe('true\ntrue\n');
  });
});

describe('disposing on a device', () => {
  it('works in every order while everything plays', async () => {
    const result = await runWithEngine(
      `
      let seed = 1;
      const random = (count) => {
        seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
        return (seed >>> 8) % count;
      };
      const shared = tone(0.2);
      for (let round = 0; round < 40; round++) {
        const engine = new Engine({ device: { backend: 'null' } });
        if (round % 3) await engine.ready;
        const outer = new SoundGroup(engine);
        const inner = new SoundGroup(engine, { parent: outer });
        const buffer = tone(0.1);
        const things = [engine, outer, inner, buffer];
        for (const group of [inner, outer, null])
          things.push(
            Sound.fromBuffer(engine, buffer, { group }).play(),
            Sound.fromBuffer(engine, shared, { group, looping: true }).play(),
          );
        while (things.length) {
          const [thing] = things.splice(random(things.length), 1);
          thing.dispose();
          if (random(4) === 0) await new Promise((resolve) => setTimeout(resolve, random(12)));
        }
      }
      console.log('over');`,
    );
    expectCleanEnd(result);
    expect(result.stdout).toBe('over\n');
  });

  it('happens by `using` also when something throws', async () => {
    const result = await runWithEngine(`
      let kept;
      try {
        const engine = (kept = await open());
        try {
          Sound.fromBuffer(engine, tone(60)).play();
          throw new Error('on purpose');
        } finally {
          engine[Symbol.dispose]();
        }
      } catch (error) {
        console.log(error.message, kept.disposed, kept.state);
      }`);
    expectCleanEnd(result);
    expect(result.stdout).toBe('on purpose true closed\n');
  });
});
