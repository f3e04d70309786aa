import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeFolder, run, shortFolder } from '../support/processes.js';
import { expectCleanEnd, runWithEngine } from '../support/programs.js';
import { noise } from '../support/signals.js';
import { writeWav } from '../support/wav.js';

let folder: string;

beforeAll(() => {
  folder = shortFolder('ls');
  writeFileSync(join(folder, 'float.wav'), writeWav(noise(480000, 2, 1, 0.2), 48000, 2));
  run('sox', '-D', join(folder, 'float.wav'), '-b', '16', '-e', 'signed-integer', join(folder, 'ten.wav'));
  run('oggenc', '-Q', '-o', join(folder, 'ten.ogg'), join(folder, 'ten.wav'));
  // An hour of one channel at 8 kHz.
  run(
    'sox',
    '-n',
    '-r',
    '8000',
    '-b',
    '16',
    '-c',
    '1',
    join(folder, 'hour.wav'),
    'synth',
    '3600',
    'sine',
    '200',
    'gain',
    '-6',
  );
  run('lame', '--quiet', '-b', '16', join(folder, 'hour.wav'), join(folder, 'hour.mp3'));
});

afterAll(() => removeFolder(folder));

const tools = `
  import { StreamSource } from 'miniaudio-engine';
  const collect = async () => {
    for (let round = 0; round < 6; round++) {
      gc();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const resident = () => process.memoryUsage().rss / 1e6;
`;
const flags = ['--expose-gc'];

it('a keeper lives as long as its sound, and no longer', async () => {
  const result = await runWithEngine(
    `${tools}
    for (const host of ['native', 'wasm']) {
      const engine = new Engine({ host, device: false });
      let sound;
      const kept = (() => {
        const owner = {
          buffer: new AudioBuffer(new Float32Array(48000).fill(0.5), { sampleRate: 48000, channels: 1 }),
        };
        sound = Sound.fromDataSource(engine, owner.buffer.dataSource, { keeper: owner, looping: true });
        return { owner: new WeakRef(owner), buffer: new WeakRef(owner.buffer) };
      })();
      sound.play();
      engine.readPcmFrames(100);
      await collect();
      const whilePlaying = [
        kept.owner.deref() !== undefined,
        kept.buffer.deref() !== undefined,
        engine.readPcmFrames(10)[0],
      ];
      sound.dispose();
      engine.readPcmFrames(1000);
      await collect();
      console.log(
        JSON.stringify([
          ...whilePlaying,
          kept.owner.deref() === undefined,
          kept.buffer.deref() === undefined,
          sound.disposed,
        ]),
      );
      engine.dispose();
    }`,
    { flags },
  );
  expectCleanEnd(result);
  expect(result.stdout).toBe('[true,true,0.5,true,true,true]\n[true,true,0.5,true,true,true]\n');
});

it('a keeper outlives a sound that nobody holds, because the engine plays it', async () => {
  const result = await runWithEngine(
    `${tools}
    const engine = new Engine({ device: false });
    const kept = (() => {
      const owner = {};
      const buffer = new AudioBuffer(new Float32Array(48000).fill(0.5), { sampleRate: 48000, channels: 1 });
      Sound.fromDataSource(engine, buffer.dataSource, { keeper: owner, looping: true }).play();
      return new WeakRef(owner);
    })();
    engine.readPcmFrames(100);
    await collect();
    const before = kept.deref() !== undefined;
    engine.dispose();
    await collect();
    console.log(before, kept.deref() === undefined);`,
    { flags },
  );
  expectCleanEnd(result);
  expect(result.stdout).toBe('true true\n');
});

it('samples in a SharedArrayBuffer are pinned while they play; WebAssembly copies once for each engine', async () => {
  const result = await runWithEngine(
    `${tools}
    const told = [];
    for (const host of ['native', 'wasm']) {
      const engine = new Engine({ host, device: false });
      const others = [new Engine({ host, device: false }), new Engine({ host, device: false })];
      const made = (() => {
        const memory = new SharedArrayBuffer(48000 * 4 * 100);
        const samples = new Float32Array(memory).fill(0.25);
        const buffer = new AudioBuffer(samples, { sampleRate: 48000, channels: 1 });
        const sounds = Array.from({ length: 50 }, () =>
          Sound.fromBuffer(engine, buffer, { looping: true, volume: 0.02 }),
        );
        return {
          buffer: new WeakRef(buffer),
          memory: new WeakRef(memory),
          write: (value) => samples.fill(value),
          sounds,
        };
      })();
      const before = resident();
      for (let count = 0; count < 200; count++)
        made.sounds.push(Sound.fromBuffer(engine, made.buffer.deref(), { looping: true, volume: 0 }));
      const grown = resident() - before;
      for (const sound of made.sounds) sound.play();
      const first = engine.readPcmFrames(1000)[0];
      made.write(0.5);
      const second = engine.readPcmFrames(1000)[1999];
      made.write = null;
      await collect();
      const third = engine.readPcmFrames(1000)[1999];
      told.push([first.toFixed(4), second.toFixed(4), third.toFixed(4), grown < 10]);
      for (const one of [engine, ...others]) one.dispose();
    }
    console.log(JSON.stringify(told));`,
    { flags },
  );
  expectCleanEnd(result);
  expect(result.stdout).toBe('[["0.2500","0.5000","0.5000",true],["0.2500","0.2500","0.2500",true]]\n');
});

