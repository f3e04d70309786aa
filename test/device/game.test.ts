import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { AudioBuffer, AudioClip, AudioPlayer, AudioPlaylist, makeBackend } from '../../src/index.js';
import { fitTone } from '../support/analysis.js';
import { PulseServer } from '../support/servers/pulse.js';
import { sine } from '../support/signals.js';

let server: PulseServer;

beforeAll(async () => {
  server = await PulseServer.start();
});

afterAll(() => server.close());

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * A tone of 440 Hz cut into clips; an empty one of another kind keeps them from being one buffer, so that they are put
 * on the clock.
 */
function cutTone(lengths: readonly number[]): AudioPlaylist {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const whole = sine(total, 48000, 440, 0.5);
  let at = 0;
  const clips = lengths.map((length) => {
    at += length;
    return AudioClip.fromPcm(whole.slice(at - length, at), { sampleRate: 48000, channels: 1 });
  });
  return new AudioPlaylist([...clips, new AudioBuffer(new Float32Array(0), { sampleRate: 48000, channels: 2 })]);
}

/** Runs of samples that are heard, as [first, last]. */
function heardRuns(samples: Float32Array): [number, number][] {
  const runs: [number, number][] = [];
  for (let frame = 0; frame < samples.length; frame += 1) {
    if (Math.abs(samples[frame]!) < 1e-6) continue;
    const last = runs.at(-1);
    if (last !== undefined && frame - last[1] < 100) last[1] = frame;
    else runs.push([frame, frame]);
  }
  return runs;
}

it('a playlist on a real device is one tone without a seam, beside a blocked program and over a pause', async () => {
  const backend = await makeBackend({
    name: 'native',
    engine: { device: { backend: 'pulseaudio', periodFrames: 2400 } },
  });
  onTestFinished(() => backend.shutdown());
  const recorder = await server.record();
  const player = new AudioPlayer(backend, { stream: cutTone([30011, 25013, 40009, 33000]) });
  player.play();
  // Clips are put on the clock ahead of time, so this makes no gap.
  const blockedUntil = Date.now() + 900;
  while (Date.now() < blockedUntil) Math.sqrt(Math.random());
  player.pause();
  await wait(400);
  player.resume();
  expect(await player.finished).toBe('ended');
  await wait(500);
  const samples = await recorder.finish();
  const runs = heardRuns(samples);
  expect(runs).toHaveLength(2);
  for (const [first, last] of runs) {
    // Without the fades of the pause.
    const part = samples.subarray(first + 600, last - 600);
    expect(fitTone(part, 48000, 440).largestResidual).toBeLessThan(1e-4);
  }
  const [[begin, paused], [resumed, end]] = runs as [[number, number], [number, number]];
  // Nothing is lost but what the pause faded twice.
  expect(Math.abs(paused - begin + (end - resumed) - 128033)).toBeLessThan(1000);
});

it('a crossfade on a real device begins in both players at the same frame', async () => {
  const backend = await makeBackend({
    name: 'native',
    engine: { device: { backend: 'pulseaudio', periodFrames: 2400 } },
  });
  onTestFinished(() => backend.shutdown());
  const recorder = await server.record();
  const steady = (pan: number): AudioPlayer =>
    new AudioPlayer(backend, {
      stream: AudioClip.fromPcm(new Float32Array(480000).fill(0.5), { sampleRate: 48000, channels: 1 }),
      pan,
      loop: true,
    });
  const [first, second] = [steady(-1), steady(1)];
  first.play();
  for (let round = 0; round < 5; round += 1) {
    await wait(120);
    await (round % 2 === 0 ? first.crossfade(second, 0.1) : second.crossfade(first, 0.1));
  }
  const bytesLeft = await recorder.finish(0);
  expect(bytesLeft.length).toBeGreaterThan(48000 * 0.8);
  // Both channels of one capture: where one falls by a cosine, the other rises by a sine.
  const right = await recorder.finish(1);
  let fading = 0;
  for (let frame = 0; frame < bytesLeft.length; frame += 1) {
    const [left, other] = [bytesLeft[frame]!, right[frame]!];
    if (left < 0.01 || other < 0.01) continue;
    fading += 1;
    expect(Math.abs(10 * Math.log10((left * left + other * other) / 0.25))).toBeLessThan(0.1);
  }
  expect(fading).toBeGreaterThan(15000);
});
