import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectCleanEnd, runWithEngine } from '../support/programs.js';
import { PulseServer } from '../support/servers/pulse.js';

let server: PulseServer;

beforeAll(async () => {
  server = await PulseServer.start();
});

afterAll(() => server.close());

const devices = { null: "{ backend: 'null' }", pulseaudio: "{ backend: 'pulseaudio' }" };

/** A worker thread's program: an engine of its own that plays and says so. */
const workerSource = (device: string, host: string) => `
  import('miniaudio-engine').then(async ({ AudioBuffer, Engine, Sound }) => {
    const { parentPort } = await import('node:worker_threads');
    const engine = new Engine({ host: '${host}', device: ${device} });
    await engine.ready;
    for (let index = 0; index < 20; index++) {
      const buffer = new AudioBuffer(
        Float32Array.from({ length: 48000 }, (_, n) => 0.01 * Math.sin(n / (10 + index))),
        { sampleRate: 48000, channels: 1 },
      );
      Sound.fromBuffer(engine, buffer, { looping: true, pitch: 1.1 }).play();
    }
    if (${device} === false) setInterval(() => engine.readPcmFrames(480), 1);
    else setInterval(() => {}, 1000);
    parentPort.postMessage(
      engine.readPcmFrames && ${device} === false ? Array.from(engine.readPcmFrames(8)) : 'playing',
    );
  });`;

/** A worker thread's program: engines whose devices are still being opened when it says so. */
const openingSource = (device: string) => `
  import('miniaudio-engine').then(async ({ Engine }) => {
    const { parentPort } = await import('node:worker_threads');
    for (let i = 0; i < 3; i++) new Engine({ device: ${device} });
    parentPort.postMessage('made');
    setInterval(() => {}, 1000);
  });`;

const threads = `
  const { Worker } = await import('node:worker_threads');
  const startWorker = (source) => new Promise((resolve, reject) => {
    const worker = new Worker(source, { eval: true });
    worker.once('error', reject);
    worker.once('message', (message) => resolve({ worker, message }));
  });
`;

describe.each(Object.entries(devices))('worker threads with a %s device', (_, device) => {
  it('each have an engine of their own and are terminated while playing', async () => {
    const result = await runWithEngine(
      `${threads}
      const own = await open(${device});
      const sound = Sound.fromBuffer(own, tone(1), { looping: true }).play();
      const source = ${JSON.stringify(workerSource(device, 'native'))};
      for (let round = 0; round < 3; round++) {
        const started = await Promise.all([1, 2, 3].map(() => startWorker(source)));
        await new Promise((resolve) => setTimeout(resolve, 50));
        await Promise.all(started.map(({ worker }) => worker.terminate()));
      }
      const frames = own.timeFrames;
      while (own.timeFrames === frames) await new Promise((resolve) => setTimeout(resolve, 20));
      console.log(sound.playing, own.timeFrames > frames, own.state);
      own.dispose();`,
    );
    expectCleanEnd(result);
    expect(result.stdout).toBe('true true running\n');
  });

  it('are terminated while the device is being opened', async () => {
    const result = await runWithEngine(
      `${threads}
      const source = ${JSON.stringify(openingSource(device))};
      for (let round = 0; round < 5; round++) {
        const { worker } = await startWorker(source);
        await worker.terminate();
      }
      console.log('over');`,
    );
    expectCleanEnd(result);
    expect(result.stdout).toBe('over\n');
  });

  it('end with the process', async () => {
    const result = await runWithEngine(
      `${threads}
      const source = ${JSON.stringify(workerSource(device, 'native'))};
      await Promise.all([1, 2, 3].map(() => startWorker(source)));
      process.exit(9);`,
    );
    expectCleanEnd(result, 9);
  });

  it('that throw end alone', async () => {
    const result = await runWithEngine(
      `${threads}
      const { worker } = await startWorker(
        ${JSON.stringify(workerSource(device, 'native'))} +
          "setTimeout(() => { throw new Error('on purpose'); }, 600);",
      );
      await new Promise((resolve) => worker.once('error', resolve));
      await worker.terminate();
      const engine = await open(${device});
      console.log(await Sound.fromBuffer(engine, tone(0.1)).play().finished);`,
    );
    expectCleanEnd(result);
    expect(result.stdout).toBe('ended\n');
  });
});

describe.each(['native', 'wasm'])('worker threads without a device [%s]', (host) => {
  it('render the same bits as each other', async () => {
    const result = await runWithEngine(
      `${threads}
      const source = ${JSON.stringify(workerSource('false', host))};
      const started = await Promise.all([1, 2, 3, 4].map(() => startWorker(source)));
      const answers = new Set(started.map(({ message }) => JSON.stringify(message)));
      console.log(answers.size, [...answers][0] !== JSON.stringify(Array(16).fill(0)));
      await Promise.all(started.map(({ worker }) => worker.terminate()));`,
    );
    expectCleanEnd(result);
    expect(result.stdout).toBe('1 true\n');
  });
});
