import { expect, it, onTestFinished } from 'vitest';
import type { AudioError, Engine } from '../../src/index.js';
import { rms } from '../support/analysis.js';
import { coded, openOnDevice, playTone } from '../support/devices.js';
import { delay, until } from '../support/processes.js';
import { PulseServer } from '../support/pulse.js';

/** Listens for the loss of a device; gives the reason and after how many milliseconds it was told. */
function watchLoss(engine: Engine): { readonly told: Promise<{ reason: AudioError; at: number }> } {
  return { told: new Promise((resolve) => void engine.on('device-lost', (reason) => resolve({ reason, at: performance.now() }))) };
}

async function startServer(sinks?: string[]): Promise<PulseServer> {
  const server = await PulseServer.start(sinks);
  onTestFinished(() => server.close());
  return server;
}

it('a killed server is noticed within 500 ms, time goes on, and disposing takes less than 300 ms', async () => {
  const server = await startServer();
  const engine = await openOnDevice({ periodFrames: 480 });
  const sound = playTone(engine);
  await until('the clock', () => engine.timeFrames > 9600);
  const { told } = watchLoss(engine);
  const framesBefore = engine.timeFrames;
  const killed = performance.now();
  await server.kill();
  const { reason, at } = await told;
  expect(at - killed).toBeLessThan(500);
  expect(reason).toEqual(coded('ERR_DEVICE_LOST'));
  expect(engine.state).toBe('device-lost');
  await delay(500);
  // The clock has gone on as if nothing had happened, the time before the loss was noticed included.
  const passed = (engine.timeFrames - framesBefore) / 48000;
  expect(Math.abs(passed - (performance.now() - killed) / 1000)).toBeLessThan(0.2);
  expect(sound.playing).toBe(true);
  const started = performance.now();
  engine.dispose();
  expect(performance.now() - started).toBeLessThan(300);
}, 20000);

it('without recovery the engine stops and says so', async () => {
  const server = await startServer();
  const engine = await openOnDevice({ recover: false });
  playTone(engine);
  await until('the clock', () => engine.timeFrames > 4800);
  const states: string[] = [];
  engine.on('state', (state) => states.push(state));
  await server.kill();
  await until('the engine to stop', () => engine.state === 'stopped', 2000);
  expect(states).toContain('stopped');
  const stopped = engine.timeFrames;
  await delay(200);
  expect(engine.timeFrames).toBe(stopped);
}, 20000);

it('a sink that is taken away is noticed, and the engine is heard again when a device is back', async () => {
  const server = await startServer(['only']);
  const engine = await openOnDevice({ id: 'only' });
  playTone(engine);
  await until('the clock', () => engine.timeFrames > 9600);
  const { told } = watchLoss(engine);
  const removed = performance.now();
  server.pactl('unload-module', 'module-null-sink');
  const { at } = await told;
  expect(at - removed).toBeLessThan(600);
  const changed = new Promise<string>((resolve) => void engine.on('device-changed', ({ id }) => resolve(id)));
  await delay(300);
  server.pactl('load-module', 'module-null-sink', 'sink_name=only', 'rate=48000', 'channels=2', 'format=float32le', 'norewinds=1');
  expect(await changed).toBe('only');
  expect(engine.state).toBe('running');
  const recorder = await server.record('only');
  await delay(700);
  engine.dispose();
  expect(rms((await recorder.finish()).subarray(-19200, -9600))).toBeCloseTo(0.5 / Math.SQRT2, 2);
}, 20000);

it('a frozen server is noticed, and disposing does not wait for it', async () => {
  const server = await startServer();
  const engine = await openOnDevice(true);
  playTone(engine);
  await until('the clock', () => engine.timeFrames > 9600);
  const { told } = watchLoss(engine);
  process.kill(server.pid, 'SIGSTOP');
  onTestFinished(() => {
    process.kill(server.pid, 'SIGCONT');
  });
  const frozen = performance.now();
  expect((await told).at - frozen).toBeLessThan(1000);
  const started = performance.now();
  engine.dispose();
  expect(performance.now() - started).toBeLessThan(300);
}, 20000);
