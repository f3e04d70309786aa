import { AudioBuffer, Engine, Sound, SoundGroup, type WavFormat } from '../index.js';
import { type EffectWords, routeThrough } from './effects.js';
import { usageFailure } from './failure.js';
import { answer, decibels, writeOutput } from './output.js';
import { readScene, type Scene } from './scene.js';
import { progressBar } from './screen.js';

/** Options of `render`. */
export interface RenderWords {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly output: string;
  readonly seconds?: number;
  readonly rate?: number;
  readonly channels?: number;
  readonly format: WavFormat;
  readonly loop?: boolean;
  readonly pitch: number;
  readonly volume: number;
  readonly effect: readonly EffectWords[];
}

const blockFrames = 4800;
/** Where nobody says how long, nothing is longer than this. */
const longestSeconds = 3600;
/** What smoothing and a reverb's tail may need after the last sound. */
const silenceGain = 1e-5;
const longestTailSeconds = 30;

/** `render SCENE.json|FILE -o OUT.wav`: renders to a WAV file as fast as the machine can. */
export async function runRender(input: string, words: RenderWords): Promise<void> {
  const { json = false, quiet = false, output, format } = words;
  const scene = /\.json$/i.test(input) ? await readScene(input) : fileScene(input, words);
  const engine = new Engine({
    device: false,
    sampleRate: words.rate ?? scene.sampleRate,
    channels: words.channels ?? scene.channels,
  });
  const started = performance.now();
  try {
    const sounds = await scene.stage(engine);
    const samples = await renderAll(engine, sounds, words.seconds ?? scene.seconds, quiet || json);
    const { sampleRate, channels } = engine;
    const seconds = samples.length / channels / sampleRate;
    const speed = seconds / ((performance.now() - started) / 1000);
    const { peak: peaks } = engine.meter();
    const peak = Math.max(...peaks);
    await writeOutput(output, new AudioBuffer(samples, { sampleRate, channels, transfer: true }).toWav(format));
    const loud =
      peak > 1 && format !== 'f32'
        ? '; too loud for the file, so it is clipped: lower --volume, or use --format f32'
        : '';
    const value = {
      file: output,
      seconds,
      sampleRate,
      channels,
      format,
      peak,
      timesRealTime: speed,
      host: engine.host,
    };
    answer(
      json,
      value,
      `${output}: ${seconds.toFixed(3)} s, peak ${decibels(peak)}, ${speed.toFixed(0)} times real time${loud}`,
    );
  } finally {
    engine.dispose();
  }
}

/** A file alone is a scene of one sound. */
function fileScene(file: string, { loop = false, pitch, volume, effect, seconds }: RenderWords): Scene {
  if (loop && seconds === undefined) throw usageFailure('A loop has no end: add --seconds LENGTH');
  return {
    sampleRate: 48000,
    channels: 2,
    seconds: null,
    async stage(engine) {
      engine.volume = volume;
      const group = new SoundGroup(engine);
      routeThrough(engine, group, effect);
      const sound = Sound.fromBuffer(engine, await AudioBuffer.load(file), { group, looping: loop, pitch });
      return [sound.play()];
    },
  };
}

/** All frames of a length, or until every sound is over and what follows has died away. */
async function renderAll(
  engine: Engine,
  sounds: readonly Sound[],
  seconds: number | null,
  quiet: boolean,
): Promise<Float32Array> {
  const { channels, sampleRate } = engine;
  const limit = Math.round((seconds ?? longestSeconds) * sampleRate);
  const bar = progressBar(quiet, 'Rendering');
  const blocks: Float32Array[] = [];
  let done = 0;
  let open = sounds.length;
  for (const sound of sounds) void sound.finished.then(() => (open -= 1));
  const longest = sounds.reduce((most, { lengthSeconds }) => Math.max(most, lengthSeconds), 0) * sampleRate;
  let tailFrames = 0;
  try {
    while (done < limit) {
      const block = engine.readPcmFrames(Math.min(blockFrames, limit - done));
      blocks.push(block);
      done += block.length / channels;
      bar.update(Math.min(1, done / (seconds === null ? longest : limit)));
      // Promises are settled between the blocks, and the terminal is drawn.
      await new Promise((resolve) => setImmediate(resolve));
      if (seconds !== null || open > 0) continue;
      tailFrames += block.length / channels;
      if (block.every((value) => Math.abs(value) < silenceGain) || tailFrames > longestTailSeconds * sampleRate) break;
    }
  } finally {
    bar.close();
  }
  return joined(blocks);
}

function joined(blocks: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    whole.set(block, at);
    at += block.length;
  }
  return whole;
}
