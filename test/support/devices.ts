import { expect, onTestFinished } from 'vitest';
import { AudioBuffer, type DeviceOptions, Engine, type EngineOptions, Sound } from '../../src/index.js';
import { fitTone, toneFrequency } from './analysis.js';
import { preferProcess } from './processes.js';
import { sine } from './signals.js';

/** An engine on a device, ready, closed when the test is over. */
export async function openOnDevice(
  device: true | DeviceOptions,
  options: Omit<EngineOptions, 'device'> = {},
): Promise<Engine> {
  preferProcess(process.pid);
  const engine = new Engine({ ...options, device });
  onTestFinished(() => engine.dispose());
  await engine.ready;
  return engine;
}

/** A 440 Hz tone of amplitude 0.5 that goes on for ever: the loop holds whole periods. */
export function playTone(engine: Engine, hz = 440): Sound {
  const { sampleRate } = engine;
  const buffer = new AudioBuffer(sine(sampleRate, sampleRate, hz, 0.5), { sampleRate, channels: 1 });
  const sound = Sound.fromBuffer(engine, buffer, { looping: true });
  return sound.play();
}

/**
 * Asserts that a recording is, from where it begins to sound, one unbroken tone of that length in seconds, right to
 * 0.01 Hz.
 */
export function expectUnbrokenTone(take: Float32Array, seconds: number, hz = 440, sampleRate = 48000): void {
  const start = take.findIndex((sample) => sample !== 0);
  expect(start, 'nothing was recorded').toBeGreaterThanOrEqual(0);
  const frames = Math.round(seconds * sampleRate);
  const part = take.subarray(start + 480, start + 480 + frames);
  expect(part.length, 'the recording is too short').toBe(frames);
  expect(breaksOf(part, sampleRate, hz), 'frames at which the tone breaks').toEqual([]);
  expect(Math.abs(toneFrequency(part, sampleRate, hz) - hz)).toBeLessThan(0.01);
  const fit = fitTone(part, sampleRate, hz);
  expect(fit.amplitude).toBeCloseTo(0.5, 4);
  // A single missing, doubled or damaged frame changes the phase of all that follows.
  expect(fit.largestResidual).toBeLessThan(1e-4);
}

/**
 * Where a tone does not go on as its last two frames say it must, one entry for each break, with the silent frames that
 * follow.
 */
export function breaksOf(tone: Float32Array, sampleRate: number, hz: number): { frame: number; silent: number }[] {
  const factor = 2 * Math.cos((2 * Math.PI * hz) / sampleRate);
  const breaks: { frame: number; silent: number }[] = [];
  for (let frame = 2; frame < tone.length; frame++) {
    const predicted = factor * (tone[frame - 1] as number) - (tone[frame - 2] as number);
    if (Math.abs((tone[frame] as number) - predicted) < 1e-4) continue;
    let silent = 0;
    while (tone[frame + silent] === 0) silent++;
    breaks.push({ frame, silent });
    frame += silent + 2;
  }
  return breaks;
}

/**
 * The longest part of a recorded tone in which it does not break. A machine that is busy may make a sound server miss
 * its time; what the server plays between is right all the same.
 */
export function longestUnbroken(take: Float32Array, sampleRate: number, hz: number): Float32Array {
  const start = take.findIndex((sample) => sample !== 0);
  expect(start, 'nothing was recorded').toBeGreaterThanOrEqual(0);
  const heard = take.subarray(start);
  const begins = [0, ...breaksOf(heard, sampleRate, hz).map(({ frame, silent }) => frame + silent)];
  const parts = begins.map((begin, index) => heard.subarray(begin, begins[index + 1]));
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest));
}

/** Holds this thread up: no timer, no event, no promise runs meanwhile. */
export function blockThread(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

export const coded = (code: string) => expect.objectContaining({ name: 'AudioError', code });
