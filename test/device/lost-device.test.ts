import { expect, it, onTestFinished } from 'vitest';
import { type AudioError, Engine } from '../../src/index.js';
import { fitTone, rms } from '../support/analysis.js';
import { coded, openOnDevice, playTone } from '../support/devices.js';
import { atOnceMs, delay, until } from '../support/processes.js';
import { AlsaFifo } from '../support/servers/alsa.js';
import { PulseServer } from '../support/servers/pulse.js';

/** Listens for the loss of a device; gives the reason and when it was told. */
function watchLoss(engine: Engine): { readonly told: Promise<{ reason: AudioError; at: number }> } {
  return {
    told: new Promise(
      (resolve) => void engine.on('device-lost', (reason) => resolve({ reason, at: performance.now() })),
    ),
  };
}

async function startServer(sinks?: string[]): Promise<PulseServer> {
  const server = await PulseServer.start(sinks);
  onTestFinished(() => server.close());
  return server;
}

it('a killed server is noticed at once, time goes on, and disposing waits for nothing', async () => {
  const server = await startServer();
  const engine = await openOnDevice({ periodFrames: 480 });
  const sound = playTone(engine);
  await until('the clock', () => engine.timeFrames > 9600);
  const { told } = watchLoss(engine);
  const framesBefore = engine.timeFrames;
  const killed = performance.now();
  await server.kill();
  const { reason, at } = await told;
  expect(at - killed).toBeLessThan(atOnceMs);
  expect(reason).toEqual(coded('ERR_DEVICE_LOST'));
  expect(engine.state).toBe('device-lost');
  await delay(500);
  // The clock has gone on as if nothing had happened, the time before the loss was noticed included.
  await until('the clock to be where it had been without the loss', () => {
    const passed = (engine.timeFrames - framesBefore) / 48000;
    return Math.abs(passed - (performance.now() - killed) / 1000) < 0.2;
  });
  expect(sound.playing).toBe(true);
  const started = performance.now();
  engine.dispose();
  expect(performance.now() - started).toBeLessThan(atOnceMs);
});

it('without recovery the engine stops and says so', async () => {
  const server = await startServer();
  const engine = await openOnDevice({ recover: false });
  playTone(engine);
  await until('the clock', () => engine.timeFrames > 4800);
  const states: string[] = [];
  engine.on('state', (state) => states.push(state));
  await server.kill();
  await until('the engine to stop', () => engine.state === 'stopped');
  expect(states).toContain('stopped');
  const stopped = engine.timeFrames;
  await delay(200);
  expect(engine.timeFrames).toBe(stopped);
});

it('a sink that is taken away is noticed, and the engine is heard again when a device is back', async () => {
  const server = await startServer(['only']);
  const engine = await openOnDevice({ id: 'only' });
  playTone(engine);
  await until('the clock', () => engine.timeFrames > 9600);
  const { told } = watchLoss(engine);
  const removed = performance.now();
  server.pactl('unload-module', 'module-null-sink');
  const { at } = await told;
  expect(at - removed).toBeLessThan(atOnceMs);
  const changed = new Promise<string>((resolve) => void engine.on('device-changed', ({ id }) => resolve(id)));
  await delay(300);
  server.pactl(
    'load-module',
    'module-null-sink',
    'sink_name=only',
    'rate=48000',
    'channels=2',
    'format=float32le',
    'norewinds=1',
  );
  expect(await changed).toBe('only');
  expect(engine.state).toBe('running');
  const recorder = await server.record('only');
  await delay(700);
  engine.dispose();
  expect(rms((await recorder.finish()).subarray(-19200, -9600))).toBeCloseTo(0.5 / Math.SQRT2, 2);
});

it('a frozen server is noticed, and disposing does not wait for it', async () => {
  const server = await startServer();
  const engine = await openOnDevice(true);
  playTone(engine);
  await until('the clock', () => engine.timeFrames > 9600);
  const { told } = watchLoss(engine);
  freeze(server);
  const frozen = performance.now();
  expect((await told).at - frozen).toBeLessThan(atOnceMs);
  const started = performance.now();
  engine.dispose();
  expect(performance.now() - started).toBeLessThan(atOnceMs);
});

it('a server that is back is heard again at once, whether the device was named or chosen', async () => {
  const server = await startServer();
  const engines = await Promise.all([openOnDevice(true), openOnDevice({ id: 'ci' })]);
  const tones = [440, 550];
  for (const [index, engine] of engines.entries()) playTone(engine, tones[index]);
  await until('the clocks', () => engines.every((engine) => engine.timeFrames > 9600));
  const lost = engines.map((engine) => watchLoss(engine).told);
  await server.kill();
  await Promise.all(lost);
  await delay(700);
  const changed = engines.map(
    (engine) => new Promise<number>((resolve) => void engine.on('device-changed', () => resolve(performance.now()))),
  );
  await server.startAgain();
  const back = performance.now();
  for (const at of await Promise.all(changed)) expect(at - back).toBeLessThan(atOnceMs);
  const recorder = await server.record('ci');
  await delay(500);
  const heard = (await recorder.finish()).subarray(-19200, -9600);
  for (const hz of tones) expect(fitTone(heard, 48000, hz).amplitude).toBeCloseTo(0.5, 2);
});

/** Stops the server's process until the test is over. */
function freeze(server: PulseServer): void {
  process.kill(server.pid, 'SIGSTOP');
  onTestFinished(() => void process.kill(server.pid, 'SIGCONT'));
}

it('a frozen server does not hold up the disposal of an engine that is opening its device', async () => {
  const server = await startServer();
  const playing = await openOnDevice(true);
  playTone(playing);
  await until('the clock', () => playing.timeFrames > 4800);
  freeze(server);
  const opening = new Engine();
  const failed = expect(opening.ready).rejects.toEqual(coded('ERR_DISPOSED'));
  await until('the loss', () => playing.state === 'device-lost');
  await delay(500);
  expect(opening.state).toBe('starting');
  for (const engine of [opening, playing]) {
    const started = performance.now();
    engine.dispose();
    expect(performance.now() - started).toBeLessThan(atOnceMs);
  }
  await failed;
});

it('an engine that finds its best sound system frozen opens a device of the next one', async () => {
  const server = await startServer();
  const fifo = new AlsaFifo();
  onTestFinished(() => fifo.close());
  await fifo.start();
  freeze(server);
  const engine = await openOnDevice(true);
  expect(engine.device?.backend).toBe('alsa');
  playTone(engine);
  await delay(500);
  const { samples } = await fifo.finish();
  expect(rms(samples.subarray(-9600))).toBeGreaterThan(0.3);
});
