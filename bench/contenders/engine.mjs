// This engine as a contender, through its public API and nothing else: `engine.mjs native|wasm MODE options`. Prints one line of JSON.
import { largestStep } from '../analysis.mjs';
import { BUFFERS, makeSamples, median, OUTPUT_RATE, positionOf, processorTime, readScene } from '../workload.mjs';

const [host, mode, ...words] = process.argv.slice(2);
const importStart = performance.now();
const { attachNode, AudioBuffer, AudioError, Engine, Sound, SoundGroup } = await import('../../dist/index.js');
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
  const out = new Float32Array(scene.block * 2);
  let squares = 0;
  const warmStart = processorTime();
  let warmBlocks = 0;
  // A second of sound, and at least 100 ms of work for the compiler of JavaScript and WebAssembly to settle.
  for (let done = 0; done < OUTPUT_RATE || processorTime() - warmStart < 100e6; done += scene.block, warmBlocks++) {
    engine.readPcmFramesInto(out);
    for (let i = 0; i < out.length; i++) {
      const frame = done + (i >> 1);
      if (frame >= OUTPUT_RATE / 2 && frame < OUTPUT_RATE) squares += out[i] ** 2;
    }
  }
  const batchBlocks = Math.max(1, Math.round(10e6 / ((processorTime() - warmStart) / warmBlocks)));
  const batches = [];
  for (let total = 0; total < scene.milliseconds * 1e6 || batches.length < 5; ) {
    const start = processorTime();
    for (let block = 0; block < batchBlocks; block++) engine.readPcmFramesInto(out);
    const spent = processorTime() - start;
    total += spent;
    batches.push(spent / batchBlocks);
  }
  return { nanosecondsPerFrame: median(batches) / scene.block, rms: Math.sqrt(squares / OUTPUT_RATE), sounds: sounds.length };
}

/** 10,000 fire-and-forget sounds for each second rendered, beside a steady tone: the share of a core they cost, and the blocks of the tone they changed. */
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
  const damaged = busy.heard.filter((block, index) => block.some((sample, i) => sample !== without.heard[index][i])).length;
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
  return { writeNanoseconds: median(writes), takenNanoseconds: median(taken), readNanoseconds: median(reads), checksum: sum };
}

/** Milliseconds until the first block is there: of the first engine of the process and of later ones. */
function startUp() {
  const times = [];
  for (let i = 0; i < 12; i++) {
    const start = performance.now();
    const engine = makeEngine();
    engine.readPcmFrames(480);
    times.push(performance.now() - start);
    engine.dispose();
  }
  return { importMilliseconds, firstMilliseconds: times[0], laterMilliseconds: median(times.slice(1)) };
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

const stepActions = {
  volume: ({ sound }) => {
    sound.volume = 0.25;
  },
  stop: ({ sound }) => sound.stop(),
  pause: ({ sound }) => sound.pause(),
  seek: ({ sound }) => sound.seek(100),
  mute: ({ group }) => {
    group.muted = true;
  },
  reroute: ({ sound, other }) => attachNode(sound, 0, other, 0),
  dispose: ({ sound }) => sound.dispose(),
};

/** The largest step between two frames after something was done to a constant 1. */
function steps() {
  const result = {};
  for (const [name, act] of Object.entries(stepActions)) {
    const engine = makeEngine();
    const group = new SoundGroup(engine);
    const other = new SoundGroup(engine);
    const ones = new AudioBuffer(new Float32Array(OUTPUT_RATE).fill(1), { sampleRate: OUTPUT_RATE, channels: 1 });
    const sound = Sound.fromBuffer(engine, ones, { looping: true, group });
    sound.play();
    const before = engine.readPcmFrames(4800);
    act({ sound, group, other });
    const after = engine.readPcmFrames(4800);
    const left = new Float32Array([...before, ...after].filter((_, index) => index % 2 === 0));
    result[name] = largestStep(left, 4700);
    engine.dispose();
  }
  return result;
}

/** Two seconds of a sine of `hertz`, of a given rate and at a given pitch: the left channel as numbers. */
function sine() {
  const engine = makeEngine();
  const samples = Float32Array.from({ length: scene.sourceRate * 2 }, (_, i) => 0.5 * Math.sin((2 * Math.PI * scene.hertz * i) / scene.sourceRate));
  const buffer = new AudioBuffer(samples, { sampleRate: scene.sourceRate, channels: 1 });
  const sound = Sound.fromBuffer(engine, buffer, { looping: true, resampler: scene.resampler });
  sound.pitch = scene.pitch;
  sound.play();
  const out = engine.readPcmFrames(OUTPUT_RATE * 2);
  return Array.from(out.filter((_, index) => index % 2 === 0));
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

/** The wall clock just before an engine on the default device is made and told to play; the sound goes on until it has surely been recorded. */
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

const modes = { render, resamplers, 'one-shots': oneShots, control, 'start-up': startUp, memory, steps, sine, 'first-sound': firstSound };
if (modes[mode] === undefined) throw new Error(`Unknown mode "${mode}". Known: ${Object.keys(modes).join(', ')}`);
process.stdout.write(`${JSON.stringify(await modes[mode]())}\n`, () => process.exit(0));
