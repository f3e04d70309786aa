import { expect, it } from 'vitest';
import { rounds } from '../support/extent.js';
import { expectCleanEnd, promptMalloc, runWithEngine } from '../support/programs.js';

// Objects of every class come and go beside a sound that counts its frames: a sample of it that is touched is not the
// next number any more.
const program = (host: string, count: number) => `
  import * as api from 'miniaudio-engine';
  const { StreamSource, attachNode, chain } = api;
  let seed = 9;
  const random = (count) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % count;
  };
  const effects = [
    'LPF',
    'HPF',
    'BPF',
    'Notch',
    'Peak',
    'LowShelf',
    'HighShelf',
    'Delay',
    'SoftClip',
    'Compressor',
    'Freeverb',
  ].map((name) => api[name + 'EffectNode']);
  const engine = new Engine({ host: '${host}', device: false, channels: 1 });
  const period = 65536;
  const counting = new AudioBuffer(
    Float32Array.from({ length: period }, (_, n) => n / period),
    { sampleRate: 48000, channels: 1 },
  );
  Sound.fromBuffer(engine, counting, { looping: true }).play();
  const silence = new AudioBuffer(new Float32Array(300), { sampleRate: 44100, channels: 1 });
  const block = new Float32Array(64);
  let frame = 0;
  const render = (count) => {
    const out = block.subarray(0, count);
    engine.readPcmFramesInto(out);
    for (const sample of out)
      if (sample !== (frame++ % period) / period)
        throw new Error('frame ' + (frame - 1) + ' was touched: ' + sample * period);
  };
  const kinds = [
    () => {
      const sound = Sound.fromBuffer(engine, silence, {
        looping: random(2) === 0,
        pitch: 1.3,
        spatial: random(3) === 0,
      });
      return [sound.play()];
    },
    () => [engine.play(silence)],
    () => {
      const outer = new SoundGroup(engine);
      const inner = new SoundGroup(engine, { parent: outer });
      return [outer, inner, Sound.fromBuffer(engine, silence, { group: inner }).play()];
    },
    () => {
      const effect = new effects[random(effects.length)](engine);
      const sound = Sound.fromBuffer(engine, silence);
      attachNode(sound, 0, effect, 0);
      return [effect, sound.play()];
    },
    () => {
      const group = new SoundGroup(engine);
      const made = [1, 2].map(() => new effects[random(effects.length)](engine));
      chain(group, made);
      return [group, ...made];
    },
    () => {
      const stream = new StreamSource(engine, { sampleRate: 48000, channels: 1, bufferSeconds: 0.01 });
      stream.write(new Int16Array(200));
      return [stream, Sound.fromStream(engine, stream).play()];
    },
    () => {
      const buffer = new AudioBuffer(new Float32Array(500), { sampleRate: 48000, channels: 1 });
      return [buffer, Sound.fromBuffer(engine, buffer).play()];
    },
  ];
  const resident = async () => {
    for (let round = 0; round < 4; round++) {
      gc();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return process.memoryUsage().rss / 1e6;
  };
  let before = 0;
  for (let round = 0; round < ${count}; round++) {
    const things = kinds[random(kinds.length)]();
    if (random(3) > 0) render(1 + random(60));
    while (things.length > 0) {
      const [thing] = things.splice(random(things.length), 1);
      thing.dispose();
      if (random(8) === 0) thing.dispose();
      if (random(4) === 0) render(1 + random(20));
    }
    if (round % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
    if (round === ${count / 2}) before = await resident();
  }
  for (let count = 0; count < 1000; count++) render(64);
  console.log(JSON.stringify([engine.stats.voices, (await resident()) - before]));`;

it.each(['native', 'wasm'])(
  'objects of every class that come and go leave nothing and touch no sample of another sound [%s]',
  async (host) => {
    const result = await runWithEngine(program(host, rounds(40_000, 200_000)), {
      flags: ['--expose-gc'],
      env: promptMalloc,
    });
    expectCleanEnd(result);
    const [voices, megabytes] = JSON.parse(result.stdout) as [number, number];
    expect(voices).toBe(1);
    // One lost sound or group in a hundred would be more.
    expect(megabytes).toBeLessThan(8);
  },
);
