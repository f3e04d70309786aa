import { type AudioBackend, Engine, EngineBackend } from '../../../src/index.js';
import './process.js';

// What examples/run.mjs is for a process, for a page: each example is rendered offline, and its samples are kept.

/** Everything that the example gave to hear, interleaved. */
export let rendered = new Float32Array(0);

const framesAtOnce = 480;

export async function run(
  play: (backend: AudioBackend, wait: (seconds: number) => Promise<void>) => Promise<void>,
): Promise<void> {
  const engine = await new Engine({ device: false }).ready;
  const backend = new EngineBackend(engine, { name: 'offline' });
  const blocks: Float32Array[] = [];
  let asked = 0;
  await play(backend, async (seconds) => {
    asked += seconds * engine.sampleRate;
    while (engine.timeFrames + framesAtOnce <= asked) {
      blocks.push(engine.readPcmFrames(framesAtOnce));
      await new Promise((resolve) => setImmediate(resolve));
    }
  });
  rendered = new Float32Array(blocks.length * framesAtOnce * engine.channels);
  for (const [index, block] of blocks.entries()) rendered.set(block, index * block.length);
  backend.shutdown();
}

export const recording = new URL('../media/lena.mp3', document.baseURI);
