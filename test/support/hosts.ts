import { describe, onTestFinished } from 'vitest';
import { AudioBuffer, Engine, type EngineOptions, Sound, type SoundOptions } from '../../src/index.js';

export type HostName = 'native' | 'wasm';

/**
 * The hosts every contract test runs on: both, unless TEST_HOSTS names one, as it does where the other one is the same
 * as in another run, and in a page. A host that cannot be opened makes its tests fail; none is left out.
 */
export const hosts = (process.env.TEST_HOSTS ?? 'native wasm').split(' ') as HostName[];

/** Declares the same tests once for each host. */
export function forEachHost(subject: string, tests: (host: HostName) => void): void {
  for (const host of hosts) describe(`${subject} [${host}]`, () => tests(host));
}

/** An engine without a device, closed when the test is over. */
export function openEngine(host: HostName, options: Omit<EngineOptions, 'host' | 'device'> = {}): Engine {
  const engine = new Engine({ ...options, host, device: false });
  onTestFinished(() => engine.dispose());
  return engine;
}

/** A buffer at the given rate, closed when the test is over. */
export function bufferOf(
  samples: Float32Array | Int16Array | Uint8Array | Int32Array,
  sampleRate = 48000,
  channels = 1,
): AudioBuffer {
  const buffer = new AudioBuffer(samples, { sampleRate, channels });
  onTestFinished(() => buffer.dispose());
  return buffer;
}

/** A sound at rest, from samples. */
export function soundOf(
  engine: Engine,
  samples: Float32Array,
  options: SoundOptions & { sampleRate?: number; channels?: number } = {},
): Sound {
  const { sampleRate = engine.sampleRate, channels = 1, ...soundOptions } = options;
  return Sound.fromBuffer(engine, bufferOf(samples, sampleRate, channels), soundOptions);
}

/** Renders frames and gives one channel of them. */
export function renderChannel(engine: Engine, frames: number, channel = 0): Float32Array {
  const mixed = engine.readPcmFrames(frames);
  return Float32Array.from({ length: frames }, (_, frame) => mixed[frame * engine.channels + channel] as number);
}

/** Lets promises that are already decided reach their listeners. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** What a promise has come to so far, or 'pending'. */
export async function stateOf<T>(promise: Promise<T>): Promise<T | 'pending'> {
  await settle();
  return Promise.race([promise, Promise.resolve('pending' as const)]);
}
