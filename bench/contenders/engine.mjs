// This engine as a contender, through its public API and nothing else: `engine.mjs native|wasm MODE options`. Prints
// one line of JSON.

import { BUFFERS, makeSamples, median, OUTPUT_RATE, positionOf, processorTime, readScene } from '../workload.mjs';
import { measureRender } from './measure-render.mjs';

const [host, mode, ...words] = process.argv.slice(2);
const importStart = performance.now();
const { AudioBuffer, AudioError, Engine, Sound } = await import('../../dist/index.js');
const importMilliseconds = performance.now() - importStart;
const scene = readScene(words);

function makeEngine(options = {}) {
  return new Engine({ device: false, host, sampleRate: OUTPUT_RATE, channels: 2, ...options });
}

/** Builds the scene: playing, paused and idle sounds, in this order. */
function makeScene() {
  const count = scene.voices + scene.paused + scene.idle;
  const engine = makeEngine({ maxVoices: Math.max(1, scene.voices + scene.paused), resampler: scene.resampler });
  const buffers = Array.from({ length: BUFFERS }, (_, index) => {
    return new AudioBuffer(makeSamples(index, scene), { sampleRate: scene.sourceRate, channels: scene.sourceChannels });
  });
  const sounds = Array.from({ length: count }, (_, index) => {
    const pitched = scene.pitch === 1 ? {} : { pitch: scene.pitch };
    const sound = Sound.fromBuffer(engine, buffers[index % BUFFERS], {
      looping: true,
      pitchEnabled: scene.pitchEnabled === 1,
      resampler: scene.resampler,
      spatial: scene.spatial === 1,
      ...pitched,
    });
    if (scene.spatial === 1) sound.setPosition(0, 0, -1);
    sound.seek(positionOf(index, scene));
    if (index < scene.voices + scene.paused) sound.play();
    if (index >= scene.voices && index < scene.voices + scene.paused) sound.pause();
    return sound;
  });
  return { engine, sounds };
}

/** Renders one second, of which the second half gives the loudness, then measures batches of about 10 ms. */
function render() {
  const { engine, sounds } = makeScene();
  return { ...measureRender(engine, scene, OUTPUT_RATE), sounds: sounds.length };
}

/**
 * 10,000 fire-and-forget sounds for each second rendered, beside a steady tone: the share of a core they cost, and the
 * blocks of the tone they changed.
 */
async function oneShots() {
  const perBlock = (scene.perSecond ?? 10000) / 100;
  const blocks = 200;
  const renderAll = async (count) => {
    const engine = makeEngine();
    const tone = new AudioBuffer(makeSamples(0, scene), { sampleRate: OUTPUT_RATE, channels: 1 });
    const silence = new AudioBuffer(new Float32Array(240), { sampleRate: OUTPUT_RATE, channels: 1 });
    Sound.fromBuffer(engine, tone, { looping: true }).play();
    const out = new Float32Array(480 * 2);
    const heard = [];
    const start = processorTime();
    for (let block = 0; block < blocks; block++) {
      for (let i = 0; i < count; i++) engine.play(silence);
      engine.readPcmFramesInto(out);
      heard.push(out.slice());
      await new Promise(setImmediate);
    }
    const spent = processorTime() - start;
    engine.dispose();
    return { spent, heard };
  };
  await renderAll(perBlock);
  const without = await renderAll(0);
  const busy = await renderAll(perBlock);
  const damaged = busy.heard.filter((block, index) =>
    block.some((sample, i) => sample !== without.heard[index][i]),
  ).length;
  return { coreShare: (busy.spent - without.spent) / (blocks * 10e6), damagedBlocks: damaged, blocks };
}

/** Cost in nanoseconds of one write of a parameter and of one read of the published state. */
function control() {
  const { engine, sounds } = makeScene();
  const [sound] = sounds;
  const out = new Float32Array(480 * 2);
  const writes = [];
  const reads = [];
  const taken = [];
  let sum = 0;
  const callsPerBatch = 8000;
  for (let batch = 0; batch < 60; batch++) {
    const start = processorTime();
    for (let i = 0; i < callsPerBatch; i++) sound.volume = (i & 255) / 256;
    const written = processorTime();
    engine.readPcmFramesInto(out);
    const rendered = processorTime();
    for (let i = 0; i < callsPerBatch; i++) sum += sound.cursorFrames;
    const read = processorTime();
    engine.readPcmFramesInto(out);
    if (batch < 10) continue;
    writes.push((written - start) / callsPerBatch);
    taken.push((rendered - written) / callsPerBatch);
    reads.push((read - rendered) / callsPerBatch);
  }
  return {
    writeNanoseconds: median(writes),
    takenNanoseconds: median(taken),
    readNanoseconds: median(reads),
    checksum: sum,
  };
}

