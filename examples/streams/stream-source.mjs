// Sound that the program makes while it is heard: chunks go into a ring, the audio thread takes them out and never
// waits. A timer of a real program may be late; half a second of buffer covers that. `drained()` says when there is
// room again.
import { Sound, StreamSource } from 'miniaudio-engine';
import { run } from '../run.mjs';

const sampleRate = 44100;
let frame = 0;

/** The next frames of a siren, 16 bit. */
function siren(frames) {
  const samples = new Int16Array(frames);
  for (let index = 0; index < frames; index += 1, frame += 1) {
    const seconds = frame / sampleRate;
    // A tone between 300 and 900 Hz: its phase is the integral of the frequency.
    const phase = 2 * Math.PI * (600 * seconds - (300 / Math.PI) * Math.cos(Math.PI * seconds));
    samples[index] = 9000 * Math.sin(phase);
  }
  return samples;
}

await run(async ({ engine }, wait) => {
  const stream = new StreamSource(engine, { sampleRate, channels: 1 });
  const sound = Sound.fromStream(engine, stream, { volume: 0.8 });
  stream.write(siren(stream.availableWriteFrames));
  sound.play();
  while (frame < 3 * sampleRate) {
    const room = stream.drained();
    await wait(0.3);
    await room;
    stream.write(siren(stream.availableWriteFrames));
  }
  stream.end();
  while (!sound.atEnd) await wait(0.05);
  console.log(`${sound.cursorFrames} frames played, ran empty ${stream.underruns} times.`);
});
