import type { AudioBuffer } from '../../engine/audio-buffer.js';

/** Copies the frames `from` to `to` of a buffer into interleaved samples, beginning at a frame of those. */
export function copyFrames(
  buffer: AudioBuffer,
  from: number,
  to: number,
  target: Float32Array,
  targetFrame: number,
): void {
  const { channels } = buffer;
  for (let channel = 0; channel < channels; channel += 1) {
    const data = buffer.getChannelData(channel);
    for (let frame = from, at = targetFrame * channels + channel; frame < to; frame += 1, at += channels)
      target[at] = data[frame]!;
  }
}