/**
 * Milliseconds until the first block is there, by the clock on the wall and of processor time: of the first engine of
 * the process and of later ones.
 */
function startUp() {
  const times = [];
  const spent = [];
  for (let i = 0; i < 12; i++) {
    const before = processorTime();
    const start = performance.now();
    const engine = makeEngine();
    engine.readPcmFrames(480);
    times.push(performance.now() - start);
    spent.push((processorTime() - before) / 1e6);
    engine.dispose();
  }
  return {
    importMilliseconds,
    firstMilliseconds: times[0],
    firstSpent: spent[0],
    laterMilliseconds: median(times.slice(1)),
  };
}

/** Bytes that an engine and a sound add to the process, all of it counted: C, shared memory, JavaScript objects. */
function memory() {
  const settledBytes = () => {
    for (let i = 0; i < 3; i++) globalThis.gc();
    return process.memoryUsage.rss();
  };
  const play = (engine) => engine.readPcmFrames(480);
  const kept = [makeEngine()];
  play(kept[0]);
  const before = settledBytes();
  const engines = 8;
  for (let i = 0; i < engines; i++) {
    kept.push(makeEngine());
    play(kept.at(-1));
  }
  const engineBytes = (settledBytes() - before) / engines;
  const buffer = new AudioBuffer(new Float32Array(480), { sampleRate: OUTPUT_RATE, channels: 1 });
  const make = (count) => {
    for (let i = 0; i < count; i++) kept.push(Sound.fromBuffer(kept[0], buffer));
    play(kept[0]);
  };
  make(2000);
  const few = settledBytes();
  const sounds = 20000;
  make(sounds);
  return { engineBytes, soundBytes: (settledBytes() - few) / sounds, kept: kept.length };
}

/** The resamplers that this engine has: those it refuses with a coded error are not there yet. */
function resamplers() {
  const engine = makeEngine();
  const buffer = new AudioBuffer(new Float32Array(480), { sampleRate: OUTPUT_RATE, channels: 1 });
  const available = ['linear', 'cubic', 'sinc', 'sinc-best'].filter((resampler) => {
    try {
      Sound.fromBuffer(engine, buffer, { resampler });
      return true;
    } catch (error) {
      if (error instanceof AudioError) return false;
      throw error;
    }
  });
  return { available };
}

/**
 * The wall clock just before an engine on the default device is made and told to play; the sound goes on until it has
 * surely been recorded.
 */
async function firstSound() {
  const ones = Float32Array.from({ length: OUTPUT_RATE }, (_, i) => (i % 48 < 24 ? 0.5 : -0.5));
  const startedAt = performance.timeOrigin + performance.now();
  const engine = new Engine({ host });
  const buffer = new AudioBuffer(ones, { sampleRate: OUTPUT_RATE, channels: 1 });
  engine.play(buffer);
  await new Promise((done) => setTimeout(done, 600));
  const backend = engine.device?.backend ?? null;
  engine.dispose();
  return { startedAt, backend };
}

/**
 * Frames of the engine's clock from a call of `play` to the first frame of its sound, on the default device with its
 * default options: the largest of many, in periods of 10 ms.
 */
async function writeToHeard() {
  const engine = new Engine({ host });
  await engine.ready;
  const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  const buffer = new AudioBuffer(new Float32Array(engine.sampleRate).fill(0.1), {
    sampleRate: engine.sampleRate,
    channels: 1,
  });
  const periods = [];
  await wait(300);
  for (let call = 0; call < 40; call++) {
    await wait(5 + 13 * Math.random());
    const asked = engine.timeFrames;
    const sound = engine.play(buffer);
    while (sound.cursorFrames === 0) await wait(1);
    // Cursor and clock are told one after the other: again where a callback came between.
    let started = Number.NaN;
    while (started !== engine.timeFrames - sound.cursorFrames) started = engine.timeFrames - sound.cursorFrames;
    periods.push((started - asked) / (engine.sampleRate / 100));
    sound.dispose();
  }
  const backend = engine.device?.backend ?? null;
  engine.dispose();
  return { periods: Math.max(...periods), backend };
}

const modes = {
  render,
  resamplers,
  'one-shots': oneShots,
  control,
  'start-up': startUp,
  memory,
  'first-sound': firstSound,
  'write-to-heard': writeToHeard,
};
if (modes[mode] === undefined) throw new Error(`Unknown mode "${mode}". Known: ${Object.keys(modes).join(', ')}`);
process.stdout.write(`${JSON.stringify(await modes[mode]())}\n`, () => process.exit(0));
