// Samples in a SharedArrayBuffer are played in place by the native engine: what is written to them is heard on the next
// round of the loop. `keeper` keeps something alive for as long as the sound lives; here it is what writes.
import { AudioBuffer, Sound } from 'miniaudio-engine';
import { run } from '../run.mjs';

const sampleRate = 48000;
const period = 480;

/** Draws one period of a wave with so many overtones. */
function draw(samples, overtones) {
  for (let frame = 0; frame < period; frame += 1) {
    let sum = 0;
    for (let partial = 1; partial <= overtones; partial += 1)
      sum += Math.sin((2 * Math.PI * partial * frame) / period) / partial;
    samples[frame] = 0.25 * sum;
  }
}

await run(async ({ engine }, wait) => {
  const samples = new Float32Array(new SharedArrayBuffer(period * 4));
  draw(samples, 1);
  const buffer = new AudioBuffer(samples, { sampleRate, channels: 1 });
  const painter = { draw: (overtones) => draw(samples, overtones) };
  const sound = Sound.fromDataSource(engine, buffer.dataSource, { keeper: painter, looping: true, volume: 0.5 }).play({
    fadeSeconds: 0.2,
  });
  console.log(buffer.shared ? 'The samples are used where they are.' : 'The samples were copied.');
  for (let overtones = 1; overtones <= 12; overtones += 1) {
    painter.draw(overtones);
    await wait(0.3);
  }
  sound.stop({ fadeSeconds: 0.3 });
  await wait(0.4);
});
