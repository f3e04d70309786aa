import { onTestFinished } from 'vitest';
import { type AudioBusLayout, AudioClip, EngineBackend, type EngineOptions } from '../../src/index.js';
import { type HostName, openEngine } from '../support/hosts.js';
import { constant, counting, sine } from '../support/signals.js';

/** A backend over an engine that is pulled, closed when the test is over. */
export function openBackend(
  host: HostName,
  options: Omit<EngineOptions, 'host' | 'device'> & { busLayout?: AudioBusLayout; strict?: boolean } = {},
): EngineBackend {
  const { busLayout, strict, ...engineOptions } = options;
  const backend = new EngineBackend(openEngine(host, engineOptions), {
    ...(busLayout === undefined ? {} : { busLayout }),
    ...(strict === undefined ? {} : { strict }),
  });
  onTestFinished(() => backend.shutdown());
  return backend;
}

export function clipOf(samples: Float32Array, sampleRate = 48000, channels = 1): AudioClip {
  return AudioClip.fromPcm(samples, { sampleRate, channels });
}

export const constantClip = (frames: number, value = 1): AudioClip => clipOf(constant(frames, 1, value));
export const countingClip = (frames: number): AudioClip => clipOf(counting(frames));
export const sineClip = (seconds: number, hz: number, amplitude = 0.5): AudioClip =>
  clipOf(sine(Math.round(seconds * 48000), 48000, hz, amplitude));
