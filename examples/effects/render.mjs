// What the examples share: a loop of drums and chords, and rendering into a wav file without a device.
import { writeFileSync } from 'node:fs';
import { AudioBuffer, Engine, Sound } from 'miniaudio-engine';

const sampleRate = 48000;
const beat = 0.5;

/** Two seconds of kick, hat and a chord, in stereo. */
export function makeLoop() {
  const frames = 4 * beat * sampleRate;
  const samples = new Float32Array(frames * 2);
  let seed = 1;
  const noise = () => {
    seed = (seed * 48271) % 2147483647;
    return seed / 1073741823.5 - 1;
  };
  for (let frame = 0; frame < frames; frame += 1) {
    const inBeat = (frame / sampleRate) % beat;
    const inHalf = (frame / sampleRate) % (beat / 2);
    const kick =
      0.5 * Math.exp(-12 * inBeat) * Math.sin(2 * Math.PI * (50 * inBeat + 8 * (1 - Math.exp(-30 * inBeat))));
    const hat = 0.12 * Math.exp(-60 * inHalf) * noise();
    const chord = [220, 277.2, 329.6]
      .map((hz) => ((hz * frame) / sampleRate) % 1)
      .reduce((sum, phase) => sum + 0.05 * (1 - 2 * phase), 0);
    // All of it begins and ends at zero, so that the loop has no seam.
    const edge = Math.min(1, frame / 200, (frames - frame) / 200);
    samples[2 * frame] = edge * (kick + hat + 1.2 * chord);
    samples[2 * frame + 1] = edge * (kick + 0.7 * hat + 0.8 * chord);
  }
  return new AudioBuffer(samples, { sampleRate, channels: 2 });
}

/**
 * Lets `build(engine, loop, play)` put things together and play them for some seconds, and writes all that played to
 * `<name>.wav` in the working directory. `loop` is a sound that plays.
 */
export function render(name, build) {
  const engine = new Engine({ device: false, sampleRate });
  const played = [];
  const loop = Sound.fromBuffer(engine, makeLoop(), { looping: true }).play();
  build(engine, loop, (seconds) => played.push(engine.readPcmFrames(Math.round(seconds * sampleRate))));
  engine.dispose();
  const samples = Float32Array.from(played.flatMap((part) => Array.from(part)));
  const buffer = new AudioBuffer(samples, { sampleRate, channels: 2 });
  writeFileSync(`${name}.wav`, buffer.toWav());
  console.log(`${buffer.durationSeconds} s of ${name} written to ${name}.wav`);
}
