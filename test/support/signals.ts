import { Random } from './random.js';

/** Interleaved samples from a formula of frame and channel. */
export function samplesOf(
  frames: number,
  channels: number,
  formula: (frame: number, channel: number) => number,
): Float32Array {
  const samples = new Float32Array(frames * channels);
  for (let frame = 0; frame < frames; frame++) {
    for (let channel = 0; channel < channels; channel++) samples[frame * channels + channel] = formula(frame, channel);
  }
  return samples;
}

export function constant(frames: number, channels = 1, value = 1): Float32Array {
  return new Float32Array(frames * channels).fill(value);
}

/** Frame n has the value (n + 1) / 65536, so that every sample tells which source frame it is; exact in float32. */
export function counting(frames: number, channels = 1): Float32Array {
  return samplesOf(frames, channels, (frame) => (frame + 1) / 65536);
}

/** The source frame that a sample of `counting` was read from. */
export function countedFrame(sample: number): number {
  return sample * 65536 - 1;
}

export function sine(frames: number, sampleRate: number, hz: number, amplitude = 1, channels = 1): Float32Array {
  return samplesOf(frames, channels, (frame) => amplitude * Math.sin((2 * Math.PI * hz * frame) / sampleRate));
}

export function noise(frames: number, channels: number, seed: number, amplitude = 0.5): Float32Array {
  const random = new Random(seed);
  return samplesOf(frames, channels, () => random.between(-amplitude, amplitude));
}

export function channelOf(interleaved: Float32Array, channel: number, channels: number): Float32Array {
  const frames = Math.floor(interleaved.length / channels);
  return Float32Array.from({ length: frames }, (_, frame) => interleaved[frame * channels + channel] as number);
}
