import { execFileSync } from 'node:child_process';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { AudioClip, AudioPlayer, Engine, makeBackend } from '../../src/index.js';
import { fitTone, gaps, toneFrequency } from '../support/analysis.js';
import { blockThread } from '../support/devices.js';
import { preferProcess, until } from '../support/processes.js';
import { PulseServer } from '../support/servers/pulse.js';

/** The part of a capture from its first sound to its last, one channel. */
function sounding(samples: Float32Array): Float32Array {
  let first = 0;
  while (first < samples.length && Math.abs(samples[first]!) < 1e-4) first += 1;
  let last = samples.length - 1;
  while (last > first && Math.abs(samples[last]!) < 1e-4) last -= 1;
  return samples.subarray(first, last + 1);
}

// The players that it starts inherit it.
beforeAll(() => preferProcess(process.pid));

/** Sends a signal to the player programs of this process. */
function signalPlayer(signal: 'STOP' | 'CONT' | 'KILL'): void {
  execFileSync('pkill', [`-${signal}`, '--parent', String(process.pid), 'pacat']);
}

it('the pipe backend plays a tone without a gap through a player program, also beside a blocked program', async () => {
  const server = await PulseServer.start();
  onTestFinished(() => server.close());
  const recorder = await server.record();
  const backend = await makeBackend({ name: 'pipe' });
  onTestFinished(() => backend.shutdown());
  expect(backend.name).toBe('pipe');
  expect(backend.engine!.host).toBe('wasm');
  expect(backend.engine!.device).toMatchObject({ name: 'pacat', backend: 'pipe', sampleRate: 48000, channels: 2 });
  const player = new AudioPlayer(backend, {
    stream: AudioClip.tone(440, { seconds: 3, amplitude: 0.5, sampleRate: 48000 }),
  });
  player.play();
  // The calling thread does nothing else for a second.
  blockThread(1000);
  expect(await player.finished).toBe('ended');
  await new Promise((resolve) => setTimeout(resolve, 700));
  const tone = sounding(await recorder.finish());
  expect(tone.length / 48000).toBeCloseTo(3, 1);
  const middle = tone.subarray(4800, tone.length - 4800);
  expect(gaps(middle, 1e-3, 24)).toEqual([]);
  expect(toneFrequency(middle, 48000, 440)).toBeCloseTo(440, 2);
  expect(fitTone(middle, 48000, toneFrequency(middle, 48000, 440)).largestResidual).toBeLessThan(1e-3);
});

it('a player is stopped and started; one that hesitates is waited for, one that dies is replaced', async () => {
  const server = await PulseServer.start();
  onTestFinished(() => server.close());
  const engine = new Engine({ host: 'wasm', device: { backend: 'pipe', id: 'pacat' } });
  onTestFinished(() => engine.dispose());
  await engine.ready;
  const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
  await until('the clock to go', () => engine.timeFrames > 4800);
  await engine.stop();
  const stopped = engine.timeFrames;
  await wait(200);
  expect(engine.timeFrames).toBe(stopped);
  await engine.start();
  await until('the clock to go on', () => engine.timeFrames > stopped + 4800);
  const told: string[] = [];
  engine.on('state', (state) => told.push(state));
  // One that takes nothing for a second is waited for.
  signalPlayer('STOP');
  await wait(1000);
  signalPlayer('CONT');
  const resumed = engine.timeFrames;
  await until('the clock to go on', () => engine.timeFrames > resumed);
  expect(told).toEqual([]);
  signalPlayer('KILL');
  await until('another player', () => told.includes('running'));
  expect(told).toEqual(['device-lost', 'running']);
});

it('without a server each player says why, and no player at all is said so', async () => {
  const { PULSE_SERVER, PATH } = process.env;
  process.env['PULSE_SERVER'] = 'unix:/nowhere/at/all';
  onTestFinished(() => {
    if (PULSE_SERVER === undefined) delete process.env['PULSE_SERVER'];
    else process.env['PULSE_SERVER'] = PULSE_SERVER;
    process.env['PATH'] = PATH;
  });
  await expect(makeBackend({ name: 'pipe' })).rejects.toMatchObject({
    code: 'ERR_BACKEND_UNAVAILABLE',
    message: expect.stringMatching(/pacat: .*(refused|failure).*ffplay: .*; play: /is),
  });
  const engine = new Engine({ host: 'wasm', device: { backend: 'pipe', id: 'winamp' } });
  engine.on('warning', () => {});
  await expect(engine.ready).rejects.toMatchObject({
    code: 'ERR_NO_DEVICE',
    message: expect.stringContaining('winamp'),
  });
  engine.dispose();
});

it('the null backend keeps time and plays nothing, on both hosts', async () => {
  for (const host of ['native', 'wasm'] as const) {
    const engine = new Engine({ host, device: { backend: 'null' } });
    await engine.ready;
    const [begun, beganAt] = [engine.timeFrames, performance.now()];
    const played = (): number => (engine.timeFrames - begun) / 48000;
    await until('half a second of silence', () => played() >= 0.5);
    // A busy machine may be late, but nothing plays ahead of its time.
    expect(played()).toBeLessThan((performance.now() - beganAt) / 1000 + 0.25);
    engine.dispose();
  }
});
