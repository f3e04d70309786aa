// A notch takes a hum out and leaves the rest.
import { AudioBuffer, attachNode, NotchEffectNode, Sound } from 'miniaudio-engine';
import { render } from './render.mjs';

render('notch', (engine, loop, play) => {
  const hum = new AudioBuffer(
    Float32Array.from({ length: 48000 }, (_, frame) => 0.2 * Math.sin((2 * Math.PI * 1000 * frame) / 48000)),
    { sampleRate: 48000, channels: 1 },
  );
  const filter = new NotchEffectNode(engine, { cutoffHz: 1000, q: 8 });
  // Several sources lead into one effect.
  for (const source of [loop, Sound.fromBuffer(engine, hum, { looping: true }).play()])
    attachNode(source, 0, filter, 0);
  play(6);
});
