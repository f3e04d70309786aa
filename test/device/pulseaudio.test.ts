import { afterAll, beforeAll, expect, it } from 'vitest';
import { Engine } from '../../src/index.js';
import { rms } from '../support/analysis.js';
import { blockThread, coded, expectUnbrokenTone, openOnDevice, playTone } from '../support/devices.js';
import { rounds } from '../support/extent.js';
import { atOnceMs, delay, until } from '../support/processes.js';
import { PulseServer } from '../support/servers/pulse.js';

let server: PulseServer;

beforeAll(async () => {
  server = await PulseServer.start(['ci', 'second']);
  server.pactl('set-default-sink', 'ci');
});

afterAll(() => server.close());

it('lists the sinks, the default one marked', async () => {
  const devices = (await Engine.devices()).filter((device) => device.backend === 'pulseaudio');
  expect(devices.map(({ id }) => id).sort()).toEqual(['ci', 'second']);
  expect(devices.find(({ id }) => id === 'ci')).toMatchObject({ isDefault: true, name: expect.stringContaining('ci') });
  expect(devices.find(({ id }) => id === 'second')).toMatchObject({ isDefault: false });
});

it('plays on the default device: a tone without a gap', async () => {
  const recorder = await server.record('ci');
  const engine = await openOnDevice({ periodFrames: 2400 });
  expect(engine.state).toBe('running');
  expect(engine.host).toBe('native');
  expect(engine.device).toMatchObject({ backend: 'pulseaudio', sampleRate: 48000, channels: 2 });
  playTone(engine);
  const seconds = rounds(3, 10);
  await delay(seconds * 1000 + 600);
  engine.dispose();
  expectUnbrokenTone(await recorder.finish(), seconds);
});

it('plays on the device with the id asked for, and on no other', async () => {
  const recorders = [await server.record('ci'), await server.record('second')] as const;
  const engine = await openOnDevice({ id: 'second', periodFrames: 2400 });
  expect(engine.device).toMatchObject({ id: 'second', backend: 'pulseaudio' });
  playTone(engine);
  await delay(1600);
  engine.dispose();
  expect(rms(await recorders[0].finish())).toBe(0);
  expectUnbrokenTone(await recorders[1].finish(), 1);
});

it('goes on without a gap while JavaScript is blocked for three seconds', async () => {
  const recorder = await server.record('ci');
  const engine = await openOnDevice({ periodFrames: 2400 });
  const sound = playTone(engine);
  await delay(300);
  blockThread(3000);
  expect(sound.playing).toBe(true);
  const take = await recorder.finish();
  engine.dispose();
  expectUnbrokenTone(take, 2.8);
});

it('takes only ids that are listed', async () => {
  for (const device of [{ id: 'no such sink' }, { id: 'no such sink', backend: 'pulseaudio' as const }]) {
    const engine = new Engine({ device });
    engine.on('warning', () => {});
    await expect(engine.ready).rejects.toEqual(coded('ERR_NO_DEVICE'));
    await expect(engine.ready).rejects.toThrow(/no such sink/);
    engine.dispose();
  }
});

it('never falls back from a backend that was named', async () => {
  const engine = new Engine({ device: { backend: 'jack' } });
  engine.on('warning', () => {});
  await expect(engine.ready).rejects.toEqual(coded('ERR_NO_DEVICE'));
  expect(engine.device).toBe(null);
  engine.dispose();
});

it('moves a running engine to another device; sounds go on', async () => {
  const engine = await openOnDevice({ id: 'ci', periodFrames: 2400 });
  const sound = playTone(engine);
  await delay(200);
  const recorder = await server.record('second');
  const changed: string[] = [];
  engine.on('device-changed', ({ id }) => changed.push(id));
  await engine.useDevice({ id: 'second', periodFrames: 2400 });
  expect(engine.device?.id).toBe('second');
  await delay(1500);
  expect([sound.playing, engine.state, changed]).toEqual([true, 'running', ['second']]);
  engine.dispose();
  expectUnbrokenTone(await recorder.finish(), 1);
});

it('stops and starts; the clock stands still meanwhile', async () => {
  const engine = await openOnDevice(true);
  playTone(engine);
  await until('the clock', () => engine.timeFrames > 4800);
  await engine.stop();
  expect(engine.state).toBe('stopped');
  const stopped = engine.timeFrames;
  await delay(100);
  expect(engine.timeFrames).toBe(stopped);
  await engine.start();
  expect(engine.state).toBe('running');
  await until('the clock', () => engine.timeFrames > stopped + 4800);
  expect(() => engine.readPcmFrames(10)).toThrow(expect.objectContaining({ name: 'AudioError' }));
});

it('plays what was asked for before the device was open, from its beginning', async () => {
  const recorder = await server.record('ci');
  const engine = new Engine({ device: { periodFrames: 2400 } });
  expect(engine.state).toBe('starting');
  playTone(engine);
  await engine.ready;
  await delay(700);
  engine.dispose();
  const take = await recorder.finish();
  expectUnbrokenTone(take, 0.3);
  // A sine that begins at its beginning has a small first sample.
  expect(Math.abs(take.find((sample) => sample !== 0) as number)).toBeLessThan(0.03);
});

it('runs several engines side by side', async () => {
  const engines = await Promise.all([1, 2, 3, 4].map(() => openOnDevice({ periodFrames: 2400 })));
  for (const engine of engines) playTone(engine);
  await until('every clock', () => engines.every((engine) => engine.timeFrames > 9600));
  for (const engine of engines) engine.dispose();
});

it('is disposed at once in every state', async () => {
  const timed = (engine: Engine) => {
    const started = performance.now();
    engine.dispose();
    expect(performance.now() - started).toBeLessThan(atOnceMs);
    expect(engine.state).toBe('closed');
  };
  timed(new Engine());
  const opening = new Engine();
  await delay(3);
  timed(opening);
  timed(await openOnDevice(true));
  const playing = await openOnDevice(true);
  playTone(playing);
  await delay(100);
  timed(playing);
  const stopped = await openOnDevice(true);
  await stopped.stop();
  timed(stopped);
  const moving = await openOnDevice(true);
  void moving.useDevice({ id: 'second' }).catch(() => {});
  timed(moving);
  await delay(200);
});