it('an hour of a file is played in less than 2 MB', async () => {
  const result = await runWithEngine(
    `${tools}
    const block = new Float32Array(80000);
    const engine = new Engine({ device: false, sampleRate: 8000, channels: 1 });
    const play = async (name) => {
      const sound = Sound.fromFile(engine, ${JSON.stringify(folder)} + '/' + name, { stream: true }).play();
      for (let index = 0; index < 359; index++) {
        engine.readPcmFramesInto(block);
        if (index % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      return sound;
    };
    const told = [];
    // The first hours start the thread and warm the machine up, which goes on for a while; what a stream needs it needs
    // every time.
    for (const name of [
      'hour.wav',
      'hour.mp3',
      'hour.wav',
      'hour.mp3',
      'hour.wav',
      'hour.mp3',
      'hour.wav',
      'hour.mp3',
    ]) {
      await collect();
      const before = resident();
      const sound = await play(name);
      await collect();
      told.push([sound.cursorFrames, resident() - before, engine.stats.streamUnderruns]);
      sound.dispose();
      engine.readPcmFramesInto(block);
    }
    console.log(JSON.stringify(told));`,
    { flags },
  );
  expectCleanEnd(result);
  const told = JSON.parse(result.stdout) as [number, number, number][];
  expect(told.map(([cursor, , underruns]) => [cursor, underruns])).toEqual(told.map(() => [359 * 80000, 0]));
  for (const format of [0, 1])
    expect(
      Math.min(...told.filter((_, index) => index > 1 && index % 2 === format).map(([, megabytes]) => megabytes)),
    ).toBeLessThan(2);
});

it('streams that come and go leave nothing behind: threads, descriptors, memory', async () => {
  const result = await runWithEngine(
    `${tools}
    const { readdirSync } = await import('node:fs');
    const descriptors = () => readdirSync('/proc/self/fd').length;
    for (const host of ['native', 'wasm']) {
      const engine = new Engine({ host, device: false });
      const round = async (count) => {
        for (let index = 0; index < count; index++) {
          const sound = Sound.fromFile(engine, ${JSON.stringify(folder)} + (index % 2 ? '/ten.ogg' : '/ten.wav'), {
            stream: true,
          }).play();
          const stream = new StreamSource(engine, { sampleRate: 48000, channels: 2 });
          const live = Sound.fromStream(engine, stream).play();
          stream.write(new Int16Array(9600));
          engine.readPcmFrames(2000);
          for (const thing of [sound, live, stream]) thing.dispose();
          engine.readPcmFrames(1000);
          if (index % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 3));
        }
        await collect();
        engine.readPcmFrames(10);
        await collect();
        engine.readPcmFrames(10);
      };
      await round(60);
      const before = [descriptors(), resident()];
      await round(120);
      console.log(host, descriptors() - before[0], engine.stats.voices, resident() - before[1] < 40);
      engine.dispose();
    }`,
    { flags },
  );
  expectCleanEnd(result);
  expect(result.stdout).toBe('native 0 0 true\nwasm 0 0 true\n');
});

it.each([
  ['ends by itself while a file and a stream play', ''],
  ['ends at once with process.exit', 'process.exit(0);'],
])('a process %s', async (_, end) => {
  const result = await runWithEngine(
    `${tools}
    const engine = await open();
    Sound.fromFile(engine, ${JSON.stringify(folder)} + '/ten.ogg', { stream: true, looping: true }).play();
    const stream = new StreamSource(engine, { sampleRate: 48000, channels: 1 });
    Sound.fromStream(engine, stream).play();
    stream.write(new Int16Array(4800));
    await new Promise((resolve) => setTimeout(resolve, 300));
    console.log('over');
    ${end}`,
  );
  expectCleanEnd(result);
  expect(result.stdout).toBe('over\n');
});

it('the process waits for a file that is played to its end, and for room in a stream that is played', async () => {
  const result = await runWithEngine(
    `${tools}
    const engine = await open();
    const sound = Sound.fromFile(engine, ${JSON.stringify(folder)} + '/ten.wav', { stream: true });
    sound.seek(480000 - 24000);
    sound.play();
    console.log(await sound.finished, sound.atEnd);
    const stream = new StreamSource(engine, { sampleRate: 48000, channels: 1, bufferSeconds: 0.4 });
    stream.write(new Int16Array(20000));
    Sound.fromStream(engine, stream).play();
    await stream.drained();
    console.log(stream.availableWriteFrames >= 9600);`,
  );
  expectCleanEnd(result);
  expect(result.stdout).toBe('ended true\ntrue\n');
});

it('the process waits for a file that is being opened, and not for one that was given up', async () => {
  const result = await runWithEngine(
    `${tools}
    const engine = new Engine({ device: false });
    const path = ${JSON.stringify(folder)} + '/ten.ogg';
    console.log((await Sound.load(engine, path, { stream: true })).lengthFrames);
    const controller = new AbortController();
    const given = Sound.load(engine, path, { stream: true, signal: controller.signal });
    controller.abort(new Error('not wanted'));
    console.log(await given.catch((error) => error.message));
    const closed = Sound.load(engine, path, { stream: true });
    engine.dispose();
    console.log(await closed.catch((error) => error.code));`,
  );
  expectCleanEnd(result);
  expect(result.stdout).toBe('480000\nnot wanted\nERR_DISPOSED\n');
});
