// Ends while everything plays, on each runtime, in the way its first word says. The second word names the device's
// backend.
import { Worker } from 'node:worker_threads';
import { AudioBuffer, Engine, Sound, StreamSource } from 'miniaudio-engine';

const [how, backend] = process.argv.slice(2);

/** An engine on the device with sounds, a file from disk and a live stream, all of which play. */
async function play() {
  const engine = new Engine({ device: { backend } });
  await engine.ready;
  const tone = new AudioBuffer(
    Float32Array.from({ length: 48000 }, (_, n) => 0.1 * Math.sin(n / 17)),
    { sampleRate: 48000, channels: 1 },
  );
  for (let count = 0; count < 10; count += 1) Sound.fromBuffer(engine, tone, { looping: true }).play();
  Sound.fromFile(engine, new URL('./recording.flac', import.meta.url), { stream: true, looping: true }).play();
  const stream = new StreamSource(engine, { sampleRate: 48000, channels: 1 });
  Sound.fromStream(engine, stream).play();
  stream.write(new Int16Array(4800));
  while (engine.timeFrames < 4800) await new Promise((resolve) => setTimeout(resolve, 10));
  return engine;
}

/** Threads of their own that play; resolves when all do. */
function startThreads() {
  const source = `import(${JSON.stringify(import.meta.url)}).then(() => {
    require('node:worker_threads').parentPort.postMessage('plays');
  });`;
  const threads = [1, 2].map(() => new Worker(source, { eval: true, argv: ['stay', backend] }));
  return Promise.all(
    threads.map(
      (thread) => new Promise((resolve, reject) => thread.once('message', () => resolve(thread)).once('error', reject)),
    ),
  );
}

if (how === 'terminate') {
  const threads = await startThreads();
  await Promise.all(threads.map((thread) => thread.terminate()));
}
const engine = await play();
console.log('playing', engine.state);
if (how === 'exit') process.exit(3);
if (how === 'throw')
  setTimeout(() => {
    throw new Error('thrown on purpose');
  }, 20);
if (how === 'stay') setInterval(() => engine.state, 1000);
