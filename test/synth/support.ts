import FFT from 'fft.js';
import { AudioSynth, type SynthVoiceOptions, type VoiceSource } from '../../src/index.js';

/** One voice, baked to one channel. */
export function baked(
  source: VoiceSource,
  seconds: number,
  options: SynthVoiceOptions = {},
  sampleRate = 48000,
): Float32Array {
  const synth = new AudioSynth({ sampleRate, channels: 1 });
  synth.add(source, options);
  return synth.bake({ seconds }).getChannelData(0);
}

/**
 * Amplitudes of sines at 0, 1, 2 ... times sampleRate / size hertz, through a window whose side lobes are below -92 dB
 * (Blackman-Harris).
 */
export function spectrum(samples: Float32Array, size = samples.length): Float64Array {
  const fft = new FFT(size);
  const input = Array.from({ length: size }, (_, index) => {
    const x = (2 * Math.PI * index) / size;
    return (
      (samples[index] as number) *
      (0.35875 - 0.48829 * Math.cos(x) + 0.14128 * Math.cos(2 * x) - 0.01168 * Math.cos(3 * x))
    );
  });
  const output = fft.createComplexArray();
  fft.realTransform(output, input);
  return Float64Array.from(
    { length: size / 2 },
    (_, bin) =>
      Math.hypot(output[2 * bin] as number, output[2 * bin + 1] as number) / (0.35875 * size) / (bin === 0 ? 1 : 0.5),
  );
}

/** The power of noise in a band, in dB. */
export function bandPower(samples: Float32Array, fromHz: number, toHz: number, sampleRate = 48000): number {
  const size = 8192;
  let power = 0;
  let pieces = 0;
  for (let at = 0; at + size <= samples.length; at += size) {
    const levels = spectrum(samples.subarray(at, at + size));
    for (let bin = Math.ceil((fromHz * size) / sampleRate); bin < (toHz * size) / sampleRate; bin++)
      power += (levels[bin] as number) ** 2;
    pieces += 1;
  }
  return 10 * Math.log10(power / pieces);
}

/** Interleaved samples of a synth in chunks of the given sizes, over and over. */
export function inChunks(synth: AudioSynth, frames: number, sizes: readonly number[]): Float32Array {
  const samples = new Float32Array(frames * synth.channels);
  for (let done = 0, turn = 0; done < frames; turn++) {
    const count = Math.min(sizes[turn % sizes.length] as number, frames - done);
    samples.set(synth.renderChunk(count), done * synth.channels);
    done += count;
  }
  return samples;
}
