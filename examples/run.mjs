// What all examples share: each is a function that plays something on a backend and waits. It is heard on the best
// backend of the machine, or with `--offline FILE.wav` rendered into a file, faster than real time and the same on
// every host (`--host native` or `--host wasm`).
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { AudioBuffer, Engine, EngineBackend, makeBackend } from 'miniaudio-engine';

const { values } = parseArgs({ options: { offline: { type: 'string' }, host: { type: 'string', default: 'auto' } } });

/** Runs an example: `play(backend, wait)`, where `await wait(seconds)` lets that much sound pass. */
export async function run(play) {
  if (values.offline === undefined) await runNow(play);
  else await runOffline(play, values.offline);
}

async function runNow(play) {
  const backend = await makeBackend();
  const { engine } = backend;
  console.log(`Playing on "${engine.device.name}" (backend ${backend.name}, ${engine.sampleRate} Hz).`);
  // A timer of the program may be late; the engine's clock is what counts.
  const wait = async (seconds) => {
    const end = engine.timeSeconds + seconds;
    while (engine.timeSeconds < end)
      await new Promise((resolve) => setTimeout(resolve, Math.max(1, (end - engine.timeSeconds) * 1000)));
  };
  await play(backend, wait);
  backend.shutdown();
}

async function runOffline(play, file) {
  const engine = new Engine({ device: false, host: values.host });
  const backend = new EngineBackend(engine, { name: 'offline' });
  const blocks = [];
  let asked = 0;
  const wait = async (seconds) => {
    asked += seconds * engine.sampleRate;
    // In steps of 10 ms, so that what waits for an end hears of it in time.
    while (engine.timeFrames + 480 <= asked) {
      blocks.push(engine.readPcmFrames(480));
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await play(backend, wait);
  const samples = new Float32Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let offset = 0;
  for (const block of blocks) {
    samples.set(block, offset);
    offset += block.length;
  }
  const { sampleRate, channels } = engine;
  writeFileSync(file, new AudioBuffer(samples, { sampleRate, channels }).toWav('f32'));
  console.log(`${file}: ${(samples.length / channels / sampleRate).toFixed(1)} s`);
  backend.shutdown();
}

/** A recording for the examples: a voice, 12 seconds, from the package audio-lena (MIT). */
export const recording = new URL('lena.mp3', import.meta.resolve('audio-lena'));
